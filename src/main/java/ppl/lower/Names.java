package ppl.lower;

import java.util.function.Consumer;
import ppl.typed.Parts;
import ppl.typed.Symbol;
import ppl.typed.TStmt;

/// What statements give and observe, in loops and branches too.
final class Names {
  private Names() {}

  /// Calls `found` for every place that `s` gives: by `=`, or inside `generate` by a draw.
  static void gives(TStmt s, Consumer<TStmt.Place> found) {
    if (s instanceof TStmt.Give g) found.accept(g.place());
    if (s instanceof TStmt.Prior p && p.place().symbol().role() == Symbol.Role.GENERATED) found.accept(p.place());
    Parts.statements(s).forEach(b -> gives(b, found));
  }

  /// Calls `found` for every likelihood in `s`.
  static void observations(TStmt s, Consumer<TStmt.Observe> found) {
    if (s instanceof TStmt.Observe o) found.accept(o);
    Parts.statements(s).forEach(b -> observations(b, found));
  }

  /// Calls `found` for every prior in `s`.
  static void priors(TStmt s, Consumer<TStmt.Prior> found) {
    if (s instanceof TStmt.Prior p) found.accept(p);
    Parts.statements(s).forEach(b -> priors(b, found));
  }
}
