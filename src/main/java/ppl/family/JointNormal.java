package ppl.family;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.Cholesky;
import ppl.math.DenseMatrix;
import ppl.math.NormalQuantile;
import ppl.math.SparseCholesky;
import ppl.math.Triangular;
import ppl.runtime.Block;

/// One joint normal distribution with a sparse precision; see [Block.Gaussian] for its natural parameters. Chains, trees
/// and arrows cost what they have elements; where the factor is nearly full, dense matrices are quicker.
final class JointNormal implements Factor {
  private static final double FULL = 0.3;
  private static final int SMALL = 8;

  private final Block block;
  private final Block.Gaussian shape;
  private final int n;
  private final double[] centre;
  private final double[] mean;
  private final double[] variance;
  private final double[] h;
  private final double[] e;
  private final double[] covariances;
  private final Matrix matrix;
  private double[] natural = {};
  private double logDeterminant;
  private boolean inverted;

  JointNormal(Block block, Block.Gaussian shape) {
    this.block = block;
    this.shape = shape;
    n = shape.size();
    centre = new double[n];
    mean = new double[n];
    variance = new double[n];
    h = new double[n];
    e = new double[n];
    covariances = new double[shape.row().length];
    matrix = matrix();
  }

  /// A precision, however it is stored.
  private sealed interface Matrix {
    /// Returns -1, or an element whose precision is not positive given those before.
    int factor(double[] natural);

    double logDeterminant();

    void solve(double[] b, double[] out);

    void colour(double[] e, double[] out);

    /// Variances of all elements and covariances of all pairs.
    void invert(double[] variance, double[] covariances);
  }

  private Matrix matrix() {
    if (n > SMALL) {
      var sparse = new SparseCholesky(n, shape.row(), shape.column());
      if (sparse.size() < FULL * 0.5 * n * (n - 1.0)) return new Sparse(sparse);
    }
    return new Dense();
  }

  private final class Sparse implements Matrix {
    private final SparseCholesky a;
    private final int[] slots;
    private final int[] inverseSlots;

    Sparse(SparseCholesky a) {
      this.a = a;
      slots = new int[shape.row().length];
      inverseSlots = new int[slots.length];
      for (int p = 0; p < slots.length; p++) {
        slots[p] = a.slot(shape.row()[p], shape.column()[p]);
        inverseSlots[p] = a.inverseSlot(shape.row()[p], shape.column()[p]);
      }
    }

    @Override
    public int factor(double[] natural) {
      a.clear();
      for (int i = 0; i < n; i++) a.add(a.slot(i, i), -2 * natural[n + i]);
      for (int p = 0; p < slots.length; p++) {
        double v = natural[2 * n + p];
        a.add(slots[p], shape.row()[p] == shape.column()[p] ? -2 * v : -v);
      }
      return a.factor();
    }

    @Override
    public double logDeterminant() {
      return a.logDeterminant();
    }

    @Override
    public void solve(double[] b, double[] out) {
      a.solve(b, out);
    }

    @Override
    public void colour(double[] e, double[] out) {
      a.colour(e, out);
    }

    @Override
    public void invert(double[] variance, double[] covariances) {
      a.invert();
      for (int i = 0; i < n; i++) variance[i] = a.inverse(a.inverseSlot(i, i));
      for (int p = 0; p < covariances.length; p++) covariances[p] = a.inverse(inverseSlots[p]);
    }
  }

  private final class Dense implements Matrix {
    private final double[] a = new double[n * n];
    private final double[] l = new double[n * n];

    @Override
    public int factor(double[] natural) {
      Arrays.fill(a, 0);
      for (int i = 0; i < n; i++) a[i * n + i] = -2 * natural[n + i];
      for (int p = 0; p < covariances.length; p++) {
        int i = shape.row()[p];
        int j = shape.column()[p];
        double v = natural[2 * n + p];
        a[i * n + j] -= v;
        a[j * n + i] -= v;
      }
      var factor = DenseMatrix.cholesky(a, n);
      if (factor.isEmpty()) return culprit();
      System.arraycopy(factor.get(), 0, l, 0, n * n);
      return -1;
    }

    /// The first element with which the leading part of the matrix is no longer positive definite.
    private int culprit() {
      for (int m = 1; m < n; m++) {
        var part = new double[m * m];
        for (int i = 0; i < m; i++) System.arraycopy(a, i * n, part, i * m, m);
        if (DenseMatrix.cholesky(part, m).isEmpty()) return m - 1;
      }
      return n - 1;
    }

    @Override
    public double logDeterminant() {
      return Cholesky.logDeterminant(l, n);
    }

