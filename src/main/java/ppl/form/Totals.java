package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
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

  /// Totals for every element that may be looked up, whether or not it is; found in one pass over the rows. Empty if the
  /// extents of what would be stored are not plain, or if elements of several arrays are looked up.
  ///
  /// @param build takes what finds them
  static Optional<Reduction> dense(Reduced of, Build build) {
    var looked = Graph.nodes(List.of(of.scale())).stream()
        .filter(e -> e instanceof Expr.Read r && !of.sight().isData(r) && r.at().stream().anyMatch(of.sight()::vary)).toList();
    if (looked.size() > 1 || !of.hasPlainKeys()) return Optional.empty();
    var ranges = new ArrayList<>(of.keys());
    var places = new ArrayList<>(of.keyPlaces());
    var extents = new ArrayList<>(of.keyExtents());
    var by = new IdentityHashMap<Expr, Expr>();
    var at = new ArrayList<>(of.keyPlaces());
    for (var e : looked) {
      var r = (Expr.Read) e;
      for (int d = 0; d < r.at().size(); d++) {
        if (!of.sight().vary(r.at().get(d))) continue;
        if (!Rows.isPlain(r.array().dims().get(d))) return Optional.empty();
        var j = new Index("j");
        ranges.add(new Term.Range(j, integer(0), r.array().dims().get(d)));
        places.add(r.at().get(d));
        extents.add(r.array().dims().get(d));
        at.add(var(j));
      }
      var subscripts = at.subList(of.keys().size(), at.size()).iterator();
      by.put(r, r.array().read(r.at().stream().map(s -> of.sight().vary(s) ? subscripts.next() : s).toList()));
    }
    var totals = build.array("totals", Kind.REAL, extents);
    build.add(new Stmt.Fill(totals, ZERO));
    build.add(Table.nest(of.piece().loops(), of.piece().guards(), new Stmt.Add(totals, places, of.data(true).product())));
    var late = add(of, ranges, totals.read(at), Rewrite.of(of.scale(), by), !looked.isEmpty());
    return Optional.of(new Reduction(integer(1), Optional.empty(), late));
  }

  /// The total is an expression; [ppl.ir.Stage] stores it.
  private static Reduction plain(Reduced of, Expr coefficient) {
    var total = coefficient;
    for (var r : of.rows().reversed()) total = sum(r.index(), r.from(), r.to(), total);
    return new Reduction(of.piece().isSound(), Optional.empty(), add(of, of.keys(), total, of.scale(), false));
  }

  /// @param sparse whether there may be no row for a total
  private static Stmt add(Reduced of, List<Term.Range> loops, Expr total, Expr scale, boolean sparse) {
    var sum = mul(of.data(false).product(), total);
    // what is 0 where the total is, whatever the logarithm
    var product = scale instanceof Expr.Apply(Prim p, var args) && (p == Prim.LMULTIPLY || p == Prim.XLOG1PY)
        && args.getFirst() instanceof Expr.Real(double one) && one == 1 ? apply(p, sum, args.getLast()) : mul(sum, scale);
    var value = of.piece().guards().isEmpty() && !sparse ? product : chosen(total, product);
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
        totals.read(at), Rewrite.of(of.scale(), g.at(var(u))), false);
    return new Reduction(and(worth, of.piece().isSound()), Optional.of(Table.nest(of.keys(), List.of(), groups)), late);
  }
}
