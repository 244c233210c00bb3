package ppl.math;

/// Whole numbers of 32 bits. An operation has the right value, or none: then it throws an [ArithmeticException] that says
/// why, in words that follow "with these data".
public final class Wholes {
  private Wholes() {}

  public static int add(int a, int b) {
    long y = (long) a + b;
    return y == (int) y ? (int) y : beyond(a, " + ", b);
  }

  public static int subtract(int a, int b) {
    long y = (long) a - b;
    return y == (int) y ? (int) y : beyond(a, " - ", b);
  }

  public static int multiply(int a, int b) {
    long y = (long) a * b;
    return y == (int) y ? (int) y : beyond(a, " * ", b);
  }

  /// The quotient rounded down.
  public static int quotient(int a, int b) {
    if (a == Integer.MIN_VALUE && b == -1) return beyond(a, " div ", b);
    return Math.floorDiv(a, divisor(b));
  }

  /// `a - b * (a div b)`, which has the sign of b.
  public static int remainder(int a, int b) {
    return Math.floorMod(a, divisor(b));
  }

  /// How many elements there are of which one has to be picked.
  public static int some(int count) {
    if (count > 0) return count;
    throw new ArithmeticException("there is a smallest or largest of no whole numbers");
  }

  private static int divisor(int b) {
    if (b != 0) return b;
    throw new ArithmeticException("there is a division by zero");
  }

  private static int beyond(int a, String sign, int b) {
    throw new ArithmeticException(a + sign + b + " is beyond the whole numbers, which go from -2147483648 to 2147483647"
        + " (with `1.0 * ..` it is a real number)");
  }
}
