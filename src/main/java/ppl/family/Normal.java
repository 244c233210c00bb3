package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.NormalQuantile;
import ppl.runtime.Statistic;

/// The normal distribution: x and x^2.
record Normal() implements Family {
  static final List<Statistic> STATISTICS = List.of(Statistic.VALUE, Statistic.SQUARE);
  static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    return Numbers.positive("its precision", -2 * eta[1]);
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    double precision = -2 * eta[1];
    double mean = eta[0] / precision;
    moments[0] = mean;
    moments[1] = mean * mean + 1 / precision;
    return 0.5 * (eta[0] * mean - Math.log(precision) + LOG_TWO_PI);
  }

  @Override
  public double entropy(double[] eta, Event event, double[] moments, double log) {
    return 0.5 * (1 + LOG_TWO_PI - Math.log(-2 * eta[1]));
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    x[0] = mean(eta, event, 0) + sd(eta, event, 0) * random.nextGaussian();
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    Numbers.statistics(STATISTICS, x[0], t);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    return -0.5 * eta[0] / eta[1];
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    return 1 / Math.sqrt(-2 * eta[1]);
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    return mean(eta, event, 0) + sd(eta, event, 0) * NormalQuantile.inv_Phi(p);
  }
}
