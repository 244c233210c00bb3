package ppl.typed;

import java.util.List;
import ppl.source.Span;

/// A checked statement.
public sealed interface TStmt {
  Span span();

  /// `place = value`.
  record Give(Place place, TExpr value, Span span) implements TStmt {}

  /// `place ~ dist` for an unknown (or a forward draw, inside `generate`).
  record Prior(Place place, TDist dist, Span span) implements TStmt {}

  /// `left ~ dist` for data or an expression of data alone.
  record Observe(TExpr left, TDist dist, Span span) implements TStmt {}

  /// A loop with one variable; several binders nest.
  record For(TExpr.Binder binder, List<TStmt> body, Span span) implements TStmt {}

  /// `condition` depends on data and indices only.
  record If(TExpr condition, List<TStmt> then, List<TStmt> otherwise, Span span) implements TStmt {}

  /// `target += value`; an array's elements are summed.
  record Target(TExpr value, Span span) implements TStmt {}

  /// What a statement gives: all of a name, or a part by subscripts (as in [TExpr.Index]); `type` is the part's.
  record Place(Symbol symbol, List<TExpr.Sub> subs, Type type, Span span) {}
}
