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
import ppl.runtime.Dataset;
import ppl.runtime.Target;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Processor time of gradients where few rows differ, and where each row has a number of its own that changes nothing: one
/// stretch of the one, one of the other.
final class RepeatsTime {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int COLUMNS = 8;
  private static final int GROUPS = 50;
  private static final int STRETCHES = 41;
  private static final double WARM_NANOS = 3e9;
  private static final double STRETCH_NANOS = 2e7;
  private static final String MODEL = """
      data N : int
      data D : int
      data X : real[N, D]
      data e : real[N]
      data g : int[N]
      data y : %s[N]
      alpha : real ~ Normal(0, 1)
      beta : real[D] ~ Normal(0, 1)
      theta : real[50] ~ Normal(0, 1)
      cut : ordered[2] ~ Normal(0, 3)
      y ~ %s
      """;
  private static final Map<String, String> LAWS = new LinkedHashMap<>();

  static {
    LAWS.put("logistic", "Bernoulli(logit = alpha + X * beta + e)");
    LAWS.put("Poisson", "Poisson(log = alpha + X * beta + e)");
    LAWS.put("by groups", "Bernoulli(logit = theta[g] + X * beta + e)");
    LAWS.put("ordinal", "OrderedLogistic(X * beta + e, cut)");
  }

  private static double sink;

  private RepeatsTime() {}

  /// @param sizes rows, and how many of them differ
  public static void main(String[] sizes) {
    int n = sizes.length == 0 ? 100_000 : Integer.parseInt(sizes[0]);
    var distinct = sizes.length < 2 ? new int[] {200, 2_000, 20_000, 50_000}
        : Arrays.stream(sizes).skip(1).mapToInt(Integer::parseInt).toArray();
    System.out.printf("%d rows: microseconds of a gradient, the least and the median; milliseconds of binding%n", n);
    System.out.printf("%-12s %10s %10s %10s %10s %10s %8s %8s %8s%n", "", "distinct", "all", "", "repeated", "", "ratio", "binding", "");
    for (var law : LAWS.entrySet()) {
      var type = law.getKey().equals("ordinal") ? "int" : law.getKey().equals("Poisson") ? "count" : "binary";
      var program = Bound.program(new Source(law.getKey(), MODEL.formatted(type, law.getValue())));
      for (int m : distinct) {
        var each = data(program, law.getKey(), n, m, 1e-300);
        var same = data(program, law.getKey(), n, m, 0);
        double[] binding = {binding(program, each), binding(program, same)};
        var times = measure(List.of(program.bind(each), program.bind(same)));
        int middle = STRETCHES / 2;
        System.out.printf("%-12s %10d %10.1f %10.1f %10.1f %10.1f %8.2f %8.1f %8.1f%n", law.getKey(), m,
            times[0][0], times[0][middle], times[1][0], times[1][middle], times[0][middle] / times[1][middle],
            binding[0], binding[1]);
      }
    }
    if (sink == 0.5) System.out.println();
  }

  private static Dataset data(Program program, String law, int n, int distinct, double each) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var rows = random.ints(n, 0, distinct).toArray();
    var table = new double[distinct][];
    for (int i = 0; i < distinct; i++) table[i] = random.ints(COLUMNS, 0, 4).asDoubleStream().map(v -> v / 4).toArray();
    var data = new LinkedHashMap<String, Object>();
    data.put("N", n);
    data.put("D", COLUMNS);
    data.put("X", Arrays.stream(rows).mapToObj(r -> table[r]).toArray(double[][]::new));
    data.put("e", Arrays.stream(rows).mapToDouble(r -> 0).toArray());
    var e = (double[]) data.get("e");
    for (int i = 0; i < n; i++) e[i] = each * (i + 1);
    data.put("g", Arrays.stream(rows).map(r -> 1 + r % GROUPS).toArray());
    int categories = law.equals("ordinal") ? 3 : 2;
    data.put("y", Arrays.stream(rows).map(r -> (r / GROUPS) % categories + categories - 2).toArray());
    var diagnostics = new Diagnostics();
    return Binder.bind(program.schema(), JavaData.of(program.schema(), data, diagnostics), diagnostics)
        .orElseThrow(() -> new IllegalStateException(diagnostics.all().toString()));
  }

  /// Milliseconds, the least of several times.
  private static double binding(Program program, Dataset data) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 15; i++) {
      long start = THREAD.getCurrentThreadCpuTime();
      sink += program.bind(data).dimension();
      least = Math.min(least, THREAD.getCurrentThreadCpuTime() - start);
    }
    return 1e-6 * least;
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
