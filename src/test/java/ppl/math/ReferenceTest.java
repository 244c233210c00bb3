package ppl.math;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Every special function against values of 340-digit arithmetic (`reference.csv`, written by `reference.py`).
class ReferenceTest {
  /// A function under test and the relative error it may have.
  private record Case(Function f, double tolerance) {}

  private interface Function {
    double of(double[] x);
  }

  private static Case at(double tolerance, Function f) {
    return new Case(f, tolerance);
  }

  private static final Map<String, Case> CASES = Map.ofEntries(
      Map.entry("lgamma", at(2e-15, x -> GammaFunctions.lgamma(x[0]))),
      Map.entry("digamma", at(2e-15, x -> GammaFunctions.digamma(x[0]))),
      Map.entry("trigamma", at(2e-15, x -> GammaFunctions.trigamma(x[0]))),
      Map.entry("tetragamma", at(2e-15, x -> GammaFunctions.polygamma(2, x[0]))),
      Map.entry("lbeta", at(1e-14, x -> GammaFunctions.lbeta(x[0], x[1]))),
      Map.entry("log_rising_factorial", at(2e-12, x -> GammaFunctions.log_rising_factorial(x[0], x[1]))),
      Map.entry("lchoose", at(2e-15, x -> GammaFunctions.lchoose(x[0], x[1]))),
      Map.entry("erf", at(1e-15, x -> ErrorFunctions.erf(x[0]))),
      Map.entry("erfc", at(1e-15, x -> ErrorFunctions.erfc(x[0]))),
      Map.entry("erfcx", at(1e-15, x -> ErrorFunctions.erfcx(x[0]))),
      Map.entry("Phi", at(1e-15, x -> ErrorFunctions.Phi(x[0]))),
      Map.entry("log_Phi", at(1e-15, x -> ErrorFunctions.log_Phi(x[0]))),
      Map.entry("log_Phi_dx", at(1e-15, x -> ErrorFunctions.log_Phi_dx(x[0]))),
      Map.entry("log_diff_Phi", at(1e-12, x -> ErrorFunctions.log_diff_Phi(x[0], x[1]))),
      Map.entry("inv_Phi", at(5e-15, x -> NormalQuantile.inv_Phi(x[0]))),
      Map.entry("bessel_i0e", at(5e-15, x -> Bessel.bessel_i0e(x[0]))),
      Map.entry("bessel_i1e", at(5e-15, x -> Bessel.bessel_i1e(x[0]))),
      Map.entry("log_bessel_i0", at(5e-15, x -> Bessel.log_bessel_i0(x[0]))),
      Map.entry("bessel_i1_i0", at(1e-14, x -> Bessel.bessel_i1_i0(x[0]))),
      Map.entry("gamma_p", at(2e-13, x -> IncompleteGamma.gamma_p(x[0], x[1]))),
      Map.entry("gamma_q", at(2e-13, x -> IncompleteGamma.gamma_q(x[0], x[1]))),
      Map.entry("log_gamma_p", at(2e-13, x -> IncompleteGamma.log_gamma_p(x[0], x[1]))),
      Map.entry("log_gamma_q", at(2e-13, x -> IncompleteGamma.log_gamma_q(x[0], x[1]))),
      Map.entry("gamma_p_da", at(2e-12, x -> IncompleteGamma.gamma_p_da(x[0], x[1]))),
      Map.entry("log_gamma_p_da", at(2e-12, x -> IncompleteGamma.log_gamma_p_da(x[0], x[1]))),
      Map.entry("log_gamma_q_da", at(2e-12, x -> IncompleteGamma.log_gamma_q_da(x[0], x[1]))),
      Map.entry("inc_beta", at(2e-13, x -> IncompleteBeta.inc_beta(x[0], x[1], x[2]))),
      Map.entry("log_inc_beta", at(1e-13, x -> IncompleteBeta.log_inc_beta(x[0], x[1], x[2]))),
      Map.entry("log_inc_beta_c", at(1e-13, x -> IncompleteBeta.log_inc_beta_c(x[0], x[1], x[2]))),
      Map.entry("log_inc_beta_da", at(5e-11, x -> IncompleteBeta.log_inc_beta_da(x[0], x[1], x[2]))),
      Map.entry("log_inc_beta_db", at(5e-11, x -> IncompleteBeta.log_inc_beta_db(x[0], x[1], x[2]))),
      Map.entry("log_inc_beta_c_da", at(5e-11, x -> IncompleteBeta.log_inc_beta_c_da(x[0], x[1], x[2]))),
      Map.entry("log_inc_beta_c_db", at(5e-11, x -> IncompleteBeta.log_inc_beta_c_db(x[0], x[1], x[2]))),
      Map.entry("student_t_lcdf", at(2e-13, x -> StudentT.student_t_lcdf(x[0], x[1]))),
      Map.entry("student_t_lccdf", at(2e-13, x -> StudentT.student_t_lccdf(x[0], x[1]))),
      Map.entry("von_mises_cdf", at(5e-13, x -> VonMises.von_mises_cdf(x[0], x[1]))),
      Map.entry("von_mises_lcdf", at(5e-13, x -> VonMises.von_mises_lcdf(x[0], x[1]))),
      Map.entry("von_mises_cdf_dkappa", at(5e-13, x -> VonMises.von_mises_cdf_dkappa(x[0], x[1]))),
      Map.entry("owens_t", at(5e-13, x -> SkewNormal.owens_t(x[0], x[1]))),
      Map.entry("skew_normal_lcdf", at(2e-11, x -> SkewNormal.skew_normal_lcdf(x[0], x[1]))));

  @Test
  void agreesWithTheReference() throws IOException {
    List<String> lines = lines();
    var seen = new TreeSet<String>();
    Stream<Executable> checks = lines.stream().map(line -> line.split(",")).map(fields -> {
      seen.add(fields[0]);
      return () -> check(fields);
    });
    assertAll(checks);
    assertEquals(CASES.keySet(), seen);
    assertTrue(lines.size() > 500);
  }

  private static void check(String[] fields) {
    double[] x = Arrays.stream(fields, 1, fields.length - 1).mapToDouble(Double::parseDouble).toArray();
    double expected = Double.parseDouble(fields[fields.length - 1]);
    Case c = CASES.get(fields[0]);
    double actual = c.f().of(x);
    double scale = Math.max(Math.abs(expected), Double.MIN_NORMAL);
    boolean right = actual == expected || Math.abs(actual - expected) <= c.tolerance() * scale;
    assertTrue(right, () -> String.join(",", fields) + " got " + actual);
  }

  private static List<String> lines() throws IOException {
    try (var in = ReferenceTest.class.getResourceAsStream("reference.csv");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
