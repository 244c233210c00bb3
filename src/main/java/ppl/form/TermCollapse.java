package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Early;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// Terms whose coefficients are summed when data are bound over all indices of which their factors know only by way of
/// data. What is left runs over the indices in plain subscripts, and over the distinct tuples of subscripts that are
/// gathered by data, of which there are no more than rows. A term whose extents do not allow it stays as it is.
public final class TermCollapse {
  private final Early early;
  private final Graph.Free free = new Graph.Free();
  private final Groupings groupings;

  /// @param early   what follows from data
  /// @param prepare takes statements over data alone, and their arrays
  public TermCollapse(Early early, Build prepare) {
    this.early = early;
    this.groupings = new Groupings(prepare);
  }

  /// A term of the same value.
  public Term of(Term given) {
    var t = interned(given);
    var values = t.factors().stream().map(TermCollapse::standIn).toList();
    var loops = t.ranges().stream().map(Term.Range::index).toList();
    var sight = Rows.of(loops, values, early, free);
    if (!values.stream().allMatch(sight::isFree)) return t;
    var rows = t.ranges().stream().filter(r -> sight.contains(r.index())).toList();
    var keys = t.ranges().stream().filter(r -> !sight.contains(r.index())).toList();
    Expr scale = values.stream().reduce(ONE, (a, b) -> mul(a, b));
    var gathers = sight.gathers(values);
    var piece = new Piece(t.ranges(), t.guards(), List.of(), Factors.of(t.coefficient()));
    var r = new Reduced(piece, sight, rows, keys, gathers, scale, List.of());
    boolean apart = keys.stream().noneMatch(k -> sight.vary(k.from()) || sight.vary(k.to()));
    if (rows.isEmpty() || !apart || !r.hasPlainKeys()) return t;
    if (gathers.isEmpty()) return plain(t, r);
    return r.isTable() && r.hasPlainRows() ? grouped(t, r) : t;
  }

  private Term plain(Term t, Reduced r) {
    var totals = totals(r.keyExtents());
    groupings.build().add(sums(t, r, totals));
    var total = totals.read(r.keyPlaces());
    return new Term(r.keys(), kept(t, r, total), total, t.factors(), t.span());
  }

  /// What stays in front of the factors, whose subscripts may lie outside of their arrays where no row is chosen: guards
  /// that no row changes, and for others that there is something to add.
  private static List<Expr> kept(Term t, Reduced r, Expr total) {
    var kept = new ArrayList<Expr>(t.guards().stream().filter(g -> !r.sight().vary(g)).toList());
    if (kept.size() < t.guards().size()) kept.add(not(eq(total, ZERO)));
    return kept;
  }

  /// One pass over the rows where there are several sums, each row added to all of them.
  private Stmt sums(Term t, Reduced r, Array totals) {
    boolean square = r.rows().stream().allMatch(row -> r.keys().stream().noneMatch(k ->
        free.of(row.from()).contains(k.index()) || free.of(row.to()).contains(k.index())));
    if (square && !r.keys().isEmpty()) {
      var all = Stream.concat(r.rows().stream(), r.keys().stream()).toList();
      return new Stmt.Block(List.of(), List.of(new Stmt.Fill(totals, ZERO),
          Table.nest(all, List.of(), new Stmt.Add(totals, r.keyPlaces(), guarded(t)))));
    }
    var total = guarded(t);
    for (var row : r.rows().reversed()) total = sum(row.index(), row.from(), row.to(), total);
    return Table.nest(r.keys(), List.of(), new Stmt.Set(totals, r.keyPlaces(), total));
  }

  private Term grouped(Term t, Reduced r) {
    var g = groupings.of(r);
    var u = new Index("u");
    var i = new Index("i");
    var totals = totals(Stream.concat(r.keyExtents().stream(), Stream.of(g.most())).toList());
    var at = Stream.concat(r.keyPlaces().stream(), Stream.of(var(u))).toList();
    var total = sum(i, integer(0), g.size(var(u)), r.table().at(g.row(var(u), var(i))).apply(guarded(t)));
    groupings.build().add(Table.nest(r.keys(), List.of(),
        Table.loop(u, integer(0), g.count(), List.of(new Stmt.Set(totals, at, total)))));
    var ranges = new ArrayList<>(r.keys());
    ranges.add(new Term.Range(u, integer(0), g.count()));
    var by = g.at(var(u));
    var sum = totals.read(at);
    return new Term(ranges, kept(t, r, sum), sum, t.factors().stream().map(f -> map(f, e -> Rewrite.of(e, by))).toList(), t.span());
  }

  private Array totals(List<Expr> dims) {
    return groupings.build().array("totals", Kind.REAL, dims);
  }

  private static Expr guarded(Term t) {
    return t.guards().reversed().stream().reduce(t.coefficient(), (c, g) -> select(g, c, ZERO), (a, b) -> b);
  }

  /// Equal subscripts are one node.
  private static Term interned(Term t) {
    var interner = new Interner();
    return new Term(t.ranges(), interner.intern(t.guards()), interner.intern(t.coefficient()),
        t.factors().stream().map(f -> map(f, interner::intern)).toList(), t.span());
  }

  private static Term.Factor map(Term.Factor factor, UnaryOperator<Expr> f) {
    return switch (factor) {
      case Term.Stat(var unknown, var statistic, var at) ->
          new Term.Stat(unknown, statistic, at.stream().map(f).toList());
      case Term.Opaque(Expr value, String why) -> new Term.Opaque(f.apply(value), why);
    };
  }

  /// Something of unknowns that has the subscripts of a factor.
  private static Expr standIn(Term.Factor factor) {
    return switch (factor) {
      case Term.Stat(var unknown, var statistic, var at) -> {
        var dims = new ArrayList<>(unknown.dims());
        while (dims.size() < at.size()) dims.add(integer(Integer.MAX_VALUE));
        yield new Array(unknown.name(), Kind.REAL, dims.subList(0, at.size()), Array.Role.ARGUMENT).read(at);
      }
      case Term.Opaque(Expr value, String why) -> value;
    };
  }
}
