package ppl.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A factor L of A = L L' of which nothing is wanted but the logarithms of its diagonal and the squares of one L^-1 r,
/// summed: both as one operation on A and r, whose derivative needs no derivative of L.
public final class SpdForms {
  private final Interner interner = new Interner();

  private SpdForms() {}

  /// The block with such factors as operations.
  public static Stmt.Block of(Stmt.Block block) {
    var forms = new SpdForms();
    return forms.block(forms.interner.intern(block));
  }

  private Stmt.Block block(Stmt.Block b) {
    return Stmts.settled(b, this::replaced).map(s -> Stmts.within(s, this::block));
  }

  /// The two operations of a block, and all that is read of what they make.
  private record Use(Stmt.Call factor, Stmt.Call solve, Expr logs, Expr squares) {
    Array l() {
      return factor.outputs().getFirst();
    }

    Array z() {
      return solve.outputs().getFirst();
    }
  }

  private Optional<Stmt.Block> replaced(Stmt.Block b) {
    for (var s : b.statements())
      if (s instanceof Stmt.Call solve && solve.op() == ArrayOps.SOLVE_LOWER && solve.inputs().get(1).rank() == 1)
        for (var t : b.statements())
          if (t instanceof Stmt.Call factor && factor.op() == ArrayOps.CHOLESKY
              && factor.outputs().getFirst() == solve.inputs().getFirst()) {
            var use = new Use(factor, solve, logs(factor), squares(solve));
            if (isAll(use, b)) return Optional.of(replaced(b, use));
          }
    return Optional.empty();
  }

  private Expr logs(Stmt.Call factor) {
    return interner.intern(Exprs.sum(factor.sizes().getFirst(), i -> Exprs.log(factor.outputs().getFirst().read(i, i))));
  }

  private Expr squares(Stmt.Call solve) {
    return interner.intern(Exprs.sum(solve.sizes().getFirst(), i -> Exprs.square(solve.outputs().getFirst().read(i))));
  }

  /// Whether the block owns what the operations make, wants both sums once there is r, and reads nothing else of it.
  private boolean isAll(Use use, Stmt.Block b) {
    if (!b.arrays().containsAll(List.of(use.l(), use.z()))) return false;
    var sums = Graph.identitySet();
    var ok = new boolean[] {true};
    for (var first : b.statements()) {
      if (first == use.solve) ok[0] &= sums.isEmpty();
      isAll(use, first, sums, ok);
    }
    return ok[0] && sums.size() == 2;
  }

  private static void isAll(Use use, Stmt statement, Set<Expr> sums, boolean[] ok) {
    Stmts.walk(statement, s -> {
      for (var e : Stmts.expressions(s)) ok[0] &= isSummed(e, use, sums);
      if (s instanceof Stmt.Call call)
        ok[0] &= !call.inputs().contains(use.z()) && (call == use.solve || !call.inputs().contains(use.l()));
      if (s != use.factor && s != use.solve)
        ok[0] &= !Stmts.written(s).contains(use.l()) && !Stmts.written(s).contains(use.z());
    });
  }

  /// Whether an expression reads of L and z only what the sums are; adds those that it has.
  private static boolean isSummed(Expr root, Use use, Set<Expr> sums) {
    var seen = Graph.identitySet();
    var ok = new boolean[] {true};
    Graph.walk(root, e -> e == use.logs || e == use.squares ? List.of() : e.children(), seen::contains, e -> {
      seen.add(e);
      if (e == use.logs || e == use.squares) sums.add(e);
      else if (e instanceof Expr.Read(Array a, var at)) ok[0] &= a != use.l() && a != use.z();
    });
    return ok[0];
  }

  private Stmt.Block replaced(Stmt.Block b, Use use) {
    var made = new Build();
    var form = ArrayOps.spdForm(made, use.factor.inputs().getFirst(), use.solve.inputs().get(1));
    var replace = new Replace();
    replace.put(use.logs, form.logs());
    replace.put(use.squares, form.square());
    var statements = new ArrayList<Stmt>();
    for (var s : b.statements()) {
      if (s == use.solve) statements.addAll(made.block().statements());
      else if (s != use.factor) statements.add(Stmts.map(s, replace::apply));
    }
    var arrays = Stream.concat(b.arrays().stream().filter(a -> a != use.l() && a != use.z()),
        made.block().arrays().stream()).toList();
    return interner.intern(new Stmt.Block(arrays, statements));
  }
}
