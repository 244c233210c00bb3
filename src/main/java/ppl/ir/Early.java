package ppl.ir;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which arrays and expressions are known as soon as data are bound.
public final class Early {
  private final Set<Array> late;
  private final Set<Array> known;
  private final Graph.Free free = new Graph.Free();
  private final Map<Expr, Boolean> seen = new IdentityHashMap<>();
  private final Map<Expr, Boolean> dear = new IdentityHashMap<>();

  private Early(Set<Array> late, Set<Array> known) {
    this.late = late;
    this.known = known;
  }

  /// What of `block` depends on data, and arrays `known`, alone.
  public static Early of(Stmt.Block block, Set<Array> known) {
    var late = late(block, known, Set.of());
    var top = Stmts.arraySet();
    top.addAll(known);
    for (var a : block.arrays()) if (!late.contains(a)) top.add(a);
    return new Early(late, top);
  }

  /// The arrays that are written from more than data and `known`, or from `uncertain`.
  static Set<Array> late(Stmt.Block block, Set<Array> known, Set<Array> uncertain) {
    var late = Stmts.arraySet();
    late.addAll(uncertain);
    var reads = new IdentityHashMap<Stmt, Set<Array>>();
    int before;
    do {
      before = late.size();
      spread(block, false, late, known, reads);
    } while (late.size() > before);
    return late;
  }

  /// Marks what is written from arguments or late arrays, at random, or under a late condition.
  private static void spread(
      Stmt s, boolean around, Set<Array> late, Set<Array> known, Map<Stmt, Set<Array>> reads) {
    boolean isLate = around || s instanceof Stmt.Draw || s instanceof Stmt.Call c
        && (c.op().random() || c.inputs().stream().anyMatch(a -> isLate(a, late, known)));
    isLate |= reads.computeIfAbsent(s, x -> Graph.reads(Stmts.expressions(x))).stream().anyMatch(a -> isLate(a, late, known));
    for (var a : Stmts.written(s)) if (isLate || a.role() != Array.Role.COMPUTED) late.add(a);
    if (s instanceof Stmt.Call c && !Collections.disjoint(c.outputs(), late)) late.addAll(c.outputs());
    for (var c : Stmts.children(s)) spread(c, isLate, late, known, reads);
  }

  private static boolean isLate(Array a, Set<Array> late, Set<Array> known) {
    return late.contains(a) || a.role() != Array.Role.DATA && a.role() != Array.Role.COMPUTED && !known.contains(a);
  }

  /// Whether an array of the block is.
  public boolean of(Array a) {
    return !late.contains(a);
  }

  /// Whether an expression reads only data and such arrays as outlive the loops.
  public boolean of(Expr root) {
    Graph.walk(root, Expr::children, seen::containsKey, e -> seen.put(e, compute(e)));
    return seen.get(root);
  }

  private boolean compute(Expr e) {
    if (e instanceof Expr.Read(Array a, var at) && a.role() != Array.Role.DATA && !known.contains(a)) return false;
    return all(e.children(), seen);
  }

  private static boolean all(List<Expr> list, Map<Expr, Boolean> of) {
    for (var e : list) if (!of.get(e)) return false;
    return true;
  }

  /// Whether it is worth a place in memory.
  boolean isDear(Expr root) {
    Graph.walk(root, Expr::children, dear::containsKey, e -> dear.put(e, isDearItself(e) || any(e.children())));
    return dear.get(root);
  }

  private boolean any(List<Expr> list) {
    for (var e : list) if (dear.get(e)) return true;
    return false;
  }

  private static boolean isDearItself(Expr e) {
    return switch (e) {
      case Expr.Reduce r -> true;
      case Expr.Apply(Prim p, var args) -> switch (p) {
        case ABS, FMIN, FMAX, SQRT -> false;
        default -> p.smooth() && p.emission() instanceof Prim.Emission.Invoke;
      };
      case Expr.Int n -> false;
      case Expr.Real x -> false;
      case Expr.Var v -> false;
      case Expr.Read r -> false;
      case Expr.Select s -> false;
    };
  }

  Set<Index> indices(Expr e) {
    return free.of(e);
  }
}
