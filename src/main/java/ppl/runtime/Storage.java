package ppl.runtime;

import java.util.Arrays;

/// What compiled models need to hold arrays: sizes without overflow, allocation, bound data of the right length, and
/// subscripts that stay inside.
public final class Storage {
  /// The most elements that a Java array can have.
  static final int MOST = Integer.MAX_VALUE - 8;

  private Storage() {}

  /// Number of elements of `array` after one more dimension of extent `extent`.
  ///
  /// @throws SizeException     if the extent is negative
  /// @throws TooLargeException if no Java array can have so many elements
  public static long extend(long size, int extent, String array) {
    if (extent < 0) throw new SizeException(array + " has a negative extent: " + extent);
    long product = size * extent;
    if (product > MOST)
      throw new TooLargeException(array + " would have " + size + " times " + extent + " elements, "
          + Memory.of((double) size * extent) + ": more than an array can hold");
    return product;
  }

  /// A new array of real numbers.
  ///
  /// @throws TooLargeException if there is no memory for it
  public static double[] reals(long size) {
    if (size > MOST) throw tooLarge(size, size);
    try {
      return new double[(int) size];
    } catch (OutOfMemoryError e) {
      throw tooLarge(size, size);
    }
  }

  /// Room for a matrix of so many numbers: an [OffHeap] for one that is large beside the heap, if there is room, else an array.
  ///
  /// @throws TooLargeException if there is no memory for it
  public static Object matrix(long size) {
    if (!OffHeap.takes(size)) return reals(size);
    try {
      return OffHeap.of(size);
    } catch (TooLargeException e) {
      try {
        return reals(size);
      } catch (TooLargeException _) {
        throw e;
      }
    }
  }

  /// A new array of whole numbers.
  ///
  /// @throws TooLargeException if there is no memory for it
  public static int[] integers(long size) {
    if (size > MOST) throw tooLarge(size, size / 2);
    try {
      return new int[(int) size];
    } catch (OutOfMemoryError e) {
      throw tooLarge(size, size / 2);
    }
  }

  /// The first `count` of `values`: these themselves if there are no more, else a copy.
  public static double[] first(double[] values, int count) {
    return count == values.length ? values : Arrays.copyOf(values, count);
  }

  /// `values`, or a new array in its place if it has not `size` elements: with room for more, so that an array that is
  /// longer in each turn of a loop is not made anew in each.
  ///
  /// @throws TooLargeException if there is no memory for it
  public static double[] grown(double[] values, long size) {
    return size <= values.length ? values : reals(room(values.length, size));
  }

  /// The same of whole numbers.
  public static int[] grown(int[] values, long size) {
    return size <= values.length ? values : integers(room(values.length, size));
  }

  private static long room(long length, long size) {
    return Math.max(size, Math.min(2 * length, MOST));
  }

  /// What is wrong with an array of so many numbers.
  public static TooLargeException tooLarge(long elements) {
    return tooLarge(elements, elements);
  }

  private static TooLargeException tooLarge(long elements, long reals) {
    return new TooLargeException("an array of " + elements + " numbers needs " + Memory.of(reals)
        + (elements > MOST ? ", and one array holds " + MOST + " at most: give a matrix as several of fewer columns" : ", more than is left of the " + Memory.limit() + " that Java may use: "
            + Memory.advice(reals)));
  }

  /// So many bytes and those of an array, if there is one.
  public static long plus(long bytes, double[] values) {
    return values == null ? bytes : bytes + (long) Double.BYTES * values.length;
  }

  /// The same with whole numbers of one byte.
  public static long plus(long bytes, byte[] values) {
    return values == null ? bytes : bytes + values.length;
  }

  /// The same with whole numbers of two bytes.
  public static long plus(long bytes, short[] values) {
    return values == null ? bytes : bytes + (long) Short.BYTES * values.length;
  }

  /// The same with a matrix beside the heap.
  public static long plus(long bytes, OffHeap values) {
    return bytes + (long) Double.BYTES * values.size();
  }

  /// The same with whole numbers.
  public static long plus(long bytes, int[] values) {
    return values == null ? bytes : bytes + (long) Integer.BYTES * values.length;
  }

  /// Slot `slot` of bound data as real numbers.
  public static double[] reals(Object[] data, int slot, String array) {
    if (data[slot] instanceof double[] values) return values;
    if (data[slot] instanceof OffHeap matrix) return matrix.array();
    throw new IllegalArgumentException(array + " wants double[], not " + describe(data[slot]));
  }

  /// Slot `slot` of bound data as a matrix beside the heap.
  public static OffHeap offHeap(Object[] data, int slot, String array) {
    if (data[slot] instanceof OffHeap matrix) return matrix;
    throw new IllegalArgumentException(array + " wants a matrix beside the heap, not " + describe(data[slot]));
  }

  /// Slot `slot` of bound data as whole numbers of one byte.
  public static byte[] bytes(Object[] data, int slot, String array) {
    if (data[slot] instanceof byte[] values) return values;
    throw new IllegalArgumentException(array + " wants byte[], not " + describe(data[slot]));
  }

  /// Slot `slot` of bound data as whole numbers of two bytes.
  public static short[] shorts(Object[] data, int slot, String array) {
    if (data[slot] instanceof short[] values) return values;
    throw new IllegalArgumentException(array + " wants short[], not " + describe(data[slot]));
  }

  /// Slot `slot` of bound data as whole numbers.
  public static int[] integers(Object[] data, int slot, String array) {
    if (data[slot] instanceof int[] || data[slot] instanceof short[] || data[slot] instanceof byte[]) return Narrow.wholes(data[slot]);
    throw new IllegalArgumentException(array + " wants int[], not " + describe(data[slot]));
  }

  /// Refuses bound data of a length that the declared extents do not give.
  public static void expect(int length, long size, String array) {
    if (length != size) throw new IllegalArgumentException(array + " has " + length + " values, not " + size);
  }

  /// `subscript`, counted from 0, if it lies below `extent`.
  ///
  /// @throws SubscriptException if it does not
  public static int check(int subscript, int extent, String array, int dimension) {
    if (Integer.compareUnsigned(subscript, extent) < 0) return subscript;
    throw outside(subscript, extent, array, dimension);
  }

  private static SubscriptException outside(int subscript, int extent, String array, int dimension) {
    return new SubscriptException("subscript " + (subscript + 1L) + " in dimension " + dimension + " of " + array
        + " is outside 1.." + extent + (subscript < 0 ? "; indices start at 1" : ""));
  }

  private static String describe(Object value) {
    return value == null ? "nothing" : value.getClass().getSimpleName();
  }
}
