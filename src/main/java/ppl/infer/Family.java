package ppl.infer;

import java.util.Arrays;
import ppl.math.DenseMatrix;
import ppl.runtime.Storage;

/// A family of normal approximations, each the image of standard noise: what [FixedDraws] needs to fit one.
///
/// Parameters are laid out so that an objective which is quadratic in the coordinates of `whitening` has a
/// Hessian near the identity in them. The first `d` are always the whitened shift of the mean.
sealed interface Family {
  Whitening whitening();

  /// The mean at shift 0.
  double[] centre();

  /// Number of parameters.
  int size();

  /// Sets up for `x`; [#displace] may be called afterwards.
  void prepare(double[] x, double[] mean);

  /// Writes the displacement from the mean that noise `e[offset ..]` makes. Safe from several threads at once, each
  /// with `work` of its own, of length d.
  void displace(double[] e, int offset, double[] work, double[] out);

  /// Takes `difference`, the gradient at mean + displacement less that at mean - displacement, for noise
  /// `e[offset ..]`.
  void collect(double[] e, int offset, double[] difference);

  /// Adds the gradient of everything collected, times `weight`, and of the entropy, to `gradient` (from d on).
  void finish(double weight, double[] gradient);

  /// Entropy relative to the initial approximation (parameters 0), in nats.
  double entropy(double[] x);

  /// Halves all scales.
  void narrow(double[] x);

  /// Entropy of the initial approximation, without the constant `d/2 log(2 pi e)`.
  double logScale();

  /// Independent coordinates: `z_i = mean_i + scale_i exp(w_i) e_i`.
  record MeanField(Whitening whitening, double[] centre, double[] scale, double[] sd, double[] sum) implements Family {
    static MeanField at(Whitening whitening, double[] centre, double[] scale) {
      int d = centre.length;
      return new MeanField(whitening, centre, scale, new double[d], new double[d]);
    }

    @Override
    public int size() {
      return 2 * centre.length;
    }

    @Override
    public void prepare(double[] x, double[] mean) {
      int d = centre.length;
      Family.mean(this, x, mean);
      for (int i = 0; i < d; i++) {
        sd[i] = scale[i] * Math.exp(x[d + i]);
        sum[i] = 0;
      }
    }

    @Override
    public void displace(double[] e, int offset, double[] work, double[] out) {
      for (int i = 0; i < out.length; i++) out[i] = sd[i] * e[offset + i];
    }

    @Override
    public void collect(double[] e, int offset, double[] difference) {
      for (int i = 0; i < difference.length; i++) sum[i] += e[offset + i] * difference[i];
    }

    @Override
    public void finish(double weight, double[] gradient) {
      int d = centre.length;
      for (int i = 0; i < d; i++) gradient[d + i] += weight * sd[i] * sum[i] + 1;
    }

    @Override
    public double entropy(double[] x) {
      double s = 0;
      for (int i = centre.length; i < x.length; i++) s += x[i];
      return s;
    }

    @Override
    public void narrow(double[] x) {
      for (int i = centre.length; i < x.length; i++) x[i] -= Math.log(2);
    }

    @Override
    public double logScale() {
      double s = 0;
      for (double v : scale) s += Math.log(v);
      return s;
    }
  }

  /// A full covariance: `z = mean + T B e` with B lower triangular, its diagonal by its logarithm.
  record FullRank(Whitening whitening, double[] centre, double[] b, double[] sum) implements Family {
    static FullRank at(Whitening whitening, double[] centre) {
      int d = centre.length;
      return new FullRank(whitening, centre, Storage.reals((long) d * d), Storage.reals((long) d * d));
    }

    @Override
    public int size() {
      int d = centre.length;
      return d + d * (d + 1) / 2;
    }

    @Override
    public void prepare(double[] x, double[] mean) {
      int d = centre.length;
      Family.mean(this, x, mean);
      for (int i = 0, k = d; i < d; i++) {
        for (int j = 0; j <= i; j++, k++) b[i * d + j] = i == j ? Math.exp(x[k]) : x[k];
      }
      Arrays.fill(sum, 0);
    }

    @Override
    public void displace(double[] e, int offset, double[] work, double[] out) {
      int d = centre.length;
      for (int i = 0; i < d; i++) {
        double s = 0;
        for (int j = 0; j <= i; j++) s += b[i * d + j] * e[offset + j];
        work[i] = s;
      }
      whitening.multiply(work, out);
    }

    @Override
    public void collect(double[] e, int offset, double[] difference) {
      int d = centre.length;
      for (int i = 0; i < d; i++) {
        double g = difference[i];
        for (int j = 0, o = i * d; j < d; j++) sum[o + j] += g * e[offset + j];
      }
    }

    @Override
    public void finish(double weight, double[] gradient) {
      int d = centre.length;
      var whitened = whitening.dense() ? DenseMatrix.product(DenseMatrix.transpose(whitening.t(), d), sum, d) : sum;
      for (int i = 0, k = d; i < d; i++) {
        double t = whitening.dense() ? 1 : whitening.t()[i];
        for (int j = 0; j <= i; j++, k++) {
          double g = weight * t * whitened[i * d + j];
          gradient[k] += i == j ? g * b[i * d + i] + 1 : g;
        }
      }
    }

    @Override
    public double entropy(double[] x) {
      int d = centre.length;
      double s = 0;
      for (int i = 0, k = d; i < d; k += ++i + 1) s += x[k];
      return s;
    }

    @Override
    public void narrow(double[] x) {
      int d = centre.length;
      for (int i = 0, k = d; i < d; i++) {
        for (int j = 0; j <= i; j++, k++) x[k] = i == j ? x[k] - Math.log(2) : 0.5 * x[k];
      }
    }

    @Override
    public double logScale() {
      return whitening.logDeterminant();
    }
  }

  private static void mean(Family family, double[] x, double[] mean) {
    var centre = family.centre();
    int d = centre.length;
    var shift = d == x.length ? x : Arrays.copyOf(x, d);
    family.whitening().multiply(shift, mean);
    for (int i = 0; i < d; i++) mean[i] += centre[i];
  }
}
