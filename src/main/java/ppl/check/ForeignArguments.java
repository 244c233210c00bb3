package ppl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.ast.Expr;
import ppl.ast.Expr.Argument;
import ppl.check.Template.Filling;
import ppl.dist.Distribution;
import ppl.dist.Domain;
import ppl.dist.Form;
import ppl.source.Suggest;

/// Arguments as others name and define them, written as this language has them.
final class ForeignArguments {
  private ForeignArguments() {}

  /// A definition of an argument of this language by what is given elsewhere: `rate = 1 / scale`.
  private record Rule(String own, Template by) {
    static Rule of(String text) {
      var sides = text.split(" = ", 2);
      return new Rule(sides[0].strip(), new Template(Template.words(sides[1]), sides[1].strip()));
    }
  }

  private static final Map<String, List<Rule>> RULES = """
      Normal: sd = scale
      HalfNormal: scale = sd; scale = 1 / sqrt(precision); scale = sqrt(variance)
      StudentT: location = mean; scale = 1 / sqrt(precision); scale = sd * sqrt((df - 2) / df)
      StudentT: scale = sqrt(variance * (df - 2) / df); scale = sqrt(scale2); df = k
      HalfStudentT: scale = 1 / sqrt(precision); scale = sqrt(scale2); df = k
      Cauchy: location = alpha; location = x0; location = median; location = mean; scale = gamma
      HalfCauchy: scale = gamma; scale = tau; scale = median
      Laplace: location = mean; location = median; scale = b; scale = 1 / rate; scale = 1 / tau; scale = sd / sqrt(2)
      Laplace: scale = sqrt(variance / 2)
      Logistic: location = mean; scale = 1 / rate; scale = 1 / tau; scale = sqrt(3) * sd / pi
      Logistic: scale = sqrt(3 * variance) / pi
      Gumbel: location = mode; location = mean + digamma(1) * scale; scale = sqrt(6) * sd / pi
      Gumbel: scale = sqrt(6 * variance) / pi
      SkewNormal: location = xi; location = mean; scale = omega; scale = 1 / sqrt(precision); scale = sqrt(scale2)
      VonMises: concentration = k
      Exponential: mean = scale; mean = sd
      Gamma: rate = 1 / scale; rate = 1 / theta; rate = shape / mean; sd = sqrt(variance); shape = mean * rate
      Gamma: rate = sqrt(shape) / sd; shape = k; shape = r
      InverseGamma: scale = rate; shape = (mean / sd)^2 + 2; scale = mean * ((mean / sd)^2 + 1)
      InverseGamma: scale = mean * (shape - 1); shape = mean^2 / variance + 2
      InverseGamma: scale = mean * (mean^2 / variance + 1)
      ChiSquared: df = k; df = mean
      InverseChiSquared: scale = sqrt(scale2); scale = sqrt(variance); df = k
      Weibull: shape = k; shape = c; scale = lambda; scale = mean / exp(lgamma(1 + 1 / shape))
      LogNormal: mean_log = mean; mean_log = location; sd_log = sd; sd_log = scale; mean_log = log(scale)
      LogNormal: mean_log = log(median); sd_log = 1 / sqrt(precision); sd_log = sqrt(variance); sd_log = sqrt(scale2)
      Pareto: minimum = scale; minimum = m; minimum = x_m; minimum = xm; minimum = lower; minimum = location
      Pareto: shape = b
      Beta: concentration = mean * (1 - mean) / sd^2 - 1; concentration = mean * (1 - mean) / variance - 1
      Beta: concentration = n; concentration = nu; concentration = precision
      Uniform: lower = a; upper = b; lower = left; upper = right; lower = location; upper = location + scale
      Bernoulli: p = mean
      Binomial: p = mean; n = trials
      BetaBinomial: n = trials; a = mean * concentration; b = (1 - mean) * concentration
      Poisson: rate = mean; rate = theta; log = log_rate; log = eta
      NegativeBinomial: dispersion = n; dispersion = r; dispersion = k; dispersion = theta; dispersion = shape
      NegativeBinomial: dispersion = concentration; shape = n; shape = r; shape = concentration; rate = p / (1 - p)
      NegativeBinomial: rate = (1 - probs) / probs; rate = exp(-logits); log = eta
      NegativeBinomial: dispersion = mean^2 / (variance - mean); dispersion = mean^2 / (sd^2 - mean)
      NegativeBinomial: dispersion = mean * p / (1 - p); shape = successes; shape = failures
      Geometric: p = 1 / (1 + mean); p = inv_logit(logits)
      DiscreteUniform: lower = a; upper = b
      OrderedLogistic: eta = location; eta = mean; eta = predictor; cutpoints = c; cutpoints = cuts
      OrderedLogistic: cutpoints = thresholds; cutpoints = kappa
      OrderedProbit: eta = location; eta = mean; eta = predictor; cutpoints = c; cutpoints = cuts
      OrderedProbit: cutpoints = thresholds; cutpoints = kappa
      MultivariateNormal: cov = sigma; cov = covariance; cov = V; precision = Omega; precision = Q
      MultivariateNormal: cov = diag(sd^2)
      Wishart: scale = V; scale = S; scale = Sigma; scale = covariance_matrix; scale = inverse(R)
      Wishart: scale = inverse(precision_matrix); scale = scale_tril * scale_tril'; df = n; df = k
      InverseWishart: scale = Psi; scale = S; scale = V; scale = Sigma; df = n; df = k
      LKJ: eta = concentration; eta = shape; eta = alpha
      NormalGamma: mean = location; count = kappa; count = lambda; count = nu; count = n
      """.lines().map(l -> l.split(": ", 2)).collect(Collectors.groupingBy(l -> l[0], Collectors.flatMapping(
          l -> Stream.of(l[1].split("; ")).map(Rule::of), Collectors.toUnmodifiableList())));

