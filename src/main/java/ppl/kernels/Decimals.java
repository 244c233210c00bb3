package ppl.kernels;

import java.util.Arrays;

/// A matrix of data whose numbers have few digits, as whole numbers of four bytes in blocks like those of [Columns], and a
/// unit for each column: element `(t rows + i, k)` is `blocks[t, k, i] * units[k]` up to rounding, where units are
/// powers of 10. A pass over it reads half of the memory.
public final class Decimals {
  /// Digits after the point at most.
  private static final int MOST = 9;
  private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  private static final int SAMPLE = 8;
  private static final Gear MULTIPLY = multiplying();
  private static final Gear TRANSPOSED = transposing();

  private Decimals() {}

  private static Gear multiplying() {
    var x = new int[SAMPLE * Columns.ROWS];
    var b = new double[SAMPLE];
    var out = new double[Columns.ROWS];
    return new Gear(() -> DecimalLanes.multiply(x, 0, b, b, out, 0, SAMPLE, Columns.ROWS));
  }

  private static Gear transposing() {
    var x = new int[SAMPLE * Columns.ROWS];
    var r = new double[Columns.ROWS];
    var sums = new double[SAMPLE * Sums.WAYS];
    return new Gear(() -> DecimalLanes.addTransposed(x, 0, r, 0, sums, SAMPLE));
  }

  /// The unit of each column of a matrix of `length` by `columns`: the largest power of 10, 1 at most, of which all its
  /// numbers are multiples that an int holds. All are 0 if a column has none.
  public static void units(double[] x, double[] units, int length, int columns) {
    var digits = new int[columns];
    var largest = new double[columns];
    Arrays.fill(units, 0, columns, 0);
    for (int i = 0; i < length; i++)
      for (int k = 0; k < columns; k++) {
        double v = x[i * columns + k];
        while (digits[k] <= MOST && !isMultiple(v, POWERS[digits[k]])) digits[k]++;
        largest[k] = Math.max(largest[k], Math.abs(v));
        if (digits[k] > MOST || largest[k] * POWERS[digits[k]] > Integer.MAX_VALUE) return;
      }
    for (int k = 0; k < columns; k++) units[k] = 1 / POWERS[digits[k]];
  }

  /// Whether `v` is the double next to a whole number of `1 / power`.
  private static boolean isMultiple(double v, double power) {
    return Math.rint(v * power) / power == v;
  }

  /// Lays a matrix of `length` by `columns` with these units out anew, in blocks of `rows`.
  public static void tile(double[] x, double[] units, int[] blocks, int length, int columns, int rows) {
    for (int i = 0; i < length; i++) row(x, i, units, blocks, i, columns, rows);
  }

  /// The same with row `order[i]` in the place of row i.
  public static void tileOrdered(
      double[] x, int[] order, double[] units, int[] blocks, int length, int columns, int rows) {
    for (int i = 0; i < length; i++) row(x, order[i], units, blocks, i, columns, rows);
  }

  private static void row(double[] x, int from, double[] units, int[] blocks, int i, int columns, int rows) {
    int to = i / rows * columns * rows + i % rows;
    for (int k = 0; k < columns; k++) blocks[to + k * rows] = (int) Math.rint(x[from * columns + k] / units[k]);
  }

  /// The matrix of `length` by `columns` that [#tile] has laid out, bit by bit but for the signs of zeros.
  public static void untile(int[] blocks, double[] units, double[] out, int length, int columns, int rows) {
    var powers = new double[columns];
    for (int k = 0; k < columns; k++) powers[k] = Math.rint(1 / units[k]);
    for (int i = 0; i < length; i++) {
      int from = i / rows * columns * rows + i % rows;
      for (int k = 0; k < columns; k++) out[i * columns + k] = blocks[from + k * rows] / powers[k];
    }
  }

  /// As [Columns#multiply].
  public static void multiply(
      int[] blocks, double[] units, double[] b, double[] out, int first, int columns, int rows, int n) {
    boolean vectors = MULTIPLY.vectors(columns * n / Sums.WAYS);
    for (int i = 0; i < n; i += rows) {
      int from = (first + i) * columns;
      int done = vectors ? DecimalLanes.multiply(blocks, from, units, b, out, i, columns, rows) : 0;
      if (done < rows) multiplyPlain(blocks, from, units, b, out, i, done, columns, rows);
    }
  }

  /// The rows of a block from `done` on.
  static void multiplyPlain(
      int[] x, int from, double[] units, double[] b, double[] out, int to, int done, int columns, int rows) {
    Arrays.fill(out, to + done, to + rows, 0);
    for (int k = 0; k < columns; k++) {
      double f = b[k] * units[k];
      int column = from + k * rows;
      for (int j = done; j < rows; j++) out[to + j] = Math.fma(x[column + j], f, out[to + j]);
    }
  }

  /// As [Columns#addTransposed], in units.
  public static void addTransposed(int[] blocks, double[] r, double[] sums, int first, int columns, int rows, int n) {
    boolean vectors = TRANSPOSED.vectors(columns * n / Sums.WAYS);
    for (int i = 0; i < n; i += rows) {
      int from = (first + i) * columns;
      if (vectors && rows == Columns.ROWS && n - i >= rows) DecimalLanes.addTransposed(blocks, from, r, i, sums, columns);
      else addPlain(blocks, from, r, i, sums, columns, rows, Math.min(rows, n - i));
    }
  }

  /// A block of which `n` rows count: in whole blocks of [Columns#ROWS], two sums of every second vector, the first going on
  /// from what is there.
  static void addPlain(int[] x, int from, double[] r, int at, double[] sums, int columns, int rows, int n) {
    for (int k = 0; k < columns; k++)
      for (int way = 0; way < Sums.WAYS; way++) {
        int column = from + k * rows;
        double one = sums[k * Sums.WAYS + way];
        double other = 0;
        if (n == Columns.ROWS)
          for (int j = way; j < n; j += 2 * Sums.WAYS) {
            one = Math.fma(x[column + j], r[at + j], one);
            other = Math.fma(x[column + j + Sums.WAYS], r[at + j + Sums.WAYS], other);
          }
        else for (int j = way; j < n; j += Sums.WAYS) one = Math.fma(x[column + j], r[at + j], one);
        sums[k * Sums.WAYS + way] = one + other;
      }
  }

  /// Adds to `out` what [#addTransposed] has gathered for each of its columns.
  public static void fold(double[] sums, double[] units, double[] out, int columns) {
    for (int k = 0; k < columns; k++) out[k] = Math.fma(units[k], Sums.fold(sums, k * Sums.WAYS), out[k]);
  }
}
