package ppl.io;

import java.math.BigInteger;

/// Doubles from decimals, correctly rounded: a division where both parts are exact (Clinger 1990), else a product with
/// a power of five to 128 bits, which tells where it cannot tell (Lemire 2021, "Number parsing at a gigabyte per second").
final class Decimal {
  private static final double[] TENS = new double[23];

  /// Powers of five within which a product is tried; outside there are hardly any numbers.
  private static final int LEAST = -330;
  private static final int MOST = 300;
  private static final Five[] FIVES = new Five[MOST - LEAST + 1];

  static {
    double p = 1;
    for (int i = 0; i < TENS.length; i++, p *= 10) TENS[i] = p;
  }

  private Decimal() {}

  /// The leading 128 bits of a power of five.
  private record Five(long high, long low) {
    static Five of(int power) {
      var five = BigInteger.valueOf(5).pow(Math.abs(power));
      if (power < 0) {
        // Up to 5^27 a fraction fits into 64 bits: rounded up there, products that are exact stay so.
        int scale = power >= -27 ? five.bitLength() + 127 : 2 * five.bitLength() + 128;
        five = BigInteger.ONE.shiftLeft(scale).divide(five).add(BigInteger.ONE);
      }
      int excess = five.bitLength() - 128;
      var bits = excess > 0 ? five.shiftRight(excess) : five.shiftLeft(-excess);
      return new Five(bits.shiftRight(64).longValue(), bits.longValue());
    }
  }

  /// The double nearest to `digits` times ten to the `power`; NaN where this cannot tell.
  ///
  /// @param digits not negative
  static double nearest(long digits, int power) {
    if (digits < 1L << 53 && power <= 0 && power >= -22) return digits / TENS[-power];
    if (digits == 0) return 0;
    return power < LEAST || power > MOST ? Double.NaN : product(digits, power);
  }

  private static double product(long digits, int power) {
    // A thread that does not see what another one has put here makes its own.
    var five = FIVES[power - LEAST];
    if (five == null) FIVES[power - LEAST] = five = Five.of(power);
    int zeros = Long.numberOfLeadingZeros(digits);
    long w = digits << zeros;
    long high = Math.unsignedMultiplyHigh(w, five.high);
    long low = w * five.high;
    if ((high & 0x1FF) == 0x1FF) {
      long more = Math.unsignedMultiplyHigh(w, five.low);
      low += more;
      if (Long.compareUnsigned(low, more) < 0) high++;
    }
    // What was cut off could still carry into the bits that count, or stand exactly between two doubles.
    if (low == -1 || Long.compareUnsigned(low, 1) <= 0) return Double.NaN;
    int upper = (int) (high >>> 63);
    long mantissa = high >>> (upper + 9);
    int exponent = ((217_706 * power) >> 16) + 63 + upper - zeros + 1023;
    mantissa = (mantissa + (mantissa & 1)) >>> 1;
    if (mantissa >= 1L << 53) {
      mantissa = 1L << 52;
      exponent++;
    }
    if (exponent <= 0 || exponent >= 0x7FF) return Double.NaN;
    return Double.longBitsToDouble((long) exponent << 52 | mantissa & (1L << 52) - 1);
  }
}
