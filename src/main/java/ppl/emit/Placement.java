package ppl.emit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives every value its place: the latest region that encloses all its uses, moved out of the loops in which it does
/// not change (Click, "Global code motion, global value numbering", PLDI 1995).
///
/// Values are placed users first, so that the regions inside a choice or a reduction have their own places when the
/// values in them are placed. A value that may throw is never computed where it might not be needed; it is computed
/// several times instead.
final class Placement {
  /// Copies of one value that may throw; beyond, it would be computed where it is perhaps not needed.
  private static final int MOST_COPIES = 64;

  private final Leaves leaves;

  private Placement(Leaves leaves) {
    this.leaves = leaves;
  }

  static void place(Graph graph, Region routine, Leaves leaves) {
    var p = new Placement(leaves);
    p.use(routine);
    for (int id = graph.nodes.size() - 1; id >= 0; id--) {
      var n = graph.nodes.get(id);
      if (!n.uses.isEmpty()) p.place(n);
    }
  }

  private void use(Region region) {
    for (var item : region.items) {
      if (!item.live) continue;
      for (int k = 0; k < item.operands.size(); k++) item.operands.get(k).uses.add(new Use(item, k, region));
      item.inner().forEach(this::use);
    }
  }

  private void place(Node n) {
    if (leaves.isLeaf(n)) bind(new Val(n, n.home, 0, true), n.uses);
    else place(n, n.uses, 0);
  }

  private void place(Node n, List<Use> uses, int copies) {
    var region = uses.getFirst().region();
    for (var u : uses) region = Region.common(region, u.region());
    for (var item : n.overwrites) if (item.live && !over(region, item)) region = Region.common(region, item.region);
    if (available(n, region) && (!n.unsafe || copies > MOST_COPIES || needed(uses, region))) {
      settle(n, uses, hoist(n, region));
      return;
    }
    var groups = groups(uses, region);
    if (groups.size() == 1 && available(n, region)) settle(n, uses, region);
    else groups.values().forEach(g -> place(n, g, copies + groups.size()));
  }

  /// Whether all of `region`, which does not enclose `item`, is over before it.
  private static boolean over(Region region, Item item) {
    var around = Region.common(region, item.region);
    return around != region && around.position(region, 0) < around.position(item.region, item.index);
  }

  private static Map<Region, List<Use>> groups(List<Use> uses, Region region) {
    var groups = new LinkedHashMap<Region, List<Use>>();
    for (var u : uses)
      groups.computeIfAbsent(u.region().ancestor(region.depth + 1), r -> new ArrayList<>()).add(u);
    return groups;
  }

  private static boolean available(Node n, Region region) {
    if (!n.home.encloses(region)) return false;
    int missing = n.variables.size();
    for (var r = region; missing > 0 && !r.isRoutine(); r = r.parent())
      if (r.variable.isPresent() && n.variables.contains(r.variable.get())) missing--;
    return missing == 0;
  }

  /// Whether one of the uses happens whenever `region` is run.
  private static boolean needed(List<Use> uses, Region region) {
    var arms = new IdentityHashMap<Owner, Integer>();
    for (var group : groups(uses, region).entrySet()) {
      var inner = group.getKey();
      if (inner == region) return true;
      if (inner.form == Region.Form.GUARD && !runs(inner)) continue;
      if (!needed(group.getValue(), inner)) continue;
      if (inner.form != Region.Form.ARM || arms.merge(inner.owner.orElseThrow(), 1, Integer::sum) == 2) return true;
    }
    return false;
  }

  /// Whether a loop certainly runs its body.
  private static boolean runs(Region guard) {
    var bounds = switch (guard.owner.orElseThrow()) {
      case Item item -> item.operands;
      case Val val -> val.node.args;
    };
    var from = bounds.get(0);
    var to = bounds.get(1);
    return from.isConstant() && to.isConstant() && from.constant() < to.constant();
  }

  private static Region hoist(Node n, Region region) {
    var best = region;
    for (var r = region; !r.isRoutine() && available(n, r.parent()); ) {
      if (n.unsafe && r.form != Region.Form.BODY) break;
      if (n.op instanceof Op.Reduce && r.form == Region.Form.ARM) break;
      r = r.parent();
      if (r.loops < best.loops) best = r;
    }
    return best;
  }

  private void settle(Node n, List<Use> uses, Region region) {
    int position = Use.END;
    for (var u : uses) position = Math.min(position, region.position(u.region(), u.position()));
    for (var item : n.overwrites)
      if (item.live && region.encloses(item.region))
        position = Math.min(position, region.position(item.region, item.index));
    var val = new Val(n, region, position, false);
    region.values.add(val);
    bind(val, uses);
    for (int k = 0; k < n.args.size(); k++) n.args.get(k).uses.add(new Use(val, k, val.place(k)));
    val.inline = uses.size() == 1 && mayStayOnStack(val, uses.getFirst());
  }

  private static boolean mayStayOnStack(Val val, Use use) {
    return use.region() == val.region && use.position() == val.position();
  }

  private static void bind(Val val, List<Use> uses) {
    for (var u : uses) u.user().bind(u.index(), val);
  }
}
