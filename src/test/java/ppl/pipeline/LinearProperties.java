package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.math.GammaFunctions;

/// Summands that are data times what does not change from row to row are summed when data are bound, where the rest of a
/// likelihood stays.
class LinearProperties {
  /// Of which something is taken out.
  private static final List<String> LINEAR = List.of(
      "k ~ Poisson(log = a[g] + X * c)",
      "k ~ Poisson(log = a[g] + mu * x + v)",
      "k ~ Poisson(log = mu * x)",
      "k ~ Poisson(log = a[g] .* x + c[h] .* v)",
      "k ~ Binomial(k + 3, logit = a[g] + X * c)",
      "w ~ Exponential(exp(a[g] + X * c))",
      "w ~ Gamma(s, exp(mu * x))",
      "y ~ Normal(mu, exp(c[1] * x))",
      "for n in 1..N { k[n] ~ Poisson(log = B[g[n], h[n]] + mu * x[n]) }",
      "for n in 1..N { k[n] ~ Poisson(log = sum(l in 1..L : B[g[n], l] * X[n, l]) / s) }",
      "for n in 1..N { k[n] ~ Poisson(log = s * (a[g[n]] - mu * x[n])) }",
      "for n in 1..N { if x[n] > 0 { k[n] ~ Poisson(log = a[g[n]] + mu * x[n]) } else { k[n] ~ Poisson(log = c[h[n]] * v[n]) } }",
      "for n in 1..N, l in 1..L { k[n] ~ Poisson(log = B[g[n], l] + c[l] * x[n]) }",
      "for n in 1..N { target += k[n] * (mu + x[n] * c[1]) - log1p_exp(mu + x[n] * c[1]) }",
      "m = a[g] + X * c\nk ~ Poisson(log = m)\nw ~ Exponential(exp(m))",
      "d : real[J + 1]\nd[1] = log(0 * s)\nfor j in 1..J { d[j + 1] = a[j] }\n"
          + "for n in 1..N { k[n] ~ Poisson(log = d[g[n] + 1] + mu * x[n]) }");

  /// Whose rows have nothing of that kind beside what has to stay.
  private static final List<String> WHOLE = List.of(
      "y ~ StudentT(4, mu + x * c[1], s)",
      "for j in 1..J { target += t[j] * mu - exp(a[j] * mu) }",
      "for n in 1..N { target += x[n] * a[g[n]] * c[h[n]] - exp(a[g[n]] * c[h[n]] * v[n]) }");

  @Example
  void linearSummandsAreTakenOut() {
    var data = CollapseProperties.data(1, 30, 0);
    for (var l : LINEAR) assertTrue(CollapseProperties.collapses(l, data), l);
    for (var l : WHOLE) assertFalse(CollapseProperties.collapses(l, data), l);
  }

  @Property(tries = 100)
  void likelihoodsKeepTheirValues(@ForAll long seed, @ForAll @IntRange(min = 3, max = 200) int n) {
    var text = CollapseProperties.DATA + CollapseProperties.UNKNOWN + LINEAR.get(new Random(seed).nextInt(LINEAR.size())) + "\n";
    var ready = Whole.ready(text, CollapseProperties.data(seed, n, 0));
    var taken = ready.program().bind(ready.data());
    var q = PipelineProperties.position(taken, seed);
    assertTrue(Double.isFinite(taken.logDensity(q)), text);
    CollapseProperties.same(CollapseProperties.rows(ready), taken, q, 1e-10);
    CollapseProperties.same(ready.program().interpret(ready.data()), taken, q, 1e-10);
  }

  /// Far from 0, where a linear predictor is what is left of two large numbers: what rounding these comes to is the measure
  /// of the error, as it is row by row.
  @Property(tries = 30)
  void noMoreIsLostThanInRows(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int digits) {
    double mean = Math.pow(10, digits);
    var text = CollapseProperties.DATA + "b1 : real ~ Flat()\nb3 : real[J] ~ Flat()\nk ~ Poisson(log = b3[g] + b1 * x)\n";
    var data = CollapseProperties.data(seed, 80, mean);
    var ready = Whole.ready(text, data);
    var taken = ready.program().bind(ready.data());
    var q = PipelineProperties.position(taken, seed);
    for (int j = 1; j < q.length; j++) q[j] -= mean * q[0];
    var gradient = new double[q.length];
    double density = taken.gradient(q, gradient);
    var k = CollapseProperties.numbers(data.get("k"));
    var x = CollapseProperties.numbers(data.get("x"));
    var g = CollapseProperties.numbers(data.get("g"));
    var truth = new BigDecimal[q.length + 1];
    var error = new double[q.length + 1];
    Arrays.fill(truth, BigDecimal.ZERO);
    for (int n = 0; n < k.length; n++) {
      int j = (int) g[n];
      var eta = new BigDecimal(q[j]).add(new BigDecimal(q[0]).multiply(new BigDecimal(x[n])));
      double rate = Math.exp(eta.doubleValue());
      double rounds = k.length * Math.ulp(Math.abs(q[j]) + Math.abs(q[0] * x[n]) + 1) * (k[n] + rate);
      var residual = new BigDecimal(k[n]).subtract(new BigDecimal(rate));
      double[] slopes = {x[n], 1};
      int[] places = {0, j};
      for (int i = 0; i < 2; i++) {
        truth[places[i]] = truth[places[i]].add(residual.multiply(new BigDecimal(slopes[i])));
        error[places[i]] += rounds * Math.abs(slopes[i]);
      }
      truth[q.length] = truth[q.length].add(new BigDecimal(k[n]).multiply(eta)).subtract(new BigDecimal(rate))
          .subtract(new BigDecimal(GammaFunctions.lfactorial(k[n])));
      error[q.length] += rounds;
    }
    for (int i = 0; i < q.length; i++) assertEquals(truth[i].doubleValue(), gradient[i], error[i]);
    assertEquals(truth[q.length].doubleValue(), density, error[q.length]);
  }
}
