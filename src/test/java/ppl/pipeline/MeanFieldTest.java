package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ppl.infer.Cavi;
import ppl.infer.Exact;
import ppl.infer.Progress;
import ppl.math.GammaFunctions;
import ppl.runtime.Dataset;
import ppl.runtime.Posterior;

/// Compiled models against updates that are written out by hand, slow and obvious, and against enumeration.
class MeanFieldTest {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private static Posterior cavi(Whole.Ready ready) throws Exception {
    return new Cavi().run(ready.program().bind(ready.data()),
        Map.of("tolerance", "1e-9", "draws", "20", "check", "no"), 1, Progress.SILENT);
  }

  private static Object values(Dataset data, String name) {
    return data.columns().entrySet().stream().filter(c -> c.getKey().name().equals(name)).findFirst().orElseThrow()
        .getValue().values();
  }

  /// What the posterior means of a family of numbers are.
  private static double[] means(Posterior posterior, String name, int n) {
    int first = posterior.column(name);
    return Arrays.copyOfRange(posterior.marginals().orElseThrow().mean(), first, first + n);
  }

  /// Blei, Ng and Jordan (2003), with smoothed topics.
  @Test
  void topics() throws Exception {
    var ready = ModelsTest.ready(Path.of("models/lda"));
    var posterior = cavi(ready);
    var lda = new Topics((int[]) values(ready.data(), "doc"), (int[]) values(ready.data(), "word"), 25, 30);
    var phi = means(posterior, "phi[1,1]", 90);
    var theta = means(posterior, "theta[1,1]", 75);
    assertEquals(lda.bound(theta, phi), posterior.diagnostics().get("elbo"), 1e-6);
  }

  private record Topics(int[] doc, int[] word, int docs, int words) {
    private static final int K = 3;

    /// Where the plain updates come to rest that begin at these means, with as many words for each topic as they say.
    double bound(double[] shares, double[] topics) {
      var theta = shares.clone();
      var phi = topics.clone();
      var length = new int[docs];
      for (int d : doc) length[d - 1]++;
      var counts = new double[K];
      for (int i = 0; i < theta.length; i++) {
        theta[i] *= length[i / K] + 0.3 * K;
        counts[i % K] += theta[i] - 0.3;
      }
      for (int i = 0; i < phi.length; i++) phi[i] *= counts[i / words] + 0.1 * words;
      double bound = Double.NEGATIVE_INFINITY;
      for (int iteration = 0; iteration < 5000; iteration++) {
        var logPhi = meanLogs(phi, K, words);
        var logTheta = meanLogs(theta, docs, K);
        double now = -dirichlets(theta, logTheta, docs, K, 0.3) - dirichlets(phi, logPhi, K, words, 0.1);
        Arrays.fill(phi, 0.1);
        Arrays.fill(theta, 0.3);
        for (int i = 0; i < doc.length; i++) {
          int d = doc[i] - 1;
          int w = word[i] - 1;
          var p = new double[K];
          for (int k = 0; k < K; k++) p[k] = Math.exp(logTheta[d * K + k] + logPhi[k * words + w]);
          double sum = Arrays.stream(p).sum();
          now += Math.log(sum);
          for (int k = 0; k < K; k++) {
            theta[d * K + k] += p[k] / sum;
            phi[k * words + w] += p[k] / sum;
          }
        }
        assertTrue(now >= bound - 1e-9);
        if (now - bound < 1e-11) return now;
        bound = now;
      }
      return bound;
    }
  }

  /// E[log x] of rows that are Dirichlet.
  private static double[] meanLogs(double[] a, int rows, int n) {
    var out = new double[a.length];
    for (int i = 0; i < rows; i++) {
      double total = Arrays.stream(a, i * n, i * n + n).sum();
      for (int j = i * n; j < i * n + n; j++) out[j] = GammaFunctions.digamma(a[j]) - GammaFunctions.digamma(total);
    }
    return out;
  }

