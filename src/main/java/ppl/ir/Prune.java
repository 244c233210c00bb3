package ppl.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Removes what nobody sees: statements that write only arrays of the block that are never read, loops and branches
/// left empty, arrays left unwritten. Blocks within blocks are merged. Random draws stay, so that the stream of random
/// numbers does.
public final class Prune {
  private final Set<Array> live = Stmts.arraySet();

  private Prune() {}

  public static Stmt.Block of(Stmt.Block block) {
    var prune = new Prune();
    prune.findLive(block);
    return prune.block(block);
  }

  private void findLive(Stmt.Block block) {
    var needs = new IdentityHashMap<Array, Set<Array>>();
    collect(block, Stmts.arraySet(), needs);
    var declared = Stmts.declared(block);
    var todo = new ArrayDeque<Array>();
    for (var a : needs.keySet()) if (!declared.contains(a)) todo.add(a);
    Stmts.walk(block, s -> {
      if (mustStay(s)) todo.addAll(Stmts.written(s));
    });
    while (!todo.isEmpty()) {
      var a = todo.pop();
      if (live.add(a)) todo.addAll(needs.getOrDefault(a, Set.of()));
    }
  }

  private static boolean mustStay(Stmt s) {
    return s instanceof Stmt.Draw || s instanceof Stmt.Call c && c.op().random();
  }

  /// For each array what has to be read in order to write it.
  private static void collect(Stmt s, Set<Array> around, Map<Array, Set<Array>> needs) {
    var read = Graph.reads(Stmts.expressions(s));
    if (s instanceof Stmt.Call c) read.addAll(c.inputs());
    read.addAll(around);
    for (var a : Stmts.written(s)) {
      needs.computeIfAbsent(a, x -> Stmts.arraySet()).addAll(read);
      if (s instanceof Stmt.Call c) needs.get(a).addAll(c.outputs());
    }
    for (var c : Stmts.children(s)) collect(c, read, needs);
  }

  private Stmt.Block block(Stmt.Block b) {
    var arrays = new ArrayList<>(b.arrays().stream().filter(live::contains).toList());
    var statements = new ArrayList<Stmt>();
    for (var s : b.statements())
      switch (prune(s).orElse(Stmt.Block.EMPTY)) {
        case Stmt.Block inner -> {
          arrays.addAll(inner.arrays());
          statements.addAll(inner.statements());
        }
        case Stmt other -> statements.add(other);
      }
    return new Stmt.Block(arrays, statements);
  }

  private Optional<Stmt> prune(Stmt s) {
    return switch (s) {
      case Stmt.For f -> {
        var body = block(f.body());
        yield body.isEmpty()
            ? Optional.empty()
            : Optional.of(new Stmt.For(f.index(), f.from(), f.to(), f.reverse(), f.independent(), body));
      }
      case Stmt.If i -> {
        var then = block(i.then());
        var otherwise = block(i.otherwise());
        yield then.isEmpty() && otherwise.isEmpty()
            ? Optional.empty()
            : Optional.of(new Stmt.If(i.condition(), then, otherwise));
      }
      case Stmt.Block b -> Optional.of(block(b));
      case Stmt.Set x -> kept(s);
      case Stmt.Add x -> kept(s);
      case Stmt.Fill x -> kept(s);
      case Stmt.Call x -> kept(s);
      case Stmt.Draw x -> kept(s);
    };
  }

  private Optional<Stmt> kept(Stmt s) {
    for (var a : Stmts.written(s)) if (live.contains(a)) return Optional.of(s);
    return Optional.empty();
  }
}
