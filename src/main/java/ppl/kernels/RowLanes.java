package ppl.kernels;

import static ppl.kernels.ElementaryLanes.L;
import static ppl.kernels.ElementaryLanes.S;
import static ppl.kernels.SumLanes.T;

import jdk.incubator.vector.DoubleVector;

/// [Rows] on vectors; each gives the number of elements that are done.
final class RowLanes {
  private RowLanes() {}

  static int add(double f, double[] x, int from, double[] y, int to, int n) {
    int end = S.loopBound(n);
    var g = DoubleVector.broadcast(S, f);
    for (int j = 0; j < end; j += L)
      DoubleVector.fromArray(S, x, from + j).fma(g, DoubleVector.fromArray(S, y, to + j)).intoArray(y, to + j);
    return end;
  }

  static int add(double f, double[] a, int aAt, double g, double[] b, int bAt, double[] y, int to, int n) {
    int end = S.loopBound(n);
    var u = DoubleVector.broadcast(S, f);
    var v = DoubleVector.broadcast(S, g);
    for (int j = 0; j < end; j += L) {
      var sum = DoubleVector.fromArray(S, a, aAt + j).fma(u, DoubleVector.fromArray(S, y, to + j));
      DoubleVector.fromArray(S, b, bAt + j).fma(v, sum).intoArray(y, to + j);
    }
    return end;
  }

  /// The product of the first elements, of which there are a multiple of eight.
  static double dot(double[] x, int from, double[] y, int to, int n) {
    if (T.length() < Sums.WAYS) return Rows.dotPlain(x, from, y, to, n);
    var sum = DoubleVector.zero(T);
    for (int j = 0; j < n; j += Sums.WAYS)
      sum = DoubleVector.fromArray(T, x, from + j).fma(DoubleVector.fromArray(T, y, to + j), sum);
    return Sums.fold(sum.lane(0), sum.lane(1), sum.lane(2), sum.lane(3), sum.lane(4), sum.lane(5), sum.lane(6),
        sum.lane(7));
  }
}
