package ppl.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A part of an expression that is evaluated together: the whole, the body of a reduction, a branch of a selection, or
/// what is needed only now and then. Back-propagation makes one block of statements for each.
final class Region {
  /// Why a region is apart from its parent.
  enum Reason { WHOLE, REDUCTION, YES, NO, GUARD }

  final Reason reason;
  final Expr owner;
  final Region parent;
  final int depth;
  /// The nodes that belong here, users before operands.
  final List<Expr> nodes = new ArrayList<>();

  private Region(Reason reason, Expr owner, Region parent) {
    this.reason = reason;
    this.owner = owner;
    this.parent = parent;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  /// Which region every active node belongs to, and which regions are inside a node.
  static final class Plan {
    private final Activity activity;
    private final Graph.Free free;
    private final Map<Expr, Region> home = new IdentityHashMap<>();
    private final Map<Expr, Map<Reason, Region>> inside = new IdentityHashMap<>();
    private final Map<Expr, Set<Region>> uses = new IdentityHashMap<>();
    final Region whole;

    Plan(Expr root, Activity activity, Graph.Free free) {
      this.activity = activity;
      this.free = free;
      this.whole = new Region(Reason.WHOLE, root, null);
      use(root, whole);
      var order = new ArrayList<Expr>();
      var seen = Graph.identitySet();
      Graph.walk(root, activity::operands, seen::contains, e -> {
        seen.add(e);
        order.add(e);
      });
      for (var e : order.reversed()) place(e);
    }

    Region home(Expr e) {
      return home.get(e);
    }

    /// Whether `e` has a region of its own because it is not needed at each evaluation of its home.
    boolean guarded(Expr e) {
      return inside.getOrDefault(e, Map.of()).containsKey(Reason.GUARD);
    }

    Region inside(Expr e, Reason reason) {
      return inside.get(e).get(reason);
    }

    private void use(Expr e, Region region) {
      if (activity.of(e)) uses.computeIfAbsent(e, x -> new LinkedHashSet<>()).add(region);
    }

    private void place(Expr e) {
      var used = withBothBranches(uses.get(e));
      var region = lift(e, common(used));
      home.put(e, region);
      region.nodes.add(e);
      boolean scalar = e instanceof Expr.Read r && r.at().isEmpty();
      var here = used.contains(region) || scalar ? region : open(e, Reason.GUARD, region);
      switch (e) {
        case Expr.Reduce r -> use(r.body(), open(e, Reason.REDUCTION, here));
        case Expr.Select s -> {
          use(s.yes(), open(e, Reason.YES, here));
          use(s.no(), open(e, Reason.NO, here));
        }
        case Expr.Apply a -> a.args().forEach(x -> use(x, here));
        case Expr.Read r -> {}
        case Expr.Int n -> {}
        case Expr.Real x -> {}
        case Expr.Var i -> {}
      }
    }

    private Region open(Expr owner, Reason reason, Region parent) {
      var region = new Region(reason, owner, parent);
      inside.computeIfAbsent(owner, x -> new java.util.EnumMap<>(Reason.class)).put(reason, region);
      return region;
    }

    /// What is used in both branches of a selection is used wherever the selection is.
    private Set<Region> withBothBranches(Set<Region> used) {
      if (used.size() == 1) return used;
      var all = new LinkedHashSet<>(used);
      var todo = new ArrayList<>(used);
      while (!todo.isEmpty()) {
        var r = todo.removeLast();
        if (r.reason != Reason.YES && r.reason != Reason.NO) continue;
        var other = inside(r.owner, r.reason == Reason.YES ? Reason.NO : Reason.YES);
        if (all.contains(other) && all.add(r.parent)) todo.add(r.parent);
      }
      return all;
    }

    private static Region common(Collection<Region> regions) {
      return regions.stream().reduce(Plan::common).orElseThrow();
    }

    private static Region common(Region a, Region b) {
      while (a != b)
        if (a.depth > b.depth) a = a.parent;
        else if (b.depth > a.depth) b = b.parent;
        else {
          a = a.parent;
          b = b.parent;
        }
      return a;
    }

    /// Out of all reductions whose variable `e` does not depend on.
    private Region lift(Expr e, Region region) {
      var lifted = region;
      for (var r = region; r.parent != null; r = r.parent)
        if (r.reason == Reason.REDUCTION) {
          if (free.of(e).contains(((Expr.Reduce) r.owner).index())) break;
          lifted = r.parent;
        }
      return lifted;
    }
  }
}
