package ppl.io;

import java.util.Arrays;
import java.util.Optional;

/// A growing sequence of numbers. Whole ones stand in one, two or four bytes where all of some ten thousand neighbours
/// fit; nothing is copied as it grows.
final class Growing {
  private static final int BITS = 14;
  private static final int CHUNK = 1 << BITS;

  /// Full chunks, each an array of bytes, shorts, ints or doubles; or the only one, of any size.
  private Object[] chunks = new Object[4];
  private int full;
  /// The chunk at the end while it fills.
  private double[] open = new double[16];
  private int size;
  private boolean single;

  /// These numbers, which nothing may be added to.
  static Growing of(double[] values) {
    return one(values, values.length);
  }

  /// These numbers, which nothing may be added to.
  static Growing of(int[] values) {
    return one(values, values.length);
  }

  private static Growing one(Object values, int size) {
    var out = new Growing();
    out.become(values, size);
    return out;
  }

  private void become(Object values, int n) {
    chunks = new Object[] {values};
    full = 1;
    size = n;
    single = true;
    open = new double[0];
  }

  void add(double value) {
    if (single) throw new IllegalStateException("these numbers are complete");
    int at = size & CHUNK - 1;
    if (at == open.length) open = Arrays.copyOf(open, Math.min(CHUNK, 4 * at));
    open[at] = value;
    size++;
    if (at < CHUNK - 1) return;
    if (full == chunks.length) chunks = Arrays.copyOf(chunks, 2 * full);
    chunks[full++] = packed(open);
  }

  int size() {
    return size;
  }

  double at(int i) {
    int chunk = single ? 0 : i >> BITS;
    int at = single ? i : i & CHUNK - 1;
    return chunk == full ? open[at] : at(chunks[chunk], at);
  }

  private static double at(Object chunk, int i) {
    return switch (chunk) {
      case double[] a -> a[i];
      case int[] a -> a[i];
      case short[] a -> a[i];
      case byte[] a -> a[i];
      default -> throw new IllegalStateException("a chunk of " + chunk.getClass());
    };
  }

  private static Object packed(double[] x) {
    double least = 0;
    double most = 0;
    for (double v : x) {
      if (!isWhole(v)) return x.clone();
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    if (least >= Byte.MIN_VALUE && most <= Byte.MAX_VALUE) {
      var out = new byte[x.length];
      for (int i = 0; i < out.length; i++) out[i] = (byte) x[i];
      return out;
    }
    if (least >= Short.MIN_VALUE && most <= Short.MAX_VALUE) {
      var out = new short[x.length];
      for (int i = 0; i < out.length; i++) out[i] = (short) x[i];
      return out;
    }
    var out = new int[x.length];
    for (int i = 0; i < out.length; i++) out[i] = (int) x[i];
    return out;
  }

  /// Whether an int says all of it, its sign included.
  static boolean isWhole(double x) {
    int n = (int) x;
    return n == x && n != Integer.MIN_VALUE && (n != 0 || Double.doubleToRawLongBits(x) == 0);
  }

  /// All as one array, which from now on is the only place that holds them.
  double[] reals() {
    if (single && chunks[0] instanceof double[] all) return all;
    var out = new double[size];
    for (int from = 0, c = 0; from < size; c++) from += into(out, from, c);
    become(out, size);
    return out;
  }

  private int into(double[] out, int from, int c) {
    int n = single ? size : Math.min(CHUNK, size - from);
    if (c == full) System.arraycopy(open, 0, out, from, n);
    else if (chunks[c] instanceof double[] all) System.arraycopy(all, 0, out, from, n);
    else for (int i = 0; i < n; i++) out[from + i] = at(chunks[c], i);
    if (c < full) chunks[c] = null;
    return n;
  }

  /// All as one array, which from now on is the only place that holds them; empty where one is no whole number that fits.
  Optional<int[]> wholes() {
    if (single && chunks[0] instanceof int[] all) return Optional.of(all);
    for (int c = 0; c < full; c++) if (chunks[c] instanceof double[] x && !whole(x, x.length)) return Optional.empty();
    int rest = single ? 0 : size & CHUNK - 1;
    if (!whole(open, rest)) return Optional.empty();
    var out = new int[size];
    for (int i = 0; i < size; i++) out[i] = (int) at(i);
    become(out, size);
    return Optional.of(out);
  }

  private static boolean whole(double[] x, int n) {
    for (int i = 0; i < n; i++) if (!isWhole(x[i])) return false;
    return true;
  }
}
