package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Prune;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// What a term of the target stands in, from outside in.
record Path(List<Level> levels) {
  static final Path NONE = new Path(List.of());

  sealed interface Level {}

  /// A loop around.
  record Turn(Loop loop) implements Level {}

  /// A condition around.
  record Guard(Expr condition) implements Level {}

  /// Statements before, of which it may need some.
  record Given(List<Array> arrays, List<Stmt> statements) implements Level {}

  Path in(Level level) {
    var more = new ArrayList<>(levels);
    more.add(level);
    return new Path(List.copyOf(more));
  }

  List<Loop> loops() {
    return levels.stream().filter(Turn.class::isInstance).map(l -> ((Turn) l).loop).toList();
  }

  List<Expr> guards() {
    return levels.stream().filter(Guard.class::isInstance).map(l -> ((Guard) l).condition).toList();
  }

  /// What `value` needs of the statements before, all together.
  Stmt.Block needed(Expr value) {
    var arrays = new ArrayList<Array>();
    var statements = new ArrayList<Stmt>();
    for (var l : levels)
      if (l instanceof Given(var a, var s)) {
        arrays.addAll(a);
        statements.addAll(s);
      }
    statements.add(new Stmt.Add(Array.TARGET, List.of(), value));
    var pruned = Prune.to(Set.of(Array.TARGET), new Stmt.Block(arrays, statements));
    return new Stmt.Block(pruned.arrays(), pruned.statements().subList(0, pruned.statements().size() - 1));
  }

  /// Whether statements before the first loop read `arrays`, and there is a loop.
  boolean computes(Set<Array> arrays) {
    boolean reads = false;
    for (var l : levels)
      switch (l) {
        case Turn turn -> {
          return reads;
        }
        case Guard guard -> {}
        case Given(var own, var statements) -> reads |= statements.stream()
            .anyMatch(s -> Stmts.reads(s).stream().anyMatch(arrays::contains));
      }
    return false;
  }

  /// The term in all that it stands in, added to a scalar.
  Stmt.Block whole(Expr value, Array to) {
    Stmt s = new Stmt.Add(to, List.of(), value);
    for (var l : levels.reversed())
      s = switch (l) {
        case Turn(var loop) -> new Stmt.For(loop.index(), loop.from(), loop.to(), false, true, block(s));
        case Guard(var condition) -> new Stmt.If(condition, block(s), Stmt.Block.EMPTY);
        case Given(var arrays, var statements) -> {
          var all = new ArrayList<>(statements);
          all.add(s);
          yield new Stmt.Block(arrays, all);
        }
      };
    return Prune.to(Set.of(to), block(s));
  }

  private static Stmt.Block block(Stmt s) {
    return s instanceof Stmt.Block b ? b : new Stmt.Block(List.of(), List.of(s));
  }
}
