package ppl.kernels;

import static ppl.kernels.ElementaryLanes.L;
import static ppl.kernels.ElementaryLanes.S;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [Maps] on whole vectors; each gives the number of elements that are done. One short loop a method: what is inlined
/// into a compiled method has a limit, beyond which vectors become objects.
final class MapLanes {
  private static final VectorSpecies<Long> WHOLE = S.withLanes(long.class);

  private MapLanes() {}

  private static DoubleVector at(double[] x, int i) {
    return DoubleVector.fromArray(S, x, i);
  }

  static int exp(double[] x, double[] y, int n) {
    int end = S.loopBound(n);
    if (isNear(x, end)) for (int i = 0; i < end; i += L) ElementaryLanes.expNear(at(x, i)).intoArray(y, i);
    else expFar(x, y, end);
    return end;
  }

  /// As [Maps#expSumPlain].
  static int expSum(double[] x, double[] y, double[] out, int n) {
    int end = n - n % Sums.WAYS;
    boolean near = L <= Sums.WAYS;
    for (int way = 0; near && way < Sums.WAYS; way += L) near = expSum(x, y, out, way, end);
    if (!near) {
      expFar(x, y, end);
      SumLanes.sum(y, 0, out, end);
    }
    return end;
  }

  /// False if an element is not near: whose sum is wanted has few of these, so they are found on the way.
  private static boolean expSum(double[] x, double[] y, double[] out, int way, int end) {
    var sum = DoubleVector.zero(S);
    var most = LongVector.zero(WHOLE);
    for (int i = way; i < end; i += Sums.WAYS) {
      var v = at(x, i);
      most = most.max(v.abs().reinterpretAsLongs());
      var e = ElementaryLanes.expNear(v);
      sum = sum.add(e);
      e.intoArray(y, i);
    }
    sum.intoArray(out, way);
    return isNear(most);
  }

  private static void expFar(double[] x, double[] y, int end) {
    for (int i = 0; i < end; i += L) ElementaryLanes.exp(at(x, i)).intoArray(y, i);
  }

  /// Whether the size of no element is beyond [Elementary#NEAR]. Sizes are compared as whole numbers, which is one operation.
  private static boolean isNear(double[] x, int end) {
    var most = LongVector.zero(WHOLE);
    for (int i = 0; i < end; i += L) most = most.max(at(x, i).abs().reinterpretAsLongs());
    return isNear(most);
  }

  private static boolean isNear(LongVector most) {
    return most.compare(VectorOperators.LE, Double.doubleToRawLongBits(Elementary.NEAR)).allTrue();
  }

  static int log(double[] x, double[] y, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      if (ElementaryLanes.abnormal(v).anyTrue()) for (int k = i; k < i + L; k++) y[k] = Elementary.log(x[k]);
      else ElementaryLanes.log(v).intoArray(y, i);
    }
    return end;
  }

  static int log1p(double[] x, double[] y, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) {
      var v = at(x, i);
      var u = v.add(ElementaryLanes.ONE);
      if (ElementaryLanes.abnormal(u).anyTrue()) for (int k = i; k < i + L; k++) y[k] = Elementary.log1p(x[k]);
      else ElementaryLanes.log1p(v, u).intoArray(y, i);
    }
    return end;
  }

  static int decay(double[] x, double[] y, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) ElementaryLanes.decay(at(x, i)).intoArray(y, i);
    return end;
  }

  /// Given t = exp(-|x|), which may be `y` itself.
  static int softplus(double[] x, double[] t, double[] y, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) ElementaryLanes.softplus(at(x, i), at(t, i)).intoArray(y, i);
    return end;
  }

  /// Given t = exp(-|x|), which may be `y` itself.
  static int sigmoid(double[] x, double[] t, double[] y, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) ElementaryLanes.sigmoid(at(x, i), at(t, i)).intoArray(y, i);
    return end;
  }
}
