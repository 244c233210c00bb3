package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;

/// The sum over rows of data times what does not change with rows.
final class Totals {
  private Totals() {}

  /// Empty if the extents of what would be stored are not plain.
  static Optional<Reduction> of(Reduced of, Groupings groupings) {
    var coefficient = of.piece().guards().reversed().stream()
        .reduce(of.data(true).product(), (c, g) -> select(g, c, ZERO), (a, b) -> b);
    if (of.gathers().isEmpty()) return Optional.of(plain(of, coefficient));
    if (!of.isTable() || !of.hasPlainRows() || !of.hasPlainKeys()) return Optional.empty();
    return Optional.of(grouped(of, coefficient, groupings));
  }

  /// The total is an expression; [ppl.ir.Stage] stores it.
  private static Reduction plain(Reduced of, Expr coefficient) {
    var total = coefficient;
    for (var r : of.rows().reversed()) total = sum(r.index(), r.from(), r.to(), total);
    return new Reduction(of.piece().isSound(), Optional.empty(), add(of, of.keys(), total, of.scale()));
  }

  private static Stmt add(Reduced of, List<Term.Range> loops, Expr total, Expr scale) {
    var sum = mul(of.data(false).product(), total);
    // what is 0 where the total is, whatever the logarithm
    var product = scale instanceof Expr.Apply(Prim p, var args) && (p == Prim.LMULTIPLY || p == Prim.XLOG1PY)
        && args.getFirst() instanceof Expr.Real(double one) && one == 1 ? apply(p, sum, args.getLast()) : mul(sum, scale);
    var value = of.piece().guards().isEmpty() ? product : chosen(total, product);
    return Table.nest(loops, List.of(), new Stmt.Add(Array.TARGET, List.of(), value));
  }

  /// A case that no row chooses adds nothing, though what it would multiply is not finite.
  private static Expr chosen(Expr total, Expr value) {
    return select(eq(total, ZERO), ZERO, value);
  }

  private static Reduction grouped(Reduced of, Expr coefficient, Groupings groupings) {
    var g = groupings.of(of);
    var u = new Index("u");
    var i = new Index("i");
    var totals = groupings.build().array(
        "totals", Kind.REAL, Stream.concat(of.keyExtents().stream(), Stream.of(g.most())).toList());
    var at = Stream.concat(of.keyPlaces().stream(), Stream.of(var(u))).toList();
    var total = sum(i, integer(0), g.size(var(u)), of.table().at(g.row(var(u), var(i))).apply(coefficient));
    var groups = Table.loop(u, integer(0), g.count(), List.of(new Stmt.Set(totals, at, total)));
    var worth = le(g.count(), apply(Prim.IDIV, of.table().size(), integer(2)));
    var late = add(of, Stream.concat(of.keys().stream(), Stream.of(new Term.Range(u, integer(0), g.count()))).toList(),
        totals.read(at), Rewrite.of(of.scale(), g.at(var(u))));
    return new Reduction(and(worth, of.piece().isSound()), Optional.of(Table.nest(of.keys(), List.of(), groups)), late);
  }
}
