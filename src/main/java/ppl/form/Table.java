package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Subst;
import ppl.math.Grouping;

/// The rows of loops whose ranges do not depend on each other, numbered from 0.
record Table(List<Term.Range> rows) {
  Expr size() {
    Expr n = integer(1);
    for (var r : rows) n = mul(n, Feature.extent(r));
    return n;
  }

  /// An expression of the rows' variables, in row `number`.
  Subst at(Expr number) {
    var at = new IdentityHashMap<Index, Expr>();
    var rest = number;
    for (var r : rows.reversed()) {
      boolean last = r == rows.getFirst();
      at.put(r.index(), add(r.from(), last ? rest : apply(Prim.IMOD, rest, Feature.extent(r))));
      if (!last) rest = apply(Prim.IDIV, rest, Feature.extent(r));
    }
    return Subst.indices(at);
  }

  /// Rows with the same subscripts, found when data are bound.
  ///
  /// @param gathers the subscripts
  /// @param count   number of groups
  /// @param most    how many groups there is room for
  /// @param tuples  for each group its subscripts
  record Groups(ArrayOps.Groups sorted, List<Expr> gathers, Expr count, Expr most, Array tuples) {
    /// What stands for the subscripts in group `u`.
    Map<Expr, Expr> at(Expr u) {
      var map = new IdentityHashMap<Expr, Expr>();
      for (int i = 0; i < gathers.size(); i++) map.put(gathers.get(i), tuples.read(u, integer(i)));
      return map;
    }

    /// The same groups for subscripts that are other nodes.
    Groups with(List<Expr> same) {
      return new Groups(sorted, same, count, most, tuples);
    }

    Expr size(Expr u) {
      return sub(sorted.start().read(add(u, integer(1))), sorted.start().read(u));
    }

    /// The number of the row that stands at `place` in group `u`.
    Expr row(Expr u, Expr place) {
      return sorted.order().read(add(sorted.start().read(u), place));
    }
  }

  /// Groups the rows where all guards hold.
  ///
  /// @param extent of the dimension that the only subscript stands in, to make room for no more groups; or [#size]
  Groups group(Build b, List<Expr> gathers, List<Expr> guards, Expr extent) {
    var most = apply(Prim.IMIN, extent, size());
    var sorted = ArrayOps.group(b, column(gathers, guards).orElseGet(() -> keys(b, gathers, guards)), most);
    var tuples = b.array("subscripts", Kind.INT, List.of(most, integer(gathers.size())));
    var count = sorted.count().read(integer(0));
    var u = new Index("u");
    var copies = new ArrayList<Stmt>();
    var first = at(sorted.order().read(sorted.start().read(var(u))));
    for (int i = 0; i < gathers.size(); i++)
      copies.add(new Stmt.Set(tuples, List.of(var(u), integer(i)), first.apply(gathers.get(i))));
    b.add(loop(u, integer(0), apply(Prim.IMIN, count, most), copies));
    return new Groups(sorted, List.copyOf(gathers), count, most, tuples);
  }

  /// The column of data that orders rows as their only subscript does, which it is but for a constant.
  private Optional<Array> column(List<Expr> gathers, List<Expr> guards) {
    if (gathers.size() != 1 || !guards.isEmpty() || rows.size() != 1) return Optional.empty();
    var shifted = gathers.getFirst() instanceof Expr.Apply(Prim p, var args) && (p == Prim.ISUB || p == Prim.IADD)
        && args.get(1) instanceof Expr.Int ? args.getFirst() : gathers.getFirst();
    return shifted instanceof Expr.Read(Array a, var at) && a.role() == Array.Role.DATA && at.size() == 1
        && at.getFirst() instanceof Expr.Var(Index i) && i == rows.getFirst().index()
        && rows.getFirst().from() instanceof Expr.Int(int from) && from == 0 && isWhole(a)
        ? Optional.of(a) : Optional.empty();
  }

  /// Whether rows are all elements of a column.
  private boolean isWhole(Array column) {
    var interner = new Interner();
    return interner.intern(column.dims().getFirst()) == interner.intern(size());
  }

  private Array keys(Build b, List<Expr> gathers, List<Expr> guards) {
    var keys = b.array("keys", Kind.INT, List.of(size(), integer(gathers.size())));
    var n = new Index("n");
    var row = at(var(n));
    var sets = new ArrayList<Stmt>();
    for (int i = 0; i < gathers.size(); i++) {
      Expr key = row.apply(gathers.get(i));
      for (var g : guards.reversed()) key = select(row.apply(g), key, integer(Grouping.LEFT_OUT));
      sets.add(new Stmt.Set(keys, List.of(var(n), integer(i)), key));
    }
    b.add(loop(n, integer(0), size(), sets));
    return keys;
  }

  static Stmt loop(Index i, Expr from, Expr to, List<Stmt> body) {
    return new Stmt.For(i, from, to, false, true, new Stmt.Block(List.of(), body));
  }

  /// Loops around a statement, where guards hold.
  static Stmt nest(List<Term.Range> ranges, List<Expr> guards, Stmt inner) {
    var s = inner;
    for (var g : guards.reversed()) s = new Stmt.If(g, new Stmt.Block(List.of(), List.of(s)), Stmt.Block.EMPTY);
    for (var r : ranges.reversed()) s = loop(r.index(), r.from(), r.to(), List.of(s));
    return s;
  }
}
