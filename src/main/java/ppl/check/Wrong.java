package ppl.check;

import java.util.List;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.TExpr;

/// Errors about values that do not go together: each is shown with its type and, where it is a name, its declaration.
final class Wrong {
  private Wrong() {}

  static Diagnostic of(String message, List<TExpr> at, Span whole) {
    if (at.size() == 1) return Diagnostic.error("E0210", at.getFirst().span(), "%s", message);
    var error = Diagnostic.error(at.isEmpty() ? "E0214" : "E0211", whole, "%s", message);
    for (var e : at) error = origin(error, e);
    return error;
  }

  /// Where a value's shape comes from.
  static Diagnostic origin(Diagnostic error, TExpr e) {
    return switch (e) {
      case TExpr.Ref(var symbol, var span) -> error.note(symbol.span(), "`%s` has type %s", symbol.name(),
          symbol.type());
      case TExpr.Index(TExpr.Ref(var symbol, var s), var subs, var type, var span) ->
          error.note(symbol.span(), "`%s` has type %s", symbol.name(), symbol.type());
      default -> error.note(e.span(), "this has type %s", e.type());
    };
  }
}
