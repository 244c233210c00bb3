import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import ppl.runtime.Target;

/// Processor time and allocation of log densities and gradients, for a quick look; `benchmarks/jmh` measures with care.
final class GradientTime {
  private static final List<String> ALL = List.of("eight_schools", "logistic", "varying_slopes", "mixture_four", "gp",
      "poisson", "hmm", "conjugate_regression");
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private GradientTime() {}

  private static double sink;

  private interface Evaluation {
    double at(double[] q, double[] gradient);
  }

  /// @param models names of folders in `models/`, with `=FILE` for other data than theirs; none for the workloads that
  ///     are compared with others
  public static void main(String[] models) throws IOException {
    System.out.printf("%-24s %12s %12s %12s%n", "microseconds", "logDensity", "gradient", "bytes/call");
    for (var model : models.length == 0 ? ALL : List.of(models)) {
      Target target = Bound.target(model);
      var density = measure(target, (q, g) -> target.logDensity(q));
      var gradient = measure(target, target::gradient);
      System.out.printf("%-24s %12.3f %12.3f %12.1f%n", model.split("=", 2)[0], density[0], gradient[0], gradient[1]);
    }
    if (sink == 0.5) System.out.println();
  }

  /// Median microseconds of processor time a call, and bytes allocated.
  private static double[] measure(Target target, Evaluation evaluation) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var q = new double[target.dimension()];
    var gradient = new double[q.length];
    for (int i = 0; i < q.length; i++) q[i] = 0.1 * random.nextGaussian();
    int calls = warm(evaluation, q, gradient);
    var times = new double[9];
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    for (int r = 0; r < times.length; r++) times[r] = run(evaluation, q, gradient, calls) / calls;
    bytes = THREAD.getCurrentThreadAllocatedBytes() - bytes;
    Arrays.sort(times);
    return new double[] {1e-3 * times[times.length / 2], (double) bytes / calls / times.length};
  }

  /// Runs for a while; gives the number of calls that take some 20 ms.
  private static int warm(Evaluation evaluation, double[] q, double[] gradient) {
    int calls = 1;
    for (double spent = 0; spent < 1.5e9; ) {
      double t = run(evaluation, q, gradient, calls);
      spent += t;
      if (t < 2e7) calls *= 2;
    }
    return calls;
  }

  private static double run(Evaluation evaluation, double[] q, double[] gradient, int calls) {
    long start = THREAD.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) sink += evaluation.at(q, gradient);
    return THREAD.getCurrentThreadCpuTime() - start;
  }
}
