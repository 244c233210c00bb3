package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Prim;
import ppl.runtime.Statistic;

/// Expressions of unknowns and data as sums of products of statistics.
///
/// Products distribute over sums; powers and logarithms over products, where supports allow it. What reads an element
/// of a discrete unknown, or chooses by data between values that depend on unknowns, is taken apart as a whole:
/// f(z) = sum_k [z = k] f(k).
final class Normaliser {
  /// The most factors that depend on unknowns: two squares of products, a precision, and one more.
  private static final int DEGREE = 6;
  private static final int MONOMIALS = 2000;

  private final Facts facts;
  private final Definitions definitions;
  private final Algebra algebra;
  private final Map<Expr, Sum> done = new IdentityHashMap<>();
  private final Matrices matrices;

  Normaliser(Facts facts, Definitions definitions) {
    this.facts = facts;
    this.definitions = definitions;
    this.algebra = new Algebra(facts);
    this.matrices = new Matrices(facts, algebra, definitions.calls(), this);
  }

  Matrices matrices() {
    return matrices;
  }

  Algebra algebra() {
    return algebra;
  }

  Sum of(Expr e) {
    return normal(algebra.intern(e));
  }

  private Sum normal(Expr e) {
    var found = done.get(e);
    if (found == null) {
      found = compute(e);
      done.put(e, found);
    }
    return found;
  }

  /// The sum of something built here.
  private Sum again(Expr e) {
    return normal(algebra.intern(e));
  }

