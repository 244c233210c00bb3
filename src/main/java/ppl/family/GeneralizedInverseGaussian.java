package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.ExponentialIntegral;
import ppl.runtime.Statistic;

/// The generalized inverse Gaussian distribution: log x, x and 1/x, with natural parameters p - 1, -psi / 2 and
/// -chi / 2.
///
/// In closed form for p = -1/2, the inverse Gaussian with mean sqrt(chi / psi) and shape chi, and for p = 1/2, its
/// reciprocal; by quadrature for other p.
record GeneralizedInverseGaussian() implements Family {
  static final List<Statistic> STATISTICS = List.of(Statistic.LOG, Statistic.VALUE, Statistic.RECIPROCAL);
  private static final Interval QUADRATURE = new Interval(STATISTICS);

  /// An inverse Gaussian, of x or of 1/x.
  private record Inverse(double mean, double shape, boolean flipped) {
    static Optional<Inverse> of(double[] eta) {
      double p = eta[0] + 1;
      double chi = -2 * (p < 0 ? eta[2] : eta[1]);
      double psi = -2 * (p < 0 ? eta[1] : eta[2]);
      return Math.abs(p) == 0.5 && isSize(chi) && isSize(psi) ? Optional.of(new Inverse(Math.sqrt(chi / psi), chi, p > 0)) : Optional.empty();
    }

    private static boolean isSize(double x) {
      return x > 0 && x < Double.POSITIVE_INFINITY;
    }

    double reciprocal() {
      return 1 / mean + 1 / shape;
    }

    /// Mean of the log.
    double log() {
      return Math.log(mean) - ExponentialIntegral.scaled(2 * shape / mean);
    }

    /// By the method of Michael, Schucany and Haas (Am. Stat. 30, 1976).
    double draw(RandomGenerator random) {
      double z = random.nextGaussian();
      double r = 0.5 * mean / shape * z * z;
      double root = 1 / (1 + r + Math.sqrt(r * (2 + r)));
      return random.nextDouble() * (1 + root) <= 1 ? mean * root : mean / root;
    }
  }

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    return Inverse.of(eta).isPresent() ? Optional.empty() : QUADRATURE.objection(eta, event);
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    var closed = Inverse.of(eta);
    if (closed.isEmpty()) return QUADRATURE.solve(eta, event, moments);
    var x = closed.get();
    moments[0] = x.flipped ? -x.log() : x.log();
    moments[1] = x.flipped ? x.reciprocal() : x.mean;
    moments[2] = x.flipped ? x.mean : x.reciprocal();
    return 0.5 * (Normal.LOG_TWO_PI - Math.log(x.shape)) - x.shape / x.mean;
  }

  @Override
  public double entropy(double[] eta, Event event, double[] moments, double log) {
    if (Inverse.of(eta).isEmpty()) return QUADRATURE.entropy(eta, event, moments, log);
    double p = eta[0] + 1;
    double shape = -2 * (p < 0 ? eta[2] : eta[1]);
    // the exponents of x and 1/x have the mean shape / mean + 1 / 2, of which log takes back all but the last
    return 0.5 * (Normal.LOG_TWO_PI - Math.log(shape)) + 0.5 - eta[0] * moments[0];
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    var closed = Inverse.of(eta);
    if (closed.isEmpty()) {
      QUADRATURE.draw(random, eta, event, x);
      return;
    }
    double y = closed.get().draw(random);
    x[0] = closed.get().flipped ? 1 / y : y;
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    Numbers.statistics(STATISTICS, x[0], t);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    var m = new double[3];
    solve(eta, event, m);
    return m[1];
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    var closed = Inverse.of(eta);
    if (closed.isEmpty()) return QUADRATURE.sd(eta, event, element);
    var x = closed.get();
    return x.flipped ? Math.sqrt((1 / x.mean + 2 / x.shape) / x.shape) : x.mean * Math.sqrt(x.mean / x.shape);
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    return QUADRATURE.quantile(eta, event, element, p);
  }
}
