package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.GammaFunctions;
import ppl.math.VectorSamplers;
import ppl.runtime.Statistic;

/// The Dirichlet distribution: the logs of the elements, with natural parameters alpha - 1.
record Dirichlet() implements Family {
  static final List<Statistic> STATISTICS = List.of(Statistic.LOG);

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    Optional<String> found = Optional.empty();
    for (int k = 0; k < eta.length && found.isEmpty(); k++)
      found = Numbers.positive("the concentration of element " + (k + 1), eta[k] + 1);
    return found;
  }

  /// digamma(x) - log x.
  static double meanLog(double x) {
    return GammaFunctions.digamma_minus_log(x, x);
  }

  private static double total(double[] eta) {
    double s = eta.length;
    for (double e : eta) s += e;
    return s;
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    double s = total(eta);
    double meanLog = meanLog(s);
    double log = 0;
    double before = 0;
    for (int k = 0; k < eta.length; k++) {
      double a = eta[k] + 1;
      moments[k] = meanLog(a) - meanLog + Math.log(a / s);
      if (k > 0) log += GammaFunctions.lbeta(before, a);
      before += a;
    }
    return log;
  }

  @Override
  public double entropy(double[] eta, Event event, double[] moments, double log) {
    double s = total(eta);
    double h = -GammaFunctions.gamma_entropy(s) - (eta.length - 1) * GammaFunctions.digamma(s);
    for (double e : eta) h += GammaFunctions.gamma_entropy(e + 1);
    return h;
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    var alpha = new double[eta.length];
    for (int k = 0; k < alpha.length; k++) alpha[k] = eta[k] + 1;
    VectorSamplers.dirichlet(random, alpha, x);
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    for (int k = 0; k < t.length; k++) t[k] = Math.log(Math.max(x[k], Double.MIN_NORMAL));
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    return (eta[element] + 1) / total(eta);
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    return Beta.sd(eta[element] + 1, total(eta) - eta[element] - 1);
  }

  @Override
  public void locate(double[] eta, Event event, int count, double[] mean, double[] sd, int at) {
    double s = total(eta);
    for (int k = 0; k < count; k++) {
      mean[at + k] = (eta[k] + 1) / s;
      sd[at + k] = Beta.sd(eta[k] + 1, s - eta[k] - 1);
    }
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    return eta.length == 1 ? 1 : Beta.quantile(eta[element] + 1, total(eta) - eta[element] - 1, p);
  }
}
