package ppl.kernels;

import static ppl.kernels.SumLanes.T;

import jdk.incubator.vector.DoubleVector;

/// [Inner] on vectors, for a multiple of eight elements. No method here hands a vector to another: where HotSpot does not inline
/// that one, the vector becomes an object.
final class InnerLanes {
  private InnerLanes() {}

  static void rows(double[] a, int at, int stride, double[] x, int from, double[] out, int to, int n) {
    if (T.length() < Sums.WAYS) {
      Inner.rowsPlain(a, at, stride, x, from, out, to, n);
      return;
    }
    var p = DoubleVector.zero(T);
    var q = DoubleVector.zero(T);
    var r = DoubleVector.zero(T);
    var s = DoubleVector.zero(T);
    for (int j = 0; j < n; j += Sums.WAYS) {
      var v = DoubleVector.fromArray(T, x, from + j);
      p = DoubleVector.fromArray(T, a, at + j).fma(v, p);
      q = DoubleVector.fromArray(T, a, at + stride + j).fma(v, q);
      r = DoubleVector.fromArray(T, a, at + 2 * stride + j).fma(v, r);
      s = DoubleVector.fromArray(T, a, at + 3 * stride + j).fma(v, s);
    }
    out[to] = Sums.fold(p.lane(0), p.lane(1), p.lane(2), p.lane(3), p.lane(4), p.lane(5), p.lane(6), p.lane(7));
    out[to + 1] = Sums.fold(q.lane(0), q.lane(1), q.lane(2), q.lane(3), q.lane(4), q.lane(5), q.lane(6), q.lane(7));
    out[to + 2] = Sums.fold(r.lane(0), r.lane(1), r.lane(2), r.lane(3), r.lane(4), r.lane(5), r.lane(6), r.lane(7));
    out[to + 3] = Sums.fold(s.lane(0), s.lane(1), s.lane(2), s.lane(3), s.lane(4), s.lane(5), s.lane(6), s.lane(7));
  }

  static double push(double f, double[] s, double[] g, double[] u, double[] p, int n) {
    if (T.length() < Sums.WAYS) return Inner.pushPlain(f, s, g, u, p, n);
    var by = DoubleVector.broadcast(T, f);
    var sum = DoubleVector.zero(T);
    for (int i = 0; i < n; i += Sums.WAYS) {
      var slope = DoubleVector.fromArray(T, s, i).mul(DoubleVector.fromArray(T, g, i));
      var v = slope.fma(by, DoubleVector.fromArray(T, p, i));
      slope.intoArray(u, i);
      v.intoArray(p, i);
      sum = v.fma(v, sum);
    }
    return Sums.fold(sum.lane(0), sum.lane(1), sum.lane(2), sum.lane(3), sum.lane(4), sum.lane(5), sum.lane(6),
        sum.lane(7));
  }

  static void cross(double[] x, double[] a, double[] b, double[] y, double[] c, double[] d, double[] w, double[] out, int n) {
    if (T.length() < Sums.WAYS) {
      Inner.crossPlain(x, a, b, y, c, d, w, out, n);
      return;
    }
    var ay = DoubleVector.zero(T);
    var by = DoubleVector.zero(T);
    var cx = DoubleVector.zero(T);
    var dx = DoubleVector.zero(T);
    var ac = DoubleVector.zero(T);
    var bd = DoubleVector.zero(T);
    for (int i = 0; i < n; i += Sums.WAYS) {
      var u = DoubleVector.fromArray(T, x, i);
      var v = DoubleVector.fromArray(T, y, i);
      var p = DoubleVector.fromArray(T, a, i);
      var q = DoubleVector.fromArray(T, b, i);
      var r = DoubleVector.fromArray(T, c, i);
      var s = DoubleVector.fromArray(T, d, i);
      u.add(v).intoArray(w, i);
      ay = p.fma(v, ay);
      by = q.fma(v, by);
      cx = r.fma(u, cx);
      dx = s.fma(u, dx);
      ac = p.fma(r, ac);
      bd = q.fma(s, bd);
    }
    ay.intoArray(out, 0);
    by.intoArray(out, Sums.WAYS);
    cx.intoArray(out, 2 * Sums.WAYS);
    dx.intoArray(out, 3 * Sums.WAYS);
    ac.intoArray(out, 4 * Sums.WAYS);
    bd.intoArray(out, 5 * Sums.WAYS);
    for (int k = 0; k < Inner.PRODUCTS; k++) out[k] = Sums.fold(out, k * Sums.WAYS);
  }
}
