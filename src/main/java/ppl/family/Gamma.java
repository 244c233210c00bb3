package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.GammaFunctions;
import ppl.math.IncompleteGamma;
import ppl.math.Roots;
import ppl.math.Samplers;
import ppl.runtime.Statistic;

/// The gamma distribution: x and log x, with natural parameters -rate and shape - 1.
record Gamma() implements Family {
  static final List<Statistic> STATISTICS = List.of(Statistic.VALUE, Statistic.LOG);

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    return Numbers.positive("its shape", eta[1] + 1).or(() -> Numbers.positive("its rate", -eta[0]));
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    double shape = eta[1] + 1;
    double rate = -eta[0];
    moments[0] = shape / rate;
    moments[1] = GammaFunctions.digamma_minus_log(shape, rate);
    return GammaFunctions.lgamma(shape) - shape * Math.log(rate);
  }

  @Override
  public double entropy(double[] eta, Event event, double[] moments, double log) {
    return GammaFunctions.gamma_entropy(eta[1] + 1) - Math.log(-eta[0]);
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    x[0] = Samplers.gamma(random, eta[1] + 1, -eta[0]);
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    Numbers.statistics(STATISTICS, x[0], t);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    return -(eta[1] + 1) / eta[0];
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    return -Math.sqrt(eta[1] + 1) / eta[0];
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    return Math.exp(logQuantile(eta[1] + 1, p)) / -eta[0];
  }

  /// log of the p quantile for rate 1. Below shape 1 the distribution function is all but a power of x.
  static double logQuantile(double shape, double p) {
    boolean left = p < 0.5;
    double target = left ? p : 1 - p;
    double start = shape < 1 ? (Math.log(p) + GammaFunctions.lgamma1p(shape)) / shape : Math.log(shape);
    return Roots.increasing(
        u -> left ? IncompleteGamma.log_gamma_p(shape, Math.exp(u)) - Math.log(target)
            : Math.log(target) - IncompleteGamma.log_gamma_q(shape, Math.exp(u)),
        u -> Math.exp(u) * (left ? IncompleteGamma.log_gamma_p_dx(shape, Math.exp(u))
            : -IncompleteGamma.log_gamma_q_dx(shape, Math.exp(u))),
        start, 1 / Math.sqrt(shape));
  }
}