  /// Kullback-Leibler divergences of Dirichlet rows from symmetric priors.
  private static double dirichlets(double[] a, double[] logs, int rows, int n, double prior) {
    double d = 0;
    for (int i = 0; i < rows; i++) {
      d += GammaFunctions.lgamma(Arrays.stream(a, i * n, i * n + n).sum()) - GammaFunctions.lgamma(n * prior);
      for (int j = i * n; j < i * n + n; j++)
        d += GammaFunctions.lgamma(prior) - GammaFunctions.lgamma(a[j]) + (a[j] - prior) * logs[j];
    }
    return d;
  }

  /// Bishop, "Pattern Recognition and Machine Learning", 10.2, with means and precisions independent.
  @Test
  void aMixtureInTwoDimensions() throws Exception {
    var ready = ModelsTest.ready(Path.of("models/multivariate_mixture"));
    var posterior = cavi(ready);
    double elbo = posterior.diagnostics().get("elbo");
    var x = (double[]) values(ready.data(), "x");
    assertEquals(mixture(x, means(posterior, "mu[1,1]", 4)), elbo, 1e-6);
    assertTrue(mixture(x, new double[] {2, 5, 4, 8}) <= elbo + 1e-6);
    assertTrue(mixture(x, new double[] {3, 6, 3, 7}) <= elbo + 1e-6);
  }

