package ppl.math;

/// The standard Student t distribution function with nu degrees of freedom, through the incomplete beta function.
public final class StudentT {
  private StudentT() {}

  public static double student_t_cdf(double nu, double t) {
    return t <= 0 ? Math.exp(logTail(nu, t)) : 1 - Math.exp(logTail(nu, t));
  }

  /// log of the distribution function at t, with full relative accuracy in the left tail.
  public static double student_t_lcdf(double nu, double t) {
    return t <= 0 ? logTail(nu, t) : LogSpace.log1m_exp(logTail(nu, t));
  }

  /// log of the complement of the distribution function.
  public static double student_t_lccdf(double nu, double t) {
    return student_t_lcdf(nu, -t);
  }

  /// The derivative of `student_t_lcdf` with respect to nu.
  public static double student_t_lcdf_dnu(double nu, double t) {
    if (Double.isInfinite(t) || t == 0) {
      return 0;
    }
    double slope = logTailSlope(nu, t);
    if (t < 0) {
      return slope;
    }
    double log = logTail(nu, t);
    return -Math.exp(log - LogSpace.log1m_exp(log)) * slope;
  }

  /// The derivative of `student_t_lcdf` with respect to t.
  public static double student_t_lcdf_dt(double nu, double t) {
    return Math.exp(student_t_lpdf(nu, t) - student_t_lcdf(nu, t));
  }

  /// log density.
  public static double student_t_lpdf(double nu, double t) {
    return -GammaFunctions.lbeta(0.5 * nu, 0.5) - 0.5 * Math.log(nu) - 0.5 * (nu + 1) * LogSpace.log1p(t / nu * t);
  }

  /// log P(T < -|t|) = log(I(nu / (nu + t^2); nu / 2, 1 / 2) / 2).
  private static double logTail(double nu, double t) {
    return IncompleteBeta.log(0.5 * nu, 0.5, x(nu, t), y(nu, t)) - Math.log(2);
  }

  private static double logTailSlope(double nu, double t) {
    double x = x(nu, t);
    double y = y(nu, t);
    double density = IncompleteBeta.logDensity(0.5 * nu, 0.5, x, y) - IncompleteBeta.log(0.5 * nu, 0.5, x, y);
    return 0.5 * IncompleteBeta.logSlopeA(0.5 * nu, 0.5, x, y) + Math.exp(density) * x * y / nu;
  }

  private static double x(double nu, double t) {
    return 1 / (1 + t / nu * t);
  }

  private static double y(double nu, double t) {
    double r = t / nu * t;
    return Double.isInfinite(r) ? 1 : r / (1 + r);
  }
}
