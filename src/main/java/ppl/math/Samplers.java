package ppl.math;

import java.util.random.RandomGenerator;

/// Draws of one number from the continuous distributions of the language, parameters as it orders them. All are exact
/// up to rounding; NaN where a parameter is none. Counts are in `CountSamplers`, vectors and matrices in
/// `VectorSamplers`.
public final class Samplers {
  /// Below this concentration a von Mises variate is uniform to the last bit.
  private static final double FLAT = 1e-20;

  private Samplers() {}

  public static double normal(RandomGenerator g, double mean, double sd) {
    return mean + sd * g.nextGaussian();
  }

  public static double halfNormal(RandomGenerator g, double scale) {
    return scale * Math.abs(g.nextGaussian());
  }

  public static double studentT(RandomGenerator g, double df, double location, double scale) {
    double z = g.nextGaussian();
    return location + scale * z * Math.exp(0.5 * (Math.log(0.5 * df) - logGamma(g, 0.5 * df)));
  }

  public static double halfStudentT(RandomGenerator g, double df, double scale) {
    return Math.abs(studentT(g, df, 0, scale));
  }

  public static double cauchy(RandomGenerator g, double location, double scale) {
    return location + scale * Math.tan(Math.PI * (open(g) - 0.5));
  }

  public static double halfCauchy(RandomGenerator g, double scale) {
    return scale * Math.tan(0.5 * Math.PI * open(g));
  }

  public static double laplace(RandomGenerator g, double location, double scale) {
    double e = g.nextExponential();
    return location + (g.nextBoolean() ? scale * e : -scale * e);
  }

  public static double logistic(RandomGenerator g, double location, double scale) {
    return location + scale * LogSpace.logit(open(g));
  }

  public static double gumbel(RandomGenerator g, double location, double scale) {
    return location - scale * Math.log(positiveExponential(g));
  }

  /// Azzalini (1985): with delta = shape / sqrt(1 + shape^2), delta |Z1| + sqrt(1 - delta^2) Z2.
  public static double skewNormal(RandomGenerator g, double location, double scale, double shape) {
    double first = Math.abs(g.nextGaussian());
    double second = g.nextGaussian();
    double r = Math.hypot(1, shape);
    double delta = Double.isInfinite(shape) ? Math.signum(shape) : shape / r;
    return location + scale * (delta * first + second / r);
  }

  /// Best and Fisher (1979), "Efficient simulation of the von Mises distribution". The draw is within pi of the mean.
  public static double vonMises(RandomGenerator g, double mean, double concentration) {
    if (!(concentration >= 0)) {
      return Double.NaN;
    }
    if (concentration < FLAT) {
      return mean + Math.PI * (2 * open(g) - 1);
    }
    if (concentration > 1e6) {
      return mean + Math.IEEEremainder(g.nextGaussian() / Math.sqrt(concentration), 2 * Math.PI);
    }
    double r = bestFisher(concentration);
    while (true) {
      double z = Math.cos(Math.PI * g.nextDouble());
      double f = (1 + r * z) / (r + z);
      double c = concentration * (r - f);
      double u = open(g);
      if (c * (2 - c) > u || Math.log(c / u) + 1 >= c) {
        double angle = Math.acos(Math.clamp(f, -1, 1));
        return g.nextBoolean() ? mean + angle : mean - angle;
      }
    }
  }

  private static double bestFisher(double kappa) {
    if (kappa < 1e-5) {
      return 1 / kappa + kappa;
    }
    double tau = 1 + Math.sqrt(1 + 4 * kappa * kappa);
    double rho = (tau - Math.sqrt(2 * tau)) / (2 * kappa);
    return (1 + rho * rho) / (2 * rho);
  }

  public static double exponential(RandomGenerator g, double rate) {
    return g.nextExponential() / rate;
  }

  public static double gamma(RandomGenerator g, double shape, double rate) {
    return (!(shape >= 1) ? Math.exp(logGamma(g, shape)) : marsagliaTsang(g, shape)) / rate;
  }

