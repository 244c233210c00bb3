import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import ppl.io.Binder;
import ppl.io.JavaData;
import ppl.runtime.Target;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Processor time at several positions, in one pass over the data and one by one: a stretch of the one, a stretch of the other.
final class DrawsTime {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int POSITIONS = 8;
  private static final int STRETCHES = 41;
  private static final double WARM_NANOS = 4e9;
  private static final double STRETCH_NANOS = 2e7;
  private static final int[][] SIZES = {{10_000, 25}, {20_000, 25}, {40_000, 25}, {100_000, 25}, {1_000_000, 10}};
  private static final String MODEL = """
      data N : int
      data D : int
      data X : real[N, D]
      data y : %s[N]
      alpha : real ~ Normal(0, 1)
      beta : real[D] ~ Normal(0, 1)
      y ~ %s
      """;
  private static final Map<String, String> LAWS = new LinkedHashMap<>();

  static {
    LAWS.put("logistic", MODEL.formatted("binary", "Bernoulli(logit = alpha + X * beta)"));
    LAWS.put("Poisson", MODEL.formatted("int", "Poisson(log = alpha + X * beta)"));
    LAWS.put("Student", MODEL.formatted("real", "StudentT(4, alpha + X * beta, 1)"));
  }

  private static double sink;

  private DrawsTime() {}

  private interface Evaluation {
    void of(Target target);
  }

  /// @param sizes rows and columns
  public static void main(String[] sizes) {
    var all = sizes.length == 0 ? SIZES : new int[][] {{Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1])}};
    System.out.printf("%-12s %9s %8s %14s %12s %12s %8s %12s%n", "microseconds", "rows", "columns", "", "one by one", "in one pass",
        "ratio", "bytes/pass");
    for (var law : LAWS.entrySet())
      for (var size : all) {
        var target = target(law.getValue(), size[0], size[1]);
        var q = positions(target.dimension());
        var g = new double[POSITIONS][target.dimension()];
        var values = new double[POSITIONS];
        measure(law.getKey(), size, "gradient", target, t -> {
          for (int k = 0; k < POSITIONS; k++) values[k] = t.gradient(q[k], g[k]);
        }, t -> t.gradients(POSITIONS, q, g, values));
        measure(law.getKey(), size, "log density", target, t -> {
          for (int k = 0; k < POSITIONS; k++) values[k] = t.logDensity(q[k]);
        }, t -> t.logDensities(POSITIONS, q, values));
        for (double v : values) sink += v;
      }
    if (sink == 0.5) System.out.println();
  }

  private static double[][] positions(int d) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var q = new double[POSITIONS][d];
    for (var x : q) for (int i = 0; i < d; i++) x[i] = 0.1 * random.nextGaussian();
    return q;
  }

  private static void measure(String law, int[] size, String what, Target target, Evaluation... ways) {
    double one = Double.POSITIVE_INFINITY;
    for (double spent = 0; spent < WARM_NANOS; )
      for (var way : ways) {
        double t = run(way, target, 1);
        spent += t;
        one = Math.min(one, t);
      }
    int calls = (int) Math.max(1, STRETCH_NANOS / one);
    var times = new double[ways.length][STRETCHES];
    long bytes = 0;
    for (int i = 0; i < STRETCHES; i++)
      for (int w = 0; w < ways.length; w++) {
        long before = THREAD.getCurrentThreadAllocatedBytes();
        times[w][i] = run(ways[w], target, calls) / calls / POSITIONS;
        if (w > 0) bytes += THREAD.getCurrentThreadAllocatedBytes() - before;
      }
    for (var t : times) Arrays.sort(t);
    double first = times[0][STRETCHES / 2];
    double second = times[1][STRETCHES / 2];
    System.out.printf("%-12s %9d %8d %14s %12.1f %12.1f %8.2f %12d%n", law, size[0], size[1], what, 1e-3 * first, 1e-3 * second,
        first / second, bytes / STRETCHES / calls);
  }

  private static double run(Evaluation way, Target target, int calls) {
    long start = THREAD.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) way.of(target);
    return THREAD.getCurrentThreadCpuTime() - start;
  }

  private static Target target(String model, int n, int d) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var x = new double[n][d];
    for (var row : x) for (int k = 0; k < d; k++) row[k] = random.nextGaussian();
    var data = new LinkedHashMap<String, Object>(Map.of("N", n, "D", d, "X", x, "y", random.ints(n, 0, 2).toArray()));
    var program = Bound.program(new Source("regression", model));
    var diagnostics = new Diagnostics();
    return program.bind(Binder.bind(program.schema(), JavaData.of(program.schema(), data, diagnostics), diagnostics)
        .orElseThrow(() -> new IllegalStateException(diagnostics.all().toString())));
  }
}
