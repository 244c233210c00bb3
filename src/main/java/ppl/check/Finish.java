package ppl.check;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import ppl.source.Diagnostic;
import ppl.typed.Doubt;
import ppl.typed.Mentions;
import ppl.typed.SizeCheck;
import ppl.typed.Symbol;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// What can be told only when all statements are known.
final class Finish {
  private Finish() {}

  /// Reports errors, or else warnings, and gives the arguments that have to be tested.
  static List<Doubt> check(Typed typed, Env env) {
    var dependence = Dependence.of(typed);
    for (var d : new java.util.ArrayList<>(env.shared().dataOnly()))
      dependence.unknown(d.value()).ifPresent(u -> env.report(d.error().apply(u)));
    sizes(typed, env);
    if (!env.shared().out().hasErrors() && env.shared().refusals().isEmpty()) {
      Warnings.check(typed, env);
      return Outside.check(typed, dependence, env);
    }
    return List.of();
  }

  /// Sizes of what is declared at top level are known before any statement runs.
  private static void sizes(Typed typed, Env env) {
    var stepwise = new HashSet<>(typed.deterministic());
    for (var s : typed.body()) if (s instanceof TStmt.Give g && g.place().subs().isEmpty()) stepwise.remove(g.place().symbol());
    Stream.of(typed.unknowns(), typed.deterministic(), typed.generated()).flatMap(List::stream).forEach(symbol -> {
      var used = new LinkedHashSet<Symbol>();
      symbol.type().dims().forEach(d -> Mentions.of(d.size(), used::add));
      used.stream().filter(stepwise::contains).findFirst().ifPresent(by -> env.report(Diagnostic.error("E0241", symbol.span(),
          "the size of `%s` must be known before inference, and `%s` is given step by step", symbol, by)
          .note(by.span(), "`" + by + "` is declared here")
          .help("give `%s` by one expression of data, or use parts of that size in loops and functions", by)));
    });
  }

  /// Whether a check is about sizes that data alone tell.
  static boolean isGlobal(SizeCheck c) {
    var symbols = new HashSet<Symbol>();
    Mentions.of(c.left(), symbols::add);
    Mentions.of(c.right(), symbols::add);
    return symbols.stream().allMatch(s -> s.role() == Symbol.Role.DATA);
  }
}
