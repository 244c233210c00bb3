package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A user distribution that states the density of a library one means the same everywhere.
class UserDistributionsTest {
  private static final String HEAD = """
      dist Own(rate : positive) on count {
        logpdf(x) = x * log(rate) - rate - lgamma(x + 1)
        cdf(x) = gamma_q(x + 1, rate)
      }
      dist Bare(rate : positive) on count { logpdf(x) = x * log(rate) - rate - lgamma(x + 1) }
      dist Wait(rate : positive) on nonnegative { logpdf(x) = log(rate) - rate * x }
      data y : count[4]
      data z : real[4]
      r : positive ~ Gamma(2, 1)
      """;
  private static final String JSON = "{\"y\": [0, 1, 2, 5], \"z\": [0, 0.5, 1, 2.5]}";

  private static double at(String observed, double q) {
    var ready = Whole.ready(HEAD + observed, JSON);
    return ready.program().bind(ready.data()).logDensity(new double[] {q});
  }

  @Test
  void combinatorsTakeUserDistributions() {
    Map<String, List<String>> same = Map.of(
        "Poisson(r)", List.of("Own(r)", "Bare(r)"), "Exponential(r)", List.of("Wait(r)"));
    var frames = List.of("y ~ zero_inflated(0.2, %s)", "y ~ hurdle(0.2, %s)",
        "y ~ mixture([0.3, 0.7], %s, hurdle(0.5, %<s))", "y ~ hurdle(0.4, zero_inflated(0.2, %s))");
    same.forEach((library, users) -> {
      for (var user : users)
        for (var frame : frames)
          for (double q : new double[] {-1, 0.4}) {
            var line = library.startsWith("Exp") ? frame.replace("y ~", "z ~") : frame;
            assertEquals(at(line.formatted(library), q), at(line.formatted(user), q), 1e-9, line + " of " + user);
          }
    });
    for (var frame : List.of("y ~ truncated(%s, upper = 7)", "y ~ censored(%s, upper = 5)",
        "y ~ truncated(mixture([0.3, 0.7], %s, Poisson(1)), upper = 9)",
            "y ~ zero_inflated(0.1, censored(%s, upper = 5))"))
      assertEquals(at(frame.formatted("Poisson(r)"), 0.4), at(frame.formatted("Own(r)"), 0.4), 1e-9, frame);
  }
}
