package ppl.kernels;

import java.util.function.IntUnaryOperator;

/// Arrays of whole numbers of any width: `int[]`, `short[]` or `byte[]`.
public final class WholeNumbers {
  private WholeNumbers() {}

  /// The number in each place.
  public static IntUnaryOperator of(Object numbers) {
    return switch (numbers) {
      case int[] a -> i -> a[i];
      case short[] a -> i -> a[i];
      case byte[] a -> i -> a[i];
      default -> throw new IllegalArgumentException("no whole numbers: " + numbers.getClass());
    };
  }
}
