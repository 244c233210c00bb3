package ppl.runtime;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// How much memory numbers take, for messages.
public final class Memory {
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final double GIGABYTE = 1 << 30;

  private Memory() {}

  /// What `numbers` real numbers take: `2.4 GB`.
  public static String of(double numbers) {
    return bytes(numbers * Double.BYTES);
  }

  /// All that Java may use.
  public static String limit() {
    return bytes(Runtime.getRuntime().maxMemory());
  }

  /// What to do where it is not enough.
  public static String advice() {
    return advice(0);
  }

  /// What to do where `numbers` real numbers do not fit beside the rest.
  public static String advice(double numbers) {
    return advice(numbers * Double.BYTES, Runtime.getRuntime().maxMemory(), machine());
  }

  /// The same where Java may use `limit` bytes of the `machine` bytes that there are: twice as much, and more where more
  /// is wanted, if that leaves the machine a tenth.
  static String advice(double wanted, double limit, double machine) {
    double least = Math.max(limit * 1.1, limit + wanted);
    double most = Math.floor(machine * 0.9 / GIGABYTE);
    double gigabytes = Math.min(Math.ceil(Math.max(2 * limit, least) / GIGABYTE), most);
    return gigabytes * GIGABYTE < least ? "this machine has not enough for it, " + bytes(machine) + " in all"
        : String.format(Locale.ROOT, "PPL_JAVA_OPTIONS=-Xmx%.0fg lets Java use %s", gigabytes, bytes(gigabytes * GIGABYTE));
  }

  private static double machine() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize() : Double.POSITIVE_INFINITY;
  }

  private static String bytes(double bytes) {
    int unit = 0;
    double size = bytes;
    for (; size >= 1000 && unit < UNITS.length - 1; unit++) size /= 1000;
    return String.format(Locale.ROOT, size < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
  }
}
