package ppl.emit;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Index;
import ppl.ir.Stmt;
import ppl.ir.Unit;

/// Where the arrays of a unit are kept: scalars in variables, unless a primitive on whole arrays wants one; the rest
/// in Java arrays, which are fields of the instance or arguments of the method. And which loops are handed out.
final class Layout {
  private final Set<Array> boxed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Array> bound;
  private final Set<Array> prepared = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Array, String> storages = new LinkedHashMap<>();
  private final Map<Array, String> scalars = new LinkedHashMap<>();
  private final Map<Index, Part> parts;
  private final Conditional conditional;
  private final List<Array> held;

  /// @param parts the bodies of loops that are handed out
  /// @param held  data that the instance may let go
  Layout(Unit unit, Map<Index, Part> parts, List<Array> held) {
    this.parts = parts;
    this.held = held;
    bound = unit.data();
    prepared.addAll(unit.prepared());
    conditional = Conditional.of(unit.prepare(), unit.prepared());
    box(unit.prepare());
    unit.routines().forEach(r -> box(r.body()));
  }

  private void box(Stmt statement) {
    switch (statement) {
      case Stmt.Call call -> {
        boxed.addAll(call.inputs());
        boxed.addAll(call.outputs());
      }
      case Stmt.For loop -> box(loop.body());
      case Stmt.If(var condition, var then, var otherwise) -> {
        box(then);
        box(otherwise);
      }
      case Stmt.Block(var arrays, var statements) -> statements.forEach(this::box);
      case Stmt.Set s -> {}
      case Stmt.Add s -> {}
      case Stmt.Fill s -> {}
      case Stmt.Draw s -> {}
    }
  }

  /// The body of the loop over `index`, if it is handed out.
  Optional<Part> part(Index index) {
    return Optional.ofNullable(parts.get(index));
  }

  /// The arrays whose lengths are compared with their extents before anything runs.
  List<Array> bound() {
    return bound;
  }

  /// Whether the array is one scalar in a variable.
  boolean isCell(Array array) {
    return array.rank() == 0 && array.role() != Array.Role.ARGUMENT && !(boxed.contains(array) && !isData(array));
  }

  boolean isData(Array array) {
    return array.role() == Array.Role.DATA;
  }

  /// Whether the array may have been let go, so that [Release#method] has to be asked for it.
  boolean isHeld(Array array) {
    return held.contains(array);
  }

  boolean isPrepared(Array array) {
    return prepared.contains(array);
  }

  /// The prepared arrays that there is room for only under a condition.
  Conditional conditional() {
    return conditional;
  }

  /// Whether the array has no room at first, and gets it before it is used.
  boolean grows(Array array) {
    return array.varies() || conditional.arrays().contains(array);
  }

  /// Whether the storage outlives an evaluation and is filled before the first.
  boolean isShared(Array array) {
    return isData(array) || isPrepared(array);
  }

  /// The field that holds the array's storage; there is one from now on.
  String storage(Array array) {
    return name(storages, "a", array);
  }

  /// The field that holds a scalar; there is one from now on.
  String scalar(Array array) {
    return name(scalars, "s", array);
  }

  /// Arrays that have a field for their storage.
  Set<Array> storages() {
    return storages.keySet();
  }

  /// Arrays that have a field for their one scalar.
  Set<Array> scalars() {
    return scalars.keySet();
  }

  private static String name(Map<Array, String> fields, String prefix, Array array) {
    return fields.computeIfAbsent(array,
        a -> prefix + fields.size() + "_" + a.name().replaceAll("[^A-Za-z0-9_]", "_"));
  }
}
