package ppl.kernels;

import static ppl.kernels.ElementaryLanes.L;
import static ppl.kernels.ElementaryLanes.S;
import static ppl.kernels.SumLanes.T;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// [Decimals] on vectors, as [ColumnLanes]; whole numbers become reals as they are read.
final class DecimalLanes {
  private static final int BLOCK = 8 * L;
  private static final VectorSpecies<Integer> HALF = half(S);
  private static final VectorSpecies<Integer> HALF_OF_SUMS = half(T);

  private DecimalLanes() {}

  private static VectorSpecies<Integer> half(VectorSpecies<Double> s) {
    return VectorSpecies.of(int.class, VectorShape.forBitSize(s.vectorBitSize() / 2));
  }

  private static DoubleVector at(int[] x, int i) {
    return (DoubleVector) IntVector.fromArray(HALF, x, i).convertShape(VectorOperators.I2D, S, 0);
  }

  private static DoubleVector column(int[] x, int i) {
    return (DoubleVector) IntVector.fromArray(HALF_OF_SUMS, x, i).convertShape(VectorOperators.I2D, T, 0);
  }

  /// A block of `width` rows; gives the number of those that are done.
  static int multiply(int[] x, int from, double[] units, double[] b, double[] out, int to, int columns, int width) {
    int i = 0;
    for (; i + BLOCK <= width; i += BLOCK) block(x, from + i, units, b, out, to + i, columns, width);
    for (; i + L <= width; i += L) {
      var sum = DoubleVector.zero(S);
      for (int k = 0; k < columns; k++)
        sum = at(x, from + k * width + i).fma(DoubleVector.broadcast(S, b[k] * units[k]), sum);
      sum.intoArray(out, to + i);
    }
    return i;
  }

  private static void block(
      int[] x, int from, double[] units, double[] b, double[] out, int to, int columns, int width) {
    var s0 = DoubleVector.zero(S);
    var s1 = DoubleVector.zero(S);
    var s2 = DoubleVector.zero(S);
    var s3 = DoubleVector.zero(S);
    var s4 = DoubleVector.zero(S);
    var s5 = DoubleVector.zero(S);
    var s6 = DoubleVector.zero(S);
    var s7 = DoubleVector.zero(S);
    int i = from;
    for (int k = 0; k < columns; k++) {
      var f = DoubleVector.broadcast(S, b[k] * units[k]);
      s0 = at(x, i).fma(f, s0);
      s1 = at(x, i + L).fma(f, s1);
      s2 = at(x, i + 2 * L).fma(f, s2);
      s3 = at(x, i + 3 * L).fma(f, s3);
      s4 = at(x, i + 4 * L).fma(f, s4);
      s5 = at(x, i + 5 * L).fma(f, s5);
      s6 = at(x, i + 6 * L).fma(f, s6);
      s7 = at(x, i + 7 * L).fma(f, s7);
      i += width;
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
  static void addTransposed(int[] x, int from, double[] r, int at, double[] sums, int columns) {
    for (int way = 0; way < Sums.WAYS; way += T.length()) addTransposed(x, from + way, r, at + way, sums, way, columns);
  }

  private static void addTransposed(int[] x, int from, double[] r, int at, double[] sums, int way, int columns) {
    var r0 = DoubleVector.fromArray(T, r, at);
    var r1 = DoubleVector.fromArray(T, r, at + 8);
    var r2 = DoubleVector.fromArray(T, r, at + 16);
    var r3 = DoubleVector.fromArray(T, r, at + 24);
    var r4 = DoubleVector.fromArray(T, r, at + 32);
    var r5 = DoubleVector.fromArray(T, r, at + 40);
    var r6 = DoubleVector.fromArray(T, r, at + 48);
    var r7 = DoubleVector.fromArray(T, r, at + 56);
    for (int k = 0; k < columns; k++) {
      int i = from + k * Columns.ROWS;
      var one = column(x, i).fma(r0, DoubleVector.fromArray(T, sums, way + k * Sums.WAYS));
      var other = column(x, i + 8).fma(r1, DoubleVector.zero(T));
      one = column(x, i + 16).fma(r2, one);
      other = column(x, i + 24).fma(r3, other);
      one = column(x, i + 32).fma(r4, one);
      other = column(x, i + 40).fma(r5, other);
      one = column(x, i + 48).fma(r6, one);
      other = column(x, i + 56).fma(r7, other);
      one.add(other).intoArray(sums, way + k * Sums.WAYS);
    }
  }
}
