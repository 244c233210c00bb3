package ppl.math;

/// The passes of [LogChain] for at most four states: what is carried from step to step stays in registers; states that
/// are not there have weight 0.
final class FourStates {
  static final int MOST = 4;

  private FourStates() {}

  private static double weight(double[] weights, int i, int k, int states) {
    return i < states && k < states ? weights[i * states + k] : 0;
  }

  private static double sum(
      double x0, double x1, double x2, double x3, double w0, double w1, double w2, double w3) {
    return Math.fma(x1, w1, x0 * w0) + Math.fma(x3, w3, x2 * w2);
  }

  /// Proportions at every step but the last; whether none of them is less than `tiny`.
  static boolean shares(double[] factors, double[] weights, double[] shares, double[] scales, int length, int states,
      double tiny) {
    double w00 = weight(weights, 0, 0, states), w01 = weight(weights, 0, 1, states),
        w02 = weight(weights, 0, 2, states), w03 = weight(weights, 0, 3, states);
    double w10 = weight(weights, 1, 0, states), w11 = weight(weights, 1, 1, states),
        w12 = weight(weights, 1, 2, states), w13 = weight(weights, 1, 3, states);
    double w20 = weight(weights, 2, 0, states), w21 = weight(weights, 2, 1, states),
        w22 = weight(weights, 2, 2, states), w23 = weight(weights, 2, 3, states);
    double w30 = weight(weights, 3, 0, states), w31 = weight(weights, 3, 1, states),
        w32 = weight(weights, 3, 2, states), w33 = weight(weights, 3, 3, states);
    boolean two = states > 1, three = states > 2, four = states > 3;
    double p0 = 0, p1 = 0, p2 = 0, p3 = 0;
    double least = 1;
    double scale = 1, next = 1, before = 1;
    for (int t = 0; t < length - 1; t++) {
      double x0 = scale * factors[t];
      double x1 = two ? scale * factors[length + t] : 0;
      double x2 = three ? scale * factors[2 * length + t] : 0;
      double x3 = four ? scale * factors[3 * length + t] : 0;
      if (t > 0) {
        x0 *= sum(p0, p1, p2, p3, w00, w10, w20, w30);
        x1 *= sum(p0, p1, p2, p3, w01, w11, w21, w31);
        x2 *= sum(p0, p1, p2, p3, w02, w12, w22, w32);
        x3 *= sum(p0, p1, p2, p3, w03, w13, w23, w33);
      }
      p0 = x0;
      p1 = x1;
      p2 = x2;
      p3 = x3;
      int here = t * states;
      shares[here] = p0;
      least = Math.min(least, p0);
      if (two) {
        shares[here + 1] = p1;
        least = Math.min(least, p1);
      }
      if (three) {
        shares[here + 2] = p2;
        least = Math.min(least, p2);
      }
      if (four) {
        shares[here + 3] = p3;
        least = Math.min(least, p3);
      }
      scales[t] = scale;
      double sum = p0 + p1 + (p2 + p3);
      double after = before * scale / sum;
      before = sum;
      scale = next;
      next = after;
    }
    return least >= tiny;
  }

  /// From the pulls of the last step to those of the first: adds to the adjoint of steps; from `from` on, `pairs` becomes
  /// what weights are pulled by.
  static void adjoint(double[] shares, double[] factors, double[] scales, double[] weights, double[] stepsBar,
      double[] pulls, double[] pairs, int from, int length, int states) {
    double w00 = weight(weights, 0, 0, states), w01 = weight(weights, 0, 1, states),
        w02 = weight(weights, 0, 2, states), w03 = weight(weights, 0, 3, states);
    double w10 = weight(weights, 1, 0, states), w11 = weight(weights, 1, 1, states),
        w12 = weight(weights, 1, 2, states), w13 = weight(weights, 1, 3, states);
    double w20 = weight(weights, 2, 0, states), w21 = weight(weights, 2, 1, states),
        w22 = weight(weights, 2, 2, states), w23 = weight(weights, 2, 3, states);
    double w30 = weight(weights, 3, 0, states), w31 = weight(weights, 3, 1, states),
        w32 = weight(weights, 3, 2, states), w33 = weight(weights, 3, 3, states);
    boolean two = states > 1, three = states > 2, four = states > 3;
    double d0 = pulls[0], d1 = two ? pulls[1] : 0, d2 = three ? pulls[2] : 0, d3 = four ? pulls[3] : 0;
    double b00 = 0, b01 = 0, b02 = 0, b03 = 0, b10 = 0, b11 = 0, b12 = 0, b13 = 0,
        b20 = 0, b21 = 0, b22 = 0, b23 = 0, b30 = 0, b31 = 0, b32 = 0, b33 = 0;
    for (int t = length - 2; t >= 0; t--) {
      int here = t * states;
      double scale = scales[t];
      double p0 = shares[here], p1 = two ? shares[here + 1] : 0, p2 = three ? shares[here + 2] : 0,
          p3 = four ? shares[here + 3] : 0;
      b00 = Math.fma(p0, d0, b00);
      b01 = Math.fma(p0, d1, b01);
      b02 = Math.fma(p0, d2, b02);
      b03 = Math.fma(p0, d3, b03);
      b10 = Math.fma(p1, d0, b10);
      b11 = Math.fma(p1, d1, b11);
      b12 = Math.fma(p1, d2, b12);
      b13 = Math.fma(p1, d3, b13);
      b20 = Math.fma(p2, d0, b20);
      b21 = Math.fma(p2, d1, b21);
      b22 = Math.fma(p2, d2, b22);
      b23 = Math.fma(p2, d3, b23);
      b30 = Math.fma(p3, d0, b30);
      b31 = Math.fma(p3, d1, b31);
      b32 = Math.fma(p3, d2, b32);
      b33 = Math.fma(p3, d3, b33);
      double g0 = sum(d0, d1, d2, d3, w00, w01, w02, w03);
      double g1 = sum(d0, d1, d2, d3, w10, w11, w12, w13);
      double g2 = sum(d0, d1, d2, d3, w20, w21, w22, w23);
      double g3 = sum(d0, d1, d2, d3, w30, w31, w32, w33);
      stepsBar[t] += g0 * p0;
      d0 = g0 * (factors[t] * scale);
      if (two) {
        stepsBar[length + t] += g1 * p1;
        d1 = g1 * (factors[length + t] * scale);
      }
      if (three) {
        stepsBar[2 * length + t] += g2 * p2;
        d2 = g2 * (factors[2 * length + t] * scale);
      }
      if (four) {
        stepsBar[3 * length + t] += g3 * p3;
        d3 = g3 * (factors[3 * length + t] * scale);
      }
    }
    add(pairs, from, 0, b00, b01, b02, b03, states);
    add(pairs, from, 1, b10, b11, b12, b13, states);
    add(pairs, from, 2, b20, b21, b22, b23, states);
    add(pairs, from, 3, b30, b31, b32, b33, states);
  }

  private static void add(double[] pairs, int from, int i, double b0, double b1, double b2, double b3, int states) {
    if (i >= states) return;
    int row = from + i * states;
    pairs[row] = b0;
    if (states > 1) pairs[row + 1] = b1;
    if (states > 2) pairs[row + 2] = b2;
    if (states > 3) pairs[row + 3] = b3;
  }
}
