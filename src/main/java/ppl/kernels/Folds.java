package ppl.kernels;

/// The first `n` elements of an array combined with those of another: loops of which the JVM itself makes vectors.
public final class Folds {
  private Folds() {}

  /// `y[i] = y[i] x[i]`.
  public static void multiply(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) y[i] *= x[i];
  }

  /// `y[i] = max(y[i], x[i])`.
  public static void max(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) y[i] = Math.max(y[i], x[i]);
  }

  /// `y[i] = min(y[i], x[i])`.
  public static void min(double[] x, double[] y, int n) {
    for (int i = 0; i < n; i++) y[i] = Math.min(y[i], x[i]);
  }
}
