package ppl.kernels;

/// A matrix of data cut into tiles of rows, each stored column by column, so that one pass over it multiplies from the
/// right, and then the transposed tile while it is still near: `tiles[t, k, i]` is element `(t width + i, k)`, and 0
/// beyond the last row.
public final class Columns {
  /// Columns that are worked on together.
  static final int TOGETHER = 4;

  private static final int SAMPLE = 16;
  private static final Gear MULTIPLY = multiplying();
  private static final Gear DOTS = dotting();

  private Columns() {}

  private static Gear multiplying() {
    var x = new double[SAMPLE * Gear.SIZE];
    var b = new double[SAMPLE];
    var out = new double[Gear.SIZE];
    return new Gear(() -> ColumnLanes.multiply(x, 0, b, out, SAMPLE, Gear.SIZE));
  }

  private static Gear dotting() {
    var x = new double[TOGETHER * Gear.SIZE];
    var work = new double[TOGETHER * Sums.WAYS];
    return new Gear(() -> ColumnLanes.dots(x, 0, Gear.SIZE, x, work, Gear.SIZE));
  }

  /// Lays a matrix of `rows` by `columns` out anew.
  public static void tile(double[] x, double[] tiles, int rows, int columns, int width) {
    for (int i = 0; i < rows; i++) {
      int tile = i / width * columns * width + i % width;
      for (int k = 0; k < columns; k++) tiles[tile + k * width] = x[i * columns + k];
    }
  }

  /// `out`, of `width` numbers, becomes tile `t` times `b`.
  public static void multiply(double[] tiles, double[] b, double[] out, int t, int columns, int width) {
    int from = t * columns * width;
    int i = MULTIPLY.vectors(columns * width / 8) ? ColumnLanes.multiply(tiles, from, b, out, columns, width) : 0;
    if (i < width) multiplyPlain(tiles, from, b, out, i, columns, width);
  }

  /// The rows of a tile from `first` on.
  static void multiplyPlain(double[] x, int from, double[] b, double[] out, int first, int columns, int width) {
    for (int j = first; j < width; j++) out[j] = 0;
    for (int k = 0; k < columns; k++) {
      double f = b[k];
      int column = from + k * width;
      for (int j = first; j < width; j++) out[j] = Math.fma(x[column + j], f, out[j]);
    }
  }

  /// Adds the transposed tile `t` times the first `n` elements of `r` to `sums`; `work` holds 32 numbers.
  public static void addTransposed(
      double[] tiles, double[] r, double[] sums, double[] work, int t, int columns, int width, int n) {
    int from = t * columns * width;
    for (int k = 0; k < columns; k += TOGETHER) {
      int count = Math.min(TOGETHER, columns - k);
      int column = from + k * width;
      boolean lanes = count == TOGETHER && DOTS.vectors(n / 2);
      int i = lanes ? ColumnLanes.dots(tiles, column, width, r, work, n) : n - n % Sums.WAYS;
      for (int c = 0; c < count; c++) {
        if (!lanes) dot(tiles, column + c * width, r, work, c * Sums.WAYS, i);
        for (int j = i; j < n; j++) {
          int way = c * Sums.WAYS + j % Sums.WAYS;
          work[way] = Math.fma(tiles[column + c * width + j], r[j], work[way]);
        }
        sums[k + c] += Sums.fold(work, c * Sums.WAYS);
      }
    }
  }

  /// Sums of every eighth product of `n` numbers each.
  static void dot(double[] x, int from, double[] r, double[] work, int to, int n) {
    double a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    for (int j = 0; j < n; j += Sums.WAYS) {
      a = Math.fma(x[from + j], r[j], a);
      b = Math.fma(x[from + j + 1], r[j + 1], b);
      c = Math.fma(x[from + j + 2], r[j + 2], c);
      d = Math.fma(x[from + j + 3], r[j + 3], d);
      e = Math.fma(x[from + j + 4], r[j + 4], e);
      f = Math.fma(x[from + j + 5], r[j + 5], f);
      g = Math.fma(x[from + j + 6], r[j + 6], g);
      h = Math.fma(x[from + j + 7], r[j + 7], h);
    }
    work[to] = a;
    work[to + 1] = b;
    work[to + 2] = c;
    work[to + 3] = d;
    work[to + 4] = e;
    work[to + 5] = f;
    work[to + 6] = g;
    work[to + 7] = h;
  }
}
