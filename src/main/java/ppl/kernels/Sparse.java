package ppl.kernels;

import java.util.Arrays;

/// A matrix of data by its elements that are not 0, row after row: those of one row are `values[l]` in the columns `at[l]`
/// for `starts[i] <= l < starts[i + 1]`. Rows are taken in blocks, and those of a block in the order of how many elements
/// they have, so that the machine foresees where a row ends: `places[i]` is the place of a row in its block. What is 0
/// takes no part in a product, whatever it would be multiplied with.
///
/// There is no form over vectors: what limits these loops are single elements at places that data give.
public final class Sparse {
  private Sparse() {}

  /// Takes what is not 0 from a matrix of `length` by `columns`, in blocks of `rows`.
  public static void compress(
      double[] x, int[] places, int[] starts, int[] at, double[] values, int length, int columns, int rows) {
    for (int i = 0; i < length; i++) places[i] = i;
    compressOrdered(x, places, places, starts, at, values, length, columns, rows);
  }

  /// The same with row `order[i]` in the place of row i. The order is read before places are written, block by block.
  public static void compressOrdered(double[] x, int[] order, int[] places, int[] starts, int[] at, double[] values,
      int length, int columns, int rows) {
    var given = new int[rows];
    var sorted = new long[rows];
    int to = 0;
    for (int first = 0; first < length; first += rows) {
      int n = Math.min(rows, length - first);
      System.arraycopy(order, first, given, 0, n);
      for (int i = 0; i < n; i++) sorted[i] = (long) count(x, given[i] * columns, columns) << 32 | i;
      Arrays.sort(sorted, 0, n);
      for (int i = 0; i < n; i++) {
        int place = (int) sorted[i];
        places[first + i] = place;
        starts[first + i] = to;
        to = take(x, given[place] * columns, columns, at, values, to);
      }
    }
    starts[length] = to;
  }

  private static int count(double[] x, int from, int columns) {
    int count = 0;
    for (int k = 0; k < columns; k++) if (x[from + k] != 0) count++;
    return count;
  }

  private static int take(double[] x, int from, int columns, int[] at, double[] values, int to) {
    for (int k = 0; k < columns; k++) {
      if (x[from + k] == 0) continue;
      at[to] = k;
      values[to++] = x[from + k];
    }
    return to;
  }

  /// The matrix of `length` by `columns` that [#compress] was given, bit by bit but for the signs of zeros.
  public static void expand(
      int[] places, int[] starts, int[] at, double[] values, double[] out, int length, int columns, int rows) {
    Arrays.fill(out, 0, length * columns, 0);
    for (int i = 0; i < length; i++) {
      int row = (i / rows * rows + places[i]) * columns;
      for (int l = starts[i]; l < starts[i + 1]; l++) out[row + at[l]] = values[l];
    }
  }

  /// `out` becomes the product of `n` rows with `b`. The first of them, `first`, begins a block, and the last ends one.
  public static void multiply(int[] places, int[] starts, int[] at, double[] values, double[] b, double[] out, int first,
      int rows, int n) {
    int l = starts[first];
    for (int block = 0; block < n; block += rows) {
      int last = Math.min(n, block + rows);
      for (int i = block; i < last; i++) {
        double sum = 0;
        for (int end = starts[first + i + 1]; l < end; l++) sum = Math.fma(values[l], b[at[l]], sum);
        out[block + places[first + i]] = sum;
      }
    }
  }

  /// Adds the products of `n` transposed rows with as many elements of `r` to `sums`, one number for each column. The first
  /// row, `first`, begins a block, and the last ends one.
  public static void addTransposed(int[] places, int[] starts, int[] at, double[] values, double[] r, double[] sums,
      int first, int rows, int n) {
    int l = starts[first];
    for (int block = 0; block < n; block += rows) {
      int last = Math.min(n, block + rows);
      for (int i = block; i < last; i++) {
        double f = r[block + places[first + i]];
        for (int end = starts[first + i + 1]; l < end; l++) sums[at[l]] = Math.fma(values[l], f, sums[at[l]]);
      }
    }
  }

  /// The sums of the first `columns` columns become 0.
  public static void clear(double[] sums, int columns) {
    Arrays.fill(sums, 0, columns, 0);
  }

  /// Adds to `out` what [#addTransposed] has gathered for each of its columns.
  public static void fold(double[] sums, double[] out, int columns) {
    for (int k = 0; k < columns; k++) out[k] += sums[k];
  }
}
