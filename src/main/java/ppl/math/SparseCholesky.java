package ppl.math;

import java.util.Arrays;

/// The Cholesky factorisation of symmetric positive definite matrices of one sparse pattern, and the elements of the
/// inverse inside the pattern of the factor. The order of elimination and the pattern are found once. Chains, trees and
/// arrows cost time and memory in proportion to their size.
///
/// Sources: Davis, "Direct Methods for Sparse Linear Systems" (2006), for the factorisation row by row; Takahashi, Fagan
/// and Chen (1973) for the inverse.
public final class SparseCholesky {
  private static final double ROUNDING = 1e-14;

  private final int n;
  /// `place[i]` is where element i stands in the order of elimination.
  private final int[] place;
  private final int[] order;
  /// The upper triangle of the permuted matrix by columns: rows of column j, without the diagonal.
  private final int[] start;
  private final int[] rows;
  private final double[] values;
  private final double[] diagonal;
  private final int[] parent;
  /// L by columns without its diagonal, rows ascending.
  private final int[] from;
  private final int[] index;
  private final double[] l;
  private final double[] root;
  private final double[] z;
  private final double[] zRoot;
  private final int[] fill;
  private final int[] stack;
  private final int[] mark;
  private final double[] work;

  /// @param row    with `column`, the places of elements off the diagonal that may not be 0; both triangles or either,
  ///               repetitions and the diagonal allowed
  public SparseCholesky(int n, int[] row, int[] column) {
    this.n = n;
    var neighbours = neighbours(n, row, column);
    order = MinimumDegree.order(n, copy(neighbours));
    place = new int[n];
    for (int k = 0; k < n; k++) place[order[k]] = k;
    start = new int[n + 1];
    for (int j = 0; j < n; j++) {
      int count = 0;
      for (int i : neighbours[order[j]]) if (place[i] < j) count++;
      start[j + 1] = start[j] + count;
    }
    rows = new int[start[n]];
    for (int j = 0; j < n; j++) {
      int at = start[j];
      for (int i : neighbours[order[j]]) if (place[i] < j) rows[at++] = place[i];
      Arrays.sort(rows, start[j], start[j + 1]);
    }
    values = new double[rows.length];
    diagonal = new double[n];
    parent = new int[n];
    stack = new int[n];
    mark = new int[n];
    fill = new int[n];
    work = new double[n];
    root = new double[n];
    zRoot = new double[n];
    tree();
    from = new int[n + 1];
    Arrays.fill(mark, -1);
    for (int k = 0; k < n; k++)
      for (int top = reach(k); top < n; top++) fill[stack[top]]++;
    long total = 0;
    for (int j = 0; j < n; j++) {
      total += fill[j];
      from[j + 1] = from[j] + fill[j];
    }
    if (total > Integer.MAX_VALUE - 8) throw new IllegalArgumentException("a factor of " + total + " elements");
    index = new int[from[n]];
    l = new double[from[n]];
    z = new double[from[n]];
    System.arraycopy(from, 0, fill, 0, n);
    Arrays.fill(mark, -1);
    for (int k = 0; k < n; k++)
      for (int top = reach(k); top < n; top++) index[fill[stack[top]]++] = k;
  }

  private static int[][] neighbours(int n, int[] row, int[] column) {
    var count = new int[n];
    for (int p = 0; p < row.length; p++) {
      if (row[p] == column[p]) continue;
      count[row[p]]++;
      count[column[p]]++;
    }
    var out = new int[n][];
    for (int i = 0; i < n; i++) out[i] = new int[count[i]];
    for (int p = 0; p < row.length; p++) {
      if (row[p] == column[p]) continue;
      out[row[p]][--count[row[p]]] = column[p];
      out[column[p]][--count[column[p]]] = row[p];
    }
    for (int i = 0; i < n; i++) {
      Arrays.sort(out[i]);
      int kept = 0;
      for (int k = 0; k < out[i].length; k++)
        if (k == 0 || out[i][k] != out[i][k - 1]) out[i][kept++] = out[i][k];
      out[i] = Arrays.copyOf(out[i], kept);
    }
    return out;
  }

  private static int[][] copy(int[][] x) {
    return Arrays.stream(x).map(int[]::clone).toArray(int[][]::new);
  }

  /// The elimination tree (Liu 1990).
  private void tree() {
    var ancestor = new int[n];
    for (int k = 0; k < n; k++) {
      parent[k] = -1;
      ancestor[k] = -1;
      for (int p = start[k]; p < start[k + 1]; p++) {
        int i = rows[p];
        while (i != -1 && i < k) {
          int above = ancestor[i];
          ancestor[i] = k;
          if (above == -1) parent[i] = k;
          i = above;
        }
      }
    }
  }

