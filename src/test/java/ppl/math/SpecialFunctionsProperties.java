package ppl.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.apache.commons.numbers.gamma.Trigamma;

/// Identities, and derivatives against finite differences, at random arguments; Commons Numbers as an independent twin.
class SpecialFunctionsProperties {
  /// Positive numbers of every size.
  @Provide
  Arbitrary<Double> sizes() {
    return Arbitraries.doubles().between(-3, 5).map(e -> Math.pow(10, e));
  }

  @Property(tries = 300)
  void gammaRecurrences(@ForAll("sizes") double x) {
    double next = x + 1;
    assertNear(GammaFunctions.lgamma(x) + Math.log(x), GammaFunctions.lgamma(next), 1e-13, 1);
    assertNear(GammaFunctions.digamma(next) - 1 / x, GammaFunctions.digamma(x), 1e-12, 1);
    assertNear(GammaFunctions.trigamma(next) + 1 / (x * x), GammaFunctions.trigamma(x), 1e-12, 0);
    assertNear(LogGamma.value(x), GammaFunctions.lgamma(x), 1e-12, 1);
    assertNear(Trigamma.value(x), GammaFunctions.trigamma(x), 1e-7, 0);
    assertNear(GammaFunctions.polygamma(3, next) + 6 / Math.pow(x, 4), GammaFunctions.polygamma(3, x), 1e-11, 0);
  }

  @Property(tries = 200)
  void incompleteGamma(@ForAll("sizes") double a, @ForAll @DoubleRange(min = -4, max = 6) double away) {
    double x = Math.max(1e-3 * a, a + away * Math.sqrt(a));
    double p = IncompleteGamma.gamma_p(a, x);
    assertEquals(1, p + IncompleteGamma.gamma_q(a, x), 1e-14);
    assertEquals(RegularizedGamma.P.value(a, x), p, 1e-11);
    assertNear(Math.log(p), IncompleteGamma.log_gamma_p(a, x), 1e-11, 1e-3);
    checkSlope(z -> IncompleteGamma.gamma_p(a, z), x, IncompleteGamma.gamma_p_dx(a, x));
    checkSlope(z -> IncompleteGamma.log_gamma_p(a, z), x, IncompleteGamma.log_gamma_p_dx(a, x));
    checkSlope(z -> IncompleteGamma.log_gamma_q(a, z), x, IncompleteGamma.log_gamma_q_dx(a, x));
    checkSlope(z -> IncompleteGamma.gamma_p(z, x), a, IncompleteGamma.gamma_p_da(a, x));
  }

  @Property(tries = 200)
  void incompleteBeta(@ForAll("sizes") double a, @ForAll("sizes") double b,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double x) {
    double value = IncompleteBeta.inc_beta(a, b, x);
    assertEquals(1, value + IncompleteBeta.inc_beta_c(a, b, x), 1e-13);
    assertEquals(RegularizedBeta.value(x, a, b), value, 1e-10);
    checkSlope(z -> IncompleteBeta.inc_beta(z, b, x), a, IncompleteBeta.inc_beta_da(a, b, x));
    checkSlope(z -> IncompleteBeta.inc_beta(a, z, x), b, IncompleteBeta.inc_beta_db(a, b, x));
    checkSlope(z -> IncompleteBeta.inc_beta(a, b, z), x, IncompleteBeta.inc_beta_dx(a, b, x));
    checkSlope(z -> IncompleteBeta.log_inc_beta(a, b, z), x, IncompleteBeta.log_inc_beta_dx(a, b, x));
    checkSlope(z -> IncompleteBeta.log_inc_beta_c(a, b, z), x, IncompleteBeta.log_inc_beta_c_dx(a, b, x));
  }

  @Property(tries = 200)
  void studentT(@ForAll("sizes") double nu, @ForAll @DoubleRange(min = -20, max = 20) double t) {
    assertEquals(1, StudentT.student_t_cdf(nu, t) + StudentT.student_t_cdf(nu, -t), 1e-14);
    checkSlope(z -> StudentT.student_t_lcdf(nu, z), t, StudentT.student_t_lcdf_dt(nu, t));
    checkSlope(z -> StudentT.student_t_lcdf(z, t), nu, StudentT.student_t_lcdf_dnu(nu, t));
  }

  @Property(tries = 200)
  void normal(@ForAll @DoubleRange(min = -37, max = 8) double x, @ForAll @DoubleRange(min = -5, max = 5) double a) {
    double p = ErrorFunctions.Phi(x);
    if (x < 5) {
      assertNear(x, NormalQuantile.inv_Phi(p), 1e-9, 1e-9);
    }
    assertNear(Math.log(p), ErrorFunctions.log_Phi(x), 1e-13, 0.02);
    checkSlope(ErrorFunctions::log_Phi, x, ErrorFunctions.log_Phi_dx(x));
    checkSlope(h -> SkewNormal.owens_t(h, a), 0.2 * x, SkewNormal.owens_t_dh(0.2 * x, a));
    checkSlope(s -> SkewNormal.owens_t(0.2 * x, s), a, SkewNormal.owens_t_da(0.2 * x, a));
  }

  @Property(tries = 300)
  void logSpace(@ForAll @DoubleRange(min = -800, max = 800) double x,
      @ForAll @DoubleRange(min = 0, max = 50) double d) {
    double y = x - d;
    assertNear(x, LogSpace.log_sum_exp(LogSpace.log_diff_exp(x, y), y), 1e-13, 1);
    assertNear(LogSpace.log1p_exp(x), LogSpace.log_sum_exp(0, x), 1e-15, 0);
    assertNear(LogSpace.log_inv_logit(x), LogSpace.log1m_inv_logit(-x), 1e-15, 0);
    if (d > 0.01 && Math.abs(x) < 30) {
      double plain = LogSpace.log_diff_exp(LogSpace.log_inv_logit(x), LogSpace.log_inv_logit(y));
      double flipped = LogSpace.log_diff_exp(LogSpace.log_inv_logit(-y), LogSpace.log_inv_logit(-x));
      assertNear(x < 0 ? plain : flipped, LogSpace.log_inv_logit_diff(x, y), 1e-11, 1e-11);
    }
    if (x < 0 && x > -700) {
      assertNear(x, LogSpace.logit(LogSpace.inv_logit(x)), 1e-13, 1e-2);
    }
  }

