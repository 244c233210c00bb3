package ppl.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.family.Families;
import ppl.form.Bound;
import ppl.form.Facts;
import ppl.form.Term;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Interner;
import ppl.ir.Prim;
import ppl.lower.Model;
import ppl.runtime.Block;
import ppl.runtime.Statistic;
import ppl.source.Span;

/// Whether one unknown, all others given, is in an exponential family.
final class Candidate {
  /// What was found.
  sealed interface Finding {}

  record Found(Structure.Family family, Uses uses) implements Finding {}

  record Prevented(String why, Span span) implements Finding {}

  private final Model model;
  private final Facts facts;
  private final List<Term> terms;
  private final List<Bound> bounds;

  Candidate(Model model, Facts facts, List<Term> terms, List<Bound> bounds) {
    this.model = model;
    this.facts = facts;
    this.terms = terms;
    this.bounds = bounds;
  }

  /// @param range where the unknown lies, or would lie
  Finding of(Model.Unknown u, Model.Range range) {
    var uses = Uses.of(u.array(), terms, bounds, facts);
    var name = "`" + u.symbol().name() + "`";
    if (range instanceof Model.Range.Whole && u.discrete().filter(d -> d.lower().isPresent() && d.count().isPresent()).isEmpty())
      return new Prevented(name + " has no bounds on both sides that are known from data", u.symbol().span());
    if (uses.opaque().isPresent()) {
      var t = uses.opaque().get();
      return new Prevented("the log density has " + why(t), t.span());
    }
    if (uses.many().isPresent())
      return new Prevented("more than two values of " + name + " are multiplied", uses.many().get().span());
    for (var v : model.unknowns())
      if (v.array() != u.array() && inBounds(v, u.array()))
        return new Prevented(name + " bounds `" + v.symbol().name() + "`", v.symbol().span());
    return switch (range) {
      case Model.Range.Restricted r -> new Prevented(
          name + " is " + u.transform() + ": its values are restricted together", u.symbol().span());
      case Model.Range.Whole w -> discrete(u, uses);
      case Model.Range.PolyaGamma p -> events(u, uses, Block.Space.POLYA_GAMMA, false);
      case Model.Range.Simplex s -> events(u, uses, Block.Space.SIMPLEX, false);
      case Model.Range.Covariance c -> events(u, uses, Block.Space.COVARIANCE, false);
      case Model.Range.Scalars s -> scalars(u, uses);
    };
  }

  /// The same for an unknown whose values may be any numbers, each for itself.
  Finding free(Model.Unknown u) {
    var uses = Uses.of(u.array(), terms, bounds, facts);
    if (uses.opaque().isPresent() || uses.many().isPresent() || !uses.bounded().isEmpty()
        || !List.of(Statistic.VALUE, Statistic.SQUARE).containsAll(uses.statistics()))
      return new Prevented("no normal distribution", u.symbol().span());
    return quadratic(u, uses);
  }

  private static String why(Term t) {
    return t.factors().stream().filter(f -> f instanceof Term.Opaque).map(f -> ((Term.Opaque) f).why()).findFirst().orElseThrow();
  }

  private boolean inBounds(Model.Unknown v, Array u) {
    return v.range() instanceof Model.Range.Scalars s && ppl.ir.Stmts.reads(s.block()).contains(u);
  }

  private Finding scalars(Model.Unknown u, Uses uses) {
    var at = Arr.of(u.array()).indices("i").stream().map(Exprs::var).toList();
    var ends = facts.ends(u.array(), at);
    if (ends.isEmpty()) return new Prevented("the bounds of `" + u.symbol().name() + "` are not known from data", u.symbol().span());
    boolean free = isInfinite(ends.get().get(0)) && isInfinite(ends.get().get(1)) && uses.bounded().isEmpty();
    var statistics = uses.statistics();
    if (free && statistics.stream().allMatch(s -> s.equals(Statistic.VALUE) || s.equals(Statistic.SQUARE)))
      return quadratic(u, uses);
    return events(u, uses, Block.Space.SCALAR, bounded(u, uses));
  }

  /// Pairs of values may be multiplied, other powers not.
  private static Finding quadratic(Model.Unknown u, Uses uses) {
    for (var t : uses.pairs())
      for (var f : t.factors())
        if (f instanceof Term.Stat(var x, var statistic, var at) && x == u.array() && !statistic.equals(Statistic.VALUE))
          return new Prevented("more than two values of `" + u.symbol().name() + "` are multiplied", t.span());
    return new Found(new Structure.Gaussian(), uses);
  }

  private static boolean isInfinite(Expr e) {
    return e instanceof Expr.Real(double v) && Double.isInfinite(v);
  }

  private static boolean is(Expr e, double x) {
    return e instanceof Expr.Real(double v) && v == x;
  }

  /// Whether bounds are those that the statistics ask for.
  private static boolean natural(List<Statistic> statistics, List<Expr> ends) {
    boolean unit = statistics.stream().anyMatch(s -> s instanceof Statistic.Log1m);
    boolean line = statistics.stream().allMatch(s -> s instanceof Statistic.Power(double p) && p > 0 && p == Math.rint(p));
    if (unit) return is(ends.get(0), 0) && is(ends.get(1), 1);
    boolean positive = is(ends.get(0), 0) && isInfinite(ends.get(1));
    // x alone on the positive numbers is a gamma distribution without its logarithm
    return line && !statistics.equals(List.of(Statistic.VALUE)) ? isInfinite(ends.get(0)) && isInfinite(ends.get(1)) : positive;
  }

