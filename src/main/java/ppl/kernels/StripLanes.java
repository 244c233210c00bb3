package ppl.kernels;

import static ppl.kernels.ElementaryLanes.L;
import static ppl.kernels.ElementaryLanes.S;

import jdk.incubator.vector.DoubleVector;

/// [Strips] on vectors.
final class StripLanes {
  private StripLanes() {}

  /// Gives the number of columns that are done.
  static int solve(double[] l, int at, int lRow, int lColumn, double[] c, int to, int cRow, int n) {
    int end = S.loopBound(n);
    int a1 = at + lRow;
    int a2 = a1 + lRow;
    int a3 = a2 + lRow;
    var d0 = DoubleVector.broadcast(S, 1 / l[at]);
    var d1 = DoubleVector.broadcast(S, 1 / l[a1 + lColumn]);
    var d2 = DoubleVector.broadcast(S, 1 / l[a2 + 2 * lColumn]);
    var d3 = DoubleVector.broadcast(S, 1 / l[a3 + 3 * lColumn]);
    var l10 = DoubleVector.broadcast(S, -l[a1]);
    var l20 = DoubleVector.broadcast(S, -l[a2]);
    var l21 = DoubleVector.broadcast(S, -l[a2 + lColumn]);
    var l30 = DoubleVector.broadcast(S, -l[a3]);
    var l31 = DoubleVector.broadcast(S, -l[a3 + lColumn]);
    var l32 = DoubleVector.broadcast(S, -l[a3 + 2 * lColumn]);
    int t1 = to + cRow;
    int t2 = t1 + cRow;
    int t3 = t2 + cRow;
    for (int j = 0; j < end; j += L) {
      var x0 = DoubleVector.fromArray(S, c, to + j).mul(d0);
      var x1 = l10.fma(x0, DoubleVector.fromArray(S, c, t1 + j)).mul(d1);
      var x2 = l21.fma(x1, l20.fma(x0, DoubleVector.fromArray(S, c, t2 + j))).mul(d2);
      var x3 = l32.fma(x2, l31.fma(x1, l30.fma(x0, DoubleVector.fromArray(S, c, t3 + j)))).mul(d3);
      x0.intoArray(c, to + j);
      x1.intoArray(c, t1 + j);
      x2.intoArray(c, t2 + j);
      x3.intoArray(c, t3 + j);
    }
    return end;
  }
}