    @Override
    public void solve(double[] b, double[] out) {
      System.arraycopy(b, 0, out, 0, n);
      Cholesky.solve(l, n, out, 1);
    }

    @Override
    public void colour(double[] e, double[] out) {
      System.arraycopy(e, 0, out, 0, n);
      Triangular.solveLowerTransposed(l, n, out, 1);
    }

    @Override
    public void invert(double[] variance, double[] covariances) {
      Cholesky.inverse(l, n, a);
      for (int i = 0; i < n; i++) variance[i] = a[i * n + i];
      for (int p = 0; p < covariances.length; p++) covariances[p] = a[shape.row()[p] * n + shape.column()[p]];
    }
  }

  @Override
  public Optional<String> set(double[] natural) {
    int bad = matrix.factor(natural);
    if (bad >= 0) return Optional.of(Elements.name(block, bad) + ": its precision given others would not be positive");
    this.natural = natural.clone();
    System.arraycopy(natural, 0, h, 0, n);
    matrix.solve(h, mean);
    logDeterminant = matrix.logDeterminant();
    inverted = false;
    for (double m : mean) if (!Double.isFinite(m)) return Optional.of("a mean of " + Elements.name(block, 0) + " would be " + m);
    return Optional.empty();
  }

  /// Variances and covariances, which draws do not need.
  private void invert() {
    if (!inverted) matrix.invert(variance, covariances);
    inverted = true;
  }

  @Override
  public void moments(double[] out) {
    invert();
    for (int i = 0; i < n; i++) {
      out[i] = mean[i];
      out[n + i] = mean[i] * mean[i] + variance[i];
    }
    for (int p = 0; p < covariances.length; p++)
      out[2 * n + p] = mean[shape.row()[p]] * mean[shape.column()[p]] + covariances[p];
  }

  @Override
  public double logNormaliser() {
    double s = 0;
    for (int i = 0; i < n; i++) s += h[i] * mean[i];
    return 0.5 * (s - logDeterminant + n * Normal.LOG_TWO_PI);
  }

  @Override
  public double entropy() {
    return 0.5 * (n * (1 + Normal.LOG_TWO_PI) - logDeterminant);
  }

  /// About the mean, so that nothing large cancels.
  @Override
  public double logDensity(double[] values) {
    for (int i = 0; i < n; i++) e[i] = values[i] - centre[i] - mean[i];
    double s = 0;
    for (int i = 0; i < n; i++) s += natural[n + i] * e[i] * e[i];
    for (int p = 0; p < covariances.length; p++) s += natural[2 * n + p] * e[shape.row()[p]] * e[shape.column()[p]];
    return s + 0.5 * (logDeterminant - n * Normal.LOG_TWO_PI);
  }

  @Override
  public void draw(RandomGenerator random, double[] values) {
    for (int i = 0; i < n; i++) e[i] = random.nextGaussian();
    matrix.colour(e, values);
    for (int i = 0; i < n; i++) values[i] += centre[i] + mean[i];
  }

  @Override
  public void statistics(double[] values, double[] out) {
    for (int i = 0; i < n; i++) {
      double x = values[i] - centre[i];
      out[i] = x;
      out[n + i] = x * x;
    }
    for (int p = 0; p < covariances.length; p++) out[2 * n + p] = out[shape.row()[p]] * out[shape.column()[p]];
  }

  @Override
  public int locations() {
    return n;
  }

  @Override
  public void locate(double[] location, double[] unit) {
    for (int i = 0; i < n; i++) {
      location[i] = mean(i);
      unit[i] = sd(i);
    }
  }

  @Override
  public void centre(double[] values) {
    for (int i = 0; i < n; i++) {
      mean[i] += centre[i] - values[i];
      centre[i] = values[i];
    }
    if (natural.length == 0) return;
    for (int i = 0; i < n; i++) h[i] = -2 * natural[n + i] * mean[i];
    for (int p = 0; p < covariances.length; p++) {
      h[shape.row()[p]] -= natural[2 * n + p] * mean[shape.column()[p]];
      h[shape.column()[p]] -= natural[2 * n + p] * mean[shape.row()[p]];
    }
    System.arraycopy(h, 0, natural, 0, n);
  }

  @Override
  public double mean(int value) {
    return centre[value] + mean[value];
  }

  @Override
  public double sd(int value) {
    invert();
    return Math.sqrt(variance[value]);
  }

  @Override
  public double quantile(int value, double p) {
    return mean(value) + sd(value) * NormalQuantile.inv_Phi(p);
  }
}
