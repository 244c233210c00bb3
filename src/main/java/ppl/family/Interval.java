package ppl.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import ppl.math.LineIntegral;
import ppl.runtime.Statistic;

/// Any statistics of a number on any interval, by quadrature: powers, log x, log(1 - x). So a standard deviation with a
/// half-normal prior has an optimal factor: log x, x^-2 and x^2 together are no family of the books.
///
/// The interval is mapped to the line, by the log of the distance from its only bound, by the logit between two, or not
/// at all; see [LineIntegral] for the rest.
record Interval(List<Statistic> statistics) implements Family {
  private static final double NEGLIGIBLE_DRAW = 1e-300;
  /// Of signs, with which a density cannot have a second peak.
  private static final int MOST_CHANGES = 2;

  Interval {
    statistics = List.copyOf(statistics);
  }

  /// The log density on the line.
  record Density(List<Statistic> statistics, double[] eta, Chart chart) implements LineIntegral.LogDensity {
    double statistic(Statistic s, double u) {
      return chart.statistic(s, u);
    }

    @Override
    public double at(double u) {
      double f = chart.logJacobian(u);
      for (int k = 0; k < eta.length; k++) if (eta[k] != 0) f += eta[k] * statistic(statistics.get(k), u);
      return f;
    }

    /// On the log of a positive number its slope is a sum of exponentials, a constant among them, which has no more zeros
    /// than its coefficients, in the order of the exponents, have changes of sign (Descartes' rule; Laguerre 1883). A
    /// density that falls off on both sides has an odd number of them.
    @Override
    public boolean single() {
      if (!chart.positive()) return false;
      var slope = new TreeMap<Double, Double>(Map.of(0.0, 1.0));
      for (int k = 0; k < eta.length; k++) {
        switch (statistics.get(k)) {
          case Statistic.Power(double e) -> slope.merge(e, eta[k] * e, Double::sum);
          case Statistic.Log() -> slope.merge(0.0, eta[k], Double::sum);
          case Statistic.Log1m(), Statistic.Indicator(), Statistic.LogDeterminant(), Statistic.Inverse() -> {
            return false;
          }
        }
      }
      int changes = 0;
      double last = 0;
      for (double c : slope.values()) {
        if (c * last < 0) changes++;
        if (c != 0) last = c;
      }
      return changes <= MOST_CHANGES;
    }

    /// For positive numbers without cancellation: x^k grows by x^k (exp(k (u - from)) - 1).
    @Override
    public double rise(double u, double from) {
      if (!chart.positive()) return at(u) - at(from);
      double d = u - from;
      double f = d;
      for (int k = 0; k < eta.length; k++) {
        if (eta[k] == 0) continue;
        f += eta[k] * switch (statistics.get(k)) {
          case Statistic.Power(double e) -> Math.exp(e * from) * Math.expm1(e * d);
          case Statistic.Log() -> d;
          case Statistic.Log1m(), Statistic.Indicator(), Statistic.LogDeterminant(), Statistic.Inverse() ->
              statistic(statistics.get(k), u) - statistic(statistics.get(k), from);
        };
      }
      return f;
    }
  }

  private Density density(double[] eta, Event event) {
    return new Density(statistics, eta, new Chart(event.lower(), event.upper()));
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    return attempt(eta, event, new double[eta.length]).objection();
  }

  @Override
  public Attempt attempt(double[] eta, Event event, double[] moments) {
    for (double e : eta) if (!Double.isFinite(e)) return Attempt.failed("a coefficient of its log density is " + e);
    var f = density(eta, event);
    var integral = LineIntegral.of(f);
    return switch (integral.end()) {
      case WHOLE, PART -> new Attempt(Optional.empty(), OptionalDouble.of(solved(f, integral, moments)));
      case ROUGH -> Attempt.failed("its density has no integral that quadrature could settle, with a peak at "
          + f.chart().x(integral.mode()));
      case ENDLESS -> Attempt.failed("its density does not fall off towards " + f.chart().x(integral.mode()));
    };
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    var f = density(eta, event);
    return solved(f, LineIntegral.of(f), moments);
  }

  private double solved(Density f, LineIntegral integral, double[] moments) {
    for (int k = 0; k < moments.length; k++) moments[k] = mean(integral, f, statistics.get(k));
    return f.at(integral.mode()) + integral.log();
  }

  private static double mean(LineIntegral integral, Density f, Statistic s) {
    double sum = 0;
    for (int k = 0; k < integral.u().length; k++) {
      if (integral.weight()[k] > 0) sum += integral.weight()[k] * f.statistic(s, integral.u()[k]);
    }
    return sum;
  }

  /// By the density relative to that at the mode, since the log normaliser may be large.
  @Override
  public double entropy(double[] eta, Event event, double[] moments, double log) {
    var f = density(eta, event);
    var integral = LineIntegral.of(f);
    double h = integral.log();
    for (int k = 0; k < integral.u().length; k++) {
      if (!(integral.weight()[k] > 0)) continue;
      double u = integral.u()[k];
      h += integral.weight()[k] * (f.chart().logJacobian(u) - f.rise(u, integral.mode()));
    }
    return h;
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    x[0] = quantile(eta, event, 0, Math.max(random.nextDouble(), NEGLIGIBLE_DRAW));
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    Numbers.statistics(statistics, x[0], t);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    var f = density(eta, event);
    return mean(LineIntegral.of(f), f, Statistic.VALUE);
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    var f = density(eta, event);
    var integral = LineIntegral.of(f);
    double mean = mean(integral, f, Statistic.VALUE);
    double s = 0;
    for (int k = 0; k < integral.u().length; k++) {
      if (!(integral.weight()[k] > 0)) continue;
      double d = f.chart().x(integral.u()[k]) - mean;
      s += integral.weight()[k] * d * d;
    }
    return Math.sqrt(s);
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    var f = density(eta, event);
    var integral = LineIntegral.of(f);
    return f.chart().x(integral.quantile(f, f.chart().falling() ? 1 - p : p));
  }
}
