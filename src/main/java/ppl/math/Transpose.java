package ppl.math;

import java.util.Arrays;

/// Parts of matrices stored row by row, transposed.
final class Transpose {
  /// Rows that are read together and written side by side.
  private static final int ROWS = 4;
  /// What a vector may reach beyond the diagonal.
  private static final int REACH = 7;

  private Transpose() {}

  /// B becomes A', for A of `rows` by `columns`; rows of A and B lie `aRow` and `bRow` apart. Both may lie in one array.
  static void of(double[] a, int aAt, int aRow, double[] b, int bAt, int bRow, int rows, int columns) {
    int i = 0;
    for (; i + ROWS <= rows; i += ROWS) four(a, aAt + i * aRow, aRow, b, bAt + i, bRow, columns);
    for (; i < rows; i++) {
      int from = aAt + i * aRow;
      for (int j = 0; j < columns; j++) b[bAt + j * bRow + i] = a[from + j];
    }
  }

  private static void four(double[] a, int at, int row, double[] b, int to, int bRow, int columns) {
    for (int j = 0; j < columns; j++) {
      int from = at + j;
      double x0 = a[from];
      double x1 = a[from + row];
      double x2 = a[from + 2 * row];
      double x3 = a[from + 3 * row];
      int out = to + j * bRow;
      b[out] = x0;
      b[out + 1] = x1;
      b[out + 2] = x2;
      b[out + 3] = x3;
    }
  }

  /// The upper part of B becomes the lower part of A, both n by n; a few elements left of the diagonal become 0. `b` may
  /// be `a`.
  static void lower(double[] a, double[] b, int n) {
    int whole = n - n % ROWS;
    for (int i = 0; i < whole; i += ROWS) four(a, i * n, n, b, i, n, i + ROWS);
    for (int i = whole; i < n; i++) of(a, i * n, n, b, i, n, 1, i + 1);
    for (int i = 1; i < n; i++) Arrays.fill(b, i * n + Math.max(0, i - REACH), i * n + i, 0);
  }

  /// The lower part of A becomes its upper part, transposed.
  static void upper(double[] a, int n) {
    for (int i = 0; i < n; i += ROWS) {
      int to = Math.min(i + ROWS, n);
      of(a, i * n + to, n, a, to * n + i, n, to - i, n - to);
      for (int r = i; r < to; r++) {
        for (int j = r + 1; j < to; j++) a[j * n + r] = a[r * n + j];
      }
    }
  }
}