  /// The columns of row k of L, on `stack[top ..]`, each before those that need it.
  private int reach(int k) {
    int top = n;
    mark[k] = k;
    for (int p = start[k]; p < start[k + 1]; p++) {
      int length = 0;
      for (int i = rows[p]; mark[i] != k; i = parent[i]) {
        stack[length++] = i;
        mark[i] = k;
      }
      while (length > 0) stack[--top] = stack[--length];
    }
    return top;
  }

  /// Number of elements of L below its diagonal.
  public int size() {
    return l.length;
  }

  /// Where the element in this row and column stands among [#add]'s slots: negative on the diagonal.
  public int slot(int row, int column) {
    if (row == column) return -1 - place[row];
    int i = Math.min(place[row], place[column]);
    int j = Math.max(place[row], place[column]);
    return Arrays.binarySearch(rows, start[j], start[j + 1], i);
  }

  /// Sets the matrix to 0.
  public void clear() {
    Arrays.fill(values, 0);
    Arrays.fill(diagonal, 0);
  }

  /// Adds to an element, once for both triangles.
  public void add(int slot, double x) {
    if (slot < 0) diagonal[-1 - slot] += x;
    else values[slot] += x;
  }

  /// Factors the matrix. Returns -1, or an element whose pivot is not positive beyond rounding.
  public int factor() {
    Arrays.fill(mark, -1);
    Arrays.fill(work, 0);
    System.arraycopy(from, 0, fill, 0, n);
    for (int k = 0; k < n; k++) {
      double d = diagonal[k];
      for (int p = start[k]; p < start[k + 1]; p++) work[rows[p]] = values[p];
      for (int top = reach(k); top < n; top++) {
        int j = stack[top];
        double x = work[j] / root[j];
        work[j] = 0;
        for (int p = from[j]; p < fill[j]; p++) work[index[p]] -= l[p] * x;
        d -= x * x;
        l[fill[j]++] = x;
      }
      if (!(d > ROUNDING * diagonal[k]) || d == Double.POSITIVE_INFINITY) return order[k];
      root[k] = Math.sqrt(d);
    }
    return -1;
  }

  /// log det of the matrix.
  public double logDeterminant() {
    double s = 0;
    for (double r : root) s += Math.log(r);
    return 2 * s;
  }

  /// out = A^-1 b.
  public void solve(double[] b, double[] out) {
    for (int k = 0; k < n; k++) work[k] = b[order[k]];
    for (int j = 0; j < n; j++) {
      work[j] /= root[j];
      for (int p = from[j]; p < from[j + 1]; p++) work[index[p]] -= l[p] * work[j];
    }
    backward(out);
  }

  /// out = P L'^-1 e: for standard normal e a draw with covariance A^-1.
  public void colour(double[] e, double[] out) {
    System.arraycopy(e, 0, work, 0, n);
    backward(out);
  }

  private void backward(double[] out) {
    for (int j = n - 1; j >= 0; j--) {
      double s = work[j];
      for (int p = from[j]; p < from[j + 1]; p++) s -= l[p] * work[index[p]];
      work[j] = s / root[j];
    }
    for (int k = 0; k < n; k++) out[order[k]] = work[k];
  }

  /// Computes the inverse inside the pattern of L.
  public void invert() {
    Arrays.fill(mark, -1);
    for (int j = n - 1; j >= 0; j--) {
      int a = from[j];
      int b = from[j + 1];
      for (int p = a; p < b; p++) {
        mark[index[p]] = j;
        fill[index[p]] = p;
        z[p] = 0;
      }
      for (int p = a; p < b; p++) {
        int k = index[p];
        double lk = l[p] / root[j];
        z[p] -= lk * zRoot[k];
        for (int r = from[k]; r < from[k + 1]; r++) {
          int i = index[r];
          if (mark[i] != j) continue;
          z[p] -= l[fill[i]] / root[j] * z[r];
          z[fill[i]] -= lk * z[r];
        }
      }
      double s = 1 / (root[j] * root[j]);
      for (int p = a; p < b; p++) s -= l[p] / root[j] * z[p];
      zRoot[j] = s;
    }
  }

  /// An element of the inverse, as [#invert] left it; it is in the pattern if the same element of the matrix is.
  public double inverse(int inverseSlot) {
    return inverseSlot < 0 ? zRoot[-1 - inverseSlot] : z[inverseSlot];
  }

  /// Where the element in this row and column stands for [#inverse].
  public int inverseSlot(int row, int column) {
    if (row == column) return -1 - place[row];
    int i = Math.max(place[row], place[column]);
    int j = Math.min(place[row], place[column]);
    return Arrays.binarySearch(index, from[j], from[j + 1], i);
  }
}
