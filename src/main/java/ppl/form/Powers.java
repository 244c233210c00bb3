package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ir.Expr;
import ppl.ir.Prim;
import ppl.runtime.Statistic;

/// Powers of expressions: they distribute over products, where supports allow it, and small whole ones over sums.
final class Powers {
  private final Facts facts;
  private final Algebra algebra;
  private final Normaliser normaliser;

  Powers(Facts facts, Algebra algebra, Normaliser normaliser) {
    this.facts = facts;
    this.algebra = algebra;
    this.normaliser = normaliser;
  }

  /// The power `p` of `x`, which is `e`.
  Sum power(Expr e, Expr x, double p) {
    if (facts.isKnown(x)) return Algebra.constant(algebra.intern(pow(x, real(p))));
    if (p == 1) return normaliser.normal(x);
    boolean whole = p == Math.rint(p);
    if (x instanceof Expr.Apply(Prim q, var args)) {
      var a = args.get(0);
      switch (q) {
        case MUL, DIV -> {
          var b = args.get(1);
          if (whole || facts.isNonnegative(a) || facts.isNonnegative(b) || facts.isNonnegative(x) && a == b && isEven(p)) {
            if (a != b || whole || facts.isNonnegative(a)) {
              var sign = q == Prim.MUL ? p : -p;
              return normaliser.times(e, powered(a, p), powered(b, sign));
            }
          }
        }
        case SQRT -> {
          return powered(a, p / 2);
        }
        case POW -> {
          if (args.get(1) instanceof Expr.Real(double c) && (whole || facts.isNonnegative(a))) return powered(a, c * p);
        }
        case EXP -> {
          return normaliser.again(exp(mul(real(p), a)));
        }
        case NEG -> {
          if (whole) return algebra.scale(real(isEven(p) ? 1 : -1), powered(a, p));
        }
        case ABS -> {
          if (isEven(p)) return powered(a, p);
        }
        default -> {}
      }
    }
    return powerOfSum(e, x, normaliser.normal(x), p);
  }

  private Sum powered(Expr x, double p) {
    return power(algebra.intern(pow(x, real(p))), x, p);
  }

  static boolean isEven(double p) {
    return p / 2 == Math.rint(p / 2);
  }

  private Sum powerOfSum(Expr e, Expr x, Sum s, double p) {
    if (s.size() == 0) return Algebra.constant(pow(ZERO, real(p)));
    if (s.size() == 1 && s.monomials().getFirst().isPlain()) {
      var one = powerOfMonomial(s.monomials().getFirst(), p);
      if (one.isPresent()) return new Sum(List.of(one.get()));
    }
    if (p == 2) {
      var bare = algebra.gathered(s);
      return bare.size() * (bare.size() + 1) / 2 > Normaliser.MONOMIALS ? normaliser.tooMany(e) : normaliser.checked(e, algebra.squares(bare));
    }
    if (p == 3 || p == 4) return normaliser.times(e, powerOfSum(e, x, s, 2), powerOfSum(e, x, s, p - 2));
    var word = p == -1 ? "1 over " : p == 0.5 ? "the square root of " : "a power of ";
    return Algebra.of(new Atom.Power(x, p, true, word + "a sum with " + facts.names(x)));
  }

  Optional<Monomial> powerOfMonomial(Monomial m, double p) {
    boolean whole = p == Math.rint(p);
    var atoms = new ArrayList<Atom>();
    for (var a : m.atoms())
      switch (a) {
        case Atom.Stat(var unknown, var statistic, var at) -> {
          switch (statistic) {
            case Statistic.Power(double q) -> {
              if (!(facts.isPositive(unknown) || whole && p > 0)) return Optional.empty();
              atoms.add(new Atom.Stat(unknown, new Statistic.Power(p * q), at));
            }
            case Statistic.Indicator i -> {
              if (p <= 0) return Optional.empty();
              atoms.add(a);
            }
            case Statistic.Log l -> atoms.add(of(a, p));
            case Statistic.Log1m l -> atoms.add(of(a, p));
            case Statistic.LogDeterminant l -> {
              return Optional.empty();
            }
            case Statistic.Inverse l -> {
              return Optional.empty();
            }
          }
        }
        case Atom.Power(Expr base, double q, boolean sum, String why) -> {
          if (!(whole || q != Math.rint(q) || facts.isNonnegative(base))) return Optional.empty();
          atoms.add(new Atom.Power(base, p * q, sum, why));
        }
        case Atom.Element x -> {
          if (!whole || p < 0) return Optional.empty();
          for (int n = 0; n < p; n++) atoms.add(x);
        }
        case Atom.LogDiagonal x -> {
          return Optional.empty();
        }
      }
    if (!whole && atoms.stream().anyMatch(a -> a instanceof Atom.Power q && !facts.isNonnegative(q.base()))
        && !(m.coefficient() instanceof Expr.Real(double c) && c >= 0)) return Optional.empty();
    return Optional.of(new Monomial(List.of(), m.guards(), algebra.intern(pow(m.coefficient(), real(p))), atoms));
  }

  private Atom of(Atom a, double p) {
    var value = algebra.intern(algebra.value(a));
    return new Atom.Power(value, p, false, "a power of a logarithm of " + facts.names(value));
  }
}
