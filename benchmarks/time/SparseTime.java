import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import ppl.Program;
import ppl.io.Binder;
import ppl.io.JavaData;
import ppl.runtime.Target;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Processor time of gradients on a matrix with few elements that are not 0, and on the same matrix with numbers so small in the
/// place of zeros that they change nothing: one stretch of the one, one of the other.
final class SparseTime {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final double NEARLY_ZERO = 1e-300;
  private static final int STRETCHES = 41;
  private static final double WARM_NANOS = 3e9;
  private static final double STRETCH_NANOS = 2e7;
  private static final double[] SHARES = {0.002, 0.01, 0.03, 0.06, 0.1, 0.15};
  private static final double[] FEW = {0.0025, 0.01};
  private static final String MODEL = """
      data N : int
      data D : int
      data X : real[N, D]
      data y : binary[N]
      alpha : real ~ Normal(0, 1)
      beta : real[D] ~ Normal(0, 1)
      y ~ %s
      """;
  private static final Map<String, String> LAWS = new LinkedHashMap<>();

  static {
    LAWS.put("logistic", "Bernoulli(logit = alpha + X * beta)");
    LAWS.put("Poisson", "Poisson(log = alpha + X * beta)");
    LAWS.put("Student", "StudentT(4, alpha + X * beta, 1)");
    LAWS.put("normal", "Normal(alpha + X * beta, 1)");
  }

  private static double sink;

  private SparseTime() {}

  /// @param sizes rows and columns
  public static void main(String[] sizes) {
    int n = sizes.length == 0 ? 20_000 : Integer.parseInt(sizes[0]);
    int d = sizes.length == 0 ? 500 : Integer.parseInt(sizes[1]);
    System.out.printf("%d rows, %d columns: microseconds of a gradient, the least and the median%n", n, d);
    System.out.printf("%-12s %10s %10s %10s %10s %10s %8s%n", "", "not 0", "dense", "", "sparse", "", "ratio");
    for (var law : LAWS.entrySet()) {
      boolean whole = law.getKey().equals("logistic") || law.getKey().equals("Poisson");
      var y = whole ? MODEL : MODEL.replace("binary", "real");
      var program = Bound.program(new Source(law.getKey(), y.formatted(law.getValue())));
      for (double share : law.getKey().equals("logistic") ? SHARES : FEW) {
        var times = measure(List.of(target(program, n, d, share, NEARLY_ZERO), target(program, n, d, share, 0)));
        int middle = STRETCHES / 2;
        System.out.printf("%-12s %9.1f%% %10.1f %10.1f %10.1f %10.1f %8.1f%n", law.getKey(), 100 * share,
            times[0][0], times[0][middle], times[1][0], times[1][middle], times[0][middle] / times[1][middle]);
      }
    }
    if (sink == 0.5) System.out.println();
  }

  private static Target target(Program program, int n, int d, double share, double zero) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var x = new double[n][d];
    for (var row : x) for (int k = 0; k < d; k++) row[k] = random.nextDouble() < share ? random.nextGaussian() : zero;
    var data = new LinkedHashMap<String, Object>();
    data.put("N", n);
    data.put("D", d);
    data.put("X", x);
    data.put("y", random.ints(n, 0, 2).toArray());
    var diagnostics = new Diagnostics();
    return program.bind(Binder.bind(program.schema(), JavaData.of(program.schema(), data, diagnostics), diagnostics)
        .orElseThrow(() -> new IllegalStateException(diagnostics.all().toString())));
  }

  /// Sorted microseconds a gradient, of each stretch.
  private static double[][] measure(List<Target> targets) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var q = new double[targets.getFirst().dimension()];
    for (int i = 0; i < q.length; i++) q[i] = 0.1 * random.nextGaussian();
    var g = new double[q.length];
    var calls = new int[] {1, 1};
    for (int t = 0; t < 2; t++)
      for (double spent = 0; spent < WARM_NANOS; ) {
        double nanos = stretch(targets.get(t), q, g, calls[t]);
        spent += nanos;
        if (nanos < STRETCH_NANOS) calls[t] *= 2;
      }
    var times = new double[2][STRETCHES];
    for (int s = 0; s < STRETCHES; s++)
      for (int t = 0; t < 2; t++) times[t][s] = 1e-3 * stretch(targets.get(t), q, g, calls[t]) / calls[t];
    for (var t : times) Arrays.sort(t);
    return times;
  }

  private static double stretch(Target target, double[] q, double[] g, int calls) {
    long start = THREAD.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) sink += target.gradient(q, g);
    return THREAD.getCurrentThreadCpuTime() - start;
  }
}
