package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.ErrorFunctions;
import ppl.math.NormalQuantile;
import ppl.math.Samplers;
import ppl.runtime.Statistic;

/// The normal distribution between bounds: x and x^2. Between finite bounds x^2 may have any coefficient.
///
/// In closed form where bounds hold much of the normal; far out in a tail, and where there is no normal, by quadrature
/// over the distance from the point of the interval where the density is highest.
record TruncatedNormal() implements Family {
  private static final Interval QUADRATURE = new Interval(Normal.STATISTICS);
  private static final double FAR = 2;
  private static final double NARROW = 0.5;

  /// A normal cut at alpha and beta standard deviations from its mean.
  private record Cut(double mean, double sd, double alpha, double beta) {
    static Cut of(double[] eta, Event event) {
      double sd = 1 / Math.sqrt(-2 * eta[1]);
      double mean = -0.5 * eta[0] / eta[1];
      return new Cut(mean, sd, (event.lower() - mean) / sd, (event.upper() - mean) / sd);
    }

    boolean closed() {
      return alpha < FAR && beta > -FAR && beta - alpha > NARROW && Double.isFinite(mean);
    }

    double log() {
      return ErrorFunctions.log_diff_Phi(beta, alpha);
    }

    /// The density of the cut normal at z, a bound, in standard deviations.
    double edge(double z) {
      return Double.isInfinite(z) ? 0 : Math.exp(-0.5 * z * z - 0.5 * Normal.LOG_TWO_PI - log());
    }

    double shift() {
      return edge(alpha) - edge(beta);
    }

    double variance() {
      double m = shift();
      double a = Double.isInfinite(alpha) ? 0 : alpha * edge(alpha);
      double b = Double.isInfinite(beta) ? 0 : beta * edge(beta);
      return 1 + a - b - m * m;
    }
  }

  /// The same about an origin, where quadrature is accurate.
  private record Shifted(double origin, double[] eta, Event event) {
    static Shifted of(double[] eta, Event event) {
      double top = eta[1] < 0 ? Math.clamp(-0.5 * eta[0] / eta[1], event.lower(), event.upper())
          : Double.isFinite(event.lower()) ? event.lower() : Double.isFinite(event.upper()) ? event.upper() : 0;
      double origin = Double.isFinite(top) ? top : 0;
      return new Shifted(origin, new double[] {eta[0] + 2 * eta[1] * origin, eta[1]},
          new Event(1, event.lower() - origin, event.upper() - origin));
    }
  }

  private static boolean closed(double[] eta, Event event) {
    return eta[1] < 0 && Cut.of(eta, event).closed();
  }

  @Override
  public List<Statistic> statistics() {
    return Normal.STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    if (closed(eta, event)) return Optional.empty();
    var s = Shifted.of(eta, event);
    return QUADRATURE.objection(s.eta(), s.event());
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    if (closed(eta, event)) {
      var cut = Cut.of(eta, event);
      moments[0] = cut.mean() + cut.sd() * cut.shift();
      moments[1] = moments[0] * moments[0] + cut.sd() * cut.sd() * cut.variance();
      return 0.5 * eta[0] * cut.mean() + Math.log(cut.sd()) + 0.5 * Normal.LOG_TWO_PI + cut.log();
    }
    var s = Shifted.of(eta, event);
    double log = QUADRATURE.solve(s.eta(), s.event(), moments);
    double o = s.origin();
    moments[1] += o * (2 * moments[0] + o);
    moments[0] += o;
    return log + o * (eta[0] + eta[1] * o);
  }

  @Override
  public double entropy(double[] eta, Event event, double[] moments, double log) {
    if (closed(eta, event)) {
      var cut = Cut.of(eta, event);
      double square = cut.variance() + cut.shift() * cut.shift();
      return Math.log(cut.sd()) + 0.5 * (Normal.LOG_TWO_PI + square) + cut.log();
    }
    var s = Shifted.of(eta, event);
    var m = new double[2];
    double a = QUADRATURE.solve(s.eta(), s.event(), m);
    return QUADRATURE.entropy(s.eta(), s.event(), m, a);
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    var s = Shifted.of(eta, event);
    if (eta[1] < 0) {
      double sd = 1 / Math.sqrt(-2 * eta[1]);
      x[0] = s.origin() + Samplers.truncatedNormal(random, -0.5 * s.eta()[0] / eta[1], sd, s.event().lower(),
          s.event().upper());
    } else {
      QUADRATURE.draw(random, s.eta(), s.event(), x);
      x[0] += s.origin();
    }
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    Numbers.statistics(Normal.STATISTICS, x[0], t);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    var m = new double[2];
    solve(eta, event, m);
    return m[0];
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    if (closed(eta, event)) {
      var cut = Cut.of(eta, event);
      return cut.sd() * Math.sqrt(cut.variance());
    }
    var s = Shifted.of(eta, event);
    return QUADRATURE.sd(s.eta(), s.event(), element);
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    if (!closed(eta, event)) {
      var s = Shifted.of(eta, event);
      return s.origin() + QUADRATURE.quantile(s.eta(), s.event(), element, p);
    }
    var cut = Cut.of(eta, event);
    boolean right = cut.alpha() > 0;
    double from = ErrorFunctions.Phi(right ? -cut.beta() : cut.alpha());
    double to = ErrorFunctions.Phi(right ? -cut.alpha() : cut.beta());
    double z = NormalQuantile.inv_Phi(from + (right ? 1 - p : p) * (to - from));
    return Math.clamp(cut.mean() + cut.sd() * (right ? -z : z), event.lower(), event.upper());
  }
}
