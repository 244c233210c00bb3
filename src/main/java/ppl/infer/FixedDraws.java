package ppl.infer;

import java.util.Arrays;
import java.util.stream.IntStream;
import ppl.runtime.Storage;

/// The negative evidence lower bound of a [Family] with the noise held fixed: a smooth deterministic function, which
/// a quasi-Newton method brings to rest (Giordano, Ingram, Broderick, "Black box variational inference with a
/// deterministic objective", JMLR 25, 2024; Burroni et al. 2023). Gradients are path gradients.
///
/// With fewer noise pairs than coordinates the sample second moments C of the noise differ from I, which for dependent
/// posteriors would tilt mean-field scales s. For a normal posterior with precision P the bound is off by
/// `-s' (P o (C - I)) s / 2`. Its slope in log s at the initial scales, [#tilt], is taken back as a control variate:
/// where these scales are right, so is the optimum, and a linear term cannot run away where the posterior is not
/// normal, as the quadratic one would.
final class FixedDraws implements Objective {
  private final Gang gang;
  private final Family family;
  /// One row for each pair.
  private final double[][] noise;
  private final double[] tilt;
  private final int d;
  private final double[] mean;
  private final double[] work;
  private final double[] sum;
  private final double[] values;
  /// Gradients at both positions of every pair, one after the other.
  private final double[][] slopes;
  /// The same, by the pairs that are evaluated together.
  private final double[][][] groups;
  /// How many pairs these are.
  private final int together;
  private final Gang.Together pairs = this::pairs;
  private int evaluations;

  /// @param tilt control variate for a mean-field family, for each coordinate; empty to do without
  FixedDraws(Gang gang, Family family, Noise noise, double[] tilt) {
    this.gang = gang;
    this.family = family;
    this.noise = noise.rows();
    d = gang.target().dimension();
    this.tilt = tilt;
    mean = new double[d];
    work = new double[d];
    sum = new double[d];
    values = new double[noise.pairs()];
    slopes = IntStream.range(0, 2 * noise.pairs()).mapToObj(_ -> Storage.reals(d)).toArray(double[][]::new);
    together = gang.pairs();
    groups = IntStream.iterate(0, k -> k < slopes.length, k -> k + 2 * together)
        .mapToObj(k -> Arrays.copyOfRange(slopes, k, Math.min(slopes.length, k + 2 * together))).toArray(double[][][]::new);
  }

  /// The slope in log s of what `noise` gets wrong about a normal posterior with mean-field scales `s`.
  static double[] tilt(Noise noise, double[] precision, double[] s) {
    int d = s.length;
    var c = noise.moments();
    var out = new double[d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        if (i != j) out[i] += s[i] * precision[i * d + j] * c[i * d + j] * s[j];
      }
    }
    return out;
  }

  /// Gradients of the log density so far.
  int evaluations() {
    return evaluations;
  }

  @Override
  public double evaluate(double[] x, double[] gradient) {
    family.prepare(x, mean);
    gang.each(noise.length, together, pairs);
    evaluations += 2 * noise.length;
    double total = 0;
    for (double v : values) total += v;
    if (!Double.isFinite(total)) return Double.NaN;
    Arrays.fill(sum, 0);
    family.collect(noise, slopes, sum);
    double weight = 0.5 / noise.length;
    Arrays.fill(gradient, d, gradient.length, 0);
    family.whitening().multiplyTransposed(sum, work);
    for (int i = 0; i < d; i++) gradient[i] = weight * work[i];
    family.finish(weight, gradient);
    double bound = weight * total + family.entropy(x);
    for (int i = 0; i < tilt.length; i++) {
      bound += tilt[i] * x[d + i];
      gradient[d + i] += tilt[i];
    }
    for (int i = 0; i < gradient.length; i++) gradient[i] = -gradient[i];
    return -bound;
  }

  /// Log density and gradient at both points of pairs `from` to `to - 1`, kept apart and added up in order afterwards.
  private void pairs(Gang.Worker w, int from, int to) {
    for (int m = from; m < to; m++) {
      int k = 2 * (m - from);
      family.place(mean, noise[m], w.work, w.at[k], w.at[k + 1]);
    }
    w.target.gradients(2 * (to - from), w.at, groups[from / together], w.values);
    for (int m = from; m < to; m++) {
      int k = 2 * (m - from);
      values[m] = w.values[k] + w.values[k + 1];
    }
  }
}
