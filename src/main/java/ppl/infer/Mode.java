package ppl.infer;

import ppl.runtime.Target;

/// A maximum of the log density on the unconstrained scale.
///
/// @param q where
/// @param logDensity how high
/// @param whitening from the curvature there
/// @param certain whether it is a maximum: the gradient vanishes (to 1e-3 posterior standard deviations) and the
///     curvature is negative in every direction
/// @param gradients evaluated
record Mode(double[] q, double logDensity, Whitening whitening, boolean certain, int gradients) {
  private static final int ROUNDS = 6;
  private static final double NARROW_STEP = 1e-3;
  private static final double RESIDUE = 1e-3;

  /// Climbs from `start` by L-BFGS, then again in coordinates whitened by the Hessian until the two agree.
  static Mode from(Target target, double[] start, int maxIterations, int chain, Progress progress) {
    int d = start.length;
    var limits = new Lbfgs.Limits(maxIterations, 1e-9, 10);
    var seen = new int[1];
    Lbfgs.Observer observer = (x, value, g, h) ->
        progress.report(chain, ++seen[0], maxIterations, Progress.Phase.OPTIMISING);
    var scale = new double[d];
    java.util.Arrays.fill(scale, 1);
    var climb = Lbfgs.minimise(negative(target, start, Whitening.diagonal(scale)), new double[d], limits,
        (x, value, g, h) -> {
          for (int i = 0; i < d; i++) scale[i] = Math.sqrt(h.diagonal()[i]);
          return observer.see(x, value, g, h);
        });
    int gradients = climb.evaluations();
    var q = plus(start, climb.x());
    var whitening = Whitening.diagonal(scale);
    double value = -climb.value();
    boolean certain = false;
    for (int round = 0; round < ROUNDS && !certain && climb.stop() != Lbfgs.Stop.OBSERVER; round++) {
      var curvature = d <= Whitening.DENSE_LIMIT ? whitening.curvature(target, q, NARROW_STEP)
          : java.util.Optional.<double[]>empty();
      gradients += 2 * d;
      boolean concave = curvature.flatMap(a -> ppl.math.DenseMatrix.cholesky(a, d)).isPresent();
      if (curvature.isPresent()) whitening = whitening.dividedBy(curvature.get());
      var polish = Lbfgs.minimise(negative(target, q, whitening), new double[d], limits, observer);
      gradients += polish.evaluations();
      var step = new double[d];
      whitening.multiply(polish.x(), step);
      q = plus(q, step);
      value = -polish.value();
      certain = concave && norm(polish.x()) < RESIDUE && norm(polish.gradient()) < RESIDUE;
    }
    return new Mode(q, value, whitening, certain, gradients);
  }

  private static Objective negative(Target target, double[] centre, Whitening whitening) {
    int d = centre.length;
    var z = new double[d];
    var g = new double[d];
    return (x, gradient) -> {
      whitening.multiply(x, z);
      for (int i = 0; i < d; i++) z[i] += centre[i];
      double value = target.gradient(z, g);
      for (int i = 0; i < d; i++) g[i] = -g[i];
      whitening.multiplyTransposed(g, gradient);
      return -value;
    };
  }

  private static double[] plus(double[] a, double[] b) {
    var out = a.clone();
    for (int i = 0; i < out.length; i++) out[i] += b[i];
    return out;
  }

  private static double norm(double[] x) {
    double s = 0;
    for (double v : x) s += v * v;
    return Math.sqrt(s);
  }
}
