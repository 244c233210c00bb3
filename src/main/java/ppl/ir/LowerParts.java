package ppl.ir;

import java.util.List;
import java.util.Set;

/// Matrices of which nothing but the lower part is read, because they are factored and not used again, are computed no
/// further than to the diagonal.
public final class LowerParts {
  private final Interner interner = new Interner();

  private LowerParts() {}

  /// The block with the upper part of such matrices left out.
  public static Stmt.Block of(Stmt.Block block) {
    return new LowerParts().block(block);
  }

  private Stmt.Block block(Stmt.Block b) {
    var lower = Stmts.arraySet();
    var own = Set.copyOf(b.arrays());
    if (!own.isEmpty())
      Stmts.walk(b, s -> {
        if (s instanceof Stmt.Call c && c.op().lower() && own.contains(c.inputs().getFirst())) lower.add(c.inputs().getFirst());
      });
    lower.removeIf(a -> !isLower(a, b));
    return b.map(s -> s instanceof Stmt.For f && isMatrix(f, lower) ? limited(f) : Stmts.within(s, this::block));
  }

  /// Whether operations alone read the array, and those its lower part.
  private static boolean isLower(Array a, Stmt.Block b) {
    var uses = new int[2];
    Stmts.walk(b, s -> {
      if (s instanceof Stmt.Call c && c.inputs().contains(a)) uses[isLower(a, c) ? 0 : 1]++;
      if (Graph.reads(Stmts.expressions(s)).contains(a)) uses[1]++;
    });
    return uses[0] > 0 && uses[1] == 0;
  }

  private static boolean isLower(Array a, Stmt.Call c) {
    return c.op().lower() && c.inputs().getFirst() == a && !c.inputs().subList(1, c.inputs().size()).contains(a);
  }

  /// Whether the loop sets one of the matrices, element by element and all of it, and nothing else.
  private boolean isMatrix(Stmt.For rows, Set<Array> lower) {
    return only(rows) instanceof Stmt.For columns && only(columns) instanceof Stmt.Set(Array a, var at, Expr value)
        && lower.contains(a) && isAll(rows, a, at, 0) && isAll(columns, a, at, 1);
  }

  private static Stmt only(Stmt.For f) {
    return f.body().arrays().isEmpty() && f.body().statements().size() == 1 ? f.body().statements().getFirst() : f.body();
  }

  private boolean isAll(Stmt.For f, Array a, List<Expr> at, int dimension) {
    return !f.reverse() && f.from() instanceof Expr.Int(int from) && from == 0
        && interner.intern(f.to()) == interner.intern(a.dims().get(dimension))
        && at.get(dimension) instanceof Expr.Var(Index i) && i == f.index();
  }

  private static Stmt limited(Stmt.For rows) {
    var columns = (Stmt.For) only(rows);
    var end = Exprs.add(Exprs.var(rows.index()), Exprs.integer(1));
    return rows.with(new Stmt.Block(List.of(), List.of(new Stmt.For(columns.index(), columns.from(), end, false,
        columns.independent(), columns.body()))));
  }
}
