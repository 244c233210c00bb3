package ppl.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Removes what nobody sees: statements whose results are not needed for the arrays that are wanted, loops and branches
/// left empty, arrays left unwritten. Blocks within blocks are merged.
public final class Prune {
  private final Stmt.Block whole;
  /// For each array what has to be read in order to write it.
  private final Map<Array, Set<Array>> needs = new HashMap<>();

  private Prune(Stmt.Block whole) {
    this.whole = whole;
    collect(whole, Stmts.arraySet());
  }

  /// What of `block` is needed to write the arrays that it does not declare. Random draws stay, so that the stream of
  /// random numbers does.
  public static Stmt.Block of(Stmt.Block block) {
    var wanted = Stmts.writes(block);
    Stmts.walk(block, s -> {
      if (mustStay(s)) wanted.addAll(Stmts.written(s));
    });
    return to(wanted, block);
  }

  /// What of `block` is needed to write the arrays `wanted`.
  public static Stmt.Block to(Set<Array> wanted, Stmt.Block block) {
    return new Prune(block).to(wanted);
  }

  /// A block of which several things are wanted, each by itself.
  public static Prune over(Stmt.Block block) {
    return new Prune(block);
  }

  /// What of the block is needed to write the arrays `wanted`.
  public Stmt.Block to(Set<Array> wanted) {
    return new Kept(needed(wanted)).block(whole);
  }

  private Set<Array> needed(Set<Array> wanted) {
    var live = Stmts.arraySet();
    var todo = new ArrayDeque<>(wanted);
    while (!todo.isEmpty()) {
      var a = todo.pop();
      if (live.add(a)) todo.addAll(needs.getOrDefault(a, Set.of()));
    }
    return live;
  }

  private static boolean mustStay(Stmt s) {
    return s instanceof Stmt.Draw || s instanceof Stmt.Call c && c.op().random();
  }

  private void collect(Stmt s, Set<Array> around) {
    var read = Graph.reads(Stmts.expressions(s));
    if (s instanceof Stmt.Call c) read.addAll(c.inputs());
    read.addAll(around);
    for (var a : Stmts.written(s)) {
      needs.computeIfAbsent(a, x -> Stmts.arraySet()).addAll(read);
      if (a.varies()) needs.get(a).addAll(Graph.reads(a.dims()));
      if (s instanceof Stmt.Call c) needs.get(a).addAll(c.outputs());
    }
    for (var c : Stmts.children(s)) collect(c, read);
  }

  /// @param live the arrays whose writers stay
  private record Kept(Set<Array> live) {
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
              : Optional.of(f.with(body));
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
}
