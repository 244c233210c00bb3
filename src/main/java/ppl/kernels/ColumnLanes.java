package ppl.kernels;

import static ppl.kernels.ElementaryLanes.L;
import static ppl.kernels.ElementaryLanes.S;
import static ppl.kernels.SumLanes.T;

import jdk.incubator.vector.DoubleVector;

/// [Columns] on vectors: as many sums at once as there are registers for.
final class ColumnLanes {
  private static final int BLOCK = 8 * L;

  private ColumnLanes() {}

  /// A block of `width` rows; gives the number of those that are done.
  static int multiply(double[] x, int from, double[] b, double[] out, int to, int columns, int width) {
    int i = 0;
    for (; i + BLOCK <= width; i += BLOCK) block(x, from + i, b, out, to + i, columns, width);
    for (; i + L <= width; i += L) {
      var sum = DoubleVector.zero(S);
      for (int k = 0; k < columns; k++)
        sum = DoubleVector.fromArray(S, x, from + k * width + i).fma(DoubleVector.broadcast(S, b[k]), sum);
      sum.intoArray(out, to + i);
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

  /// A block of [Columns#ROWS] rows, whose factors stay in registers.
  static void addTransposed(double[] x, int from, double[] r, int at, double[] sums, int columns) {
    for (int way = 0; way < Sums.WAYS; way += T.length()) addTransposed(x, from + way, r, at + way, sums, way, columns);
  }

  private static void addTransposed(double[] x, int from, double[] r, int at, double[] sums, int way, int columns) {
    var r0 = DoubleVector.fromArray(T, r, at);
    var r1 = DoubleVector.fromArray(T, r, at + 8);
    var r2 = DoubleVector.fromArray(T, r, at + 16);
    var r3 = DoubleVector.fromArray(T, r, at + 24);
    var r4 = DoubleVector.fromArray(T, r, at + 32);
    var r5 = DoubleVector.fromArray(T, r, at + 40);
    var r6 = DoubleVector.fromArray(T, r, at + 48);
    var r7 = DoubleVector.fromArray(T, r, at + 56);
    for (int k = 0; k < columns; k++) {
      int column = from + k * Columns.ROWS;
      var one = DoubleVector.fromArray(T, x, column).fma(r0, DoubleVector.fromArray(T, sums, way + k * Sums.WAYS));
      var other = DoubleVector.fromArray(T, x, column + 8).fma(r1, DoubleVector.zero(T));
      one = DoubleVector.fromArray(T, x, column + 16).fma(r2, one);
      other = DoubleVector.fromArray(T, x, column + 24).fma(r3, other);
      one = DoubleVector.fromArray(T, x, column + 32).fma(r4, one);
      other = DoubleVector.fromArray(T, x, column + 40).fma(r5, other);
      one = DoubleVector.fromArray(T, x, column + 48).fma(r6, one);
      other = DoubleVector.fromArray(T, x, column + 56).fma(r7, other);
      one.add(other).intoArray(sums, way + k * Sums.WAYS);
    }
  }
}
