package ppl.kernels;

/// A matrix of data cut into blocks of rows, each stored column by column, so that one pass over a block multiplies from
/// the right, and then the transposed block while it is still near: `blocks[t, k, i]` is element `(t rows + i, k)`, and
/// 0 beyond the last row. A pass goes through memory from its beginning to its end.
public final class Columns {
  /// Rows of a block that is worked on at once: as many vectors as stay in registers.
  public static final int ROWS = 64;

  private static final int SAMPLE = 8;
  private static final Gear MULTIPLY = multiplying();
  private static final Gear TRANSPOSED = transposing();

  private Columns() {}

  private static Gear multiplying() {
    var x = new double[SAMPLE * ROWS];
    var b = new double[SAMPLE];
    var out = new double[ROWS];
    return new Gear(() -> ColumnLanes.multiply(x, 0, b, out, 0, SAMPLE, ROWS));
  }

  private static Gear transposing() {
    var x = new double[SAMPLE * ROWS];
    var sums = new double[SAMPLE * Sums.WAYS];
    return new Gear(() -> ColumnLanes.addTransposed(x, 0, x, 0, sums, SAMPLE));
  }

  /// Lays a matrix of `length` by `columns` out anew, in blocks of `rows`.
  public static void tile(double[] x, double[] blocks, int length, int columns, int rows) {
    for (int i = 0; i < length; i++) row(x, i, blocks, i, columns, rows);
  }

  /// The same with row `order[i]` in the place of row i.
  public static void tileOrdered(double[] x, int[] order, double[] blocks, int length, int columns, int rows) {
    for (int i = 0; i < length; i++) row(x, order[i], blocks, i, columns, rows);
  }

  private static void row(double[] x, int from, double[] blocks, int i, int columns, int rows) {
    int to = i / rows * columns * rows + i % rows;
    for (int k = 0; k < columns; k++) blocks[to + k * rows] = x[from * columns + k];
  }

  /// The matrix of `length` by `columns` that [#tile] has laid out.
  public static void untile(double[] blocks, double[] out, int length, int columns, int rows) {
    for (int i = 0; i < length; i++) {
      int from = i / rows * columns * rows + i % rows;
      for (int k = 0; k < columns; k++) out[i * columns + k] = blocks[from + k * rows];
    }
  }

  /// `out` becomes the product of `n` rows with `b`. The first of them, `first`, begins a block; where `n` ends within
  /// one, elements of `out` up to the block's end are lost.
  public static void multiply(double[] blocks, double[] b, double[] out, int first, int columns, int rows, int n) {
    boolean vectors = MULTIPLY.vectors(columns * n / Sums.WAYS);
    for (int i = 0; i < n; i += rows) {
      int from = (first + i) * columns;
      int done = vectors ? ColumnLanes.multiply(blocks, from, b, out, i, columns, rows) : 0;
      if (done < rows) multiplyPlain(blocks, from, b, out, i, done, columns, rows);
    }
  }

  /// The rows of a block from `done` on.
  static void multiplyPlain(
      double[] x, int from, double[] b, double[] out, int to, int done, int columns, int rows) {
    for (int j = done; j < rows; j++) out[to + j] = 0;
    for (int k = 0; k < columns; k++) {
      double f = b[k];
      int column = from + k * rows;
      for (int j = done; j < rows; j++) out[to + j] = Math.fma(x[column + j], f, out[to + j]);
    }
  }

  /// Adds the products of `n` transposed rows with as many elements of `r` to `sums`, eight numbers for each column
  /// that [#fold] brings together. The first row, `first`, begins a block.
  public static void addTransposed(
      double[] blocks, double[] r, double[] sums, int first, int columns, int rows, int n) {
    boolean vectors = TRANSPOSED.vectors(columns * n / Sums.WAYS);
    for (int i = 0; i < n; i += rows) {
      int from = (first + i) * columns;
      if (rows != ROWS || n - i < rows) addPart(blocks, from, r, i, sums, columns, rows, Math.min(rows, n - i));
      else if (vectors) ColumnLanes.addTransposed(blocks, from, r, i, sums, columns);
      else addPlain(blocks, from, r, i, sums, columns);
    }
  }

  /// A block that is cut short.
  private static void addPart(double[] x, int from, double[] r, int at, double[] sums, int columns, int rows, int n) {
    for (int k = 0; k < columns; k++)
      for (int j = 0; j < n; j++) {
        int way = k * Sums.WAYS + j % Sums.WAYS;
        sums[way] = Math.fma(x[from + k * rows + j], r[at + j], sums[way]);
      }
  }

  /// A block of [#ROWS] rows: two sums of every second vector, the first going on from what is there.
  static void addPlain(double[] x, int from, double[] r, int at, double[] sums, int columns) {
    for (int k = 0; k < columns; k++)
      for (int way = 0; way < Sums.WAYS; way++) {
        int column = from + k * ROWS + way;
        double one = sums[k * Sums.WAYS + way];
        double other = 0;
        for (int j = 0; j < ROWS; j += 2 * Sums.WAYS) {
          one = Math.fma(x[column + j], r[at + way + j], one);
          other = Math.fma(x[column + j + Sums.WAYS], r[at + way + j + Sums.WAYS], other);
        }
        sums[k * Sums.WAYS + way] = one + other;
      }
  }

  /// Adds to `out` what [#addTransposed] has gathered for each of its columns.
  public static void fold(double[] sums, double[] out, int columns) {
    for (int k = 0; k < columns; k++) out[k] += Sums.fold(sums, k * Sums.WAYS);
  }
}