  private Finding events(Model.Unknown u, Uses uses, Block.Space space, boolean bounded) {
    var name = "`" + u.symbol().name() + "`";
    if (!uses.pairs().isEmpty())
      return new Prevented("elements of " + name + " multiply each other", uses.pairs().getFirst().span());
    var statistics = uses.statistics();
    if (Families.find(space, statistics, bounded).isPresent())
      return new Found(new Structure.Independent(space, statistics), uses);
    return noFamily(u, uses, space, bounded);
  }

  /// Why the distribution of a closed unknown is in no book, if it is not.
  Optional<Prevented> unnamed(Model.Unknown u, Structure.Independent family) {
    var uses = Uses.of(u.array(), terms, bounds, facts);
    boolean bounded = family.space() == Block.Space.SCALAR && bounded(u, uses);
    return FamilyNames.of(family.space(), family.statistics(), bounded).isPresent() ? Optional.empty()
        : Optional.of(noFamily(u, uses, family.space(), bounded));
  }

  /// Whether a closed number has bounds other than those that its statistics ask for.
  boolean bounded(Model.Unknown u) {
    return bounded(u, Uses.of(u.array(), terms, bounds, facts));
  }

  private boolean bounded(Model.Unknown u, Uses uses) {
    var at = Arr.of(u.array()).indices("i").stream().map(Exprs::var).toList();
    return !uses.bounded().isEmpty() || !natural(uses.statistics(), facts.ends(u.array(), at).orElseThrow());
  }

  /// The statement that does not fit the ones before it.
  private static Prevented noFamily(Model.Unknown u, Uses uses, Block.Space space, boolean bounded) {
    var x = u.symbol().name();
    var before = new ArrayList<Statistic>();
    Optional<Span> first = Optional.empty();
    for (var e : uses.by().entrySet()) {
      var all = new ArrayList<>(before);
      e.getValue().stream().filter(s -> !all.contains(s)).forEach(all::add);
      if (FamilyNames.of(space, all, bounded).isEmpty()) {
        var own = StatisticWords.list(Uses.sorted(e.getValue()), x);
        var within = bounded ? " between these bounds" : "";
        if (first.isEmpty()) return new Prevented("%s has %s; no textbook family has these together%s".formatted(quote(e.getKey()), own, within), e.getKey());
        return new Prevented("%s has %s, but %s has %s; no textbook family has these together%s".formatted(
            quote(first.get()), StatisticWords.list(Uses.sorted(before), x), quote(e.getKey()), own, within), e.getKey());
      }
      before.clear();
      before.addAll(all);
      if (first.isEmpty()) first = Optional.of(e.getKey());
    }
    throw new IllegalStateException("a family for the statistics of " + x);
  }

  static String quote(Span span) {
    var text = span.text().strip();
    int end = text.indexOf('\n');
    return "`" + (end < 0 ? text : text.substring(0, end) + " ..").replaceAll("\\s+", " ") + "`";
  }

  // Discrete unknowns

  private Finding discrete(Model.Unknown u, Uses uses) {
    if (uses.pairs().isEmpty()) return new Found(new Structure.Discrete(false), uses);
    var links = uses.pairs().stream().map(t -> link(u.array(), t)).collect(Collectors.toSet());
    if (links.stream().anyMatch(Optional::isEmpty) || links.size() > 1)
      return new Prevented("the values of `" + u.symbol().name() + "` depend on each other not only in a chain",
          uses.pairs().getLast().span());
    return new Found(new Structure.Discrete(true), uses);
  }

  /// How far apart two elements are that a term multiplies: the dimension, and the distance along it; the other
  /// subscripts are equal. Empty if that is not so.
  private record Link(int dimension, int distance) {}

  private static Optional<Link> link(Array z, Term t) {
    var both = t.factors().stream().filter(f -> f instanceof Term.Stat s && s.unknown() == z).map(f -> ((Term.Stat) f).at()).toList();
    var interner = new Interner();
    Optional<Link> found = Optional.empty();
    for (int d = 0; d + 1 < both.get(0).size(); d++) {
      var a = interner.intern(both.get(0).get(d));
      var b = interner.intern(both.get(1).get(d));
      if (a == b) continue;
      var distance = distance(a, b);
      if (found.isPresent() || distance.isEmpty()) return Optional.empty();
      found = Optional.of(new Link(d, Math.abs(distance.get())));
    }
    return found;
  }

  private record Shifted(Expr base, int by) {
    static Shifted of(Expr e) {
      if (e instanceof Expr.Apply(Prim p, var args) && args.size() == 2 && args.get(1) instanceof Expr.Int(int c)) {
        if (p == Prim.IADD) return new Shifted(args.get(0), c);
        if (p == Prim.ISUB) return new Shifted(args.get(0), -c);
      }
      return e instanceof Expr.Int(int c) ? new Shifted(null, c) : new Shifted(e, 0);
    }
  }

  private static Optional<Integer> distance(Expr a, Expr b) {
    var x = Shifted.of(a);
    var y = Shifted.of(b);
    boolean variable = x.base == null || x.base instanceof Expr.Var;
    return x.base == y.base && variable && x.by != y.by ? Optional.of(x.by - y.by) : Optional.empty();
  }
}
