package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.Cholesky;
import ppl.math.DenseMatrix;
import ppl.math.VectorSamplers;
import ppl.runtime.Statistic;

/// The inverse Wishart distribution of an n by n matrix X: log det X and the elements of X^-1, with natural parameters
/// -(df + n + 1) / 2 and -Psi / 2, in all n^2 places.
record InverseWishart() implements Family {
  static final List<Statistic> STATISTICS = List.of(new Statistic.LogDeterminant(), new Statistic.Inverse());

  /// X^-1 is a Wishart(df, Psi^-1) matrix.
  private static Wishart.Usual usual(double[] eta, Event event) {
    return Wishart.Usual.of(-2 * eta[0] - event.extent() - 1, eta, event.extent());
  }

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    return usual(eta, event).objection("its scale matrix");
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    var u = usual(eta, event);
    var inverse = u.scale();
    moments[0] = -u.meanLog();
    for (int i = 0; i < inverse.length; i++) moments[1 + i] = u.df() * inverse[i];
    return u.logNormaliser();
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    var u = usual(eta, event);
    VectorSamplers.inverseWishart(random, u.df(), u.inverse(), u.n(), x, 0);
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    int n = event.extent();
    var factor = DenseMatrix.cholesky(x, n);
    var inverse = new double[n * n];
    factor.ifPresent(l -> Cholesky.inverse(l, n, inverse));
    t[0] = factor.map(l -> Cholesky.logDeterminant(l, n)).orElse(Double.NaN);
    System.arraycopy(inverse, 0, t, 1, n * n);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    var u = usual(eta, event);
    double d = u.df() - u.n() - 1;
    return d > 0 ? u.inverse()[element] / d : Double.NaN;
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    var u = usual(eta, event);
    int n = u.n();
    double d = u.df() - n;
    double ij = u.inverse()[element];
    double ii = u.inverse()[element / n * (n + 1)];
    double jj = u.inverse()[element % n * (n + 1)];
    return d > 3 ? Math.sqrt(((d + 1) * ij * ij + (d - 1) * ii * jj) / (d * (d - 1) * (d - 1) * (d - 3))) : Double.NaN;
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    var u = usual(eta, event);
    if (element % (u.n() + 1) != 0) return Double.NaN;
    return 0.5 * u.inverse()[element] * Math.exp(-Gamma.logQuantile(0.5 * (u.df() - u.n() + 1), 1 - p));
  }
}
