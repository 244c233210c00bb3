package ppl.kernels;

/// Sums of logarithms, which are logarithms of products: eight products of every eighth element, whose logarithms are
/// taken for some thousand elements at once. Of a number 2^k m with sqrt(1/2) <= m < sqrt(2) the exponent is added and m
/// multiplied, so that no product overflows. Beside the rounding of sums, 1e-16 for each element is lost at most.
public final class LogSums {
  /// Elements after which logarithms of products are taken: factors are at most 2.
  static final int BLOCK = 512 * Sums.WAYS;

  private static final Gear LOGS = logs();
  private static final Gear SOFTPLUS = softplus();
  private static final Gear SOFTPLUS_SLOPE = softplusSlope();

  private LogSums() {}

  private static Gear logs() {
    var x = Maps.sample();
    var sums = new double[Sums.WAYS];
    var products = new double[Sums.WAYS];
    return new Gear(() -> LogSumLanes.logs(x, sums, products, 0, x.length));
  }

  private static Gear softplus() {
    var x = Maps.sample();
    var sums = new double[Sums.WAYS];
    var products = new double[Sums.WAYS];
    return new Gear(() -> LogSumLanes.softplus(x, sums, products, 0, x.length));
  }

  private static Gear softplusSlope() {
    var x = Maps.sample();
    var slope = new double[x.length];
    var sums = new double[Sums.WAYS];
    var products = new double[Sums.WAYS];
    return new Gear(() -> LogSumLanes.softplusSlope(x, slope, sums, products, 0, x.length));
  }

  /// `out[0]` becomes the sum of the logarithms of the first `n` elements; `out` and `work` hold 8 numbers.
  public static void logs(double[] x, double[] out, double[] work, int n) {
    int end = begin(out, n);
    for (int from = 0; from < end; from += BLOCK) {
      int to = Math.min(end, from + BLOCK);
      if (LOGS.vectors(to - from)) LogSumLanes.logs(x, out, work, from, to);
      else logsPlain(x, out, work, from, to, 0, Sums.WAYS);
      add(work, out);
    }
    for (int i = end; i < n; i++) out[i - end] += Elementary.log(x[i]);
    out[0] = Sums.fold(out, 0);
  }

  /// `out[0]` becomes the sum of log(1 + exp(x)) of the first `n` elements; `out` and `work` hold 8 numbers.
  public static void softplus(double[] x, double[] out, double[] work, int n) {
    int end = begin(out, n);
    for (int from = 0; from < end; from += BLOCK) {
      int to = Math.min(end, from + BLOCK);
      if (SOFTPLUS.vectors(to - from)) LogSumLanes.softplus(x, out, work, from, to);
      else softplusPlain(x, out, work, from, to);
      add(work, out);
    }
    for (int i = end; i < n; i++) out[i - end] += Elementary.softplus(x[i], Elementary.decay(x[i]));
    out[0] = Sums.fold(out, 0);
  }

  /// The same, with the derivative 1 / (1 + exp(-x)) of each.
  public static void softplusSlope(double[] x, double[] slope, double[] out, double[] work, int n) {
    int end = begin(out, n);
    for (int from = 0; from < end; from += BLOCK) {
      int to = Math.min(end, from + BLOCK);
      if (SOFTPLUS_SLOPE.vectors(to - from)) LogSumLanes.softplusSlope(x, slope, out, work, from, to);
      else softplusSlopePlain(x, slope, out, work, from, to);
      add(work, out);
    }
    for (int i = end; i < n; i++) {
      double t = Elementary.decay(x[i]);
      out[i - end] += Elementary.softplus(x[i], t);
      slope[i] = Elementary.sigmoid(x[i], t);
    }
    out[0] = Sums.fold(out, 0);
  }

  /// How many elements have a way.
  private static int begin(double[] out, int n) {
    for (int way = 0; way < Sums.WAYS; way++) out[way] = 0;
    return n - n % Sums.WAYS;
  }

  /// Adds the logarithms of products.
  private static void add(double[] products, double[] out) {
    Maps.log(products, products, Sums.WAYS);
    for (int way = 0; way < Sums.WAYS; way++) out[way] += products[way];
  }

  /// @param first the first of so many `ways`
  static void logsPlain(double[] x, double[] sums, double[] products, int from, int to, int first, int ways) {
    for (int way = first; way < first + ways; way++) {
      double product = 1;
      long exponent = 0;
      for (int i = from + way; i < to; i += Sums.WAYS) {
        if (Elementary.isNormal(x[i])) {
          long bits = Double.doubleToRawLongBits(x[i]);
          long k = bits - Elementary.ROOT_HALF >> 52;
          exponent += k;
          product *= Double.longBitsToDouble(bits - (k << 52));
        } else sums[way] += Elementary.log(x[i]);
      }
      double k = exponent;
      sums[way] += Math.fma(k, Elementary.LN2_HIGH, k * Elementary.LN2_LOW);
      products[way] = product;
    }
  }

  static void softplusPlain(double[] x, double[] sums, double[] products, int from, int to) {
    for (int way = 0; way < Sums.WAYS; way++) {
      double product = 1;
      for (int i = from + way; i < to; i += Sums.WAYS) {
        product = Math.fma(Elementary.decay(x[i]), product, product);
        sums[way] += Math.max(x[i], 0);
      }
      products[way] = product;
    }
  }

  static void softplusSlopePlain(double[] x, double[] slope, double[] sums, double[] products, int from, int to) {
    for (int way = 0; way < Sums.WAYS; way++) {
      double product = 1;
      for (int i = from + way; i < to; i += Sums.WAYS) {
        double t = Elementary.decay(x[i]);
        product = Math.fma(t, product, product);
        sums[way] += Math.max(x[i], 0);
        slope[i] = Elementary.sigmoid(x[i], t);
      }
      products[way] = product;
    }
  }
}
