package ppl.infer;

import ppl.math.DenseMatrix;

/// A normal approximation that climbs noisy gradients by Adam (Kingma and Ba, 2015), in coordinates in which a first
/// approximation is standard: `u = centre + T (m + C e)` with C lower triangular, or diagonal, its diagonal by its
/// logarithm. There the curvature is about 1, and no step is larger than a natural-gradient step of size rho would be.
/// Gradients are path gradients without the score (Roeder et al., 2017): where the approximation is right,
/// noise e leaves no noise in them.
final class StochasticNormal {
  private static final double FIRST = 0.9;
  private static final double SECOND = 0.99;
  private static final double TINY = 1e-8;
  private static final double RATE = 0.1;
  /// A gradient is cut off where it is so many times what is usual: in the tails of an approximation it may be anything.
  private static final double FAR = 4;
  private static final double LOG_TWO_PI_E = Math.log(2 * Math.PI) + 1;

  private final int d;
  private final Whitening whitening;
  private final boolean full;
  private final double[] centre;
  /// m, then C row by row.
  private final double[] x;
  private final double[] first;
  private final double[] second;
  private final double[] gradient;
  private final double[] work;
  private final double[] back;
  private int steps;

  StochasticNormal(Approximation from) {
    d = from.mean().length;
    full = from.factor().length > 0;
    whitening = full ? new Whitening(d, true, from.factor(), from.logDeterminant()) : Whitening.diagonal(from.sd());
    centre = from.mean();
    x = new double[d + (full ? d * (d + 1) / 2 : d)];
    first = new double[x.length];
    second = new double[x.length];
    gradient = new double[x.length];
    work = new double[d];
    back = new double[d];
  }

  /// Place of the element (i, j) of C.
  private int at(int i, int j) {
    return full ? d + i * (i + 1) / 2 + j : d + i;
  }

  private double element(double[] p, int i, int j) {
    return i == j ? Math.exp(p[at(i, i)]) : p[at(i, j)];
  }

  /// out = centre + T (m + C e).
  void place(double[] e, double sign, double[] out) {
    for (int i = 0; i < d; i++) {
      double s = 0;
      for (int j = full ? 0 : i; j <= i; j++) s += element(x, i, j) * e[j];
      work[i] = x[i] + sign * s;
    }
    whitening.multiply(work, out);
    for (int i = 0; i < d; i++) out[i] += centre[i];
  }

  /// Takes the gradient of the log density at the position of noise e.
  void collect(double[] e, double sign, double[] slope) {
    whitening.multiplyTransposed(slope, work);
    // less the gradient of log q: C^-T e
    for (int i = d - 1; i >= 0; i--) {
      double s = sign * e[i];
      for (int k = i + 1; full && k < d; k++) s -= element(x, k, i) * back[k];
      back[i] = s / element(x, i, i);
    }
    for (int i = 0; i < d; i++) {
      double h = work[i] + back[i];
      gradient[i] += h;
      for (int j = full ? 0 : i; j <= i; j++) gradient[at(i, j)] += h * sign * e[j] * (i == j ? element(x, i, i) : 1);
    }
  }

  /// One step up along the mean of the `count` gradients that were collected.
  void step(double rho, double rate, int count) {
    steps++;
    double one = 1 - Math.pow(FIRST, steps);
    double two = 1 - Math.pow(SECOND, steps);
    double known = 1 - Math.pow(SECOND, Math.max(1, steps - 1));
    for (int k = 0; k < x.length; k++) {
      double most = FAR * (1 + Math.sqrt(second[k] / known));
      double g = Math.clamp(gradient[k] / count, -most, most);
      first[k] = FIRST * first[k] + (1 - FIRST) * g;
      second[k] = SECOND * second[k] + (1 - SECOND) * g * g;
      x[k] += first[k] / one * Math.min(rho, rate * share(Math.sqrt(second[k] / two)));
      gradient[k] = 0;
    }
  }

  /// In how many steps at a rate the mean forgets where it was: the more the noisier gradients are.
  double memory(double rate) {
    double s = 0;
    double two = 1 - Math.pow(SECOND, Math.max(1, steps));
    for (int i = 0; i < d; i++) s += 1 / share(Math.sqrt(second[i] / two));
    return s / d / rate;
  }

  /// What is taken of a gradient of a size: less than Adam does where noise would lead further than the approximation is wide.
  private static double share(double size) {
    return Math.min(RATE, 1 / (size + TINY)) / (size + TINY);
  }

  double[] parameters() {
    return x;
  }

  void parameters(double[] other) {
    System.arraycopy(other, 0, x, 0, x.length);
  }

  /// The approximation as it is.
  Approximation approximation() {
    var c = new double[d * d];
    double log = whitening.logDeterminant();
    for (int i = 0; i < d; i++) {
      for (int j = full ? 0 : i; j <= i; j++) c[i * d + j] = element(x, i, j);
      log += x[at(i, i)];
    }
    var mean = new double[d];
    place(new double[d], 1, mean);
    if (full) {
      var factor = DenseMatrix.product(whitening.matrix(), c, d);
      return new Approximation(mean, new Whitening(d, true, factor, 0).scales(), factor, log);
    }
    var sd = new double[d];
    for (int i = 0; i < d; i++) sd[i] = whitening.t()[i] * c[i * d + i];
    return new Approximation(mean, sd, new double[0], log);
  }

  /// In nats.
  static double entropy(Approximation a) {
    return a.logDeterminant() + 0.5 * a.mean().length * LOG_TWO_PI_E;
  }
}
