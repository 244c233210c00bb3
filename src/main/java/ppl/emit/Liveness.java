package ppl.emit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ppl.ir.Array;

/// Marks the statements and values that a routine's outcome depends on.
final class Liveness {
  private final Set<Array> kept;
  private final Map<Array, List<Item>> writers = new IdentityHashMap<>();
  private final Set<Array> read = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Item> items = new ArrayDeque<>();
  private final Deque<Node> nodes = new ArrayDeque<>();

  /// @param kept arrays whose contents are an outcome
  private Liveness(Set<Array> kept) {
    this.kept = kept;
  }

  static void mark(Region routine, Set<Array> kept) {
    var liveness = new Liveness(kept);
    liveness.collect(routine);
    liveness.run();
  }

  private void collect(Region region) {
    for (var item : region.items) {
      for (var a : written(item)) writers.computeIfAbsent(a, k -> new ArrayList<>()).add(item);
      if (hasEffect(item)) mark(item);
      item.inner().forEach(this::collect);
    }
  }

  private static List<Array> written(Item item) {
    return switch (item.act) {
      case Item.Act.Store(Array a) -> List.of(a);
      case Item.Act.StoreCell(Array a) -> List.of(a);
      case Item.Act.Fill(Array a) -> List.of(a);
      case Item.Act.Grow(Array a) -> List.of(a);
      case Item.Act.Call(var op, var inputs, var outputs) -> outputs;
      case Item.Act.Share(Part part) -> part.writes();
      case Item.Act.Loop a -> List.of();
      case Item.Act.Choice a -> List.of();
      case Item.Act.Draw a -> List.of();
      case Item.Act.Return a -> List.of();
      case Item.Act.Allocate a -> List.of();
      case Item.Act.Take a -> List.of();
      case Item.Act.Expect a -> List.of();
      case Item.Act.Copy a -> List.of();
      case Item.Act.Drop a -> List.of();
    };
  }

  private boolean hasEffect(Item item) {
    return switch (item.act) {
      case Item.Act.Call(var op, var inputs, var outputs) when op.random() -> true;
      case Item.Act.Loop a -> false;
      case Item.Act.Choice a -> false;
      case Item.Act.Draw a -> true;
      case Item.Act.Return a -> true;
      case Item.Act.Allocate a -> true;
      case Item.Act.Take a -> true;
      case Item.Act.Expect a -> true;
      case Item.Act.Copy a -> true;
      case Item.Act.Drop a -> true;
      case Item.Act.Store a -> outlives(item);
      case Item.Act.StoreCell a -> outlives(item);
      case Item.Act.Fill a -> outlives(item);
      case Item.Act.Grow a -> outlives(item);
      case Item.Act.Call a -> outlives(item);
      case Item.Act.Share a -> outlives(item);
    };
  }

  private boolean outlives(Item item) {
    return written(item).stream().anyMatch(a -> a.role() == Array.Role.ARGUMENT || kept.contains(a));
  }

  private void run() {
    while (!items.isEmpty() || !nodes.isEmpty()) {
      if (!nodes.isEmpty()) {
        var n = nodes.pop();
        n.args.forEach(this::mark);
        readBy(n).forEach(this::read);
      } else {
        var item = items.pop();
        item.operands.forEach(this::mark);
        if (item.act instanceof Item.Act.Call(var op, var inputs, var outputs)) {
          inputs.forEach(this::read);
          outputs.forEach(this::read);
        }
        if (item.act instanceof Item.Act.Share(Part part)) {
          part.reads().forEach(this::read);
          part.writes().forEach(this::read);
        }
        if (!item.region.isRoutine() && item.region.owner.orElseThrow() instanceof Item around) mark(around);
      }
    }
  }

  private static List<Array> readBy(Node n) {
    return switch (n.op) {
      case Op.Element(Array a, var v) -> List.of(a);
      case Op.Cell(Array a, var v) -> List.of(a);
      default -> List.of();
    };
  }

  private void read(Array a) {
    if (read.add(a)) writers.getOrDefault(a, List.of()).forEach(this::mark);
  }

  private void mark(Item item) {
    if (item.live) return;
    item.live = true;
    items.push(item);
  }

  private void mark(Node node) {
    if (node.live) return;
    node.live = true;
    nodes.push(node);
  }
}
