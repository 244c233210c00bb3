package ppl.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// What holds for every law of real vectors and matrices. Free coordinates of the event make it unbounded; in them a
/// heavy-tailed proposal fitted to the draws gives the total and the means by importance sampling, which knows nothing
/// of how the draws were made.
final class VectorLaws {
  private static final int DRAWS = 1500;
  private static final int PROPOSALS = 12000;
  private static final int DF = 6;
  /// Standard errors that independent estimates may differ by.
  private static final double WORST = 5.5;

  private final BoundLaw law;
  private final Free free;
  private final double[][] draws;

  VectorLaws(BoundLaw law, Free free) {
    this.law = law;
    this.free = free;
    this.draws = law.draws(DRAWS, 23);
  }

  /// A proposed event with the weight density / proposal density.
  private record Weighted(double[] event, double weight) {}

  void all() {
    drawsAreInside();
    totalAndMeans();
    derivatives();
  }

  void drawsAreInside() {
    for (var x : draws) {
      assertTrue(law.contains(x), law + " drew " + Arrays.toString(x));
      assertTrue(Double.isFinite(law.logpdf(x)), law + " has no density at its draw " + Arrays.toString(x));
    }
  }

  void totalAndMeans() {
    var sample = proposals();
    double[] w = sample.stream().mapToDouble(Weighted::weight).toArray();
    near(1, 0, mean(w), error(w), "total");
    var stated = law.law().mean().map(law::values);
    for (int i = 0; i < draws[0].length; i++) {
      int k = i;
      double[] drawn = Arrays.stream(draws).mapToDouble(x -> bounded(x[k])).toArray();
      double[] weighted = sample.stream().mapToDouble(s -> s.weight() * bounded(s.event()[k])).toArray();
      near(mean(drawn), error(drawn), mean(weighted), error(weighted), "draws of element " + k);
      double[] direct = sample.stream().mapToDouble(s -> s.weight() * s.event()[k]).toArray();
      if (stated.isPresent() && Double.isFinite(stated.orElseThrow()[k]))
        near(stated.orElseThrow()[k], 0, mean(direct), error(direct), "mean of element " + k);
    }
    spread(w, sample.stream().map(Weighted::event).toArray(double[][]::new));
  }

  private void spread(double[] weights, double[][] events) {
    if (law.law().mean().isEmpty() || law.law().sd().isEmpty()) return;
    var mean = law.values(law.law().mean().orElseThrow());
    var sd = law.values(law.law().sd().orElseThrow());
    for (int i = 0; i < sd.length; i++) {
      int k = i;
      if (!Double.isFinite(sd[k])) continue;
      double[] squares = IntStream.range(0, weights.length)
          .mapToDouble(j -> weights[j] * Math.pow(events[j][k] - mean[k], 2)).toArray();
      near(sd[k] * sd[k], 0, mean(squares), error(squares), "variance of element " + k);
    }
  }

  void derivatives() {
    for (int i = 0; i < 3; i++) {
      var exact = law.gradient(law.law()::logpdf, draws[i]);
      var approximate = law.differences(law.law()::logpdf, draws[i]);
      for (int k = 0; k < exact.length; k++) {
        assertTrue(Double.isFinite(exact[k]), law + ": derivative " + k + " at " + Arrays.toString(draws[i]));
        assertEquals(approximate[k], exact[k], 1e-4 * (1 + Math.abs(approximate[k])),
            law + ": derivative " + k + " at " + Arrays.toString(draws[i]));
      }
    }
  }

  private List<Weighted> proposals() {
    var u = Arrays.stream(draws).map(free::coordinates).toArray(double[][]::new);
    int n = u[0].length;
    var centre = IntStream.range(0, n).mapToDouble(i -> mean(column(u, i))).toArray();
    var l = factor(u, centre);
    var random = new Random(5);
    return IntStream.range(0, PROPOSALS).mapToObj(p -> {
      double chi = IntStream.range(0, DF).mapToDouble(i -> Math.pow(random.nextGaussian(), 2)).sum() / DF;
      var z = IntStream.range(0, n).mapToDouble(i -> random.nextGaussian() / Math.sqrt(chi)).toArray();
      var at = centre.clone();
      double squared = 0;
      double logScale = 0;
      for (int i = 0; i < n; i++) {
        squared += z[i] * z[i];
        logScale += Math.log(l[i][i]);
        for (int j = 0; j <= i; j++) at[i] += l[i][j] * z[j];
      }
      double proposal = logGammaHalf(DF + n) - logGammaHalf(DF) - n / 2.0 * Math.log(DF * Math.PI) - logScale
          - (DF + n) / 2.0 * Math.log1p(squared / DF);
      var event = free.event(at);
      double weight = Math.exp(law.logpdf(event) + free.logJacobian(at) - proposal);
      return new Weighted(event, Double.isNaN(weight) ? 0 : weight); // a matrix that is singular to rounding
    }).toList();
  }

  /// log Gamma(k / 2).
  private static double logGammaHalf(int k) {
    if (k == 1) return Math.log(Math.PI) / 2;
    return k == 2 ? 0 : Math.log((k - 2) / 2.0) + logGammaHalf(k - 2);
  }

  private static double[][] factor(double[][] u, double[] centre) {
    int n = centre.length;
    var l = new double[n][n];
    for (int i = 0; i < n; i++)
      for (int j = 0; j <= i; j++) {
        double s = 0;
        for (var row : u) s += (row[i] - centre[i]) * (row[j] - centre[j]) / u.length;
        for (int k = 0; k < j; k++) s -= l[i][k] * l[j][k];
        l[i][j] = i == j ? Math.sqrt(s) : s / l[j][j];
      }
    return l;
  }

  private static double[] column(double[][] u, int i) {
    return Arrays.stream(u).mapToDouble(r -> r[i]).toArray();
  }

  /// Has moments also where the event has none.
  private static double bounded(double x) {
    return x / (1 + Math.abs(x));
  }

  private static double mean(double[] v) {
    return Arrays.stream(v).average().orElseThrow();
  }

  private static double error(double[] v) {
    double m = mean(v);
    return Math.sqrt(Arrays.stream(v).map(x -> (x - m) * (x - m)).average().orElseThrow() / v.length);
  }

  private void near(double a, double errorOfA, double b, double errorOfB, String what) {
    double error = Math.hypot(errorOfA, errorOfB);
    assertTrue(error < 0.2 * (1 + Math.abs(a)), law + ": " + what + " is known to " + error + " only");
    assertTrue(Math.abs(a - b) <= WORST * error + 1e-9, law + ": " + what + " " + a + " against " + b + " +- " + error);
  }
}
