package ppl.io;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.runtime.Narrow;
import ppl.runtime.OffHeap;
import ppl.runtime.Storage;

/// A growing sequence of numbers. Whole ones stand in one, two or four bytes where all of some ten thousand neighbours
/// fit; nothing is copied as it grows. Or numbers in one array, where it is known how many there are: all of it, those
/// that come into it as they are added, or every so manieth of it.
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
  /// Of the only array: where the first number stands, and how far the next is from each.
  private int first;
  private int step = 1;

  /// Numbers to come, `most` if all do.
  static Growing upTo(long most) {
    return one(Storage.matrix(most), 0);
  }

  /// These numbers, which nothing may be added to.
  static Growing of(double[] values) {
    return one(values, values.length);
  }

  /// A column of a matrix, row-major: element `first` of each `step`.
  static Growing of(double[] values, int first, int step) {
    return of(values, values.length, first, step);
  }

  /// The same of a matrix beside the heap.
  static Growing of(OffHeap values, int first, int step) {
    return of(values, values.size(), first, step);
  }

  private static Growing of(Object values, int size, int first, int step) {
    var out = one(values, size / step);
    out.first = first;
    out.step = step;
    return out;
  }

  /// These whole numbers ([Narrow]), which nothing may be added to.
  static Growing of(Object values) {
    return one(values, Narrow.size(values));
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
    first = 0;
    step = 1;
    single = true;
    open = new double[0];
  }

  void add(double value) {
    if (single) {
      addToArray(value);
      return;
    }
    int at = size & CHUNK - 1;
    if (at == open.length) open = Arrays.copyOf(open, Math.min(CHUNK, 4 * at));
    open[at] = value;
    size++;
    if (at < CHUNK - 1) return;
    if (size > Integer.MAX_VALUE - CHUNK) throw Storage.tooLarge((long) size + CHUNK);
    if (full == chunks.length) chunks = Arrays.copyOf(chunks, 2 * full);
    chunks[full++] = packed(open);
  }

  private void addToArray(double value) {
    if (chunks[0] instanceof OffHeap all && size < all.size() && step == 1) {
      all.set(size++, value);
      return;
    }
    if (step > 1 || !(chunks[0] instanceof double[] all)) throw new IllegalStateException("these numbers are complete");
    if (size == all.length) chunks[0] = all = Arrays.copyOf(all, Math.max(16, Math.addExact(size, size / 2)));
    all[size++] = value;
  }

  int size() {
    return size;
  }

  double at(int i) {
    if (single) return at(chunks[0], first + i * step);
    int chunk = i >> BITS;
    int at = i & CHUNK - 1;
    return chunk == full ? open[at] : at(chunks[chunk], at);
  }

  private static double at(Object chunk, int i) {
    return switch (chunk) {
      case double[] a -> a[i];
      case int[] a -> a[i];
      case short[] a -> a[i];
      case byte[] a -> a[i];
      case OffHeap a -> a.at(i);
      default -> throw new IllegalStateException("a chunk of " + chunk.getClass());
    };
  }

  private static Object packed(double[] x) {
    if (!whole(x, x.length)) return x.clone();
    var out = new int[x.length];
    for (int i = 0; i < out.length; i++) out[i] = (int) x[i];
    return Narrow.of(out);
  }

  /// Whether an int says all of it, its sign included.
  static boolean isWhole(double x) {
    int n = (int) x;
    return n == x && n != Integer.MIN_VALUE && (n != 0 || Double.doubleToRawLongBits(x) == 0);
  }

  /// All as one array, which from now on is the only place that holds them.
  double[] reals() {
    if (chunks[0] instanceof OffHeap all && step == 1) become(all.array(), size);
    if (single && step == 1 && chunks[0] instanceof double[] all) {
      if (all.length > size) become(Arrays.copyOf(all, size), size);
      return (double[]) chunks[0];
    }
    var out = Storage.reals(size);
    if (single) for (int i = 0; i < size; i++) out[i] = at(i);
    else for (int from = 0, c = 0; from < size; c++) from += into(out, from, c);
    become(out, size);
    return out;
  }

  /// Moves a chunk.
  private int into(double[] out, int from, int c) {
    int n = Math.min(CHUNK, size - from);
    if (c == full) System.arraycopy(open, 0, out, from, n);
    else if (chunks[c] instanceof double[] all) System.arraycopy(all, 0, out, from, n);
    else for (int i = 0; i < n; i++) out[from + i] = at(chunks[c], i);
    if (c < full) chunks[c] = null;
    return n;
  }

  /// Whether these are in one array of reals, or in a matrix beside the heap.
  boolean isReal() {
    return single && (chunks[0] instanceof double[] || chunks[0] instanceof OffHeap);
  }

  /// The matrix beside the heap that these are all of, if they are.
  Optional<OffHeap> offHeap() {
    return chunks[0] instanceof OffHeap all && step == 1 && all.size() == size ? Optional.of(all) : Optional.empty();
  }

  /// Columns of one length, each in one array of reals, as the rows of a matrix: the array in which all stand so, if there is
  /// one.
  static Growing rows(List<Growing> columns) {
    int width = columns.size();
    int n = columns.getFirst().size;
    if (columns.getFirst().chunks[0] instanceof double[] all && all.length == (long) n * width
        && IntStream.range(0, width).allMatch(k -> columns.get(k).isColumn(all, k, width))) return of(all);
    if (columns.getFirst().chunks[0] instanceof OffHeap all && all.size() == (long) n * width
        && IntStream.range(0, width).allMatch(k -> columns.get(k).isColumn(all, k, width))) return one(all, all.size());
    var out = Storage.reals((long) n * width);
    for (int k = 0; k < width; k++) for (int i = 0; i < n; i++) out[i * width + k] = columns.get(k).at(i);
    return of(out);
  }

  private boolean isColumn(Object matrix, int column, int width) {
    return chunks[0] == matrix && first == column && step == width;
  }

  /// All as one array of whole numbers ([Narrow]), which from now on is the only place that holds them; empty where one is no
  /// whole number that fits.
  Optional<Object> wholes() {
    if (single && isWhole(chunks[0])) return Optional.of(chunks[0]);
    if (!isWhole()) return Optional.empty();
    var pieces = single ? new Object[] {packed(reals())} : Stream.concat(Arrays.stream(chunks).limit(full),
        Stream.of(packed(Arrays.copyOf(open, size & CHUNK - 1)))).toArray();
    chunks = new Object[0];
    var out = Narrow.joined(pieces);
    become(out, size);
    return Optional.of(out);
  }

  private static boolean isWhole(Object chunk) {
    return chunk instanceof int[] || chunk instanceof short[] || chunk instanceof byte[];
  }

  private boolean isWhole() {
    if (single) return IntStream.range(0, size).allMatch(i -> isWhole(at(i)));
    for (int c = 0; c < full; c++) if (chunks[c] instanceof double[] x && !whole(x, x.length)) return false;
    return whole(open, size & CHUNK - 1);
  }

  private static boolean whole(double[] x, int n) {
    for (int i = 0; i < n; i++) if (!isWhole(x[i])) return false;
    return true;
  }
}
