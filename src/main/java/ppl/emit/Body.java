package ppl.emit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;

/// The steps of one method, and what they use and define of values that have a name: computed values by [Val], loop
/// variables, results and storages by [Node], scalars in variables by [Array].
final class Body {
  final Optional<Body> caller;
  final Optional<Entry.Outline> outline;
  final List<Entry> code;
  final List<Body> callees = new ArrayList<>();
  /// How often a value is used; many times if in a loop.
  final Map<Object, Integer> uses = new LinkedHashMap<>();
  final Set<Object> defined = new HashSet<>();
  final Set<Array> cells = new LinkedHashSet<>();
  final Set<Array> writtenCells = new LinkedHashSet<>();

  private Body(Optional<Body> caller, Optional<Entry.Outline> outline, List<Entry> code) {
    this.caller = caller;
    this.outline = outline;
    this.code = code;
    steps(code, 1);
  }

  static Body of(List<Entry> routine) {
    return new Body(Optional.empty(), Optional.empty(), routine);
  }

  boolean isInside(Body other) {
    for (var b = Optional.of(this); b.isPresent(); b = b.get().caller) if (b.get() == other) return true;
    return false;
  }

  /// Whether a method that this one calls, however indirectly, uses the scalar.
  boolean delegates(Array cell) {
    return callees.stream().anyMatch(c -> c.cells.contains(cell) || c.delegates(cell));
  }

  private void steps(List<Entry> code, int weight) {
    for (var e : code)
      switch (e) {
        case Val v -> {
          defined.add(v);
          tree(v, weight);
        }
        case Item item -> item(item, weight);
        case Entry.Outline o -> callees.add(new Body(Optional.of(this), Optional.of(o), o.code()));
      }
  }

  private void item(Item item, int weight) {
    item.values.forEach(v -> use(v, weight));
    int inner = weight;
    switch (item.act) {
      case Item.Act.StoreCell(Array a) -> {
        cells.add(a);
        writtenCells.add(a);
      }
      case Item.Act.Draw(var sampler, Node result) -> defined.add(result);
      case Item.Act.Loop(Node variable, var reverse) -> {
        defined.add(variable);
        inner = weight + 1;
      }
      case Item.Act.Store a -> {}
      case Item.Act.Fill a -> {}
      case Item.Act.Choice a -> {}
      case Item.Act.Call a -> {}
      case Item.Act.Share a -> {}
      case Item.Act.Return a -> {}
      case Item.Act.Allocate a -> {}
      case Item.Act.Grow a -> {}
      case Item.Act.Take a -> {}
      case Item.Act.Expect a -> {}
      case Item.Act.Copy a -> {}
      case Item.Act.Drop a -> {}
    }
    for (var r : item.inner()) steps(r.code, inner);
  }

  private void use(Val v, int weight) {
    if (v.inline) tree(v, weight);
    else if (!v.node.isConstant()) uses.merge(v.name(), weight, Integer::sum);
  }

  private void tree(Val v, int weight) {
    int inner = weight;
    if (v.node.op instanceof Op.Cell(Array a, var version)) cells.add(a);
    if (v.node.op instanceof Op.Reduce(var reducer, Node variable)) {
      defined.add(variable);
      inner = weight + 1;
    }
    for (var r : v.inner()) steps(r.code, inner);
    for (int k = 0; k < v.args.size(); k++) use(v.args.get(k), v.place(k) == v.region ? weight : inner);
  }
}
