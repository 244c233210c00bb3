package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The kernels against values to 30 digits, in units of the last place of a double.
class AccuracyTest {
  private interface Kernel {
    void run(double[] x, double[] y, int n);
  }

  private record Case(Kernel kernel, double most) {}

  private static final Map<String, Case> CASES = Map.of(
      "exp", new Case(Maps::exp, 1.0), "log", new Case(Maps::log, 1.0), "log1p", new Case(Maps::log1p, 1.5),
      "softplus", new Case(Maps::softplus, 2.0), "sigmoid", new Case(Maps::sigmoid, 2.5));

  @Test
  void valuesAreExactButForTheLastBits() throws IOException {
    var lines = lines();
    for (var line : lines) {
      var parts = line.split(" ");
      var test = CASES.get(parts[0]);
      var y = new double[1];
      test.kernel.run(new double[] {Double.parseDouble(parts[1])}, y, 1);
      double error = ulps(y[0], new BigDecimal(parts[2]));
      assertTrue(error <= test.most, () -> line + " is off by " + error + " ulp");
    }
    assertTrue(lines.size() > 300);
  }

  private static java.util.List<String> lines() throws IOException {
    try (var in = new BufferedReader(new InputStreamReader(
        AccuracyTest.class.getResourceAsStream("accuracy.txt"), StandardCharsets.UTF_8))) {
      return in.lines().filter(l -> !l.startsWith("#")).toList();
    }
  }

  private static double ulps(double actual, BigDecimal exact) {
    var error = new BigDecimal(actual).subtract(exact).abs();
    return error.divide(new BigDecimal(Math.ulp(exact.doubleValue())), MathContext.DECIMAL64).doubleValue();
  }
}
