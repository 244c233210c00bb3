package ppl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import ppl.lib.Function;
import ppl.lib.Operators;
import ppl.typed.Interval;
import ppl.typed.Size;
import ppl.typed.Support;
import ppl.typed.TExpr;
import ppl.typed.TypedPrinter;

/// A number as a polynomial with integer, also negative exponents in expressions that are no sums, products and
/// quotients: so it is seen that `1 - p` and `p` add up to 1, and that `p * a + (1 - p) * b` lies between a and b.
///
/// @param terms coefficients, never 0, by the exponents of the atoms
/// @param atoms what the atoms' texts stand for
record Polynomial(Map<Map<String, Integer>, Double> terms, Map<String, TExpr> atoms) {
  private static final int MAX_TERMS = 64;
  private static final int MAX_CORNERS = 8;
  private static final double ROUNDING = 1e-9;

  static Polynomial of(double value) {
    return new Polynomial(value == 0 ? Map.of() : Map.of(Map.of(), value), Map.of());
  }

  static Polynomial atom(String text, TExpr e) {
    return new Polynomial(Map.of(Map.of(text, 1), 1.0), Map.of(text, e));
  }

  private static Polynomial atom(TExpr e) {
    return atom(TypedPrinter.expr(e), e);
  }

  /// One element of `e`; arrays in it stand for their elements at one place.
  static Polynomial of(TExpr e) {
    return switch (e) {
      case TExpr.Num n -> of(n.value());
      case TExpr.SizeOf s -> size(s.size(), s);
      case TExpr.Apply(var f, var args, var type, var span) -> apply(f, args, e);
      case TExpr.Ref _, TExpr.Label _, TExpr.CallFun _, TExpr.Select _, TExpr.Index _, TExpr.Range _,
          TExpr.ArrayLit _, TExpr.Comprehension _, TExpr.Reduce _, TExpr.OfDist _ -> atom(e);
    };
  }

  private static Polynomial size(Size s, TExpr e) {
    return s.constant().isPresent() ? of(s.constant().getAsInt()) : atom(s.toString(), e);
  }

  private static Polynomial apply(Function f, List<TExpr> args, TExpr e) {
    if (args.size() == 1) return f == Operators.SUBTRACT ? of(args.getFirst()).times(of(-1), e) : atom(e);
    if (args.size() != 2) return atom(e);
    var x = args.get(0);
    var y = args.get(1);
    if (f == Operators.ADD) return of(x).plus(of(y), e);
    if (f == Operators.SUBTRACT) return of(x).plus(of(y).times(of(-1), e), e);
    boolean elementwise = x.type().rank() != 2 && y.type().rank() != 2 || x.type().isScalar() || y.type().isScalar();
    if (f == Operators.TIMES || f == Operators.MULTIPLY && elementwise) return of(x).times(of(y), e);
    if (f == Operators.DIVIDE || f == Operators.OVER) return of(x).over(of(y), e);
    if (f == Operators.POWER && y instanceof TExpr.Num n && n.value() == 2) return of(x).times(of(x), e);
    return atom(e);
  }

  /// @param e what the sum is written as
  Polynomial plus(Polynomial that, TExpr e) {
    return terms.size() + that.terms.size() > MAX_TERMS ? atom(e) : plus(that);
  }

  Polynomial plus(Polynomial that) {
    var sum = new HashMap<>(terms);
    that.terms.forEach((k, v) -> sum.merge(k, v, (a, b) -> Math.abs(a + b) < ROUNDING * Math.abs(a) ? null : a + b));
    return new Polynomial(sum, both(that));
  }

  /// @param e what the product is written as
  Polynomial times(Polynomial that, TExpr e) {
    return terms.size() * that.terms.size() > MAX_TERMS ? atom(e) : times(that);
  }

  Polynomial times(Polynomial that) {
    var product = new Polynomial(Map.of(), both(that));
    for (var a : terms.entrySet())
      for (var b : that.terms.entrySet()) {
        var exponents = new TreeMap<>(a.getKey());
        b.getKey().forEach((k, v) -> exponents.merge(k, v, (m, n) -> m + n == 0 ? null : Integer.valueOf(m + n)));
        product = product.plus(new Polynomial(Map.of(exponents, a.getValue() * b.getValue()), Map.of()));
      }
    return product;
  }

  /// A quotient by one term; one by a sum is an atom.
  Polynomial over(Polynomial that, TExpr e) {
    if (that.terms.size() != 1) return atom(e);
    var t = that.terms.entrySet().iterator().next();
    var exponents = new TreeMap<String, Integer>();
    t.getKey().forEach((k, v) -> exponents.put(k, -v));
    return times(new Polynomial(Map.of(exponents, 1 / t.getValue()), that.atoms), e);
  }

  private Map<String, TExpr> both(Polynomial that) {
    var all = new TreeMap<>(atoms);
    all.putAll(that.atoms);
    return all;
  }