  private static final Set<String> SIZES = Set.of("n", "K", "dim", "dimension");

  /// What an argument name of another language may mean, the likeliest first.
  private static List<String> meanings(String name) {
    return switch (name) {
      case "μ" -> meanings("mu");
      case "σ" -> meanings("sigma");
      case "τ" -> meanings("tau");
      case "ν" -> meanings("nu");
      case "λ" -> meanings("lambda");
      case "α" -> meanings("alpha");
      case "β" -> meanings("beta");
      case "θ" -> meanings("theta");
      case "φ" -> meanings("phi");
      case "κ" -> meanings("kappa");
      case "Σ" -> meanings("Sigma");
      case "mu", "m", "mu0" -> List.of("mean", "location", "mean_log");
      case "loc" -> List.of("location", "mean", "mean_log");
      case "location" -> List.of("mean", "mean_log");
      case "sigma", "s" -> List.of("scale", "sd", "sd_log");
      case "std", "stddev", "stdev" -> List.of("sd");
      case "prec" -> List.of("precision");
      case "tau" -> List.of("precision", "tau");
      case "var" -> List.of("variance");
      case "sigma2", "sigmasq", "sigma_sq", "sigma_squared", "s2", "tau2", "v", "σ2" -> List.of("variance", "scale2");
      case "nu", "dof" -> List.of("df");
      case "alpha" -> List.of("shape", "a", "concentration", "dispersion");
      case "beta" -> List.of("rate", "b", "scale");
      case "a" -> List.of("shape", "lower", "concentration");
      case "b" -> List.of("rate", "upper", "scale");
      case "concentration1", "shape1" -> List.of("a");
      case "concentration0", "shape2" -> List.of("b");
      case "concentration" -> List.of("shape");
      case "k" -> List.of("df", "shape");
      case "number_of_successes", "num_successes" -> List.of("successes");
      case "number_of_failures", "num_failures" -> List.of("failures");
      case "lam", "lambda", "lambda_" -> List.of("rate", "lambda", "precision");
      case "logits", "logit_p" -> List.of("logit", "logits");
      case "eta" -> List.of("logit", "logits", "eta", "log");
      case "log_rate", "log_lambda", "log_mean", "log_mu" -> List.of("log");
      case "probs", "prob", "theta", "pi", "probabilities", "weights" -> List.of("p");
      case "size" -> List.of("n", "dispersion");
      case "total_count", "N", "trials" -> List.of("n");
      case "phi" -> List.of("dispersion", "concentration");
      case "kappa" -> List.of("concentration", "kappa");
      case "low", "min", "lb", "minimum" -> List.of("lower", "minimum");
      case "high", "max", "ub", "maximum" -> List.of("upper");
      case "covariance_matrix", "Sigma", "S" -> List.of("cov", "Sigma");
      case "precision_matrix" -> List.of("precision");
      case "scale_tril", "chol", "L" -> List.of("cholesky");
      case "lamda" -> meanings("lambda");
      default -> List.of();
    };
  }

  /// How the call is written here, if its arguments can be so read: by names alone where these suffice, else by what
  /// follows from them, and then with what is to be known of the distribution.
  static Optional<String> advice(Distribution d, Expr.Call c, int positional, List<Argument.Named> all) {
    var named = all.stream().filter(n -> !idle(d, n)).toList();
    for (var rules : List.of(List.<Rule>of(), RULES.getOrDefault(d.name(), List.of())))
      for (var f : d.forms()) {
        if (f.names().size() < positional) continue;
        var found = new Search(d, f, c, positional, named, rules).from(new ArrayList<>());
        if (found.isPresent())
          return found.map(call -> "write `" + call + "`" + (rules.isEmpty() ? "" : "; " + remark(d)));
      }
    return Optional.empty();
  }

