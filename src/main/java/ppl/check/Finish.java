package ppl.check;

import java.util.HashSet;
import java.util.List;
import ppl.typed.Doubt;
import ppl.typed.Mentions;
import ppl.typed.SizeCheck;
import ppl.typed.Symbol;
import ppl.typed.Typed;

/// What can be told only when all statements are known.
final class Finish {
  private Finish() {}

  /// Reports errors, or else warnings, and gives the arguments that have to be tested.
  static List<Doubt> check(Typed typed, Env env) {
    var dependence = Dependence.of(typed);
    for (var d : new java.util.ArrayList<>(env.shared().dataOnly()))
      dependence.unknown(d.value()).ifPresent(u -> env.report(d.error().apply(u)));
    if (!env.shared().out().hasErrors() && env.shared().refusals().isEmpty()) {
      Warnings.check(typed, env);
      return Outside.check(typed, dependence, env);
    }
    return List.of();
  }

  /// Whether a check is about sizes that data alone tell.
  static boolean isGlobal(SizeCheck c) {
    var symbols = new HashSet<Symbol>();
    Mentions.of(c.left(), symbols::add);
    Mentions.of(c.right(), symbols::add);
    return symbols.stream().allMatch(s -> s.role() == Symbol.Role.DATA);
  }
}
