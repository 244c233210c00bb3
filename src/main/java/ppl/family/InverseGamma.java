package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.GammaFunctions;
import ppl.math.Samplers;
import ppl.runtime.Statistic;

/// The inverse gamma distribution: 1 / x and log x, with natural parameters -scale and -shape - 1.
record InverseGamma() implements Family {
  static final List<Statistic> STATISTICS = List.of(Statistic.RECIPROCAL, Statistic.LOG);

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    return Numbers.positive("its shape", -eta[1] - 1).or(() -> Numbers.positive("its scale", -eta[0]));
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    double shape = -eta[1] - 1;
    double scale = -eta[0];
    moments[0] = shape / scale;
    moments[1] = -GammaFunctions.digamma_minus_log(shape, scale);
    return GammaFunctions.lgamma(shape) - shape * Math.log(scale);
  }

  @Override
  public double entropy(double[] eta, Event event, double[] moments, double log) {
    double shape = -eta[1] - 1;
    return GammaFunctions.gamma_entropy(shape) - 2 * GammaFunctions.digamma_minus_log(shape, -eta[0])
        - Math.log(-eta[0]);
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    x[0] = Samplers.inverseGamma(random, -eta[1] - 1, -eta[0]);
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    Numbers.statistics(STATISTICS, x[0], t);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    double shape = -eta[1] - 1;
    return shape > 1 ? -eta[0] / (shape - 1) : Double.POSITIVE_INFINITY;
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    double shape = -eta[1] - 1;
    return shape > 2 ? -eta[0] / ((shape - 1) * Math.sqrt(shape - 2)) : Double.POSITIVE_INFINITY;
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    return -eta[0] * Math.exp(-Gamma.logQuantile(-eta[1] - 1, 1 - p));
  }
}
