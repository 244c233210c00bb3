package ppl.parse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.ast.Expr;
import ppl.ast.Expr.Argument;
import ppl.ast.Name;

/// Link functions on the left of `=`, as BUGS and R have them: `logit(p) = eta` says `p = inv_logit(eta)`.
final class Links {
  private static final Map<String, String> INVERSES = Map.ofEntries(Map.entry("logit", "inv_logit"),
      Map.entry("log", "exp"), Map.entry("probit", "Phi"), Map.entry("inv_Phi", "Phi"),
      Map.entry("cloglog", "inv_cloglog"), Map.entry("exp", "log"), Map.entry("inv_logit", "logit"),
      Map.entry("Phi", "inv_Phi"));

  private Links() {}

  /// A place with the value that the link function gives it.
  record Linked(Expr place, Expr value, String inverse, Expr given) {
    String shown() {
      return inverse + "(" + given.span().text() + ")";
    }
  }

  static Optional<Linked> turned(Expr left, Expr right) {
    return left instanceof Expr.Call(var function, var arguments, var span) && arguments.size() == 1
        && arguments.getFirst() instanceof Argument.Positional(var place)
        && (place instanceof Expr.Ref || place instanceof Expr.Index(Expr.Ref _, _, _))
        && INVERSES.containsKey(function.text())
        ? Optional.of(of(place, right, INVERSES.get(function.text()))) : Optional.empty();
  }

  private static Linked of(Expr place, Expr right, String inverse) {
    var value = new Expr.Call(new Name(inverse, right.span()), List.of(new Argument.Positional(right)), right.span());
    return new Linked(place, value, inverse, right);
  }
}