  /// log of a gamma variable with rate 1: for a tiny shape the variable itself would underflow.
  public static double logGamma(RandomGenerator g, double shape) {
    if (shape >= 1) {
      return Math.log(marsagliaTsang(g, shape));
    }
    return shape > 0 ? Math.log(marsagliaTsang(g, shape + 1)) - g.nextExponential() / shape : Double.NaN;
  }

  /// Marsaglia and Tsang (2000), "A simple method for generating gamma variables", for shapes from 1.
  private static double marsagliaTsang(RandomGenerator g, double shape) {
    if (!(shape < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = g.nextGaussian();
      double root = 1 + c * x;
      double v = root * root * root;
      if (v > 0 && Math.log(open(g)) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
        return d * v;
      }
    }
  }

  public static double inverseGamma(RandomGenerator g, double shape, double scale) {
    return scale * Math.exp(-logGamma(g, shape));
  }

  public static double chiSquared(RandomGenerator g, double df) {
    return gamma(g, 0.5 * df, 0.5);
  }

  /// The scaled inverse chi-squared distribution: df scale^2 / ChiSquared(df).
  public static double inverseChiSquared(RandomGenerator g, double df, double scale) {
    return inverseGamma(g, 0.5 * df, 0.5 * df * scale * scale);
  }

  public static double weibull(RandomGenerator g, double shape, double scale) {
    return scale * Math.pow(g.nextExponential(), 1 / shape);
  }

  public static double logNormal(RandomGenerator g, double meanLog, double sdLog) {
    return Math.exp(normal(g, meanLog, sdLog));
  }

  public static double pareto(RandomGenerator g, double minimum, double shape) {
    return minimum * Math.exp(g.nextExponential() / shape);
  }

  public static double beta(RandomGenerator g, double a, double b) {
    double x = logGamma(g, a);
    double y = logGamma(g, b);
    return LogSpace.inv_logit(x - y);
  }

  public static double uniform(RandomGenerator g, double lower, double upper) {
    return lower + (upper - lower) * open(g);
  }

  /// Normal between the bounds, which may be infinite and lie far in a tail. Robert (1995), "Simulation of truncated
  /// normal variables".
  public static double truncatedNormal(RandomGenerator g, double mean, double sd, double lower, double upper) {
    double a = (lower - mean) / sd;
    double b = (upper - mean) / sd;
    double z = b < 0 ? -standardTruncated(g, -b, -a) : standardTruncated(g, a, b);
    return Math.max(lower, Math.min(upper, mean + sd * z));
  }

  private static double standardTruncated(RandomGenerator g, double a, double b) {
    if (!(a <= b) || a == Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    double rate = 0.5 * (a + Math.hypot(a, 2));
    double start = Math.max(a, 0);
    if ((b - a) * Math.max(rate, 0.7) < 1.5) {
      return byUniform(g, a, b, start);
    }
    return a > 0.4 ? byExponential(g, a, b, rate) : byNormal(g, a, b);
  }

  private static double byUniform(RandomGenerator g, double a, double b, double mode) {
    while (true) {
      double z = a + (b - a) * g.nextDouble();
      if (g.nextExponential() >= 0.5 * (z - mode) * (z + mode)) {
        return z;
      }
    }
  }

  private static double byExponential(RandomGenerator g, double a, double b, double rate) {
    while (true) {
      double z = a + g.nextExponential() / rate;
      if (z <= b && g.nextExponential() >= 0.5 * (z - rate) * (z - rate)) {
        return z;
      }
    }
  }

  private static double byNormal(RandomGenerator g, double a, double b) {
    while (true) {
      double z = g.nextGaussian();
      if (z >= a && z <= b) {
        return z;
      }
    }
  }

  /// Uniform on the open interval 0..1.
  static double open(RandomGenerator g) {
    return ((g.nextLong() >>> 12) + 0.5) * 0x1p-52;
  }

  /// Exponential and not 0, whose log is taken.
  static double positiveExponential(RandomGenerator g) {
    return Math.max(g.nextExponential(), Double.MIN_NORMAL);
  }
}
