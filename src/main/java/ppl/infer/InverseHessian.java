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
  /// One over each element of the diagonal.
  private final double[] inverse;
  private final double[] work;
  private final double[] other;
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
    inverse = new double[n];
    work = new double[n];
    other = new double[n];
    fill(1);
  }

  private void fill(double value) {
    Arrays.fill(diagonal, value);
    Arrays.fill(inverse, 1 / value);
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
    subtract(x1, x0, s[k]);
    subtract(g1, g0, y[k]);
    double sy = Multiply.dot(s[k], y[k], n);
    double yy = Multiply.dot(y[k], y[k], n);
    double ss = Multiply.dot(s[k], s[k], n);
    if (!(sy > 1e-12 * Math.sqrt(ss) * Math.sqrt(yy)) || !(yy < Double.POSITIVE_INFINITY)) return;
    boolean first = count == 0 && newest < 0;
    newest = k;
    count = Math.min(count + 1, history);
    rho[k] = 1 / sy;
    if (first && allOne()) fill(sy / yy);
    rescale(s[k], y[k], sy);
  }

  private boolean allOne() {
    for (double x : diagonal) {
      if (x != 1) return false;
    }
    return true;
  }

  private void subtract(double[] a, double[] b, double[] out) {
    for (int i = 0; i < n; i++) out[i] = a[i] - b[i];
  }

  /// Gilbert and Lemaréchal's diagonal BFGS update of the inverse, Pathfinder's equation for alpha. Elements that would not
  /// be positive and finite stay.
  private void rescale(double[] s, double[] y, double b) {
    for (int i = 0; i < n; i++) {
      work[i] = y[i] * diagonal[i];
      other[i] = s[i] * inverse[i];
    }
    double a = Multiply.dot(y, work, n);
    double c = Multiply.dot(s, other, n);
    double kept = a / b;
    double learned = 1 / b;
    double lost = a / (b * c);
    for (int i = 0; i < n; i++) {
      work[i] = kept * inverse[i] + learned * y[i] * y[i] - lost * other[i] * other[i];
      other[i] = 1 / work[i];
    }
    for (int i = 0; i < n; i++) {
      if (!(work[i] > 0 && work[i] < Double.POSITIVE_INFINITY && other[i] < Double.POSITIVE_INFINITY)) continue;
      inverse[i] = work[i];
      diagonal[i] = other[i];
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