  /// The call alone.
  static Optional<String> call(Distribution d, Expr.Call c, int positional, List<Argument.Named> named) {
    return advice(d, c, positional, named).map(a -> a.substring(a.indexOf('`') + 1, a.indexOf('`', a.indexOf('`') + 1)));
  }

  private static String remark(Distribution d) {
    var about = d.about().replaceAll("(?s)\\.$|;.*", "");
    return about.substring(0, 1).toLowerCase(Locale.ROOT) + about.substring(1);
  }

  /// A location of 0 where the values begin at 0 anyway; the size of a matrix, which its type says.
  private static boolean idle(Distribution d, Argument.Named n) {
    boolean counted = d.forms().stream().anyMatch(f -> f.names().contains("df"));
    if (d.eventRank() == 2 && !counted && SIZES.contains(n.name().text())) return true;
    boolean zero = n.value() instanceof Expr.IntLit i && i.value() == 0
        || n.value() instanceof Expr.RealLit r && r.value() == 0;
    return zero && n.name().text().equals("loc") && Domain.NONNEGATIVE.includes(d.domain());
  }

  /// One form of a distribution, and the ways to read the named arguments of a call.
  private record Search(Distribution d, Form form, Expr.Call c, int positional, List<Argument.Named> named,
      List<Rule> rules) {
    private List<String> open() {
      return form.names().subList(positional, form.names().size());
    }

    /// Tries all meanings of the arguments after those that have one.
    Optional<String> from(List<String> meanings) {
      if (meanings.size() == named.size()) return filled(meanings);
      for (var m : candidates(named.get(meanings.size()).name().text())) {
        if (meanings.contains(m)) continue;
        var more = new ArrayList<>(meanings);
        more.add(m);
        var found = from(more);
        if (found.isPresent()) return found;
      }
      return Optional.empty();
    }

    /// What a name may mean here: itself, what it means elsewhere, what it is a slip for.
    private Set<String> candidates(String name) {
      var known = new HashSet<>(open());
      rules.forEach(r -> known.addAll(r.by().places()));
      var all = new LinkedHashSet<String>();
      if (open().contains(name)) return Set.of(name);
      if (known.contains(name)) all.add(name);
      meanings(name).stream().filter(known::contains).forEach(all::add);
      if (all.isEmpty()) Suggest.closest(name, open()).ifPresent(all::add);
      return all;
    }

    private Optional<String> filled(List<String> meanings) {
      Map<String, Filling> given = new HashMap<>();
      for (int i = 0; i < positional; i++)
        given.put(form.names().get(i), Filling.of(c.arguments().get(i).value()));
      for (int i = 0; i < named.size(); i++) given.put(meanings.get(i), Filling.of(named.get(i).value()));
      return define(given, new HashSet<>(), 0).filter(m -> m.used().containsAll(meanings)).map(this::text);
    }

    private String text(Defined m) {
      return Stream.concat(c.arguments().stream().limit(positional).map(a -> a.value().span().text()),
          open().stream().map(o -> o + " = " + m.values().get(o).text())).collect(Collectors.joining(", ", d.name() + "(", ")"));
    }

    private record Defined(Map<String, Filling> values, Set<String> used) {}

    /// Values for the open arguments from the one at `at` on.
    private Optional<Defined> define(Map<String, Filling> given, Set<String> used, int at) {
      if (at == open().size())
        return named.size() <= used.size() ? Optional.of(new Defined(given, used)) : Optional.empty();
      var own = open().get(at);
      if (given.containsKey(own)) return define(given, plus(used, List.of(own)), at + 1);
      for (var r : rules) {
        if (!r.own().equals(own)) continue;
        var known = new HashMap<>(given);
        if (!settle(r, known, at)) continue;
        var value = r.by().with(known);
        var more = new HashMap<>(given);
        more.put(own, value);
        var found = define(more, plus(used, r.by().places()), at + 1);
        if (found.isPresent()) return found;
      }
      return Optional.empty();
    }

    /// Whether all that a rule needs is given, or follows from what is given by a rule that needs no more.
    private boolean settle(Rule rule, Map<String, Filling> known, int at) {
      for (var need : rule.by().places()) {
        if (known.containsKey(need)) continue;
        var direct = rules.stream().filter(r -> open().subList(at, open().size()).contains(need)
            && r.own().equals(need) && known.keySet().containsAll(r.by().places())).findFirst();
        if (direct.isEmpty()) return false;
        known.put(need, direct.get().by().with(known));
      }
      return true;
    }

    private static Set<String> plus(Set<String> some, List<String> more) {
      var all = new HashSet<>(some);
      all.addAll(more);
      return all;
    }
  }
}
