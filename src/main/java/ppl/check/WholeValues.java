package ppl.check;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.typed.Parts;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// What names stand for that one statement gives as a whole.
final class WholeValues {
  private final Map<Symbol, TExpr> values = new IdentityHashMap<>();

  WholeValues(Typed typed) {
    Stream.of(typed.body(), typed.generate()).flatMap(List::stream).forEach(this::give);
  }

  private void give(TStmt s) {
    if (s instanceof TStmt.Give g && g.place().subs().isEmpty()) values.put(g.place().symbol(), g.value());
    Parts.statements(s).forEach(this::give);
  }

  Optional<TExpr> value(Symbol s) {
    return Optional.ofNullable(values.get(s));
  }

  /// An expression, or what it stands for.
  TExpr behind(TExpr e) {
    return e instanceof TExpr.Ref r && values.containsKey(r.symbol()) ? behind(values.get(r.symbol())) : e;
  }
}