  /// Of numbers of all sizes, on both sides.
  @Property(tries = 3000)
  void log1p(@ForAll @DoubleRange(min = -330, max = 308) double exponent, @ForAll boolean negative) {
    double x = Math.pow(10, exponent);
    if (negative) x = x < 0.5 ? -x : -1 / (1 + 1 / x);
    assertEquals(Math.log1p(x), LogSpace.log1p(x), 2 * Math.ulp(Math.log1p(x)));
  }

  @Example
  void endsOfLog1p() {
    for (double x : new double[] {-1, -1.5, 0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN,
        Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, Math.nextUp(-1.0)})
      assertEquals(Math.log1p(x), LogSpace.log1p(x));
  }

  @Property(tries = 100)
  void multivariateGammaIsAProduct(@ForAll @DoubleRange(min = 2.1, max = 50) double x) {
    double recurrence = 2 * Math.log(Math.PI) + GammaFunctions.lgamma(x) + GammaFunctions.lmgamma(4, x - 0.5);
    assertNear(recurrence, GammaFunctions.lmgamma(5, x), 1e-13, 1);
    checkSlope(z -> GammaFunctions.lmgamma(5, z), x, GammaFunctions.lmgamma_dx(5, x));
    assertNear(Math.log(GammaFunctions.tgamma(x)), GammaFunctions.lgamma(x), 1e-13, 1);
  }

  @Example
  void endsAndNaN() {
    double inf = Double.POSITIVE_INFINITY;
    assertEquals(inf, GammaFunctions.lgamma(0));
    assertEquals(inf, GammaFunctions.lgamma(-3));
    assertEquals(inf, GammaFunctions.lgamma(inf));
    assertEquals(0, GammaFunctions.lgamma(1), 0);
    assertEquals(0, GammaFunctions.lgamma(2), 0);
    assertEquals(inf, GammaFunctions.digamma(inf));
    assertEquals(0, ErrorFunctions.Phi(-inf));
    assertEquals(1, ErrorFunctions.Phi(inf));
    assertEquals(-inf, ErrorFunctions.log_Phi(-inf));
    assertEquals(0, ErrorFunctions.log_Phi(inf), 0);
    assertEquals(-1, ErrorFunctions.erf(-inf));
    assertEquals(-inf, NormalQuantile.inv_Phi(0));
    assertEquals(inf, NormalQuantile.inv_Phi(1));
    assertEquals(0, NormalQuantile.inv_Phi(0.5));
    assertEquals(0, IncompleteGamma.gamma_p(2, 0));
    assertEquals(1, IncompleteGamma.gamma_p(2, inf));
    assertEquals(-inf, IncompleteGamma.log_gamma_q(2, inf));
    assertEquals(0, IncompleteBeta.inc_beta(2, 3, 0));
    assertEquals(1, IncompleteBeta.inc_beta(2, 3, 1));
    assertEquals(0.5, StudentT.student_t_cdf(3, 0), 1e-15);
    assertEquals(0, StudentT.student_t_cdf(3, -inf));
    assertEquals(-inf, LogSpace.log_sum_exp(-inf, -inf));
    assertEquals(inf, LogSpace.log_sum_exp(inf, 1));
    double nan = Double.NaN;
    for (double v : new double[] {GammaFunctions.lgamma(nan), ErrorFunctions.erfcx(nan), GammaFunctions.trigamma(nan),
        GammaFunctions.digamma(nan), ErrorFunctions.erf(nan),
        ErrorFunctions.erfc(nan), ErrorFunctions.Phi(nan), ErrorFunctions.log_Phi(nan), NormalQuantile.inv_Phi(nan),
        NormalQuantile.inv_Phi(2), IncompleteGamma.gamma_p(nan, 1), IncompleteBeta.inc_beta(1, nan, 0.5),
        LogSpace.log_sum_exp(nan, 1), LogSpace.inv_logit(nan)}) {
      assertTrue(Double.isNaN(v));
    }
  }

  private static void assertNear(double expected, double actual, double relative, double absoluteScale) {
    double allowed = relative * Math.max(Math.abs(expected), absoluteScale) + Double.MIN_NORMAL;
    assertTrue(expected == actual || Math.abs(expected - actual) <= allowed, () -> expected + " but " + actual);
  }

  /// A difference of fourth order over a step that suits both the argument and the scale on which the function changes.
  private static void checkSlope(DoubleUnaryOperator f, double x, double slope) {
    double value = Math.abs(f.applyAsDouble(x));
    double change = slope == 0 ? Double.POSITIVE_INFINITY : Math.max(value, 1e-3) / Math.abs(slope);
    double h = 1e-4 * Math.min(Math.max(Math.abs(x), 1e-6), change);
    double near = f.applyAsDouble(x + h) - f.applyAsDouble(x - h);
    double far = f.applyAsDouble(x + 2 * h) - f.applyAsDouble(x - 2 * h);
    double numeric = (8 * near - far) / (12 * h);
    double rounding = 1e-13 * Math.max(value, 1e-2) / h;
    assertEquals(slope, numeric, 1e-4 * Math.abs(slope) + rounding, () -> "at " + x);
  }
}
