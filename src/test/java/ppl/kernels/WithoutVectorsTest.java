package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The kernels where the module of vectors is missing: in a virtual machine that is started without it.
class WithoutVectorsTest {
  /// Prints results of all kernels, to the last bit.
  public static final class Main {
    private Main() {}

    /// Runs in either machine.
    public static void main(String[] arguments) {
      System.out.print(results());
    }
  }

  private interface Working {
    void run(double[] x, double[] y, double[] work, int n);
  }

  private static String results() {
    var x = new double[21];
    Arrays.setAll(x, i -> (i - 7) / 3.0);
    var all = new StringBuilder();
    var y = new double[32];
    Maps.exp(x, y, 21);
    all.append(Arrays.toString(y));
    Maps.log(y, y, 21);
    all.append(Arrays.toString(y));
    Maps.log1p(x, y, 21);
    all.append(Arrays.toString(y));
    Maps.softplusSlope(x, x.clone(), y, 21);
    all.append(Arrays.toString(y));
    for (var f : List.<Working>of(Specials::erf, Specials::erfc, Specials::phi, Specials::logPhi, Specials::logPhiSlope,
        Specials::lgamma, Specials::digamma)) {
      f.run(x, y, new double[21], 21);
      all.append(Arrays.toString(y));
    }
    Maps.expm1(x, y, 21);
    all.append(Arrays.toString(y));
    Maps.tanh(x, y, 21);
    all.append(Arrays.toString(y));
    Specials.pow(x, x.clone(), y, new double[21], 21);
    all.append(Arrays.toString(y));
    Sums.sum(x, y, 21);
    all.append(y[0]);
    Columns.multiply(x, x, y, 0, 5, 4, 4);
    Columns.addTransposed(x, x, y, 0, 4, 5, 3);
    all.append(Arrays.toString(y));
    var six = new double[Inner.CROSSED];
    Inner.cross(x, y, y, x, y, y, new double[21], six, 21);
    all.append(Arrays.toString(Arrays.copyOf(six, Inner.PRODUCTS))).append(Inner.push(0.5, x, y, new double[21], new double[21], 21));
    Products.subtract(x, 0, 3, 1, x, 2, 3, y, 0, 3, 3, 3, 3);
    return all.append(Arrays.toString(y)).toString();
  }

  @Test
  void resultsAreTheSame() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process = new ProcessBuilder(java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
        System.getProperty("java.class.path"), Main.class.getName()).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(results(), said);
  }
}
