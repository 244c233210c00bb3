package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.infer.Advi;
import ppl.infer.Progress;
import ppl.math.DenseMatrix;
import ppl.runtime.Summary;
import ppl.runtime.Verdict;
import ppl.stats.Summaries;

/// Random linear models with normal noise from their text to the posterior, which is known: a regression with an
/// effect of a factor's levels, a random walk and a prior with correlations. A normal with full covariance is exact, its
/// bound is the evidence; one with independent coordinates has the exact means and the standard deviations given all
/// else.
class AdviPipelineProperties {
  /// A text with data, and what it says in linear algebra: row i says that `rows[i] u` is normal around `centres[i]`.
  private static final class Linear {
    final StringBuilder text = new StringBuilder();
    final Map<String, String> data = new LinkedHashMap<>();
    final List<double[]> rows = new ArrayList<>();
    final List<Double> centres = new ArrayList<>();
    final List<Double> sds = new ArrayList<>();
    final int d;

    Linear(int n, int k, int levels, Random random) {
      d = k + levels + n;
      var x = matrix(n, k, random);
      var y = random.doubles(n, -3, 3).toArray();
      var group = IntStream.range(0, n).map(i -> i < levels ? i : random.nextInt(levels)).toArray();
      double phi = number(-0.9, 0.9, random);
      double s = number(0.3, 1.5, random);
      double wide = number(0.5, 3, random);
      double step = number(0.2, 1, random);
      double centre = number(-1, 1, random);
      boolean loops = random.nextBoolean();
      boolean correlated = random.nextBoolean();
      text.append("data K : int\ndata X : matrix[homes, K]\ndata S : cov[K]\ndata homes {\n  y : real\n  g : factor\n}\n");
      text.append(correlated ? "b : real[K] ~ MultivariateNormal(rep(" + centre + ", K), cov = S)\n"
          : "b : real[K] ~ Normal(%s, precision = %s)\n".formatted(centre, 1 / (wide * wide)));
      text.append("a : real[g] ~ Normal(0, %s)\n".formatted(wide));
      text.append("h : real[homes]\nh[1] ~ Normal(%s, 2)\n".formatted(centre));
      text.append("for t in 2..size(homes) { h[t] ~ Normal(%s * h[t - 1] + 0.25, %s) }\n".formatted(phi, step));
      text.append(loops ? "for i in homes { y[i] ~ Normal(sum(k in 1..K : X[i, k] * b[k]) + a[g[i]] + h[i], %s) }\n".formatted(s)
          : "y ~ Normal(X * b + a[g] + h, %s)\n".formatted(s));
      text.append("total = sum(b) - 2 * h[size(homes)]\n");
      var spread = factor(k, random);
      data.put("K", Integer.toString(k));
      data.put("X", java.util.Arrays.deepToString(x));
      data.put("S", java.util.Arrays.deepToString(times(spread)));
      data.put("homes", "{\"y\": %s, \"g\": %s}".formatted(java.util.Arrays.toString(y),
          IntStream.of(group).mapToObj(g -> "\"level " + g + "\"").collect(Collectors.joining(", ", "[", "]"))));
      for (int i = 0; i < k; i++) {
        if (!correlated) says(row(i, 1), centre, wide);
        else says(whitened(spread, i), whitened(spread, i, centre), 1);
      }
      constant = correlated ? -IntStream.range(0, k).mapToDouble(i -> Math.log(spread[i][i])).sum() : 0;
      for (int j = 0; j < levels; j++) says(row(k + j, 1), 0, wide);
      says(row(k + levels, 1), centre, 2);
      for (int t = 1; t < n; t++) {
        var r = row(k + levels + t, 1);
        r[k + levels + t - 1] = -phi;
        says(r, 0.25, step);
      }
      for (int i = 0; i < n; i++) {
        var r = row(k + levels + i, 1);
        System.arraycopy(x[i], 0, r, 0, k);
        r[k + group[i]] += 1;
        says(r, y[i], s);
      }
    }

    private final double constant;

    private void says(double[] row, double centre, double sd) {
      rows.add(row);
      centres.add(centre);
      sds.add(sd);
    }

    private double[] row(int at, double value) {
      var r = new double[d];
      r[at] = value;
      return r;
    }

    /// Row i of the inverse of a lower factor: the rows make independent standard normals.
    private double[] whitened(double[][] l, int i) {
      var r = row(i, 1 / l[i][i]);
      for (int j = 0; j < i; j++) {
        var other = whitened(l, j);
        for (int c = 0; c <= j; c++) r[c] -= l[i][j] / l[i][i] * other[c];
      }
      return r;
    }

    private double whitened(double[][] l, int i, double centre) {
      double sum = 0;
      for (double c : whitened(l, i)) sum += c * centre;
      return sum;
    }

