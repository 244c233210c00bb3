package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Prim;
import ppl.runtime.Statistic;

/// Logarithms, which distribute over products where supports allow it, and exponentials of sums.
final class Logarithms {
  private final Facts facts;
  private final Algebra algebra;
  private final Normaliser normaliser;

  Logarithms(Facts facts, Algebra algebra, Normaliser normaliser) {
    this.facts = facts;
    this.algebra = algebra;
    this.normaliser = normaliser;
  }

  Sum logarithm(Expr e, Expr x) {
    if (x instanceof Expr.Apply(Prim q, var args)) {
      var a = args.get(0);
      switch (q) {
        case MUL, DIV -> {
          var b = args.get(1);
          if (facts.isNonnegative(a) || facts.isNonnegative(b))
            return algebra.add(normaliser.again(log(a)), algebra.scale(real(q == Prim.MUL ? 1 : -1), normaliser.again(log(b))));
        }
        case SQRT -> {
          return algebra.scale(real(0.5), normaliser.again(log(a)));
        }
        case POW -> {
          if (facts.isNonnegative(a)) return normaliser.again(mul(args.get(1), log(a)));
        }
        case EXP -> {
          return normaliser.normal(a);
        }
        case INV_LOGIT -> {
          return normaliser.again(ppl.ir.Exprs.apply(Prim.LOG_INV_LOGIT, a));
        }
        default -> {}
      }
    }
    if (x instanceof Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body)
        && reducer == Expr.Reducer.PRODUCT && facts.isNonnegative(body))
      return normaliser.again(new Expr.Reduce(Expr.Reducer.SUM, i, from, to, log(body)));
    return logOfSum(e, normaliser.normal(x), x);
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
            } else all.addAll(algebra.products(new Sum(List.of(term)), normaliser.normal(base)));
          var numerator = algebra.sum(all);
          if (numerator.size() == 1 && numerator.monomials().getFirst().isPlain())
            return logOfMonomial(numerator.monomials().getFirst())
                .map(top -> algebra.add(top, algebra.scale(real(-1), normaliser.again(log(base)))));
        }
    return Optional.empty();
  }

  /// `e`, the log of `s`, which is an expression of what `x` depends on.
  Sum logOfSum(Expr e, Sum s, Expr x) {
    if (s.size() == 1 && s.monomials().getFirst().isPlain()) {
      var one = logOfMonomial(s.monomials().getFirst());
      if (one.isPresent()) return one.get();
    }
    return complement(s).or(() -> overDenominator(s)).orElseGet(() -> normaliser.opaque(e, "the log of " + (x instanceof Expr.Read ? "" : "a sum with ") + facts.names(x)));
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
            if (loose || p == Math.rint(p) && Powers.isEven(p)) return Optional.empty();
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

  Sum exponential(Expr e, Expr x) {
    var product = Algebra.constant(ONE);
    var rest = new ArrayList<Monomial>();
    for (var m : normaliser.normal(x).monomials()) {
      if (m.isKnown() && m.isPlain()) product = normaliser.times(e, product, Algebra.constant(algebra.intern(exp(m.coefficient()))));
      else if (m.isPlain() && m.atoms().size() == 1 && m.coefficient() instanceof Expr.Real(double c)
          && m.atoms().getFirst() instanceof Atom.Stat(var unknown, Statistic.Log(), var at))
        product = normaliser.times(e, product, Algebra.of(new Atom.Stat(unknown, new Statistic.Power(c), at)));
      else rest.add(m);
    }
    if (rest.isEmpty()) return product;
    Expr sum = ZERO;
    for (var m : rest) sum = add(sum, algebra.value(m));
    return normaliser.times(e, product, normaliser.opaque(algebra.intern(exp(sum)), "`exp` of " + facts.names(sum)));
  }
}
