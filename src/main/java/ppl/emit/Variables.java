package ppl.emit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Kind;

/// Which values of a routine must be fields because the methods it was split into share them.
final class Variables {
  private final Map<Object, Set<Body>> definers = new HashMap<>();
  private final Set<Object> shared = new HashSet<>();
  private final Map<Array, Integer> cellUsers = new IdentityHashMap<>();
  private final Map<Object, String> fields = new LinkedHashMap<>();
  private final String prefix;

  /// @param prefix begins the names of the routine's fields
  Variables(String prefix, Body root) {
    this.prefix = prefix;
    define(root);
    share(root);
  }

  private void define(Body b) {
    b.defined.forEach(k -> definers.computeIfAbsent(k, x -> new HashSet<>()).add(b));
    b.cells.forEach(a -> cellUsers.merge(a, 1, Integer::sum));
    b.callees.forEach(this::define);
  }

  private void share(Body b) {
    for (var k : b.uses.keySet())
      if (definers.containsKey(k) && !b.defined.contains(k)) shared.add(k);
    b.callees.forEach(this::share);
  }

  /// Whether other methods than the one that defines the value use it.
  boolean isShared(Object value) {
    return shared.contains(value);
  }

  /// Whether the value is the same all the time that `b` runs.
  boolean isSettled(Object value, Body b) {
    return definers.getOrDefault(value, Set.of()).stream().noneMatch(d -> d != b && d.isInside(b));
  }

  boolean isSharedCell(Array cell) {
    return cellUsers.getOrDefault(cell, 0) > 1;
  }

  /// The field of a shared value.
  String field(Object value) {
    return fields.computeIfAbsent(value, v -> prefix + fields.size());
  }

  /// Declares the fields that were asked for.
  void declare(Asm asm) {
    fields.forEach((value, name) -> asm.field(name, Asm.descriptor(kind(value))));
  }

  static Kind kind(Object value) {
    return switch (value) {
      case Val v -> v.node.kind;
      case Node n -> n.kind;
      case Array a -> a.kind();
      default -> throw new IllegalStateException("no variable: " + value);
    };
  }

  static List<Body> all(Body root) {
    var bodies = new java.util.ArrayList<Body>();
    bodies.add(root);
    for (int k = 0; k < bodies.size(); k++) bodies.addAll(bodies.get(k).callees);
    return bodies;
  }
}
