package ppl.kernels;

import static ppl.kernels.ElementaryLanes.L;
import static ppl.kernels.ElementaryLanes.S;

import jdk.incubator.vector.DoubleVector;

/// [Products] on vectors: blocks of four rows by up to three vectors stay in registers.
final class ProductLanes {
  private ProductLanes() {}

  /// Gives the number of columns that are done. All rows are gone through with a few columns of B, which so stay near.
  static int add(double sign, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow, double[] c,
      int cAt, int cRow, int m, int n, int k) {
    int end = S.loopBound(n);
    int whole = m - m % Products.ROWS;
    for (int j = 0, count; j < end; j += count * L) {
      int left = (end - j) / L;
      count = left == 4 ? 2 : Math.min(left, 3);
      for (int i = 0; i < whole; i += Products.ROWS) {
        int from = aAt + i * aRow;
        int to = cAt + i * cRow + j;
        if (count == 3) three(sign, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, k);
        else if (count == 2) two(sign, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, k);
        else one(sign, a, from, aRow, aColumn, b, bAt + j, bRow, c, to, cRow, k);
      }
    }
    for (int i = whole; i < m; i++)
      for (int j = 0; j < end; j += L)
        vector(sign, a, aAt + i * aRow, aColumn, b, bAt + j, bRow, c, cAt + i * cRow + j, k);
    return end;
  }

  /// Products of zeros, such that every block is worked on.
  static void all(double[] a, double[] c, int rows, int wide) {
    add(1, a, 0, wide, 1, a, 0, wide, c, 0, wide, rows, 5 * L, rows);
    add(1, a, 0, wide, 1, a, 0, wide, c, 0, wide, rows, L, rows);
  }

  private static void vector(double sign, double[] a, int at, int column, double[] b, int from, int row, double[] c,
      int to, int k) {
    var g = DoubleVector.broadcast(S, sign);
    var sum = DoubleVector.fromArray(S, c, to).mul(g);
    for (int l = 0; l < k; l++)
      sum = DoubleVector.fromArray(S, b, from + l * row).fma(DoubleVector.broadcast(S, a[at + l * column]), sum);
    sum.mul(g).intoArray(c, to);
  }

  private static void one(double sign, double[] a, int at, int aRow, int column, double[] b, int from, int row,
      double[] c, int to, int cRow, int k) {
    var g = DoubleVector.broadcast(S, sign);
    int t1 = to + cRow;
    int t2 = t1 + cRow;
    int t3 = t2 + cRow;
    var s0 = DoubleVector.fromArray(S, c, to).mul(g);
    var s1 = DoubleVector.fromArray(S, c, t1).mul(g);
    var s2 = DoubleVector.fromArray(S, c, t2).mul(g);
    var s3 = DoubleVector.fromArray(S, c, t3).mul(g);
    for (int l = 0; l < k; l++) {
      var x = DoubleVector.fromArray(S, b, from + l * row);
      int f = at + l * column;
      s0 = x.fma(DoubleVector.broadcast(S, a[f]), s0);
      s1 = x.fma(DoubleVector.broadcast(S, a[f + aRow]), s1);
      s2 = x.fma(DoubleVector.broadcast(S, a[f + 2 * aRow]), s2);
      s3 = x.fma(DoubleVector.broadcast(S, a[f + 3 * aRow]), s3);
    }
    s0.mul(g).intoArray(c, to);
    s1.mul(g).intoArray(c, t1);
    s2.mul(g).intoArray(c, t2);
    s3.mul(g).intoArray(c, t3);
  }

