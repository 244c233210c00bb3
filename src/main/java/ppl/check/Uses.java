package ppl.check;

import ppl.source.Diagnostic;
import ppl.typed.Symbol;
import ppl.typed.TStmt;

/// Constructs that are right and not supported.
final class Uses {
  private Uses() {}

  /// Discrete unknowns.
  static void unknown(TStmt.Place place, Family law, Env env) {
    if (place.symbol().role() != Symbol.Role.UNKNOWN || !law.integer()) return;
    var name = place.symbol();
    env.refuse(Diagnostic.error("E0501", name.span(), "`%s` is a discrete unknown, which cannot be inferred yet", name)
        .help("sum it out by hand: `mixture(w, k in 1..K : ..)`, or a forward recurrence with `log_sum_exp`"));
  }
}
