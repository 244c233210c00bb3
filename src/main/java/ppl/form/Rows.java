package ppl.form;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import ppl.ir.Array;
import ppl.ir.Early;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;

/// Loop variables of which unknowns know only by way of data: they stand in coefficients, and in subscripts such as
/// `county[n]`, never in plain ones such as `alpha[n]`. What differs from row to row can then be summed when data are
/// bound.
final class Rows {
  private final Set<Index> rows;
  private final Early early;
  private final Graph.Free free;

  private Rows(Set<Index> rows, Early early, Graph.Free free) {
    this.rows = rows;
    this.early = early;
    this.free = free;
  }

  /// @param loops     variables that may be rows
  /// @param dependent expressions of unknowns
  static Rows of(Iterable<Index> loops, Iterable<Expr> dependent, Early early, Graph.Free free) {
    var rows = new LinkedHashSet<Index>();
    loops.forEach(rows::add);
    for (var e : Graph.nodes(dependent))
      if (e instanceof Expr.Read r && !early.of(r))
        for (var at : r.at()) if (!readsData(at)) rows.removeAll(free.of(at));
    return new Rows(rows, early, free);
  }

  /// Whether a subscript is looked up in data.
  static boolean readsData(Expr subscript) {
    return Graph.nodes(List.of(subscript)).stream().anyMatch(e -> e instanceof Expr.Read r && !r.at().isEmpty());
  }

  boolean contains(Index i) {
    return rows.contains(i);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  boolean vary(Expr e) {
    return free.of(e).stream().anyMatch(rows::contains);
  }

  Set<Index> free(Expr e) {
    return free.of(e);
  }

  boolean isData(Expr e) {
    return early.of(e);
  }

  /// Whether `e` varies with rows by way of subscripts alone, if at all.
  boolean isFree(Expr e) {
    return free(e, s -> true);
  }

  private boolean free(Expr e, Predicate<Expr> gather) {
    if (!vary(e)) return true;
    if (early.of(e)) return false;
    if (e instanceof Expr.Read r)
      return r.at().stream().allMatch(s -> !vary(s) || early.of(s) && rows.containsAll(free.of(s)) && gather.test(s));
    return e.children().stream().allMatch(c -> free(c, gather));
  }

  /// The subscripts by which expressions that are free vary with rows.
  List<Expr> gathers(Iterable<Expr> of) {
    var all = new LinkedHashSet<Expr>();
    for (var e : of) free(e, all::add);
    return new ArrayList<>(all);
  }

  /// Whether `e` is a number that data scalars alone give, such as the extent of an array.
  static boolean isPlain(Expr e) {
    return Graph.nodes(List.of(e)).stream().allMatch(x -> switch (x) {
      case Expr.Var v -> false;
      case Expr.Read r -> r.at().isEmpty() && r.kind() == Kind.INT && r.array().role() == Array.Role.DATA;
      case Expr.Reduce r -> false;
      case Expr.Int i -> true;
      case Expr.Real r -> true;
      case Expr.Apply a -> true;
      case Expr.Select s -> true;
    });
  }
}