  private static void two(double sign, double[] a, int at, int aRow, int column, double[] b, int from, int row,
      double[] c, int to, int cRow, int k) {
    var g = DoubleVector.broadcast(S, sign);
    int t1 = to + cRow;
    int t2 = t1 + cRow;
    int t3 = t2 + cRow;
    var s00 = DoubleVector.fromArray(S, c, to).mul(g);
    var s01 = DoubleVector.fromArray(S, c, to + L).mul(g);
    var s10 = DoubleVector.fromArray(S, c, t1).mul(g);
    var s11 = DoubleVector.fromArray(S, c, t1 + L).mul(g);
    var s20 = DoubleVector.fromArray(S, c, t2).mul(g);
    var s21 = DoubleVector.fromArray(S, c, t2 + L).mul(g);
    var s30 = DoubleVector.fromArray(S, c, t3).mul(g);
    var s31 = DoubleVector.fromArray(S, c, t3 + L).mul(g);
    for (int l = 0; l < k; l++) {
      var x = DoubleVector.fromArray(S, b, from + l * row);
      var y = DoubleVector.fromArray(S, b, from + l * row + L);
      int f = at + l * column;
      var f0 = DoubleVector.broadcast(S, a[f]);
      s00 = x.fma(f0, s00);
      s01 = y.fma(f0, s01);
      var f1 = DoubleVector.broadcast(S, a[f + aRow]);
      s10 = x.fma(f1, s10);
      s11 = y.fma(f1, s11);
      var f2 = DoubleVector.broadcast(S, a[f + 2 * aRow]);
      s20 = x.fma(f2, s20);
      s21 = y.fma(f2, s21);
      var f3 = DoubleVector.broadcast(S, a[f + 3 * aRow]);
      s30 = x.fma(f3, s30);
      s31 = y.fma(f3, s31);
    }
    s00.mul(g).intoArray(c, to);
    s01.mul(g).intoArray(c, to + L);
    s10.mul(g).intoArray(c, t1);
    s11.mul(g).intoArray(c, t1 + L);
    s20.mul(g).intoArray(c, t2);
    s21.mul(g).intoArray(c, t2 + L);
    s30.mul(g).intoArray(c, t3);
    s31.mul(g).intoArray(c, t3 + L);
  }

  private static void three(double sign, double[] a, int at, int aRow, int column, double[] b, int from, int row,
      double[] c, int to, int cRow, int k) {
    var g = DoubleVector.broadcast(S, sign);
    int t1 = to + cRow;
    int t2 = t1 + cRow;
    int t3 = t2 + cRow;
    var s00 = DoubleVector.fromArray(S, c, to).mul(g);
    var s01 = DoubleVector.fromArray(S, c, to + L).mul(g);
    var s02 = DoubleVector.fromArray(S, c, to + 2 * L).mul(g);
    var s10 = DoubleVector.fromArray(S, c, t1).mul(g);
    var s11 = DoubleVector.fromArray(S, c, t1 + L).mul(g);
    var s12 = DoubleVector.fromArray(S, c, t1 + 2 * L).mul(g);
    var s20 = DoubleVector.fromArray(S, c, t2).mul(g);
    var s21 = DoubleVector.fromArray(S, c, t2 + L).mul(g);
    var s22 = DoubleVector.fromArray(S, c, t2 + 2 * L).mul(g);
    var s30 = DoubleVector.fromArray(S, c, t3).mul(g);
    var s31 = DoubleVector.fromArray(S, c, t3 + L).mul(g);
    var s32 = DoubleVector.fromArray(S, c, t3 + 2 * L).mul(g);
    for (int l = 0; l < k; l++) {
      int x = from + l * row;
      var x0 = DoubleVector.fromArray(S, b, x);
      var x1 = DoubleVector.fromArray(S, b, x + L);
      var x2 = DoubleVector.fromArray(S, b, x + 2 * L);
      int f = at + l * column;
      var f0 = DoubleVector.broadcast(S, a[f]);
      s00 = x0.fma(f0, s00);
      s01 = x1.fma(f0, s01);
      s02 = x2.fma(f0, s02);
      var f1 = DoubleVector.broadcast(S, a[f + aRow]);
      s10 = x0.fma(f1, s10);
      s11 = x1.fma(f1, s11);
      s12 = x2.fma(f1, s12);
      var f2 = DoubleVector.broadcast(S, a[f + 2 * aRow]);
      s20 = x0.fma(f2, s20);
      s21 = x1.fma(f2, s21);
      s22 = x2.fma(f2, s22);
      var f3 = DoubleVector.broadcast(S, a[f + 3 * aRow]);
      s30 = x0.fma(f3, s30);
      s31 = x1.fma(f3, s31);
      s32 = x2.fma(f3, s32);
    }
    s00.mul(g).intoArray(c, to);
    s01.mul(g).intoArray(c, to + L);
    s02.mul(g).intoArray(c, to + 2 * L);
    s10.mul(g).intoArray(c, t1);
    s11.mul(g).intoArray(c, t1 + L);
    s12.mul(g).intoArray(c, t1 + 2 * L);
    s20.mul(g).intoArray(c, t2);
    s21.mul(g).intoArray(c, t2 + L);
    s22.mul(g).intoArray(c, t2 + 2 * L);
    s30.mul(g).intoArray(c, t3);
    s31.mul(g).intoArray(c, t3 + L);
    s32.mul(g).intoArray(c, t3 + 2 * L);
  }
}
