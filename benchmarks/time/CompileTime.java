import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import ppl.source.Source;

/// Processor time of compiling: the first time in a process, and when the compiler is warm.
final class CompileTime {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int REPEATS = Integer.getInteger("repeats", 200);

  private CompileTime() {}

  /// @param arguments a file, or a number of groups of four statements to generate
  public static void main(String[] arguments) throws IOException {
    var text = arguments[0];
    boolean made = text.matches("\\d+");
    var source = made ? new Source("generated.ppl", Generated.model(Integer.parseInt(text))) : Bound.source(Path.of(text));
    double cold = once(source);
    var warm = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) warm[i] = once(source);
    double best = REPEATS == 0 ? Double.NaN : median(Arrays.copyOfRange(warm, REPEATS * 3 / 4, REPEATS));
    System.out.printf("%-40s %5d lines   cold %7.1f ms   warm %7.2f ms%n", source.name(),
        source.text().lines().count(), cold, best);
  }

  private static double median(double[] x) {
    Arrays.sort(x);
    return x[x.length / 2];
  }

  private static double once(Source source) {
    long start = THREAD.getCurrentThreadCpuTime();
    Bound.program(source);
    return 1e-6 * (THREAD.getCurrentThreadCpuTime() - start);
  }
}
