package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import ppl.infer.Exact;
import ppl.infer.Progress;
import ppl.io.Binder;
import ppl.io.JavaData;
import ppl.math.GammaFunctions;
import ppl.source.Diagnostics;

/// A regression on a million rows that are made here, against the textbook's formula.
class MillionRowsTest {
  private static final int N = 1_000_000;
  private static final int D = 3;

  @Test
  void aRegressionIsExact() throws Exception {
    var random = new SplittableRandom(1);
    var x = new double[N][D];
    var y = new double[N];
    for (int i = 0; i < N; i++) {
      x[i] = new double[] {1, 3 + random.nextGaussian(), random.nextDouble()};
      y[i] = 2 - 0.5 * x[i][1] + x[i][2] + 0.8 * random.nextGaussian();
    }
    var program = ModelsTest.ready(Path.of("models/textbook/normal_regression")).program();
    var diagnostics = new Diagnostics();
    var given = JavaData.of(program.schema(), Map.of("N", N, "D", D, "X", x, "y", y), diagnostics);
    var data = Binder.bind(program.schema(), given, diagnostics).orElseThrow();
    var posterior = new Exact().run(program.bind(data), Map.of("draws", "20"), 1, Progress.SILENT);
    var known = posterior.marginals().orElseThrow();

    // the precision, and next to it what it is to be solved for
    var p = new double[D][D + 1];
    double yy = 0;
    for (int i = 0; i < N; i++) {
      yy += y[i] * y[i];
      for (int j = 0; j < D; j++) {
        for (int k = 0; k < D; k++) p[j][k] += x[i][j] * x[i][k];
        p[j][D] += x[i][j] * y[i];
      }
    }
    for (int j = 0; j < D; j++) p[j][j] += 0.25;
    var h = new double[] {p[0][D], p[1][D], p[2][D]};
    double logDeterminant = eliminate(p);
    double a = 3 + 0.5 * N;
    double b = 2 + 0.5 * yy;
    for (int j = 0; j < D; j++) b -= 0.5 * h[j] * p[j][D];
    double evidence = -0.5 * N * Math.log(2 * Math.PI) - D * Math.log(2) - 0.5 * logDeterminant
        + 3 * Math.log(2) - a * Math.log(b) + GammaFunctions.lgamma(a) - GammaFunctions.lgamma(3);
    assertEquals(evidence, posterior.diagnostics().get("log_evidence"), 1e-10 * Math.abs(evidence));
    for (int j = 0; j < D; j++)
      assertEquals(p[j][D], known.mean()[posterior.column("beta[" + (j + 1) + "]")], 1e-9);
    assertEquals(b / (a - 1), known.mean()[posterior.column("sigma2")], 1e-9);
  }

  /// Gauss and Jordan: leaves the solution in the last column; returns the log determinant.
  private static double eliminate(double[][] p) {
    double log = 0;
    for (int j = 0; j < p.length; j++) {
      double pivot = p[j][j];
      log += Math.log(pivot);
      for (int k = 0; k <= p.length; k++) p[j][k] /= pivot;
      for (int i = 0; i < p.length; i++) {
        double f = p[i][j];
        if (i != j) for (int k = 0; k <= p.length; k++) p[i][k] -= f * p[j][k];
      }
    }
    return log;
  }
}
