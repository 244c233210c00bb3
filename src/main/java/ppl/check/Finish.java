package ppl.check;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
      Edges.check(typed, dependence, env);
      return Outside.check(typed, dependence, env);
    }
    return List.of();
  }

  /// Sizes of what is declared at top level are known before any statement runs.
  private static void sizes(Typed typed, Env env) {
    var stepwise = stepwise(typed);
    Stream.of(typed.unknowns(), typed.deterministic(), typed.generated()).flatMap(List::stream).forEach(symbol -> {
      var used = new LinkedHashSet<Symbol>();
      symbol.type().dims().forEach(d -> Mentions.of(d.size(), used::add));
      used.stream().filter(stepwise::containsKey).findFirst().map(stepwise::get).ifPresent(by -> env.report(Diagnostic.error("E0241", symbol.span(),
          "the size of `%s` must be known before inference, and `%s` is given step by step", symbol, by)
          .note(by.span(), "`" + by + "` is declared here")
          .help("give `%s` by one expression of data, or use parts of that size in loops and functions", by)));
    });
  }

  /// What is given in parts or depends on such a name, with that name.
  private static Map<Symbol, Symbol> stepwise(Typed typed) {
    var whole = typed.body().stream().flatMap(s -> s instanceof TStmt.Give g && g.place().subs().isEmpty() ? Stream.of(g) : Stream.empty()).toList();
    var stepwise = new IdentityHashMap<Symbol, Symbol>();
    typed.deterministic().forEach(s -> stepwise.put(s, s));
    whole.forEach(g -> stepwise.remove(g.place().symbol()));
    for (int before = -1; before != stepwise.size();) {
      before = stepwise.size();
      for (var g : whole) Reads.of(g, List.of(), (symbol, subs, around, span) -> {
        if (stepwise.containsKey(symbol)) stepwise.putIfAbsent(g.place().symbol(), stepwise.get(symbol));
      });
    }
    return stepwise;
  }

  /// Whether a check is about sizes that data alone tell.
  static boolean isGlobal(SizeCheck c) {
    var symbols = new HashSet<Symbol>();
    Mentions.of(c.left(), symbols::add);
    Mentions.of(c.right(), symbols::add);
    return symbols.stream().allMatch(s -> s.role() == Symbol.Role.DATA);
  }
}