  private static double mixture(double[] x, double[] start) {
    int n = x.length / 2;
    var m = start.clone();
    double[][] s = {{0.1, 0, 0.1}, {0.1, 0, 0.1}};          // covariances of the means, as [11, 12, 22]
    double[][] v = {{1, 0, 1}, {1, 0, 1}};                  // scales of the precisions
    double[] nu = {3, 3};
    double[] alpha = {1, 1};
    double bound = Double.NEGATIVE_INFINITY;
    for (int iteration = 0; iteration < 5000; iteration++) {
      var logs = meanLogs(alpha, 1, 2);
      double now = -dirichlets(alpha, logs, 1, 2, 1);
      var det = new double[2];
      for (int k = 0; k < 2; k++) {
        det[k] = GammaFunctions.digamma(nu[k] / 2) + GammaFunctions.digamma((nu[k] - 1) / 2) + 2 * Math.log(2) + Math.log(det(v[k]));
        now -= normal(m[2 * k], m[2 * k + 1], s[k]) + wishart(nu[k], v[k], det[k]);
      }
      double[][] r = new double[n][2];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < 2; k++) {
          double[] e = {x[2 * i] - m[2 * k], x[2 * i + 1] - m[2 * k + 1]};
          double square = v[k][0] * (e[0] * e[0] + s[k][0]) + 2 * v[k][1] * (e[0] * e[1] + s[k][1]) + v[k][2] * (e[1] * e[1] + s[k][2]);
          r[i][k] = Math.exp(logs[k] + 0.5 * det[k] - LOG_TWO_PI - 0.5 * nu[k] * square);
        }
        double sum = r[i][0] + r[i][1];
        now += Math.log(sum);
        for (int k = 0; k < 2; k++) r[i][k] /= sum;
      }
      assertTrue(now >= bound - 1e-9);
      if (now - bound < 1e-11) return now;
      bound = now;
      for (int k = 0; k < 2; k++) update(x, r, k, m, s, v, nu, alpha);
    }
    return bound;
  }

  private static void update(double[] x, double[][] r, int k, double[] m, double[][] s, double[][] v, double[] nu, double[] alpha) {
    double count = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < r.length; i++) {
      count += r[i][k];
      a += r[i][k] * x[2 * i];
      b += r[i][k] * x[2 * i + 1];
    }
    alpha[k] = 1 + count;
    var p = new double[] {0.04 + count * nu[k] * v[k][0], count * nu[k] * v[k][1], 0.04 + count * nu[k] * v[k][2]};
    double h = 0.2 + nu[k] * (v[k][0] * a + v[k][1] * b);
    double g = 0.2 + nu[k] * (v[k][1] * a + v[k][2] * b);
    s[k] = inverse(p);
    m[2 * k] = s[k][0] * h + s[k][1] * g;
    m[2 * k + 1] = s[k][1] * h + s[k][2] * g;
    var w = new double[] {1 + count * s[k][0], count * s[k][1], 1 + count * s[k][2]};
    for (int i = 0; i < r.length; i++) {
      double e = x[2 * i] - m[2 * k];
      double f = x[2 * i + 1] - m[2 * k + 1];
      w[0] += r[i][k] * e * e;
      w[1] += r[i][k] * e * f;
      w[2] += r[i][k] * f * f;
    }
    nu[k] = 3 + count;
    v[k] = inverse(w);
  }

  private static double det(double[] a) {
    return a[0] * a[2] - a[1] * a[1];
  }

  private static double[] inverse(double[] a) {
    return new double[] {a[2] / det(a), -a[1] / det(a), a[0] / det(a)};
  }

  /// The divergence from two independent numbers with mean 5 and standard deviation 5.
  private static double normal(double a, double b, double[] s) {
    double square = (a - 5) * (a - 5) + (b - 5) * (b - 5) + s[0] + s[2];
    return 0.5 * (square / 25 - 2 - Math.log(det(s) / 625));
  }

  /// The divergence from three degrees of freedom and the identity.
  private static double wishart(double nu, double[] v, double meanLogDeterminant) {
    return logScale(3, 1) - logScale(nu, det(v)) + 0.5 * (nu - 3) * meanLogDeterminant - nu + 0.5 * nu * (v[0] + v[2]);
  }

  private static double logScale(double nu, double determinant) {
    return nu * Math.log(2) + 0.5 * nu * Math.log(determinant) + 0.5 * Math.log(Math.PI) + GammaFunctions.lgamma(nu / 2)
        + GammaFunctions.lgamma((nu - 1) / 2);
  }

  /// With its probabilities known the chain is exact: against all 3^6 paths.
  @Test
  void aHiddenChainIsEnumerated() throws Exception {
    var ready = Whole.ready("""
        data T : int
        data y : int(1..2)[T]
        A = [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]]
        B = [[0.9, 0.1], [0.5, 0.5], [0.2, 0.8]]
        z : int[T]
        z[1] ~ Categorical([0.5, 0.3, 0.2])
        for t in 2..T { z[t] ~ Categorical(A[z[t-1]]) }
        y ~ Categorical(B[z])
        """, Map.of("T", "6", "y", "[1, 2, 2, 1, 2, 1]"));
    var posterior = new Exact().run(ready.program().bind(ready.data()), Map.of(), 1, Progress.SILENT);
    double[][] a = {{0.7, 0.2, 0.1}, {0.1, 0.8, 0.1}, {0.3, 0.3, 0.4}};
    double[][] b = {{0.9, 0.1}, {0.5, 0.5}, {0.2, 0.8}};
    double[] first = {0.5, 0.3, 0.2};
    int[] y = {1, 2, 2, 1, 2, 1};
    double total = 0;
    var mean = new double[6];
    for (int path = 0; path < 729; path++) {
      var z = new int[6];
      for (int t = 0, rest = path; t < 6; t++, rest /= 3) z[t] = rest % 3;
      double p = first[z[0]];
      for (int t = 0; t < 6; t++) p *= (t > 0 ? a[z[t - 1]][z[t]] : 1) * b[z[t]][y[t] - 1];
      total += p;
      for (int t = 0; t < 6; t++) mean[t] += p * (1 + z[t]);
    }
    assertEquals(Math.log(total), posterior.diagnostics().get("log_evidence"), 1e-12);
    for (int t = 0; t < 6; t++) assertEquals(mean[t] / total, posterior.marginals().orElseThrow().mean()[t], 1e-12);
  }
}
