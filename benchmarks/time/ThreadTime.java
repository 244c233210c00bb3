import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import ppl.runtime.Crew;
import ppl.runtime.Target;

/// Elapsed time of gradients on one thread and on several, in short stretches by turns: on a busy machine the least of them
/// tells what a quiet one would give, and the median what this one gives.
final class ThreadTime {
  private static final List<String> ALL = List.of("logistic", "poisson", "mixture_four");
  private static final double WARM_SECONDS = 3;
  private static final double STRETCH_NANOS = 5e5;
  private static final double SECONDS = 6;

  private ThreadTime() {}

  private static double sink;

  /// @param arguments the number of threads; then names of folders in `models/`, with `=FILE` for other data than theirs
  public static void main(String[] arguments) throws IOException {
    int threads = Integer.parseInt(arguments[0]);
    var models = List.of(arguments).subList(1, arguments.length);
    System.out.printf("%-24s %25s %25s%n", "microseconds", "1 thread", threads + " threads");
    System.out.printf("%-24s %12s %12s %12s %12s%n", "", "least", "median", "least", "median");
    try (var crew = new Crew(threads)) {
      for (var model : models.isEmpty() ? ALL : models) {
        Target alone = Bound.target(model);
        var times = measure(alone, alone.helpedBy(crew));
        for (var t : times) Arrays.sort(t);
        System.out.printf("%-24s %12.1f %12.1f %12.1f %12.1f%n", model.split("=", 2)[0], times[0][0],
            times[0][times[0].length / 2], times[1][0], times[1][times[1].length / 2]);
      }
    }
    if (sink == 0.5) System.out.println();
  }

  /// Microseconds a gradient, of each stretch.
  private static double[][] measure(Target alone, Target helped) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var q = new double[alone.dimension()];
    var g = new double[q.length];
    for (int i = 0; i < q.length; i++) q[i] = 0.1 * random.nextGaussian();
    double one = Double.POSITIVE_INFINITY;
    for (long begin = processor(); processor() - begin < 1e9 * WARM_SECONDS; ) {
      one = Math.min(one, stretch(alone, q, g, 3));
      one = Math.min(one, stretch(helped, q, g, 3));
    }
    int calls = (int) Math.max(1, STRETCH_NANOS / (1e3 * one));
    int count = (int) Math.max(20, 1e9 * SECONDS / (2e3 * one * calls));
    var times = new double[2][count];
    for (int i = 0; i < count; i++) {
      times[0][i] = stretch(alone, q, g, calls);
      times[1][i] = stretch(helped, q, g, calls);
    }
    return times;
  }

  private static long processor() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double stretch(Target target, double[] q, double[] gradient, int calls) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) sink += target.gradient(q, gradient);
    return 1e-3 * (System.nanoTime() - start) / calls;
  }
}