  /// The value, if it is a number.
  OptionalDouble number() {
    if (terms.isEmpty()) return OptionalDouble.of(0);
    return terms.size() == 1 && terms.containsKey(Map.of()) ? OptionalDouble.of(terms.get(Map.of()))
        : OptionalDouble.empty();
  }

  boolean isOne() {
    return number().isPresent() && Math.abs(number().getAsDouble() - 1) < ROUNDING;
  }

  boolean isNumber(double value) {
    return number().isPresent() && number().getAsDouble() == value;
  }

  Polynomial minus(Polynomial that) {
    return plus(that.times(of(-1)));
  }

  boolean isSame(Polynomial that) {
    return terms.equals(that.terms);
  }

  /// Without the factors that all terms have, where these are not negative.
  Polynomial primitive(Ranges ranges) {
    var rest = this;
    for (var atom : atoms.entrySet()) {
      int common = terms.keySet().stream().mapToInt(t -> t.getOrDefault(atom.getKey(), 0)).min().orElse(0);
      boolean positive = common % 2 == 0 || Interval.NONNEGATIVE.includes(ranges.of(atom.getValue()));
      if (common != 0 && positive)
        rest = rest.times(new Polynomial(Map.of(Map.of(atom.getKey(), -common), 1.0), Map.of()));
    }
    return rest;
  }

  /// An interval for its values: term by term; where every atom has the same exponent in all terms, from the ends of
  /// the atoms; and both again with names above or below others written as their bound and a difference.
  Interval range(Ranges ranges) {
    var known = new TreeMap<String, Interval>();
    atoms.forEach((text, e) -> known.put(text, ranges.of(e)));
    var range = terms(known).and(extremes(known));
    for (boolean below : List.of(true, false)) {
      var apart = new TreeMap<>(known);
      var moved = this;
      for (var a : atoms.entrySet()) {
        var bound = bound(a.getValue(), below);
        if (bound.isEmpty()) continue;
        var gap = "gap of " + a.getKey();
        apart.put(gap, Interval.NONNEGATIVE);
        of(bound.get()).atoms.forEach((text, e) -> apart.put(text, ranges.of(e)));
        moved = moved.with(a.getKey(), of(bound.get()).plus(
            new Polynomial(Map.of(Map.of(gap, 1), below ? 1.0 : -1.0), Map.of(gap, a.getValue()))));
      }
      if (moved != this) range = range.and(moved.terms(apart)).and(moved.extremes(apart));
    }
    return range;
  }

  /// The bound of a name that is not a number itself.
  private static Optional<TExpr> bound(TExpr e, boolean below) {
    return e instanceof TExpr.Ref(var s, var span) && s.support() instanceof Support.Between(var lower, var upper,
        var strict)
        ? (below ? lower : upper).filter(b -> !(b instanceof TExpr.Num)) : Optional.empty();
  }

  /// The same with `by` in place of an atom, if that stands only as it is.
  private Polynomial with(String atom, Polynomial by) {
    if (terms.keySet().stream().anyMatch(t -> t.getOrDefault(atom, 1) != 1)) return this;
    var all = new Polynomial(Map.of(), both(by));
    for (var t : terms.entrySet()) {
      var rest = new TreeMap<>(t.getKey());
      var single = rest.remove(atom) == null ? of(1) : by;
      all = all.plus(single.times(new Polynomial(Map.of(rest, t.getValue()), Map.of()), atoms.get(atom)));
    }
    return all;
  }

  private Interval terms(Map<String, Interval> known) {
    return terms.entrySet().stream().map(t -> t.getKey().entrySet().stream()
            .map(f -> known.get(f.getKey()).power(f.getValue())).reduce(Interval.at(t.getValue()), Interval::times))
        .reduce(Interval.at(0), Interval::plus);
  }

  private Interval extremes(Map<String, Interval> known) {
    Map<String, Integer> exponents = new TreeMap<>();
    for (var t : terms.keySet())
      for (var f : t.entrySet()) {
        var before = exponents.put(f.getKey(), f.getValue());
        if (before != null && !before.equals(f.getValue())) return Interval.ALL;
      }
    if (exponents.size() > MAX_CORNERS || terms.size() < 2) return Interval.ALL;
    var powers = new TreeMap<String, Interval>();
    exponents.forEach((k, n) -> powers.put(k, known.get(k).power(n)));
    return powers.values().stream().allMatch(Interval::isFinite) ? corners(powers, new TreeMap<>()) : Interval.ALL;
  }

  private Interval corners(TreeMap<String, Interval> open, Map<String, Double> at) {
    if (open.isEmpty()) return Interval.at(terms.entrySet().stream().mapToDouble(t ->
        t.getKey().keySet().stream().mapToDouble(at::get).reduce(t.getValue(), (a, b) -> a * b)).sum());
    var first = open.firstEntry();
    var rest = new TreeMap<>(open.tailMap(first.getKey(), false));
    at.put(first.getKey(), first.getValue().low());
    var low = corners(rest, at);
    at.put(first.getKey(), first.getValue().high());
    return low.or(corners(rest, at));
  }
}