  private Sum compute(Expr e) {
    if (facts.isKnown(e)) return Algebra.constant(e);
    return switch (e) {
      case Expr.Int n -> throw new IllegalStateException("unknown number");
      case Expr.Real x -> throw new IllegalStateException("unknown number");
      case Expr.Var v -> throw new IllegalStateException("unknown index");
      case Expr.Read(Array a, var at) -> read(e, a, at);
      case Expr.Select(Expr c, Expr yes, Expr no) -> facts.isKnown(c)
          ? algebra.add(algebra.when(c, normal(yes)), algebra.when(algebra.intern(not(c)), normal(no)))
          : split(e).orElseGet(() -> opaque(e, "a choice that depends on the value of " + facts.names(c)));
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) ->
          reducer == Expr.Reducer.SUM && e.kind() == ppl.ir.Kind.REAL && facts.isKnown(from) && facts.isKnown(to)
              ? contracted(algebra.over(new Term.Range(i, from, to), normal(body)))
              : split(e).orElseGet(() -> opaque(e, reducer.name().toLowerCase(java.util.Locale.ROOT) + " over " + facts.names(e)));
      case Expr.Apply(Prim p, var args) -> apply(e, p, args);
    };
  }

  /// With the rules for matrices applied.
  private Sum contracted(Sum s) {
    if (definitions.calls().isEmpty()) return s;
    var sum = Sum.ZERO;
    for (var m : s.monomials()) {
      var step = matrices.contract(m);
      sum = algebra.add(sum, step.isEmpty() ? new Sum(List.of(m)) : contracted(algebra.diagonal(step.get())));
    }
    return sum;
  }

  private Sum read(Expr e, Array a, List<Expr> at) {
    if (!facts.isKnown(at)) return split(e).orElseGet(() -> opaque(e, "an element of `" + a.name() + "` at a position that is unknown"));
    var matrix = definitions.calls().matrix(a);
    if (matrix.isPresent()) return matrices.read(matrix.get(), a, at).orElseThrow();
    if (facts.isUnknown(a) && a.kind() == ppl.ir.Kind.REAL) return Algebra.of(new Atom.Stat(a, Statistic.VALUE, at));
    return opaque(e, facts.isUnknown(a) ? "the value of `" + a.name() + "`" : definitions.why(a));
  }

  private Sum apply(Expr e, Prim p, List<Expr> args) {
    return switch (p) {
      case ADD -> algebra.add(normal(args.get(0)), normal(args.get(1)));
      case SUB -> algebra.add(normal(args.get(0)), algebra.scale(real(-1), normal(args.get(1))));
      case NEG -> algebra.scale(real(-1), normal(args.get(0)));
      case DETACH -> normal(args.get(0));
      case MUL -> {
        if (facts.isKnown(args.get(0))) yield algebra.scale(args.get(0), normal(args.get(1)));
        if (facts.isKnown(args.get(1))) yield algebra.scale(args.get(1), normal(args.get(0)));
        yield product(e, args);
      }
      case DIV -> {
        if (facts.isKnown(args.get(1))) yield algebra.scale(algebra.intern(div(ONE, args.get(1))), normal(args.get(0)));
        yield product(e, args);
      }
      case LMULTIPLY -> product(e, args);
      case XLOG1PY -> product(e, args);
      default -> split(e).orElseGet(() -> function(e, p, args));
    };
  }

  /// Operations on two operands, each of which is taken apart for itself where they have nothing to split in common.
  private Sum product(Expr e, List<Expr> args) {
    var common = splits(args.get(0));
    common.retainAll(splits(args.get(1)));
    if (args.get(0) == args.get(1) || !common.isEmpty()) {
      var parts = split(e);
      if (parts.isPresent()) return parts.get();
    }
    return switch (((Expr.Apply) e).prim()) {
      case MUL -> args.get(0) == args.get(1) ? power(e, args.get(0), 2) : times(e, normal(args.get(0)), normal(args.get(1)));
      case DIV -> times(e, normal(args.get(0)), reciprocal(args.get(1)));
      case LMULTIPLY -> times(e, normal(args.get(0)), again(log(args.get(1))));
      case XLOG1PY -> times(e, normal(args.get(0)), again(ppl.ir.Exprs.apply(Prim.LOG1P, args.get(1))));
      default -> throw new IllegalStateException();
    };
  }

  private Sum reciprocal(Expr x) {
    var e = algebra.intern(div(ONE, x));
    return (splits(x).isEmpty() ? Optional.<Sum>empty() : split(e)).orElseGet(() -> power(e, x, -1));
  }

  private Sum function(Expr e, Prim p, List<Expr> args) {
    var x = args.get(0);
    return switch (p) {
      case POW -> args.get(1) instanceof Expr.Real(double c) ? power(e, x, c)
          : opaque(e, facts.isKnown(args.get(1)) ? "a power of " + facts.names(x) + " whose exponent is in the data"
              : "an exponent that depends on " + facts.names(args.get(1)));
      case SQRT -> power(e, x, 0.5);
      case CBRT -> power(e, x, 1.0 / 3);
      case ABS -> {
        var s = normal(x);
        boolean one = s.size() == 1 && s.monomials().getFirst().isPlain()
            && s.monomials().getFirst().atoms().stream().allMatch(this::isNonnegative);
        if (facts.isNonnegative(x)) yield s;
        if (!one) yield opaque(e, "`abs` of " + facts.names(x));
        var m = s.monomials().getFirst();
        yield new Sum(List.of(new Monomial(List.of(), List.of(), algebra.intern(ppl.ir.Exprs.apply(Prim.ABS, m.coefficient())), m.atoms())));
      }
      case EXP -> exponential(e, x);
      case EXPM1 -> algebra.add(again(exp(x)), Algebra.constant(real(-1)));
      case LOG -> logarithm(e, x);
      case LOG1P -> x instanceof Expr.Apply(Prim q, var in) && q == Prim.NEG
          ? again(ppl.ir.Exprs.apply(Prim.LOG1M, in)) : logOfSum(e, algebra.add(Algebra.constant(ONE), normal(x)), x);
      case LOG1M -> logOfSum(e, algebra.add(Algebra.constant(ONE), algebra.scale(real(-1), normal(x))), x);
      case LBETA -> isOne(args.get(1)) ? again(neg(log(x))) : isOne(x) ? again(neg(log(args.get(1)))) : opaque(e, "`lbeta` of " + facts.names(e));
      case LMULTIPLY, XLOG1PY -> throw new IllegalStateException();
      default -> opaque(e, "`" + p.symbol() + "` of " + facts.names(e));
    };
  }

  private static boolean isOne(Expr e) {
    return e instanceof Expr.Real(double v) && v == 1;
  }

  private boolean isNonnegative(Atom a) {
    return switch (a) {
      case Atom.Stat(var unknown, var statistic, var at) -> statistic instanceof Statistic.Power && facts.isPositive(unknown);
      case Atom.Power p -> facts.isNonnegative(p.base());
      case Atom.Element x -> false;
      case Atom.LogDiagonal x -> false;
    };
  }

  private Sum opaque(Expr e, String why) {
    return Algebra.of(new Atom.Power(e, 1, false, why));
  }

  // Products

  private Sum times(Expr e, Sum a, Sum b) {
    if ((long) a.size() * b.size() > MONOMIALS) return tooMany(e);
    return checked(e, algebra.products(algebra.gathered(a), algebra.gathered(b)));
  }

  private Sum tooMany(Expr e) {
    return opaque(e, "a product of sums of more than " + MONOMIALS + " terms");
  }

  /// Multiplies out sums whose exponents have become whole; refuses what has too many factors.
  private Sum checked(Expr e, List<Monomial> monomials) {
    var sum = Sum.ZERO;
    var sound = new ArrayList<Monomial>();
    for (var m : monomials) {
      var whole = m.atoms().stream().filter(a -> a instanceof Atom.Power p && p.sum() && p.exponent() > 0
          && p.exponent() <= 4 && p.exponent() == Math.rint(p.exponent())).findFirst();
      if (whole.isPresent()) {
        var power = (Atom.Power) whole.get();
        var atoms = new ArrayList<>(m.atoms());
        atoms.remove(power);
        var rest = new Sum(List.of(new Monomial(m.ranges(), m.guards(), m.coefficient(), atoms)));
        sum = algebra.add(sum, times(e, rest, power(algebra.intern(pow(power.base(), real(power.exponent()))), power.base(), power.exponent())));
      } else if (m.atoms().stream().anyMatch(a -> !isSound(a))) return opaque(e, "a negative or broken power of " + facts.names(e));
      else if (m.degree() > DEGREE) return opaque(e, "a product of " + m.degree() + " factors of " + facts.names(e));
      else sound.add(m);
    }
    return algebra.add(sum, algebra.sum(sound));
  }

  /// Powers of what may be negative are whole and positive.
  private boolean isSound(Atom a) {
    return !(a instanceof Atom.Stat(var unknown, Statistic.Power(double p), var at))
        || p > 0 && p == Math.rint(p) || facts.isPositive(unknown);
  }

  // Powers

  /// The power `p` of `x`, which is `e`.
  private Sum power(Expr e, Expr x, double p) {
    if (facts.isKnown(x)) return Algebra.constant(algebra.intern(pow(x, real(p))));
    if (p == 1) return normal(x);
    boolean whole = p == Math.rint(p);
    if (x instanceof Expr.Apply(Prim q, var args)) {
      var a = args.get(0);
      switch (q) {
        case MUL, DIV -> {
          var b = args.get(1);
          if (whole || facts.isNonnegative(a) || facts.isNonnegative(b) || facts.isNonnegative(x) && a == b && isEven(p)) {
            if (a != b || whole || facts.isNonnegative(a)) {
              var sign = q == Prim.MUL ? p : -p;
              return times(e, powered(a, p), powered(b, sign));
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
          return again(exp(mul(real(p), a)));
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
    return powerOfSum(e, x, normal(x), p);
  }

  private Sum powered(Expr x, double p) {
    return power(algebra.intern(pow(x, real(p))), x, p);
  }

  private static boolean isEven(double p) {
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
      return bare.size() * (bare.size() + 1) / 2 > MONOMIALS ? tooMany(e) : checked(e, algebra.squares(bare));
    }
    if (p == 3 || p == 4) return times(e, powerOfSum(e, x, s, 2), powerOfSum(e, x, s, p - 2));
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

  // Logarithms and exponentials

  private Sum logarithm(Expr e, Expr x) {
    if (x instanceof Expr.Apply(Prim q, var args)) {
      var a = args.get(0);
      switch (q) {
        case MUL, DIV -> {
          var b = args.get(1);
          if (facts.isNonnegative(a) || facts.isNonnegative(b))
            return algebra.add(again(log(a)), algebra.scale(real(q == Prim.MUL ? 1 : -1), again(log(b))));
        }
        case SQRT -> {
          return algebra.scale(real(0.5), again(log(a)));
        }
        case POW -> {
          if (facts.isNonnegative(a)) return again(mul(args.get(1), log(a)));
        }
        case EXP -> {
          return normal(a);
        }
        case INV_LOGIT -> {
          return again(ppl.ir.Exprs.apply(Prim.LOG_INV_LOGIT, a));
        }
        default -> {}
      }
    }
    if (x instanceof Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body)
        && reducer == Expr.Reducer.PRODUCT && facts.isNonnegative(body))
      return again(new Expr.Reduce(Expr.Reducer.SUM, i, from, to, log(body)));
    return logOfSum(e, normal(x), x);
  }

  /// The log of a sum with a common denominator, if that makes it one monomial: 1 + p / (1 - p) is 1 / (1 - p).
  private Optional<Sum> overDenominator(Sum s) {
    for (var m : s.monomials())
      for (var a : m.atoms())
        if (a instanceof Atom.Power(Expr base, double exponent, boolean sum, String why) && exponent == -1
            && facts.isNonnegative(base)) {
          var all = new ArrayList<Monomial>();
          for (var term : s.monomials())
            if (term.atoms().contains(a)) {
              var rest = new ArrayList<>(term.atoms());
              rest.remove(a);
              all.add(new Monomial(term.ranges(), term.guards(), term.coefficient(), rest));
            } else all.addAll(algebra.products(new Sum(List.of(term)), normal(base)));
          var numerator = algebra.sum(all);
          if (numerator.size() == 1 && numerator.monomials().getFirst().isPlain())
            return logOfMonomial(numerator.monomials().getFirst())
                .map(top -> algebra.add(top, algebra.scale(real(-1), again(log(base)))));
        }
    return Optional.empty();
  }

  /// `e`, the log of `s`, which is an expression of what `x` depends on.
  private Sum logOfSum(Expr e, Sum s, Expr x) {
    if (s.size() == 1 && s.monomials().getFirst().isPlain()) {
      var one = logOfMonomial(s.monomials().getFirst());
      if (one.isPresent()) return one.get();
    }
    return complement(s).or(() -> overDenominator(s)).orElseGet(() -> opaque(e, "the log of " + (x instanceof Expr.Read ? "" : "a sum with ") + facts.names(x)));
  }

  Optional<Sum> logOfMonomial(Monomial m) {
    var sum = Algebra.constant(algebra.intern(log(m.coefficient())));
    boolean loose = !(m.coefficient() instanceof Expr.Real(double c) && c > 0);
    for (var a : m.atoms())
      switch (a) {
        case Atom.Stat(var unknown, Statistic.Power(double p), var at) -> {
          if (!facts.isPositive(unknown)) return Optional.empty();
          var log = Algebra.of(new Atom.Stat(unknown, Statistic.LOG, at));
          sum = algebra.add(sum, algebra.scale(real(p), log));
        }
        case Atom.Stat s -> {
          return Optional.empty();
        }
        case Atom.Element(var symbol, var at) -> {
          int n = at.size();
          if (m.atoms().size() > 1 || at.get(n - 1) != at.get(n - 2)) return Optional.empty();
          sum = algebra.add(sum, Algebra.of(new Atom.LogDiagonal(symbol, at.subList(0, n - 1))));
        }
        case Atom.LogDiagonal x -> {
          return Optional.empty();
        }
        case Atom.Power(Expr base, double p, boolean isSum, String why) -> {
          if (!facts.isNonnegative(base)) {
            if (loose || p == Math.rint(p) && isEven(p)) return Optional.empty();
            loose = true;
          }
          var log = Algebra.of(new Atom.Power(algebra.intern(log(base)), 1, false, "the log of a sum with " + facts.names(base)));
          sum = algebra.add(sum, algebra.scale(real(p), log));
        }
      }
    return m.guards().isEmpty() ? Optional.of(sum) : Optional.empty();
  }

  /// log(c (1 - x)) for an x on the unit interval.
  private Optional<Sum> complement(Sum s) {
    if (s.size() != 2) return Optional.empty();
    var c = s.monomials().stream().filter(m -> m.isKnown() && m.isPlain()).findFirst();
    var x = s.monomials().stream().filter(m -> !m.isKnown() && m.isPlain()).findFirst();
    if (c.isEmpty() || x.isEmpty() || x.get().atoms().size() != 1) return Optional.empty();
    if (!(x.get().atoms().getFirst() instanceof Atom.Stat(var unknown, Statistic.Power(double p), var at))
        || p != 1 || !facts.isUnit(unknown)) return Optional.empty();
    if (algebra.intern(neg(x.get().coefficient())) != c.get().coefficient()) return Optional.empty();
    return Optional.of(algebra.add(Algebra.constant(algebra.intern(log(c.get().coefficient()))),
        Algebra.of(new Atom.Stat(unknown, new Statistic.Log1m(), at))));
  }

  private Sum exponential(Expr e, Expr x) {
    var product = Algebra.constant(ONE);
    var rest = new ArrayList<Monomial>();
    for (var m : normal(x).monomials()) {
      if (m.isKnown() && m.isPlain()) product = times(e, product, Algebra.constant(algebra.intern(exp(m.coefficient()))));
      else if (m.isPlain() && m.atoms().size() == 1 && m.coefficient() instanceof Expr.Real(double c)
          && m.atoms().getFirst() instanceof Atom.Stat(var unknown, Statistic.Log(), var at))
        product = times(e, product, Algebra.of(new Atom.Stat(unknown, new Statistic.Power(c), at)));
      else rest.add(m);
    }
    if (rest.isEmpty()) return product;
    Expr sum = ZERO;
    for (var m : rest) sum = add(sum, algebra.value(m));
    return times(e, product, opaque(algebra.intern(exp(sum)), "`exp` of " + facts.names(sum)));
  }

  // Taking apart

  /// What `e` can be taken apart by: discrete unknowns, and conditions on data.
  private Set<Object> splits(Expr e) {
    var all = new LinkedHashSet<Object>();
    for (var node : splitters(e))
      all.add(node instanceof Expr.Read(Array a, var at) ? a : ((Expr.Select) node).condition());
    return all;
  }

  /// Elements of discrete unknowns, and choices by data between values that depend on unknowns, that do not depend on
  /// variables bound within `e`.
  private List<Expr> splitters(Expr e) {
    var nodes = Graph.nodes(List.of(e));
    var bound = new HashSet<Index>();
    for (var n : nodes) if (n instanceof Expr.Reduce r) bound.add(r.index());
    var free = new Graph.Free();
    var found = new ArrayList<Expr>();
    for (var n : nodes) {
      boolean splits = switch (n) {
        case Expr.Read(Array a, var at) -> facts.isDiscrete(a) && facts.isKnown(at) && outside(free, bound, n)
            && facts.categories(a).isPresent();
        case Expr.Select(Expr c, Expr yes, Expr no) -> facts.isKnown(c) && !facts.isKnown(n) && outside(free, bound, c);
        case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Apply _, Expr.Reduce _ -> false;
      };
      if (splits) found.add(n);
    }
    return found;
  }

  private static boolean outside(Graph.Free free, Set<Index> bound, Expr e) {
    return bound.isEmpty() || free.of(e).stream().noneMatch(bound::contains);
  }

  private Optional<Sum> split(Expr e) {
    var found = splitters(e);
    if (found.isEmpty()) return Optional.empty();
    return Optional.of(switch (found.getFirst()) {
      case Expr.Read(Array z, var at) -> {
        var range = facts.categories(z).orElseThrow();
        var k = new Index("k");
        var to = algebra.intern(range.count());
        var value = add(range.lower(), var(k));
        var part = again(Rewrite.of(e, Map.of(found.getFirst(), value)));
        var where = new ArrayList<>(at);
        where.add(algebra.intern(var(k)));
        var one = Algebra.of(new Atom.Stat(z, new Statistic.Indicator(), where));
        yield algebra.over(new Term.Range(k, integer(0), to), checked(e, algebra.products(one, part)));
      }
      case Expr.Select(Expr c, Expr yes, Expr no) -> algebra.add(
          algebra.when(c, again(Rewrite.of(e, Map.of(c, integer(1))))),
          algebra.when(algebra.intern(not(c)), again(Rewrite.of(e, Map.of(c, integer(0))))));
      case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Apply _, Expr.Reduce _ -> throw new IllegalStateException();
    });
  }
}
