package ppl.infer;

import java.util.Arrays;
import ppl.math.DenseMatrix;
import ppl.math.Multiply;
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

  /// Sets up for `x`; [#place] may be called afterwards.
  void prepare(double[] x, double[] mean);

  /// Writes the positions that noise `e` and its negative make: `up` and `down`, as far from the mean on either side.
  /// Safe from several threads at once, each with `work` of its own; all of length d.
  void place(double[] mean, double[] e, double[] work, double[] up, double[] down);

  /// Takes the gradients at both positions of every pair: `slopes[2 m]` and `slopes[2 m + 1]` for noise `e[m]`. Their sum
  /// is added to `sum`.
  void collect(double[][] e, double[][] slopes, double[] sum);

  /// Adds the gradient of everything collected, times `weight`, and of the entropy, to `gradient` (from d on).
  void finish(double weight, double[] gradient);

  /// Entropy relative to the initial approximation (parameters 0), in nats.
  double entropy(double[] x);

  /// Halves all scales.
  void narrow(double[] x);

  /// Entropy of the initial approximation, without the constant `d/2 log(2 pi e)`.
  double logScale();

  /// Independent coordinates: `z_i = mean_i + scale_i exp(w_i) e_i`.
  record MeanField(Whitening whitening, double[] centre, double[] scale, double[] sd, double[] product) implements Family {
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
        product[i] = 0;
      }
    }

    @Override
    public void place(double[] mean, double[] e, double[] work, double[] up, double[] down) {
      for (int i = 0; i < mean.length; i++) {
        double shift = sd[i] * e[i];
        up[i] = mean[i] + shift;
        down[i] = mean[i] - shift;
      }
    }

    @Override
    public void collect(double[][] e, double[][] slopes, double[] sum) {
      for (int m = 0; m < e.length; m++) collect(e[m], slopes[2 * m], slopes[2 * m + 1], sum, product);
    }

    /// Every array is read and written at one index: of such a loop the JVM makes vectors.
    private static void collect(double[] e, double[] up, double[] down, double[] sum, double[] product) {
      for (int i = 0; i < sum.length; i++) {
        double u = up[i];
        double v = down[i];
        sum[i] += u + v;
        product[i] += e[i] * (u - v);
      }
    }

    @Override
    public void finish(double weight, double[] gradient) {
      int d = centre.length;
      for (int i = 0; i < d; i++) gradient[d + i] += weight * sd[i] * product[i] + 1;
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
  ///
  /// @param product the sum of the products of differences of gradients with noise, d x d
  /// @param whitened `T'` times that
  /// @param differences those of some pairs
  /// @param noise of these
  record FullRank(Whitening whitening, double[] centre, double[] b, double[] product, double[] whitened, double[] differences,
      double[] noise) implements Family {
    /// Pairs that are collected at once.
    private static final int TOGETHER = 64;

    static FullRank at(Whitening whitening, double[] centre) {
      int d = centre.length;
      long square = (long) d * d;
      long some = (long) TOGETHER * d;
      return new FullRank(whitening, centre, Storage.reals(square), Storage.reals(square), Storage.reals(square),
          Storage.reals(some), Storage.reals(some));
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
      Arrays.fill(product, 0);
    }

    @Override
    public void place(double[] mean, double[] e, double[] work, double[] up, double[] down) {
      DenseMatrix.multiplyLower(b, centre.length, e, up);
      whitening.multiply(up, work);
      for (int i = 0; i < mean.length; i++) {
        up[i] = mean[i] + work[i];
        down[i] = mean[i] - work[i];
      }
    }

    @Override
    public void collect(double[][] e, double[][] slopes, double[] sum) {
      for (int from = 0; from < e.length; from += TOGETHER)
        collect(e, slopes, sum, from, Math.min(e.length, from + TOGETHER));
    }

    private void collect(double[][] e, double[][] slopes, double[] sum, int from, int to) {
      int d = centre.length;
      for (int m = from; m < to; m++) {
        var up = slopes[2 * m];
        var down = slopes[2 * m + 1];
        int at = (m - from) * d;
        for (int i = 0; i < d; i++) {
          sum[i] += up[i] + down[i];
          differences[at + i] = up[i] - down[i];
        }
        System.arraycopy(e[m], 0, noise, at, d);
      }
      Multiply.addTransposedMultiply(differences, to - from, d, noise, d, product);
    }

    @Override
    public void finish(double weight, double[] gradient) {
      int d = centre.length;
      if (whitening.dense()) {
        Arrays.fill(whitened, 0);
        Multiply.addTransposedMultiply(whitening.t(), d, d, product, d, whitened);
      }
      for (int i = 0, k = d; i < d; i++) {
        for (int j = 0; j <= i; j++, k++) {
          int at = i * d + j;
          double g = weight * (whitening.dense() ? whitened[at] : whitening.t()[i] * product[at]);
          gradient[k] += i == j ? g * b[at] + 1 : g;
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
    family.whitening().multiply(x, mean);
    for (int i = 0; i < centre.length; i++) mean[i] += centre[i];
  }
}
