package ppl.runtime;

/// What compiled models need to hold arrays: sizes without overflow, allocation, bound data of the right length, and
/// subscripts that stay inside.
public final class Storage {
  private Storage() {}

  /// Number of elements of `array` after one more dimension of extent `extent`.
  ///
  /// @throws SizeException if the extent is negative, or no Java array can have so many elements
  public static long extend(long size, int extent, String array) {
    if (extent < 0) throw new SizeException(array + " has a negative extent: " + extent);
    long product = size * extent;
    if (product > Integer.MAX_VALUE - 8)
      throw new SizeException(array + " would have " + size + " times " + extent + " elements: more than fit");
    return product;
  }

  /// A new array of real numbers.
  public static double[] reals(long size) {
    return new double[Math.toIntExact(size)];
  }

  /// A new array of whole numbers.
  public static int[] integers(long size) {
    return new int[Math.toIntExact(size)];
  }

  /// Slot `slot` of bound data as real numbers.
  public static double[] reals(Object[] data, int slot, String array) {
    if (data[slot] instanceof double[] values) return values;
    throw new IllegalArgumentException(array + " wants double[], not " + describe(data[slot]));
  }

  /// Slot `slot` of bound data as whole numbers.
  public static int[] integers(Object[] data, int slot, String array) {
    if (data[slot] instanceof int[] values) return values;
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
        + " is outside 1.." + extent);
  }

  private static String describe(Object value) {
    return value == null ? "nothing" : value.getClass().getSimpleName();
  }
}
