package ppl.runtime;

import java.util.Locale;

/// How much memory numbers take, for messages.
public final class Memory {
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

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
    return "PPL_JAVA_OPTIONS=-Xmx16g lets Java use 16 GB";
  }

  private static String bytes(double bytes) {
    int unit = 0;
    double size = bytes;
    for (; size >= 1000 && unit < UNITS.length - 1; unit++) size /= 1000;
    return String.format(Locale.ROOT, size < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", size, UNITS[unit]);
  }
}
