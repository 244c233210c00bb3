package ppl.check;

import java.util.List;
import java.util.Set;
import ppl.dist.Distribution;
import ppl.dist.Form;
import ppl.source.Diagnostic;
import ppl.typed.TExpr;

/// Likely mix-ups of parameterizations, told by the names of the arguments. The second of numbered names is no square.
final class Mixups {
  private Mixups() {}

  private static final Set<String> VARIANCES = Set.of("sigma2", "sigma_2", "sigmasq", "sigma_sq", "sigma_squared",
      "s2", "var", "variance", "tau2", "σ2", "σ²");
  private static final Set<String> PRECISIONS = Set.of("prec", "precision", "tau_prec");

  private static final Set<String> PROBABILITIES = Set.of("p", "prob", "probs", "prob_success", "p_success");

  static void check(Distribution d, Form form, List<TExpr> args, Env env) {
    probability(d, form, args, env);
    for (int i = 0; i < args.size(); i++) {
      var wanted = form.names().get(i);
      if (!wanted.equals("sd") && !wanted.equals("scale")) continue;
      var name = rootName(args.get(i));
      boolean variance = VARIANCES.contains(name) || name.startsWith("var_") || name.endsWith("_var")
          || name.endsWith("_sq") || name.endsWith("_squared") || name.endsWith("2") && name.startsWith("sigma");
      boolean precision = PRECISIONS.contains(name) || name.startsWith("prec_") || name.endsWith("_prec")
          || name.endsWith("_precision");
      if (!variance && !precision) continue;
      if (name.endsWith("2") && env.scope().find(name.substring(0, name.length() - 1) + "1").isPresent()) continue;
      var what = variance ? "variance" : "precision";
      var warning = Diagnostic.warning("W0210", args.get(i).span(),
          "the `%s` of `%s` is a standard deviation or scale, and `%s` looks like a %s", wanted, d.name(), name, what);
      boolean form2 = d.forms().stream().anyMatch(f -> f.names().contains(what));
      env.report(form2 ? warning.help("write `%s = %s`", what, args.get(i).span().text())
          : warning.help(variance ? "write `sqrt(%s)`" : "write `1 / sqrt(%s)`", args.get(i).span().text()));
    }
  }

  /// Successes and a probability, as elsewhere, where the mean and the dispersion stand here.
  private static void probability(Distribution d, Form form, List<TExpr> args, Env env) {
    if (!form.names().equals(List.of("mean", "dispersion")) || !PROBABILITIES.contains(rootName(args.get(1)))) return;
    var r = args.get(0).span().text();
    var p = args.get(1).span().text();
    env.report(Diagnostic.warning("W0210", args.get(1).span(), "the arguments of `%s` are its mean and its dispersion, and `%s` looks like a probability",
        d.name(), p).help("failures before %s successes of probability %s are `%s(shape = %1$s, rate = %2$s / (1 - %2$s))`", r, p, d.name()));
  }

  private static String rootName(TExpr e) {
    return switch (e) {
      case TExpr.Ref r -> r.symbol().name();
      case TExpr.Index i -> rootName(i.base());
      default -> "";
    };
  }
}
