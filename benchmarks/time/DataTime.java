import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import ppl.io.Binder;
import ppl.io.DataFile;
import ppl.io.DataReader;
import ppl.runtime.Narrow;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// How fast tables are read from files, and what memory they take.
final class DataTime {
  private static final OperatingSystemMXBean MACHINE = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int REPEATS = Integer.getInteger("repeats", 3);

  private DataTime() {}

  /// @param arguments `make csv|json FILE ROWS`, or `read MODEL FILE`
  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("make")) {
      make(Path.of(arguments[2]), arguments[1].equals("json"), Integer.parseInt(arguments[3]));
      return;
    }
    for (int i = 0; i < REPEATS; i++) read(arguments[1], Path.of(arguments[2]));
  }

  private static void read(String model, Path file) throws IOException {
    var program = Bound.program(Bound.source(Path.of(model)));
    var diagnostics = new Diagnostics();
    System.gc();
    long before = used();
    long start = System.nanoTime();
    long busy = MACHINE.getProcessCpuTime();
    var given = DataReader.read(program.schema(), List.of(DataFile.parse(file.toString())), diagnostics);
    double read = 1e-9 * (System.nanoTime() - start);
    double reading = 1e-9 * (MACHINE.getProcessCpuTime() - busy);
    var data = Binder.bind(program.schema(), given, diagnostics).orElseThrow(() -> new IllegalStateException(diagnostics.all().toString()));
    double bound = 1e-9 * (System.nanoTime() - start);
    double processor = 1e-9 * (MACHINE.getProcessCpuTime() - busy);
    given = null;
    System.gc();
    double bytes = used() - before;
    long values = data.columns().values().stream().mapToLong(c -> Narrow.size(c.values())).sum();
    double size = 1e-6 * Files.size(file);
    System.out.printf("%-8s %5.0f MB   read %6.2f s, %4.0f MB/s   processor %6.2f s, %4.0f MB/s   with binding %6.2f s"
            + "   processor %6.2f s   %4.2f of doubles held%n", file.getFileName(), size, read, size / read, reading, size / reading,
        bound, processor, bytes / (8.0 * values));
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// A table of two columns of reals and two of whole numbers, with rows of some 36 characters.
  private static void make(Path file, boolean json, int rows) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      var line = new StringBuilder(json ? "[" : "y,x,n,g");
      for (int i = 0; i < rows; i++) {
        int g = 1 + random.nextInt(50);
        int n = random.nextInt(10_000);
        double x = random.nextGaussian();
        long y = Math.round(1e5 * (0.1 * g + 2 * x - 1e-3 * n + random.nextGaussian()));
        line.append(json ? i == 0 ? "\n" : ",\n" : "\n").append(json ? "{\"y\":" : "");
        if (y < 0) line.append('-');
        line.append(Math.abs(y) / 100_000).append('.');
        var rest = Long.toString(100_000 + Math.abs(y) % 100_000);
        line.append(rest, 1, 6).append(json ? ",\"x\":" : ",").append(x).append(json ? ",\"n\":" : ",").append(n);
        line.append(json ? ",\"g\":" : ",").append(g).append(json ? "}" : "");
        out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
        line.setLength(0);
      }
      out.write((json ? "\n]\n" : "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
