package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.Cholesky;
import ppl.math.DenseMatrix;
import ppl.math.GammaFunctions;
import ppl.math.VectorSamplers;
import ppl.runtime.Statistic;

/// The Wishart distribution of an n by n matrix X: log det X and the elements of X, with natural parameters
/// (df - n - 1) / 2 and -V^-1 / 2, in all n^2 places.
record Wishart() implements Family {
  static final List<Statistic> STATISTICS = List.of(new Statistic.LogDeterminant(), Statistic.VALUE);

  /// Parameters in the usual terms.
  ///
  /// @param inverse V^-1
  /// @param factor  its lower Cholesky factor
  record Usual(int n, double df, double[] inverse, Optional<double[]> factor) {
    static Usual of(double df, double[] eta, int n) {
      var inverse = new double[n * n];
      for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) inverse[i * n + j] = -eta[1 + i * n + j] - eta[1 + j * n + i];
      return new Usual(n, df, inverse, DenseMatrix.cholesky(inverse, n));
    }

    Optional<String> objection(String what) {
      if (!(df > n - 1)) return Numbers.positive("its degrees of freedom less " + (n - 1), df - n + 1);
      return factor.isPresent() ? Optional.empty() : Optional.of(what + " would not be positive definite");
    }

    double[] scale() {
      var out = new double[n * n];
      Cholesky.inverse(factor.orElseThrow(), n, out);
      return out;
    }

    double logDeterminant() {
      return Cholesky.logDeterminant(factor.orElseThrow(), n);
    }

    /// E log det of a Wishart matrix.
    double meanLog() {
      return GammaFunctions.lmgamma_dx(n, 0.5 * df) + n * Math.log(2) - logDeterminant();
    }

    double logNormaliser() {
      return GammaFunctions.lmgamma(n, 0.5 * df) + 0.5 * df * (n * Math.log(2) - logDeterminant());
    }
  }

  private static Usual usual(double[] eta, Event event) {
    return Usual.of(2 * eta[0] + event.extent() + 1, eta, event.extent());
  }

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    return usual(eta, event).objection("the inverse of its scale matrix");
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    var u = usual(eta, event);
    var scale = u.scale();
    moments[0] = u.meanLog();
    for (int i = 0; i < scale.length; i++) moments[1 + i] = u.df() * scale[i];
    return u.logNormaliser();
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    var u = usual(eta, event);
    VectorSamplers.wishart(random, u.df(), u.scale(), u.n(), x, 0);
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    int n = event.extent();
    t[0] = DenseMatrix.cholesky(x, n).map(l -> Cholesky.logDeterminant(l, n)).orElse(Double.NaN);
    System.arraycopy(x, 0, t, 1, n * n);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    var u = usual(eta, event);
    return u.df() * u.scale()[element];
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    var u = usual(eta, event);
    var v = u.scale();
    int n = u.n();
    int i = element / n;
    int j = element % n;
    return Math.sqrt(u.df() * (v[element] * v[element] + v[i * n + i] * v[j * n + j]));
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    var u = usual(eta, event);
    if (element % (u.n() + 1) != 0) return Double.NaN;
    return 2 * u.scale()[element] * Math.exp(Gamma.logQuantile(0.5 * u.df(), p));
  }
}
