package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// Finds out when data are bound which rows are the same in all that a loop reads of them. A sample tells first whether it
/// is worth while; where rows hardly repeat nothing else is done and nothing is kept.
final class Distinct {
  /// Rows that differ, once each.
  ///
  /// @param pays   1 if there are few enough, otherwise 0
  /// @param number how many, 0 where it does not pay
  /// @param first  of those that are the same the first
  /// @param counts how many are the same, if more than one may be
  record Rows(Array pays, Array number, Array first, Optional<Array> counts) {}

  private final Repeats repeats;
  private final Set<Array> fixed;
  private final Prepared prepared;
  private final Interner interner = new Interner();
  private final Map<Set<RowScan.Leaf>, Rows> known = new HashMap<>();

  /// @param fixed arrays that no routine writes; takes those that are made
  Distinct(Repeats repeats, Set<Array> fixed, Prepared prepared) {
    this.repeats = repeats;
    this.fixed = fixed;
    this.prepared = prepared;
  }

  /// The rows that a loop may go over instead of all, with all that it adds multiplied by how many are the same; empty
  /// where it does more than that or tells rows apart by more than data.
  Optional<Rows> of(Stmt.For loop) {
    return of(loop, Optional.empty());
  }

  /// The same.
  ///
  /// @param mark whole numbers, of which rows that are the same have the same
  Optional<Rows> of(Stmt.For loop, Optional<Array> mark) {
    if (repeats.equals(Repeats.NEVER) || !RowScan.isWhole(loop, fixed)) return Optional.empty();
    var scan = new RowScan(loop, fixed, interner);
    var leaves = scan.leaves();
    mark.ifPresent(m -> leaves.add(new RowScan.Leaf(m, Optional.empty())));
    return scan.isLoose() && !scan.isFixed() && !leaves.isEmpty() ? Optional.of(known.computeIfAbsent(leaves, l -> found(l, loop.to())))
        : Optional.empty();
  }

  private Rows found(Set<RowScan.Leaf> leaves, Expr n) {
    var looked = repeats.sample(n);
    var some = repeats.promising(looked);
    var sample = prepared.array("sample", Kind.INT, List.of(looked));
    var seen = prepared.number("seen");
    var promising = prepared.number("promising");
    for (var l : leaves) prepared.add(n, refine(l, sample, seen, n, looked, some));
    prepared.add(n, new Stmt.Set(promising, List.of(), le(seen.read(), some)));
    var few = repeats.paying(n);
    var classes = prepared.array("classes", Kind.INT, List.of(select(promising.read(), n, integer(0))));
    var found = prepared.number("found");
    for (var l : leaves) prepared.add(n, when(promising.read(), refine(l, classes, found, n, n, few)));
    var pays = prepared.number("pays");
    var number = prepared.number("distinct");
    prepared.add(n, new Stmt.Set(pays, List.of(), and(promising.read(), le(found.read(), few))));
    prepared.add(n, new Stmt.Set(number, List.of(), select(pays.read(), found.read(), integer(0))));
    var first = prepared.array("first", Kind.INT, List.of(number.read()));
    var counts = prepared.array("counts", Kind.REAL, List.of(number.read()));
    prepared.add(n, when(pays.read(), new Stmt.Call(TileOps.COUNT, List.of(classes), List.of(first, counts), List.of(n))));
    fixed.addAll(List.of(pays, number, first, counts));
    return new Rows(pays, number, first, Optional.of(counts));
  }

  private static Stmt when(Expr condition, Stmt s) {
    return new Stmt.If(condition, new Stmt.Block(List.of(), List.of(s)), Stmt.Block.EMPTY);
  }

  private static Stmt refine(RowScan.Leaf leaf, Array classes, Array found, Expr rows, Expr looked, Expr most) {
    var inputs = List.of(leaf.array());
    var outputs = List.of(classes, found);
    if (leaf.array().kind() == Kind.INT) return new Stmt.Call(TileOps.REFINE_WHOLE, inputs, outputs, List.of(rows, looked, most));
    return new Stmt.Call(TileOps.REFINE, inputs, outputs,
        List.of(rows, looked, leaf.width(), leaf.from(), leaf.count(), most));
  }
}
