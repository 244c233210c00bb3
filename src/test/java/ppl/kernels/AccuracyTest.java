package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The kernels against values to 30 digits, in units of the last place of a double.
class AccuracyTest {
  private interface Kernel {
    void run(double[] x, double[] y, int n);
  }

  /// @param most  error in units of the last place
  /// @param floor what smaller values are compared as: zeros of a function cost digits
  private record Case(Kernel kernel, double most, double floor) {
    Case(Kernel kernel, double most) {
      this(kernel, most, 0);
    }
  }

  private interface Working {
    void run(double[] x, double[] y, double[] work, int n);
  }

  private static Kernel working(Working f) {
    return (x, y, n) -> f.run(x, y, new double[n], n);
  }

  private static final Map<String, Case> CASES = Map.ofEntries(
      Map.entry("exp", new Case(Maps::exp, 1.0)), Map.entry("log", new Case(Maps::log, 1.0)),
      Map.entry("log1p", new Case(Maps::log1p, 1.5)), Map.entry("softplus", new Case(Maps::softplus, 2.0)),
      Map.entry("sigmoid", new Case(Maps::sigmoid, 2.5)), Map.entry("expm1", new Case(Maps::expm1, 1.5)),
      Map.entry("tanh", new Case(Maps::tanh, 3.0)), Map.entry("erf", new Case(working(Specials::erf), 2.0)),
      Map.entry("erfc", new Case(working(Specials::erfc), 4.0)), Map.entry("Phi", new Case(working(Specials::phi), 4.0)),
      Map.entry("log_Phi", new Case(working(Specials::logPhi), 4.0)),
      Map.entry("log_Phi_slope", new Case(working(Specials::logPhiSlope), 4.0)),
      Map.entry("lgamma", new Case(working(Specials::lgamma), 4.0)),
      Map.entry("digamma", new Case(working(Specials::digamma), 4.0, 0.5)),
      Map.entry("pow", new Case((x, y, n) -> Specials.pow(x, new double[] {x[1]}, y, new double[1], n), 2.0)));

  @Test
  void valuesAreExactButForTheLastBits() throws IOException {
    var lines = lines();
    var worst = new TreeMap<String, Double>();
    for (var line : lines) {
      var parts = line.split(" ");
      var test = CASES.get(parts[0]);
      var y = new double[1];
      var x = Arrays.stream(parts[1].split(",")).mapToDouble(Double::parseDouble).toArray();
      test.kernel.run(x, y, 1);
      double error = ulps(y[0], new BigDecimal(parts[2]), test.floor);
      worst.merge(parts[0], error, Math::max);
      assertTrue(error <= test.most, () -> line + " is off by " + error + " ulp");
    }
    assertEquals(CASES.keySet(), worst.keySet());
  }

  private static java.util.List<String> lines() throws IOException {
    try (var in = new BufferedReader(new InputStreamReader(
        AccuracyTest.class.getResourceAsStream("accuracy.txt"), StandardCharsets.UTF_8))) {
      return in.lines().filter(l -> !l.startsWith("#")).toList();
    }
  }

  private static double ulps(double actual, BigDecimal exact, double floor) {
    var error = new BigDecimal(actual).subtract(exact).abs();
    double unit = Math.ulp(Math.max(Math.abs(exact.doubleValue()), floor));
    return error.divide(new BigDecimal(unit), MathContext.DECIMAL64).doubleValue();
  }
}
