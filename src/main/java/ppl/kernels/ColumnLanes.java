package ppl.kernels;

import static ppl.kernels.ElementaryLanes.L;
import static ppl.kernels.ElementaryLanes.S;
import static ppl.kernels.SumLanes.EIGHT;

import jdk.incubator.vector.DoubleVector;

/// [Columns] on vectors: as many sums at once as there are registers for.
final class ColumnLanes {
  private static final int BLOCK = 8 * L;

  private ColumnLanes() {}

  /// Gives the number of rows that are done.
  static int multiply(double[] x, int from, double[] b, double[] out, int columns, int width) {
    int i = 0;
    for (; i + BLOCK <= width; i += BLOCK) block(x, from + i, b, out, i, columns, width);
    for (; i + L <= width; i += L) {
      var sum = DoubleVector.zero(S);
      for (int k = 0; k < columns; k++)
        sum = DoubleVector.fromArray(S, x, from + k * width + i).fma(DoubleVector.broadcast(S, b[k]), sum);
      sum.intoArray(out, i);
    }
    return i;
  }

  private static void block(double[] x, int from, double[] b, double[] out, int to, int columns, int width) {
    var s0 = DoubleVector.zero(S);
    var s1 = DoubleVector.zero(S);
    var s2 = DoubleVector.zero(S);
    var s3 = DoubleVector.zero(S);
    var s4 = DoubleVector.zero(S);
    var s5 = DoubleVector.zero(S);
    var s6 = DoubleVector.zero(S);
    var s7 = DoubleVector.zero(S);
    int at = from;
    for (int k = 0; k < columns; k++) {
      var f = DoubleVector.broadcast(S, b[k]);
      s0 = DoubleVector.fromArray(S, x, at).fma(f, s0);
      s1 = DoubleVector.fromArray(S, x, at + L).fma(f, s1);
      s2 = DoubleVector.fromArray(S, x, at + 2 * L).fma(f, s2);
      s3 = DoubleVector.fromArray(S, x, at + 3 * L).fma(f, s3);
      s4 = DoubleVector.fromArray(S, x, at + 4 * L).fma(f, s4);
      s5 = DoubleVector.fromArray(S, x, at + 5 * L).fma(f, s5);
      s6 = DoubleVector.fromArray(S, x, at + 6 * L).fma(f, s6);
      s7 = DoubleVector.fromArray(S, x, at + 7 * L).fma(f, s7);
      at += width;
    }
    s0.intoArray(out, to);
    s1.intoArray(out, to + L);
    s2.intoArray(out, to + 2 * L);
    s3.intoArray(out, to + 3 * L);
    s4.intoArray(out, to + 4 * L);
    s5.intoArray(out, to + 5 * L);
    s6.intoArray(out, to + 6 * L);
    s7.intoArray(out, to + 7 * L);
  }

  /// Lane sums of four columns with `r`; gives the number of rows that are done.
  static int dots(double[] x, int column, int width, double[] r, double[] work, int n) {
    var s0 = DoubleVector.zero(EIGHT);
    var s1 = DoubleVector.zero(EIGHT);
    var s2 = DoubleVector.zero(EIGHT);
    var s3 = DoubleVector.zero(EIGHT);
    int end = EIGHT.loopBound(n);
    for (int i = 0; i < end; i += Sums.WAYS) {
      var v = DoubleVector.fromArray(EIGHT, r, i);
      s0 = DoubleVector.fromArray(EIGHT, x, column + i).fma(v, s0);
      s1 = DoubleVector.fromArray(EIGHT, x, column + width + i).fma(v, s1);
      s2 = DoubleVector.fromArray(EIGHT, x, column + 2 * width + i).fma(v, s2);
      s3 = DoubleVector.fromArray(EIGHT, x, column + 3 * width + i).fma(v, s3);
    }
    s0.intoArray(work, 0);
    s1.intoArray(work, Sums.WAYS);
    s2.intoArray(work, 2 * Sums.WAYS);
    s3.intoArray(work, 3 * Sums.WAYS);
    return end;
  }
}
