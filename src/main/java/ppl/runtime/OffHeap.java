package ppl.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.SoftReference;

/// A matrix of data beside the Java heap, which begins where a line of the cache does: for matrices that are too large for the
/// heap. Numbers come row by row. Then [#layOut] brings every block of [#ROWS] rows, in its own place, into columns, one after
/// the other, which is the form that products are taken in; the last block may be lower. So the matrix is there once all the
/// time. A loop brings one tile of it after the other into the heap ([#near]).
///
/// The memory goes when nothing refers to the matrix any more. For any number of threads once it is laid out.
public final class OffHeap {
  /// Rows of a block.
  public static final int ROWS = 64;

  private static final ValueLayout.OfDouble REAL = ValueLayout.JAVA_DOUBLE;
  private static final int LINE = 64;

  private final MemorySegment memory;
  private final int size;
  /// 0 while it is row-major.
  private int columns;
  private int rows;
  private SoftReference<double[]> array = new SoftReference<>(null);

  private OffHeap(MemorySegment memory, int size) {
    this.memory = memory;
    this.size = size;
  }

  /// Room for so many numbers, 0 at first.
  ///
  /// @throws TooLargeException if there is none
  public static OffHeap of(long size) {
    if (size > Storage.MOST) throw Storage.tooLarge(size);
    try {
      return new OffHeap(Arena.ofAuto().allocate(Double.BYTES * size, LINE), (int) size);
    } catch (OutOfMemoryError e) {
      throw new TooLargeException("a matrix of " + size + " numbers needs " + Memory.of(size)
          + " beside the Java heap, more than is left there: PPL_JAVA_OPTIONS=-XX:MaxDirectMemorySize="
              + Math.ceilDiv(2 * Double.BYTES * size, 1L << 30) + "g lets Java use more");
    }
  }

  /// Whether a matrix of so many numbers goes beside the heap: one that takes more than a third of it, since some things need
  /// a second form of it. `-Dppl.offheap=N` does so from N numbers on.
  public static boolean takes(long numbers) {
    return numbers >= Long.getLong("ppl.offheap", Runtime.getRuntime().maxMemory() / 3 / Double.BYTES);
  }

  /// How many numbers it has room for.
  public int size() {
    return size;
  }

  /// Sets element `i` of a matrix that is not laid out yet, row-major.
  public void set(int i, double value) {
    memory.setAtIndex(REAL, i, value);
  }

  /// Brings the numbers into blocks of rows of so many columns. Does nothing if they are.
  public void layOut(int width) {
    if (columns == width) return;
    if (columns > 0 || size % width != 0) throw new IllegalStateException(size + " numbers in " + columns + ", then " + width + " columns");
    int all = size / width;
    var block = new double[ROWS * width];
    for (int first = 0; first < all; first += ROWS) {
      int n = Math.min(ROWS, all - first);
      long start = (long) first * width;
      MemorySegment.copy(memory, REAL, Double.BYTES * start, block, 0, n * width);
      for (int k = 0; k < width; k++)
        for (int i = 0; i < n; i++) memory.setAtIndex(REAL, start + (long) k * n + i, block[i * width + k]);
    }
    rows = all;
    columns = width;
  }

  /// Element `i` of the matrix, row-major.
  public double at(int i) {
    return memory.getAtIndex(REAL, columns == 0 ? i : place(i / columns, i % columns));
  }

  private long place(int row, int column) {
    int first = row & -ROWS;
    return (long) first * columns + (long) column * height(first) + (row - first);
  }

  /// Rows of the block that begins with row `first`.
  private int height(int first) {
    return Math.min(ROWS, rows - first);
  }

  /// The elements in the heap, row-major: the same array as long as there is room for it.
  ///
  /// @throws TooLargeException if there is none
  public synchronized double[] array() {
    var held = array.get();
    if (held != null) return held;
    var out = Storage.reals(size);
    if (columns == 0) MemorySegment.copy(memory, REAL, 0, out, 0, size);
    else unblock(out);
    array = new SoftReference<>(out);
    return out;
  }

  /// Whether its elements are in the heap, too.
  boolean isInHeap() {
    return array.get() != null;
  }

  private void unblock(double[] out) {
    var block = new double[ROWS * columns];
    for (int first = 0; first < rows; first += ROWS) {
      int n = height(first);
      MemorySegment.copy(memory, REAL, Double.BYTES * (long) first * columns, block, 0, n * columns);
      for (int i = 0; i < n; i++) for (int k = 0; k < columns; k++) out[(first + i) * columns + k] = block[k * n + i];
    }
  }

  // For compiled models

  /// How many numbers a matrix has.
  public static int size(OffHeap x) {
    return x.size;
  }

  /// Element `i` of a matrix, row-major.
  public static double at(OffHeap x, int i) {
    return x.at(i);
  }

  /// The matrix in the heap.
  public static double[] array(OffHeap x) {
    return x.array();
  }

  /// Brings `n` rows, the first of which, `first`, begins a block, near: in blocks of `height` rows, column by column, the last
  /// filled up with anything.
  public static void near(OffHeap x, double[] near, int first, int columns, int height, int n) {
    for (int i = 0; i < n; i += height) x.block(near, i * columns, first + i, height, Math.min(height, n - i));
  }

  private void block(double[] near, int to, int first, int height, int n) {
    if (height == ROWS && height(first) == ROWS) {
      MemorySegment.copy(memory, REAL, Double.BYTES * (long) first * columns, near, to, ROWS * columns);
      return;
    }
    for (int k = 0; k < columns; k++)
      for (int i = 0; i < n; i++) near[to + k * height + i] = memory.getAtIndex(REAL, place(first + i, k));
  }
}
