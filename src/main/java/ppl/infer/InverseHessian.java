package ppl.infer;

import java.util.Arrays;
import ppl.math.Multiply;

/// The inverse Hessian that L-BFGS believes in: a positive diagonal changed by the last few steps.
final class InverseHessian {
  private final int n;
  private final int history;
  private final double[][] s;
  private final double[][] y;
  private final double[] rho;
  private final double[] a;
  private final double[] diagonal;
  private int count;
  private int newest = -1;

  InverseHessian(int n, int history) {
    this.n = n;
    this.history = history;
    s = new double[history][n];
    y = new double[history][n];
    rho = new double[history];
    a = new double[history];
    diagonal = new double[n];
    Arrays.fill(diagonal, 1);
  }

  /// Starts anew from the present diagonal.
  void forget() {
    count = 0;
    newest = -1;
  }

  /// Pairs remembered.
  int count() {
    return count;
  }

  /// Step of pair `age`, 0 the newest.
  double[] step(int age) {
    return s[index(age)];
  }

  /// Gradient change of pair `age`, 0 the newest.
  double[] change(int age) {
    return y[index(age)];
  }

  double[] diagonal() {
    return diagonal;
  }

  private int index(int age) {
    return Math.floorMod(newest - age, history);
  }

  /// Learns from a step; steps without clear positive curvature teach nothing.
  void update(double[] x0, double[] g0, double[] x1, double[] g1) {
    int k = (newest + 1) % history;
    double sy = 0;
    double yy = 0;
    double ss = 0;
    for (int i = 0; i < n; i++) {
      s[k][i] = x1[i] - x0[i];
      y[k][i] = g1[i] - g0[i];
      sy += s[k][i] * y[k][i];
      yy += y[k][i] * y[k][i];
      ss += s[k][i] * s[k][i];
    }
    if (!(sy > 1e-12 * Math.sqrt(ss) * Math.sqrt(yy)) || !(yy < Double.POSITIVE_INFINITY)) return;
    boolean first = count == 0 && newest < 0;
    newest = k;
    count = Math.min(count + 1, history);
    rho[k] = 1 / sy;
    if (first && allOne()) Arrays.fill(diagonal, sy / yy);
    rescale(s[k], y[k], sy);
  }

  private boolean allOne() {
    for (double x : diagonal) {
      if (x != 1) return false;
    }
    return true;
  }

  /// Gilbert and Lemaréchal's diagonal BFGS update of the inverse, Pathfinder's equation for alpha.
  private void rescale(double[] s, double[] y, double b) {
    double a = 0;
    double c = 0;
    for (int i = 0; i < n; i++) {
      a += y[i] * y[i] * diagonal[i];
      c += s[i] * s[i] / diagonal[i];
    }
    for (int i = 0; i < n; i++) {
      double d = diagonal[i];
      double r = s[i] / d;
      double inverse = a / (b * d) + y[i] * y[i] / b - a * r * r / (b * c);
      double updated = 1 / inverse;
      if (updated > 0 && updated < Double.POSITIVE_INFINITY) diagonal[i] = updated;
    }
  }

  /// `out = H g` by the two-loop recursion.
  void multiply(double[] g, double[] out) {
    System.arraycopy(g, 0, out, 0, n);
    for (int age = 0; age < count; age++) {
      int k = index(age);
      a[k] = rho[k] * Multiply.dot(s[k], out, n);
      for (int i = 0; i < n; i++) out[i] -= a[k] * y[k][i];
    }
    for (int i = 0; i < n; i++) out[i] *= diagonal[i];
    for (int age = count - 1; age >= 0; age--) {
      int k = index(age);
      double b = rho[k] * Multiply.dot(y[k], out, n);
      for (int i = 0; i < n; i++) out[i] += (a[k] - b) * s[k][i];
    }
  }
}
