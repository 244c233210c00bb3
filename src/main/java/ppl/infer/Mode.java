package ppl.infer;

import java.util.Arrays;
import java.util.Optional;
import ppl.math.DenseMatrix;

/// A maximum of the log density on the unconstrained scale.
///
/// @param q where
/// @param logDensity how high
/// @param whitening from the curvature there; above [Whitening#DENSE_LIMIT] from the optimiser's diagonal
/// @param certain whether it is a maximum: the gradient vanishes (to 1e-3 posterior standard deviations) and the
///     curvature, where it is computed, is negative in every direction
/// @param gradients evaluated
record Mode(double[] q, double logDensity, Whitening whitening, boolean certain, int gradients) {
  private static final int ROUNDS = 6;
  private static final int HISTORY = 10;
  private static final double GAIN = 1e-9;
  private static final double NARROW_STEP = 1e-3;
  private static final double RESIDUE = 1e-3;

  /// Climbs from `start` by L-BFGS, then again in coordinates whitened by the Hessian until the two agree.
  static Mode from(Gang gang, double[] start, int maxIterations, int chain, Progress progress) {
    return new Climb(gang, start, new Lbfgs.Limits(maxIterations, GAIN, HISTORY), chain, progress).run();
  }

  private static final class Climb {
    private final Gang gang;
    private final Lbfgs.Limits limits;
    private final int chain;
    private final Progress progress;
    private final int d;
    private final double[] q;
    private final double[] scale;
    private int gradients;
    private int seen;
    private double value;

    Climb(Gang gang, double[] start, Lbfgs.Limits limits, int chain, Progress progress) {
      this.gang = gang;
      this.limits = limits;
      this.chain = chain;
      this.progress = progress;
      d = start.length;
      q = start.clone();
      scale = new double[d];
      Arrays.fill(scale, 1);
    }

    Mode run() {
      boolean stopped = climb(Whitening.diagonal(scale)).stop() == Lbfgs.Stop.OBSERVER;
      var whitening = Whitening.diagonal(scale);
      boolean certain = false;
      for (int round = 0; round < ROUNDS && !certain && !stopped; round++) {
        boolean dense = d <= Whitening.DENSE_LIMIT;
        var curvature = dense ? whitening.curvature(gang, q, NARROW_STEP) : Optional.<double[]>empty();
        gradients += dense ? 2 * d : 0;
        boolean concave = !dense || curvature.flatMap(a -> DenseMatrix.cholesky(a, d)).isPresent();
        if (curvature.isPresent()) whitening = whitening.dividedBy(curvature.get());
        var result = climb(whitening);
        stopped = result.stop() == Lbfgs.Stop.OBSERVER;
        certain = concave && norm(result.x()) < RESIDUE && norm(result.gradient()) < RESIDUE;
      }
      return new Mode(q, value, whitening, certain, gradients);
    }

    /// Moves `q` up in whitened coordinates, and learns `scale` from the optimiser's diagonal.
    private Lbfgs.Result climb(Whitening whitening) {
      var result = Lbfgs.minimise(negative(whitening), new double[d], limits, (x, v, g, h) -> {
        if (!whitening.dense()) {
          for (int i = 0; i < d; i++) scale[i] = whitening.t()[i] * Math.sqrt(h.diagonal()[i]);
        }
        return progress.report(chain, ++seen, limits.maxIterations(), Progress.Phase.OPTIMISING);
      });
      var step = new double[d];
      whitening.multiply(result.x(), step);
      for (int i = 0; i < d; i++) q[i] += step[i];
      gradients += result.evaluations();
      value = -result.value();
      return result;
    }

    private Objective negative(Whitening whitening) {
      var centre = q.clone();
      var z = new double[d];
      var g = new double[d];
      return (x, gradient) -> {
        whitening.multiply(x, z);
        for (int i = 0; i < d; i++) z[i] += centre[i];
        double up = gang.target().gradient(z, g);
        for (int i = 0; i < d; i++) g[i] = -g[i];
        whitening.multiplyTransposed(g, gradient);
        return -up;
      };
    }

    private static double norm(double[] x) {
      double s = 0;
      for (double v : x) s += v * v;
      return Math.sqrt(s);
    }
  }
}
