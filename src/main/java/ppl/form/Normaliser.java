package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.ir.Array;
import ppl.ir.Expr;
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
  static final int MONOMIALS = 2000;

  private final Facts facts;
  private final Definitions definitions;
  private final Algebra algebra;
  private final Map<Expr, Sum> done = new IdentityHashMap<>();
  private final Matrices matrices;
  private final Powers powers;
  private final Logarithms logarithms;
  private final Splitting splitting;
  private final Inseparable inseparable;

  Normaliser(Facts facts, Definitions definitions) {
    this.facts = facts;
    this.definitions = definitions;
    this.algebra = new Algebra(facts);
    this.matrices = new Matrices(facts, algebra, definitions.calls(), this);
    this.powers = new Powers(facts, algebra, this);
    this.logarithms = new Logarithms(facts, algebra, this);
    this.splitting = new Splitting(facts, algebra, this);
    this.inseparable = new Inseparable(facts, algebra);
  }

  Matrices matrices() {
    return matrices;
  }

  Algebra algebra() {
    return algebra;
  }

  Powers powers() {
    return powers;
  }

  Logarithms logarithms() {
    return logarithms;
  }

  Sum of(Expr e) {
    return normal(algebra.intern(e));
  }

  Sum normal(Expr e) {
    var found = done.get(e);
    if (found == null) {
      found = compute(e);
      done.put(e, found);
    }
    return found;
  }

  /// The sum of something built here.
  Sum again(Expr e) {
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
          : splitting.split(e).orElseGet(() -> opaque(e, "a choice that depends on the value of " + facts.names(c)));
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) ->
          reducer == Expr.Reducer.SUM && e.kind() == ppl.ir.Kind.REAL && facts.isKnown(from) && facts.isKnown(to)
              ? contracted(over(new Term.Range(i, from, to), normal(body)))
              : splitting.split(e).orElseGet(() -> opaque(e, reducer.name().toLowerCase(java.util.Locale.ROOT) + " over " + facts.names(e)));
      case Expr.Apply(Prim p, var args) -> apply(e, p, args);
    };
  }

  private Sum over(Term.Range range, Sum s) {
    var whole = new ArrayList<Monomial>();
    var rest = new ArrayList<Monomial>();
    for (var m : s.monomials()) inseparable.over(range, m).ifPresentOrElse(whole::add, () -> rest.add(m));
    return whole.isEmpty() ? algebra.over(range, s) : algebra.add(algebra.sum(whole), algebra.over(range, new Sum(rest)));
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
    if (!facts.isKnown(at)) return splitting.split(e).orElseGet(() -> opaque(e, "an element of `" + a.name() + "` at a position that is unknown"));
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
      default -> splitting.split(e).orElseGet(() -> function(e, p, args));
    };
  }

  /// Operations on two operands, each of which is taken apart for itself where they have nothing to split in common.
  private Sum product(Expr e, List<Expr> args) {
    var common = splitting.splits(args.get(0));
    common.retainAll(splitting.splits(args.get(1)));
    if (args.get(0) == args.get(1) || !common.isEmpty()) {
      var parts = splitting.split(e);
      if (parts.isPresent()) return parts.get();
    }
    return switch (((Expr.Apply) e).prim()) {
      case MUL -> args.get(0) == args.get(1) ? powers.power(e, args.get(0), 2) : times(e, normal(args.get(0)), normal(args.get(1)));
      case DIV -> times(e, normal(args.get(0)), reciprocal(args.get(1)));
      case LMULTIPLY -> weighted(e, args.get(0), again(log(args.get(1))));
      case XLOG1PY -> weighted(e, args.get(0), again(ppl.ir.Exprs.apply(Prim.LOG1P, args.get(1))));
      default -> throw new IllegalStateException();
    };
  }

  /// `x` times a logarithm, which is 0 where `x` is, though the logarithm of a known factor of 0 is infinite.
  private Sum weighted(Expr e, Expr x, Sum log) {
    if (!facts.isKnown(x) || log.monomials().stream().allMatch(m -> weighted(x, m.coefficient()).isEmpty())) return times(e, normal(x), log);
    return new Sum(log.monomials().stream().map(m -> algebra.intern(weighted(x, m.coefficient())
        .map(c -> new Monomial(m.ranges(), m.guards(), c, m.atoms())).orElseGet(() -> m.times(x)))).toList());
  }

  private static Optional<Expr> weighted(Expr x, Expr logarithm) {
    if (!(logarithm instanceof Expr.Apply(Prim p, var args))) return Optional.empty();
    return switch (p) {
      case LOG -> Optional.of(ppl.ir.Exprs.apply(Prim.LMULTIPLY, x, args.getFirst()));
      case LOG1P -> Optional.of(ppl.ir.Exprs.apply(Prim.XLOG1PY, x, args.getFirst()));
      case LOG1M -> Optional.of(ppl.ir.Exprs.apply(Prim.XLOG1PY, x, neg(args.getFirst())));
      default -> Optional.empty();
    };
  }

  private Sum reciprocal(Expr x) {
    var e = algebra.intern(div(ONE, x));
    return (splitting.splits(x).isEmpty() ? Optional.<Sum>empty() : splitting.split(e)).orElseGet(() -> powers.power(e, x, -1));
  }

  private Sum function(Expr e, Prim p, List<Expr> args) {
    var x = args.get(0);
    return switch (p) {
      case POW -> args.get(1) instanceof Expr.Real(double c) ? powers.power(e, x, c)
          : opaque(e, facts.isKnown(args.get(1)) ? "a power of " + facts.names(x) + " whose exponent is in the data"
              : "an exponent that depends on " + facts.names(args.get(1)));
      case SQRT -> powers.power(e, x, 0.5);
      case CBRT -> powers.power(e, x, 1.0 / 3);
      case ABS -> {
        var s = normal(x);
        boolean one = s.size() == 1 && s.monomials().getFirst().isPlain()
            && s.monomials().getFirst().atoms().stream().allMatch(this::isNonnegative);
        if (facts.isNonnegative(x)) yield s;
        if (!one) yield opaque(e, "`abs` of " + facts.names(x));
        var m = s.monomials().getFirst();
        yield new Sum(List.of(new Monomial(List.of(), List.of(), algebra.intern(ppl.ir.Exprs.apply(Prim.ABS, m.coefficient())), m.atoms())));
      }
      case EXP -> logarithms.exponential(e, x);
      case EXPM1 -> algebra.add(again(exp(x)), Algebra.constant(real(-1)));
      case LOG -> logarithms.logarithm(e, x);
      case LOG1P -> x instanceof Expr.Apply(Prim q, var in) && q == Prim.NEG
          ? again(ppl.ir.Exprs.apply(Prim.LOG1M, in)) : logarithms.logOfSum(e, algebra.add(Algebra.constant(ONE), normal(x)), x);
      case LOG1M -> logarithms.logOfSum(e, algebra.add(Algebra.constant(ONE), algebra.scale(real(-1), normal(x))), x);
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

  Sum opaque(Expr e, String why) {
    return Algebra.of(new Atom.Power(e, 1, false, why));
  }

  Sum times(Expr e, Sum a, Sum b) {
    if ((long) a.size() * b.size() > MONOMIALS) return tooMany(e);
    return checked(e, algebra.products(algebra.gathered(a), algebra.gathered(b)));
  }

  Sum tooMany(Expr e) {
    return opaque(e, "a product of sums of more than " + MONOMIALS + " terms");
  }

  /// Multiplies out sums whose exponents have become whole; refuses what has too many factors.
  Sum checked(Expr e, List<Monomial> monomials) {
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
        sum = algebra.add(sum, times(e, rest, powers.power(algebra.intern(pow(power.base(), real(power.exponent()))), power.base(), power.exponent())));
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
}
