package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.GammaFunctions;
import ppl.math.IncompleteBeta;
import ppl.math.LogSpace;
import ppl.math.Roots;
import ppl.math.Samplers;
import ppl.runtime.Statistic;

/// The beta distribution: log x and log(1 - x), with natural parameters a - 1 and b - 1.
record Beta() implements Family {
  static final List<Statistic> STATISTICS = List.of(Statistic.LOG, new Statistic.Log1m());

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    return Numbers.positive("its first shape", eta[0] + 1).or(() -> Numbers.positive("its second shape", eta[1] + 1));
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    double a = eta[0] + 1;
    double b = eta[1] + 1;
    double total = Dirichlet.meanLog(a + b);
    moments[0] = Dirichlet.meanLog(a) - total + Math.log(a / (a + b));
    moments[1] = Dirichlet.meanLog(b) - total + Math.log(b / (a + b));
    return GammaFunctions.lbeta(a, b);
  }

  @Override
  public double entropy(double[] eta, Event event, double[] moments, double log) {
    double a = eta[0] + 1;
    double b = eta[1] + 1;
    return GammaFunctions.gamma_entropy(a) + GammaFunctions.gamma_entropy(b) - GammaFunctions.gamma_entropy(a + b)
        - GammaFunctions.digamma(a + b);
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    x[0] = Samplers.beta(random, eta[0] + 1, eta[1] + 1);
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    Numbers.statistics(STATISTICS, x[0], t);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    return mean(eta[0] + 1, eta[1] + 1);
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    return sd(eta[0] + 1, eta[1] + 1);
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    return quantile(eta[0] + 1, eta[1] + 1, p);
  }

  static double mean(double a, double b) {
    return a / (a + b);
  }

  static double sd(double a, double b) {
    return Math.sqrt(a / (a + b) * (b / (a + b)) / (a + b + 1));
  }

  static double quantile(double a, double b, double p) {
    boolean left = p < 0.5;
    double log = Math.log(left ? p : 1 - p);
    double u = Roots.increasing(
        v -> left ? IncompleteBeta.log_inc_beta(a, b, LogSpace.inv_logit(v)) - log
            : log - IncompleteBeta.log_inc_beta(b, a, LogSpace.inv_logit(-v)),
        v -> slope(v) * (left ? IncompleteBeta.log_inc_beta_dx(a, b, LogSpace.inv_logit(v))
            : IncompleteBeta.log_inc_beta_dx(b, a, LogSpace.inv_logit(-v))),
        Math.log(a / b), Math.sqrt(1 / a + 1 / b));
    return LogSpace.inv_logit(u);
  }

  private static double slope(double v) {
    return LogSpace.inv_logit(v) * LogSpace.inv_logit(-v);
  }
}