    double[] precision() {
      var p = new double[d * d];
      for (int n = 0; n < rows.size(); n++)
        for (int i = 0; i < d; i++)
          for (int j = 0; j < d; j++) p[i * d + j] += rows.get(n)[i] * rows.get(n)[j] / (sds.get(n) * sds.get(n));
      return p;
    }

    double[] mean(double[] covariance) {
      var shift = new double[d];
      for (int n = 0; n < rows.size(); n++)
        for (int i = 0; i < d; i++) shift[i] += rows.get(n)[i] * centres.get(n) / (sds.get(n) * sds.get(n));
      var mean = new double[d];
      DenseMatrix.multiply(covariance, d, shift, mean);
      return mean;
    }

    /// The log density at its mode, with all constants.
    double peak(double[] mean) {
      double log = constant;
      for (int n = 0; n < rows.size(); n++) {
        double z = -centres.get(n);
        for (int i = 0; i < d; i++) z += rows.get(n)[i] * mean[i];
        log -= 0.5 * (z / sds.get(n)) * (z / sds.get(n)) + Math.log(sds.get(n)) + 0.5 * Math.log(2 * Math.PI);
      }
      return log;
    }

    private static double number(double from, double to, Random random) {
      return Math.rint(1000 * random.nextDouble(from, to)) / 1000;
    }

    private static double[][] matrix(int n, int k, Random random) {
      return IntStream.range(0, n).mapToObj(i -> random.doubles(k, -1, 1).toArray()).toArray(double[][]::new);
    }

    private static double[][] factor(int k, Random random) {
      var l = matrix(k, k, random);
      for (int i = 0; i < k; i++) {
        l[i][i] = 0.5 + Math.abs(l[i][i]);
        for (int j = i + 1; j < k; j++) l[i][j] = 0;
      }
      return l;
    }

    private static double[][] times(double[][] l) {
      var s = new double[l.length][l.length];
      for (int i = 0; i < l.length; i++)
        for (int j = 0; j < l.length; j++) for (int c = 0; c < l.length; c++) s[i][j] += l[i][c] * l[j][c];
      return s;
    }
  }

  @Property(tries = 12)
  void aNormalPosteriorIsFound(@ForAll @IntRange(min = 3, max = 12) int n, @ForAll @IntRange(min = 1, max = 4) int k,
      @ForAll @IntRange(min = 1, max = 3) int levels, @ForAll long seed) throws Exception {
    var model = new Linear(n, k, levels, new Random(seed));
    var ready = Whole.ready(model.text.toString(), model.data);
    var precision = model.precision();
    int d = model.d;
    var lower = DenseMatrix.cholesky(precision, d).orElseThrow();
    var inverse = DenseMatrix.inverseTransposed(lower, d);
    var covariance = DenseMatrix.product(inverse, DenseMatrix.transpose(inverse, d), d);
    var mean = model.mean(covariance);
    for (var family : List.of("meanfield", "fullrank")) {
      boolean full = family.equals("fullrank");
      var posterior = new Advi().run(ready.program().bind(ready.data()), Map.of("family", family, "draws", "400"), seed, Progress.SILENT);
      var s = Summaries.of(posterior);
      for (int i = 0; i < d; i++) {
        double sd = Math.sqrt(covariance[i * d + i]);
        double shown = full ? sd : 1 / Math.sqrt(precision[i * d + i]);
        assertEquals(0, (s.get(i).mean() - mean[i]) / sd, 2e-3, s.get(i).name());
        assertEquals(1, s.get(i).sd() / shown, 0.03, s.get(i).name());
      }
      if (full) exactly(posterior.diagnostics(), posterior.level(), s.getLast(), model, mean, covariance, lower);
    }
  }

  private static void exactly(Map<String, Double> numbers, Verdict.Level level, Summary total, Linear model, double[] mean,
      double[] covariance, double[] lower) {
    int d = model.d;
    double evidence = model.peak(mean) + d / 2.0 * Math.log(2 * Math.PI);
    for (int i = 0; i < d; i++) evidence -= Math.log(lower[i * d + i]);
    assertEquals(evidence, numbers.get("elbo"), 1e-2);
    assertEquals(Verdict.Level.TRUSTWORTHY, level);
    var weights = new double[d];
    int k = Integer.parseInt(model.data.get("K"));
    java.util.Arrays.fill(weights, 0, k, 1);
    weights[d - 1] = -2;
    double centre = 0;
    double variance = 0;
    for (int i = 0; i < d; i++) {
      centre += weights[i] * mean[i];
      for (int j = 0; j < d; j++) variance += weights[i] * weights[j] * covariance[i * d + j];
    }
    assertEquals("total", total.name());
    assertEquals(0, (total.mean() - centre) / Math.sqrt(variance), 5e-3);
    assertEquals(1, total.sd() / Math.sqrt(variance), 0.1);
  }
}
