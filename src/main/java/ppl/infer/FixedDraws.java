package ppl.infer;

import ppl.math.DenseMatrix;
import ppl.runtime.Target;

/// The negative evidence lower bound of a [Family] with the noise held fixed: a smooth deterministic function, which
/// a quasi-Newton method brings to rest (Giordano, Ingram, Broderick, "Black box variational inference with a
/// deterministic objective", JMLR 25, 2024; Burroni et al. 2023). Gradients are path gradients.
///
/// With fewer noise pairs than coordinates the sample second moments C of the noise differ from I, which for strongly
/// dependent posteriors would tilt mean-field scales. For a normal posterior with precision P the bound is then off by
/// exactly `s' (P o (C - I)) s / 2`, s the scales; adding that back as a control variate makes fits to normal
/// posteriors exact with any number of pairs.
final class FixedDraws implements Objective {
  private final Target target;
  private final Family family;
  private final Noise noise;
  private final double[] correction;
  private final int d;
  private final double[] mean;
  private final double[] shift;
  private final double[] z;
  private final double[] up;
  private final double[] down;
  private final double[] sum;
  private int evaluations;

  /// @param precision estimate of the posterior's precision, row-major; empty to do without the control variate
  FixedDraws(Target target, Family family, Noise noise, double[] precision) {
    this.target = target;
    this.family = family;
    this.noise = noise;
    d = target.dimension();
    boolean corrects = precision.length > 0 && !noise.exact() && family instanceof Family.MeanField;
    correction = corrects ? excess(precision) : new double[0];
    mean = new double[d];
    shift = new double[d];
    z = new double[d];
    up = new double[d];
    down = new double[d];
    sum = new double[d];
  }

  private double[] excess(double[] precision) {
    var c = noise.moments();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) c[i * d + j] = i == j ? 0 : c[i * d + j] * precision[i * d + j];
    }
    return c;
  }

  /// Gradients of the log density so far.
  int evaluations() {
    return evaluations;
  }

  @Override
  public double evaluate(double[] x, double[] gradient) {
    family.prepare(x, mean);
    java.util.Arrays.fill(sum, 0);
    double total = 0;
    for (int m = 0; m < noise.pairs(); m++) {
      family.displace(noise.values(), m * d, shift);
      for (int i = 0; i < d; i++) z[i] = mean[i] + shift[i];
      total += target.gradient(z, up);
      for (int i = 0; i < d; i++) z[i] = mean[i] - shift[i];
      total += target.gradient(z, down);
      evaluations += 2;
      if (!Double.isFinite(total)) return Double.NaN;
      for (int i = 0; i < d; i++) {
        sum[i] += up[i] + down[i];
        up[i] -= down[i];
      }
      family.collect(noise.values(), m * d, up);
    }
    double weight = 0.5 / noise.pairs();
    java.util.Arrays.fill(gradient, 0);
    family.whitening().multiplyTransposed(sum, shift);
    for (int i = 0; i < d; i++) gradient[i] = weight * shift[i];
    family.finish(weight, gradient);
    double bound = weight * total + family.entropy(x) + correct(gradient);
    for (int i = 0; i < gradient.length; i++) gradient[i] = -gradient[i];
    return -bound;
  }

  private double correct(double[] gradient) {
    if (correction.length == 0 || !(family instanceof Family.MeanField field)) return 0;
    var s = field.sd();
    DenseMatrix.multiply(correction, d, s, z);
    double value = 0;
    for (int i = 0; i < d; i++) {
      value += 0.5 * s[i] * z[i];
      gradient[d + i] += s[i] * z[i];
    }
    return value;
  }
}
