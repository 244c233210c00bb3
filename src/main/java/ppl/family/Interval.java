package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.LineIntegral;
import ppl.math.LogSpace;
import ppl.runtime.Statistic;

/// Any statistics of a number on any interval, by quadrature: powers, log x, log(1 - x). So a standard deviation with a
/// half-normal prior has an optimal factor: log x, x^-2 and x^2 together are no family of the books.
///
/// The interval is mapped to the line, by the log of the distance from its only bound, by the logit between two, or not
/// at all; see [LineIntegral] for the rest.
record Interval(List<Statistic> statistics) implements Family {
  private static final double NEGLIGIBLE_DRAW = 1e-300;

  Interval {
    statistics = List.copyOf(statistics);
  }

  /// x as a function of u on the line.
  private enum Chart {
    LINE, ABOVE, BELOW, BETWEEN;

    static Chart of(Event e) {
      boolean above = e.lower() > Double.NEGATIVE_INFINITY;
      boolean below = e.upper() < Double.POSITIVE_INFINITY;
      return above && below ? BETWEEN : above ? ABOVE : below ? BELOW : LINE;
    }
  }

  /// The log density on the line.
  private record Density(List<Statistic> statistics, double[] eta, Event event, Chart chart)
      implements LineIntegral.LogDensity {
    double x(double u) {
      return switch (chart) {
        case LINE -> u;
        case ABOVE -> event.lower() + Math.exp(u);
        case BELOW -> event.upper() - Math.exp(u);
        case BETWEEN -> u < 0 ? event.lower() + length() * LogSpace.inv_logit(u)
            : event.upper() - length() * LogSpace.inv_logit(-u);
      };
    }

    double u(double x) {
      return switch (chart) {
        case LINE -> x;
        case ABOVE -> Math.log(x - event.lower());
        case BELOW -> Math.log(event.upper() - x);
        case BETWEEN -> Math.log((x - event.lower()) / (event.upper() - x));
      };
    }

    private double length() {
      return event.upper() - event.lower();
    }

    /// log |dx/du|.
    double jacobian(double u) {
      return switch (chart) {
        case LINE -> 0;
        case ABOVE, BELOW -> u;
        case BETWEEN -> Math.log(length()) + LogSpace.log_inv_logit(u) + LogSpace.log1m_inv_logit(u);
      };
    }

    boolean positive() {
      return chart == Chart.ABOVE && event.lower() == 0;
    }

    double statistic(Statistic s, double u) {
      return switch (s) {
        case Statistic.Power(double k) -> positive() ? Math.exp(k * u) : Numbers.of(s, x(u));
        case Statistic.Log() -> positive() ? u
            : chart == Chart.BETWEEN && event.lower() == 0 ? Math.log(event.upper()) + LogSpace.log_inv_logit(u)
            : Math.log(x(u));
        case Statistic.Log1m() -> chart == Chart.BETWEEN && event.upper() == 1
            ? Math.log(length()) + LogSpace.log1m_inv_logit(u)
            : chart == Chart.BELOW && event.upper() == 1 ? u : Math.log1p(-x(u));
        case Statistic.Indicator(), Statistic.LogDeterminant(), Statistic.Inverse() -> Numbers.of(s, x(u));
      };
    }

    @Override
    public double at(double u) {
      double f = jacobian(u);
      for (int k = 0; k < eta.length; k++) if (eta[k] != 0) f += eta[k] * statistic(statistics.get(k), u);
      return f;
    }

    /// For positive numbers without cancellation: x^k grows by x^k (exp(k (u - from)) - 1).
    @Override
    public double rise(double u, double from) {
      if (!positive()) return at(u) - at(from);
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
    return new Density(statistics, eta, event, Chart.of(event));
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    for (double e : eta) if (!Double.isFinite(e)) return Optional.of("a coefficient of its log density is " + e);
    var f = density(eta, event);
    var integral = LineIntegral.of(f);
    if (integral.proper()) return Optional.empty();
    return Optional.of("its density does not fall off towards " + f.x(integral.mode()));
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    var f = density(eta, event);
    var integral = LineIntegral.of(f);
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
      h += integral.weight()[k] * (f.jacobian(u) - f.rise(u, integral.mode()));
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
      double d = f.x(integral.u()[k]) - mean;
      s += integral.weight()[k] * d * d;
    }
    return Math.sqrt(s);
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    var f = density(eta, event);
    var integral = LineIntegral.of(f);
    return f.x(integral.quantile(f, f.chart() == Chart.BELOW ? 1 - p : p));
  }
}
