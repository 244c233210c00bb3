package ppl.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/// Which arrays have a value in each of their elements at a place in a block, so that elements can be read there that
/// the program reads behind a choice alone.
final class Assigned {
  /// What may lack elements where it is not `whole`.
  private final Set<Array> unknown;
  private final Set<Array> whole = Stmts.arraySet();
  private final BiPredicate<Expr, Expr> same;
  /// What is known at the place where this one began.
  private final Optional<Assigned> outer;

  private Assigned(Set<Array> unknown, BiPredicate<Expr, Expr> same, Optional<Assigned> outer) {
    this.unknown = unknown;
    this.same = same;
    this.outer = outer;
  }

  /// At the beginning of a block, when all has its values that it does not write, `partial` left out.
  static Assigned before(Stmt.Block block, Set<Array> partial, BiPredicate<Expr, Expr> same) {
    var unknown = Stmts.allWritten(block);
    unknown.addAll(partial);
    return new Assigned(unknown, same, Optional.empty());
  }

  /// At the end of a block.
  static Assigned after(Stmt.Block block) {
    var interner = new Interner();
    var all = before(block, Set.of(), (a, b) -> interner.intern(a) == interner.intern(b));
    block.statements().forEach(all::add);
    return all;
  }

  /// At the same place; it goes on by itself, as long as this one does not.
  Assigned inner() {
    return new Assigned(unknown, same, Optional.of(this));
  }

  /// Goes on behind a statement.
  void add(Stmt statement) {
    add(statement, List.of());
  }

  private void add(Stmt statement, List<Stmt.For> loops) {
    switch (statement) {
      case Stmt.Set(Array a, var at, Expr value) when isEach(at, a.dims(), loops) -> whole.add(a);
      case Stmt.Fill(Array a, Expr value) when loops.isEmpty() -> whole.add(a);
      case Stmt.Call c when loops.isEmpty() -> whole.addAll(c.outputs());
      case Stmt.Draw d when isEach(d.at(), d.array().dims(), loops) -> whole.add(d.array());
      case Stmt.For f -> {
        var inner = new ArrayList<>(loops);
        inner.add(f);
        add(f.body(), inner);
      }
      case Stmt.Block b -> b.statements().forEach(s -> add(s, loops));
      case Stmt.If i -> whole.addAll(both(i, loops));
      case Stmt.Set _, Stmt.Add _, Stmt.Fill _, Stmt.Call _, Stmt.Draw _ -> {}
    }
  }

  private Set<Array> both(Stmt.If choice, List<Stmt.For> loops) {
    var then = inner();
    var otherwise = inner();
    then.add(choice.then(), loops);
    otherwise.add(choice.otherwise(), loops);
    then.whole.retainAll(otherwise.whole);
    return then.whole;
  }

  /// Whether the loops go through all subscripts.
  private boolean isEach(List<Expr> at, List<Expr> dims, List<Stmt.For> loops) {
    if (at.size() != loops.size()) return false;
    for (int d = 0; d < at.size(); d++) {
      var f = loops.get(d);
      boolean whole = at.get(d) instanceof Expr.Var(Index i) && i == f.index()
          && f.from() instanceof Expr.Int(int from) && from == 0 && same.test(f.to(), dims.get(d));
      if (!whole) return false;
    }
    return true;
  }

  boolean isWhole(Array a) {
    return !unknown.contains(a) || whole.contains(a) || outer.isPresent() && outer.get().isWhole(a);
  }

  /// Whether `e` can be computed whatever the conditions that it stands behind.
  boolean hasValue(Expr e) {
    return Graph.nodes(List.of(e)).stream().allMatch(x -> switch (x) {
      case Expr.Read(Array a, var at) -> isWhole(a);
      case Expr.Apply(Prim p, var args) -> !p.isPartial();
      case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Select _, Expr.Reduce _ -> true;
    });
  }
}
