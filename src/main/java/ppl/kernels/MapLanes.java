package ppl.kernels;

import static ppl.kernels.ElementaryLanes.L;
import static ppl.kernels.ElementaryLanes.S;

import jdk.incubator.vector.DoubleVector;

/// [Maps] on whole vectors; each gives the number of elements that are done. One short loop a method: what is inlined
/// into a compiled method has a limit, beyond which vectors become objects.
final class MapLanes {
  private MapLanes() {}

  private static DoubleVector at(double[] x, int i) {
    return DoubleVector.fromArray(S, x, i);
  }

  static int exp(double[] x, double[] y, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) ElementaryLanes.exp(at(x, i)).intoArray(y, i);
    return end;
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

  /// exp(-|x|).
  static int decay(double[] x, double[] y, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += L) ElementaryLanes.exp(at(x, i).abs().neg()).intoArray(y, i);
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
