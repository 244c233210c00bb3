package ppl.emit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Prim;

/// Proves that subscripts stay inside their arrays, so that no check is needed at run time.
///
/// Whole-number values are polynomials in values about which nothing more is known than that extents are not negative
/// and that a loop variable lies between its loop's bounds. A polynomial is shown to be non-negative by putting the
/// worse bound for each loop variable, innermost first, until only non-negative terms remain.
final class Bounds {
  private static final int MOST_TERMS = 32;

  /// Coefficients of the monomials; a monomial is its factors in order of their numbers.
  private record Poly(Map<List<Node>, Long> terms) {}

  private record Range(Node from, Node to) {}

  private final Map<Node, Range> ranges = new HashMap<>();
  private final Set<Node> extents = new HashSet<>();
  private final Map<List<Node>, Boolean> proved = new HashMap<>();
  private final Map<Node, Poly> polys = new HashMap<>();

  void loop(Node variable, Node from, Node to) {
    ranges.put(variable, new Range(from, to));
  }

  void extent(Node extent) {
    extents.add(extent);
  }

  /// Whether certainly `0 <= subscript < extent`.
  boolean inside(Node subscript, Node extent) {
    var range = ranges.get(subscript);
    if (range != null && range.to == extent && range.from.isConstant() && range.from.constant() >= 0) return true;
    return proved.computeIfAbsent(List.of(subscript, extent), k -> {
      var s = poly(subscript);
      return nonNegative(s) && nonNegative(sum(sum(poly(extent), s, -1), constant(1), -1));
    });
  }

  private boolean nonNegative(Poly p) {
    for (int steps = 0; steps < MOST_TERMS && p.terms.size() <= MOST_TERMS; steps++) {
      var innermost = innermost(p);
      if (innermost.isEmpty()) return allTermsNonNegative(p);
      var range = ranges.get(innermost.get());
      var ends = least(range.to).toList();
      if (ends.size() > 1) {
        var both = p;
        return ends.stream().anyMatch(
            to -> worst(both, innermost.get(), new Range(range.from, to)).filter(this::nonNegative).isPresent());
      }
      var worst = worst(p, innermost.get(), range);
      if (worst.isEmpty()) return false;
      p = worst.get();
    }
    return false;
  }

  private Optional<Node> innermost(Poly p) {
    Optional<Node> found = Optional.empty();
    for (var factors : p.terms.keySet())
      for (var v : factors)
        if (ranges.containsKey(v) && (found.isEmpty() || found.get().id < v.id)) found = Optional.of(v);
    return found;
  }

  /// The values of which `n` is the least.
  private static Stream<Node> least(Node n) {
    return is(n, Prim.IMIN) ? n.args.stream().flatMap(Bounds::least) : Stream.of(n);
  }

  private static boolean is(Node n, Prim prim) {
    return n.op instanceof Op.Apply(Prim p) && p == prim;
  }

  private boolean allTermsNonNegative(Poly p) {
    return p.terms.entrySet().stream()
        .allMatch(t -> t.getValue() >= 0 && t.getKey().stream().allMatch(this::isNonNegative));
  }

  private boolean isNonNegative(Node n) {
    return extents.contains(n) || n.isConstant() && n.constant() >= 0
        || is(n, Prim.IMIN) && n.args.stream().allMatch(this::isNonNegative)
        || is(n, Prim.IMAX) && n.args.stream().anyMatch(this::isNonNegative)
        || ranges.containsKey(n) && nonNegative(poly(ranges.get(n).from));
  }

  /// `p` with `v` replaced by that bound of `range` that makes it smallest; empty if that is not known.
  private Optional<Poly> worst(Poly p, Node v, Range range) {
    var result = constant(0);
    for (var t : p.terms.entrySet()) {
      var rest = new ArrayList<>(t.getKey());
      var term = new Poly(Map.of(t.getKey(), t.getValue()));
      if (rest.remove(v)) {
        var bound = t.getValue() > 0 ? poly(range.from) : sum(poly(range.to), constant(1), -1);
        if (!rest.stream().allMatch(this::isNonNegative) || bound.terms.size() > MOST_TERMS) return Optional.empty();
        term = product(new Poly(Map.of(List.copyOf(rest), t.getValue())), bound);
      }
      result = sum(result, term, 1);
    }
    return Optional.of(result);
  }

  private Poly poly(Node n) {
    var known = polys.get(n);
    if (known == null) polys.put(n, known = made(n));
    return known;
  }

  private Poly made(Node n) {
    if (n.op instanceof Op.IntConst(int v)) return constant(v);
    if (n.op instanceof Op.Apply(Prim prim) && n.args.size() <= 2) {
      var a = n.args;
      if (prim == Prim.IADD || prim == Prim.EADD) return sum(poly(a.get(0)), poly(a.get(1)), 1);
      if (prim == Prim.ISUB || prim == Prim.ESUB) return sum(poly(a.get(0)), poly(a.get(1)), -1);
      if (prim == Prim.INEG) return sum(constant(0), poly(a.get(0)), -1);
      if (prim == Prim.IMUL || prim == Prim.EMUL) {
        var p = poly(a.get(0));
        var q = poly(a.get(1));
        if (p.terms.size() * q.terms.size() <= MOST_TERMS) return product(p, q);
      }
    }
    return new Poly(Map.of(List.of(n), 1L));
  }

  private static Poly constant(long value) {
    return new Poly(value == 0 ? Map.of() : Map.of(List.of(), value));
  }

  private static Poly sum(Poly a, Poly b, long sign) {
    if (b.terms.isEmpty()) return a;
    var terms = new HashMap<>(a.terms);
    for (var t : b.terms.entrySet()) {
      long c = terms.getOrDefault(t.getKey(), 0L) + sign * t.getValue();
      if (c == 0) terms.remove(t.getKey());
      else terms.put(t.getKey(), c);
    }
    return new Poly(terms);
  }

  private static Poly product(Poly a, Poly b) {
    var result = constant(0);
    for (var s : a.terms.entrySet())
      for (var t : b.terms.entrySet()) {
        var factors = new ArrayList<>(s.getKey());
        factors.addAll(t.getKey());
        factors.sort(Comparator.comparingInt(n -> n.id));
        result = sum(result, new Poly(Map.of(List.copyOf(factors), s.getValue() * t.getValue())), 1);
      }
    return result;
  }
}
