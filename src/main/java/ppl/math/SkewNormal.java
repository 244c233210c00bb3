package ppl.math;

/// Owen's T function and the standard skew normal distribution function.
public final class SkewNormal {
  private static final int PANELS = 4;

  private SkewNormal() {}

  /// Owen's T(h, a) = 1 / (2 pi) times the integral of exp(-h^2 (1 + x^2) / 2) / (1 + x^2) over x in 0..a.
  /// Owen (1956), "Tables for computing bivariate normal probabilities"; slopes above 1 by his equation 2.4.
  public static double owens_t(double h, double a) {
    double z = Math.abs(h);
    double b = Math.abs(a);
    double t = b <= 1 ? integral(z, b) : steep(z, b);
    return a < 0 ? -t : t;
  }

  private static double steep(double h, double a) {
    double q = ErrorFunctions.Phi(-h);
    if (a == Double.POSITIVE_INFINITY) {
      return 0.5 * q;
    }
    double r = ErrorFunctions.Phi(-a * h);
    return 0.5 * q + 0.5 * r - q * r - integral(a * h, 1 / a);
  }

  private static double integral(double h, double a) {
    double to = Math.min(a, 9.2 / Math.max(h, 1e-300));
    double half = to / (2 * PANELS);
    double sum = 0;
    for (int panel = 0; panel < PANELS; panel++) {
      for (int k = 0; k < GaussLegendre.COUNT; k++) {
        double x = half * (2 * panel + 1 + GaussLegendre.node(k));
        double w = 1 + x * x;
        sum += GaussLegendre.weight(k) * Math.exp(-0.5 * h * h * w) / w;
      }
    }
    return half * sum / (2 * Math.PI);
  }

  /// The derivative of Owen's T with respect to h.
  public static double owens_t_dh(double h, double a) {
    return -0.5 * ErrorFunctions.INV_SQRT_TWO_PI * Math.exp(-0.5 * h * h) * ErrorFunctions.erf(a * h * Math.sqrt(0.5));
  }

  /// The derivative of Owen's T with respect to a.
  public static double owens_t_da(double h, double a) {
    double w = 1 + a * a;
    return Math.exp(-0.5 * h * h * w) / (2 * Math.PI * w);
  }

  /// P(Z <= z) for density 2 phi(z) Phi(shape z).
  public static double skew_normal_cdf(double z, double shape) {
    return Math.exp(skew_normal_lcdf(z, shape));
  }

  /// log P(Z <= z). The difference Phi(z) - 2 T(z, shape) where it keeps its digits; in the light left tail of a
  /// positive shape the density itself is integrated, in the light right tail of a negative one its mirror image.
  public static double skew_normal_lcdf(double z, double shape) {
    double plain = ErrorFunctions.Phi(z) - 2 * owens_t(z, shape);
    if (z >= 0 || shape <= 0) {
      return plain > 0.5 ? Math.log1p(-upper(z, shape)) : Math.log(plain);
    }
    return plain > 1e-3 ? Math.log(plain) : lightTail(z, shape);
  }

  private static double upper(double z, double shape) {
    return z > 0 && shape < 0 ? Math.exp(lightTail(-z, -shape)) : ErrorFunctions.Phi(-z) + 2 * owens_t(z, shape);
  }

  /// log of the integral of 2 phi(t) Phi(shape t) over t < z, for z < 0 and shape > 0.
  private static double lightTail(double z, double shape) {
    double start = -0.5 * z * z + ErrorFunctions.log_Phi(shape * z);
    double fall = -z + shape * ErrorFunctions.log_Phi_dx(shape * z);
    double scale = 2 / (fall + Math.sqrt(fall * fall + 2 * (1 + shape * shape)));
    double sum = 0;
    for (int k = 0; k < TailQuadrature.COUNT; k++) {
      double t = z - scale * TailQuadrature.node(k);
      double exponent = -0.5 * t * t + ErrorFunctions.log_Phi(shape * t) - start;
      if (exponent < TailQuadrature.NEGLIGIBLE) {
        break;
      }
      sum += TailQuadrature.weight(k) * Math.exp(exponent);
    }
    return start + Math.log(2 * scale * sum) - ErrorFunctions.LOG_SQRT_TWO_PI;
  }
}
