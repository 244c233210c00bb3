package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.runtime.Statistic;

/// The Pólya-Gamma distribution PG(b, c): x, with the natural parameter -c^2 / 2. The shape b is what is known of an
/// event, its lower bound. Densities are with respect to PG(b, 0).
record PolyaGamma() implements Family {
  static final List<Statistic> STATISTICS = List.of(Statistic.VALUE);

  private static double tilt(double[] eta) {
    return Math.sqrt(-2 * eta[0]);
  }

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    double b = event.lower();
    boolean count = b >= 0 && b == Math.rint(b) && b <= Integer.MAX_VALUE;
    if (!count) return Optional.of("its shape would be " + b + ", which is no count");
    boolean tilted = eta[0] <= 0 && eta[0] > Double.NEGATIVE_INFINITY;
    return tilted ? Optional.empty() : Optional.of("its squared tilt would be " + -2 * eta[0]);
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    moments[0] = ppl.math.PolyaGamma.mean(event.lower(), tilt(eta));
    return -event.lower() * ppl.math.PolyaGamma.logCosh(tilt(eta));
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    x[0] = ppl.math.PolyaGamma.draw(random, (int) event.lower(), tilt(eta));
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    t[0] = x[0];
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    return ppl.math.PolyaGamma.mean(event.lower(), tilt(eta));
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    return Math.sqrt(ppl.math.PolyaGamma.variance(event.lower(), tilt(eta)));
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    return Double.NaN;
  }
}
