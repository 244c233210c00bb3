package ppl.infer;

import java.util.Arrays;
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
  private final Noise noise;
  private final double[] tilt;
  private final int d;
  private final double[] mean;
  private final double[] work;
  private final double[] sum;
  private final double[] difference;
  private final double[] values;
  private final double[] sums;
  private final double[] differences;
  private final Gang.Together pairs = this::pairs;
  private int evaluations;

  /// @param tilt control variate for a mean-field family, for each coordinate; empty to do without
  FixedDraws(Gang gang, Family family, Noise noise, double[] tilt) {
    this.gang = gang;
    this.family = family;
    this.noise = noise;
    d = gang.target().dimension();
    this.tilt = tilt;
    mean = new double[d];
    work = new double[d];
    sum = new double[d];
    difference = new double[d];
    values = new double[noise.pairs()];
    sums = Storage.reals((long) noise.pairs() * d);
    differences = Storage.reals((long) noise.pairs() * d);
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
    gang.each(noise.pairs(), gang.pairs(), pairs);
    evaluations += 2 * noise.pairs();
    double total = 0;
    Arrays.fill(sum, 0);
    for (int m = 0; m < noise.pairs(); m++) {
      total += values[m];
      for (int i = 0; i < d; i++) sum[i] += sums[m * d + i];
      System.arraycopy(differences, m * d, difference, 0, d);
      family.collect(noise.values(), m * d, difference);
    }
    if (!Double.isFinite(total)) return Double.NaN;
    double weight = 0.5 / noise.pairs();
    Arrays.fill(gradient, 0);
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
      family.displace(noise.values(), m * d, w.work, w.shift);
      var up = w.at[2 * (m - from)];
      var down = w.at[2 * (m - from) + 1];
      for (int i = 0; i < d; i++) {
        up[i] = mean[i] + w.shift[i];
        down[i] = mean[i] - w.shift[i];
      }
    }
    w.target.gradients(2 * (to - from), w.at, w.slopes, w.values);
    for (int m = from; m < to; m++) {
      int k = 2 * (m - from);
      values[m] = w.values[k] + w.values[k + 1];
      for (int i = 0; i < d; i++) {
        sums[m * d + i] = w.slopes[k][i] + w.slopes[k + 1][i];
        differences[m * d + i] = w.slopes[k][i] - w.slopes[k + 1][i];
      }
    }
  }
}
