package ppl.math;

/// The von Mises distribution function with mean 0 on -pi..pi and concentration kappa >= 0.
public final class VonMises {
  private static final int PANELS = 6;

  private VonMises() {}

  /// P(X <= x); 0 below -pi and 1 above pi.
  public static double von_mises_cdf(double x, double kappa) {
    if (Math.abs(x) >= Math.PI) {
      return x < 0 ? 0 : 1;
    }
    double tail = Math.exp(front(-Math.abs(x), kappa)) * integral(-Math.abs(x), kappa, 0);
    return x <= 0 ? tail : 1 - tail;
  }

  /// log P(X <= x), with full relative accuracy for x < 0.
  public static double von_mises_lcdf(double x, double kappa) {
    if (Math.abs(x) >= Math.PI) {
      return x < 0 ? Double.NEGATIVE_INFINITY : 0;
    }
    double tail = front(-Math.abs(x), kappa) + Math.log(integral(-Math.abs(x), kappa, 0));
    return x <= 0 ? tail : LogSpace.log1m_exp(tail);
  }

  /// The derivative of `von_mises_cdf` with respect to kappa.
  public static double von_mises_cdf_dkappa(double x, double kappa) {
    if (Math.abs(x) >= Math.PI) {
      return 0;
    }
    double z = -Math.abs(x);
    double slope = Math.exp(front(z, kappa)) * integral(z, kappa, 1);
    return x <= 0 ? slope : -slope;
  }

  /// log of exp(kappa (cos x - 1)) / (2 pi exp(-kappa) I0(kappa)).
  private static double front(double x, double kappa) {
    double s = Math.sin(0.5 * x);
    return -2 * kappa * s * s - Math.log(2 * Math.PI * Bessel.bessel_i0e(kappa));
  }

  /// The integral of exp(kappa (cos t - cos x)) (cos t - A(kappa))^power over t from -pi to x <= 0, from where the
  /// integrand is seen; A is the mean of the cosine.
  private static double integral(double x, double kappa, int power) {
    double from = -Math.acos(Math.max(-1, Math.cos(x) - 42 / kappa));
    double mean = Bessel.bessel_i1_i0(kappa);
    double half = (x - from) / (2 * PANELS);
    double sum = 0;
    for (int panel = 0; panel < PANELS; panel++) {
      double centre = from + (2 * panel + 1) * half;
      for (int k = 0; k < GaussLegendre.COUNT; k++) {
        double t = centre + half * GaussLegendre.node(k);
        double above = -2 * Math.sin(0.5 * (t + x)) * Math.sin(0.5 * (t - x));
        double f = GaussLegendre.weight(k) * Math.exp(kappa * above);
        sum += power == 0 ? f : f * (Math.cos(t) - mean);
      }
    }
    return half * sum;
  }
}
