package ppl.kernels;

import static ppl.kernels.ElementaryLanes.S;
import static ppl.kernels.ElementaryLanes.abnormal;
import static ppl.kernels.ElementaryLanes.exponent;
import static ppl.kernels.ElementaryLanes.scale;
import static ppl.kernels.ElementaryLanes.toDouble;
import static ppl.kernels.SumLanes.T;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [LogSums] on vectors: what a block of whole groups of eight adds to the linear sum of each way, and its product. Functions
/// have vectors of one length, which may be more than eight. Vectors that a loop begins with are made where it begins:
/// HotSpot would take those of fields for objects that the loop has to make.
final class LogSumLanes {
  private static final boolean FITS = T == S;
  private static final VectorSpecies<Long> WHOLE = T.withLanes(long.class);

  private LogSumLanes() {}

  private static DoubleVector of(double x) {
    return DoubleVector.broadcast(T, x);
  }

  static void logs(double[] x, double[] linear, double[] products, int from, int to) {
    int ways = FITS ? T.length() : Sums.WAYS;
    for (int way = 0; way < Sums.WAYS; way += ways)
      if (!FITS || !logs(x, linear, products, from, to, way)) LogSums.logsPlain(x, linear, products, from, to, way, ways);
  }

  /// Whether all numbers were normal; nothing is added where some were not.
  private static boolean logs(double[] x, double[] linear, double[] products, int from, int to, int way) {
    var product = of(1);
    var least = LongVector.broadcast(WHOLE, Elementary.ROOT_HALF);
    var most = LongVector.broadcast(WHOLE, Elementary.ROOT_HALF);
    var exponent = LongVector.broadcast(WHOLE, 0);
    for (int i = from + way; i < to; i += Sums.WAYS) {
      var bits = DoubleVector.fromArray(T, x, i).reinterpretAsLongs();
      least = least.min(bits);
      most = most.max(bits);
      var k = exponent(bits);
      exponent = exponent.add(k);
      product = product.mul(bits.sub(k.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles());
    }
    if (abnormal(least.reinterpretAsDoubles()).or(abnormal(most.reinterpretAsDoubles())).anyTrue()) return false;
    DoubleVector.fromArray(T, linear, way).add(scale(toDouble(exponent))).intoArray(linear, way);
    product.intoArray(products, way);
    return true;
  }

  static void softplus(double[] x, double[] linear, double[] products, int from, int to) {
    if (!FITS) {
      LogSums.softplusPlain(x, linear, products, from, to);
      return;
    }
    for (int way = 0; way < Sums.WAYS; way += T.length()) {
      var product = of(1);
      var sum = DoubleVector.fromArray(T, linear, way);
      for (int i = from + way; i < to; i += Sums.WAYS) {
        var v = DoubleVector.fromArray(T, x, i);
        product = ElementaryLanes.decay(v).fma(product, product);
        sum = sum.add(v.blend(ElementaryLanes.ZERO, v.lt(ElementaryLanes.ZERO)));
      }
      product.intoArray(products, way);
      sum.intoArray(linear, way);
    }
  }

  static void softplusSlope(double[] x, double[] slope, double[] linear, double[] products, int from, int to) {
    if (!FITS) {
      LogSums.softplusSlopePlain(x, slope, linear, products, from, to);
      return;
    }
    for (int way = 0; way < Sums.WAYS; way += T.length()) {
      var product = of(1);
      var sum = DoubleVector.fromArray(T, linear, way);
      for (int i = from + way; i < to; i += Sums.WAYS) {
        var v = DoubleVector.fromArray(T, x, i);
        var t = ElementaryLanes.decay(v);
        product = t.fma(product, product);
        sum = sum.add(v.blend(ElementaryLanes.ZERO, v.lt(ElementaryLanes.ZERO)));
        ElementaryLanes.sigmoid(v, t).intoArray(slope, i);
      }
      product.intoArray(products, way);
      sum.intoArray(linear, way);
    }
  }
}
