package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Early;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Interner;

/// A piece seen as a sum over rows, to be taken when data are bound.
///
/// @param rows     the loops that are summed
/// @param keys     the loops that remain
/// @param gathers  the subscripts by which unknowns differ from row to row
/// @param scale    of unknowns: multiplies everything
/// @param features the linear form that is squared, or nothing
record Reduced(
    Piece piece, Rows sight, List<Term.Range> rows, List<Term.Range> keys, List<Expr> gathers, Expr scale,
    List<Feature> features) {
  /// Empty if no loop of the piece can be summed.
  static Optional<Reduced> of(Piece piece, List<Feature> features, Early early, Graph.Free free) {
    var sight = piece.rows(early, free);
    var rows = piece.loops().stream().filter(r -> sight.contains(r.index())).toList();
    var keys = piece.loops().stream().filter(r -> !sight.contains(r.index())).toList();
    if (rows.isEmpty() || keys.stream().anyMatch(r -> sight.vary(r.from()) || sight.vary(r.to()))) return Optional.empty();
    var interner = new Interner();
    var scale = interner.intern(piece.factors().where(f -> !early.of(f) && sight.isFree(f)).product());
    var columns = features.stream()
        .map(f -> new Feature(f.ranges(), interner.intern(f.coefficient()), interner.intern(f.value()))).toList();
    var values = Stream.concat(Stream.of(scale), columns.stream().map(Feature::value)).toList();
    return Optional.of(new Reduced(piece, sight, rows, keys, sight.gathers(values), scale, columns));
  }

  Table table() {
    return new Table(rows);
  }

  /// Whether rows can be numbered in the same way for all keys.
  boolean isTable() {
    return rows.stream().allMatch(r -> sight.free(r.from()).isEmpty() && sight.free(r.to()).isEmpty());
  }

  /// Whether there is a plain number of keys, so that arrays can be made over them.
  boolean hasPlainKeys() {
    return keys.stream().allMatch(r -> Rows.isPlain(r.from()) && Rows.isPlain(r.to()));
  }

  boolean hasPlainRows() {
    return rows.stream().allMatch(r -> Rows.isPlain(r.from()) && Rows.isPlain(r.to()));
  }

  /// Whether all guards hold in some row, if that depends on rows.
  Optional<Expr> chosenByRows() {
    if (piece.guards().stream().noneMatch(sight::vary)) return Optional.empty();
    return Optional.of(some(rows, piece.guards()));
  }

  /// Guards of rows without keys: a row counts if it is chosen for some key.
  List<Expr> rowGuards() {
    var keyed = piece.guards().stream().filter(this::isKeyed).toList();
    if (keyed.isEmpty()) return piece.guards();
    return Piece.plus(piece.guards().stream().filter(g -> !isKeyed(g)).toList(), some(keys, keyed));
  }

  private boolean isKeyed(Expr e) {
    return keys.stream().anyMatch(k -> sight.free(e).contains(k.index()));
  }

  /// Whether all `guards` hold somewhere in `ranges`.
  private static Expr some(List<Term.Range> ranges, List<Expr> guards) {
    Expr times = guards.stream().reduce(integer(1), (a, b) -> and(a, b));
    for (var r : ranges.reversed()) times = sum(r.index(), r.from(), r.to(), times);
    return lt(integer(0), times);
  }

  List<Expr> keyExtents() {
    return keys.stream().map(Feature::extent).toList();
  }

  List<Expr> keyPlaces() {
    return keys.stream().map(r -> sub(var(r.index()), r.from())).toList();
  }

  /// Product of the factors that are data and whose rows differ, or do not.
  Factors data(boolean varying) {
    return piece.factors().where(f -> sight.isData(f) && sight.vary(f) == varying);
  }

  /// The extent of the dimension that the only gathered subscript stands in, or the number of rows.
  Expr room() {
    if (gathers.size() == 1)
      for (var e : Graph.nodes(Stream.concat(Stream.of(scale), features.stream().map(Feature::value)).toList()))
        if (e instanceof Expr.Read(Array a, var at) && !sight.isData(e) && at.contains(gathers.getFirst())) {
          var extent = a.dims().get(at.indexOf(gathers.getFirst()));
          if (Rows.isPlain(extent)) return extent;
        }
    return table().size();
  }
}
