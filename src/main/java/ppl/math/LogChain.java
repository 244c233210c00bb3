package ppl.math;

import java.util.Arrays;
import ppl.kernels.Maps;
import ppl.kernels.Rows;

/// Sums of products along a chain, of factors that are given as logarithms: with a(0, k) = step(0, k) and
/// a(t, k) = log(sum_i exp(a(t - 1, i) + move(i, k))) + step(t, k), the last a and its derivative.
///
/// Works on proportions (Rabiner 1989, *A tutorial on hidden Markov models*, V.A): neither exponentials nor logarithms
/// of moves. What they have grown up to two steps before is divided by, not what they add up to, so that no step waits for
/// a quotient: sums of proportions are then what two steps make of 1. A proportion below [#TINY] may be lost. Where the
/// backward pass shows that what was lost could have mattered, all is done in logarithms.
///
/// `steps` has a row for each state and a column for each step. `shares` keeps proportions (or logarithms) step by
/// step, `factors` the exponentials of steps against the largest of them, `scales` what steps were multiplied by;
/// `logs[0]` is whether all was done in logarithms, the rest is scratch.
final class LogChain {
  private static final double TINY = 1e-250;
  /// What is lost, against what there is.
  private static final double NOTHING = 1e-25;

  private LogChain() {}

  static void forward(double[] steps, double[] moves, double[] last, double[] shares, double[] factors, double[] scales,
      double[] weights, double[] logs, int length, int states) {
    if (length == 0) return;
    double most = largest(moves, states * states);
    for (int j = 0; j < states * states; j++) weights[j] = Math.exp(moves[j] - most);
    double constant = factors(steps, factors, scales, logs, length, states);
    boolean whole = shares(factors, weights, shares, scales, length, states);
    logs[0] = 0;
    if (length > 1) {
      arriving(shares, weights, last, length - 1, states);
      if (whole || nothingLost(weights, shares, factors, scales, last, logs, length, states)) {
        Maps.log(scales, logs, length - 1);
        constant += (length - 1) * most - sum(logs, length - 1);
        for (int k = 0; k < states; k++) last[k] = constant + Math.log(last[k]) + steps[k * length + length - 1];
        logs[0] = 0;
        if (finite(last, states)) return;
      }
    }
    logs[0] = 1;
    inLogs(steps, moves, shares, length, states);
    System.arraycopy(shares, (length - 1) * states, last, 0, states);
  }

  private static double sum(double[] x, int n) {
    double a = 0, b = 0, c = 0, d = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    for (; i < n; i++) a += x[i];
    return a + b + (c + d);
  }

  private static boolean finite(double[] x, int n) {
    for (int i = 0; i < n; i++) if (!(Math.abs(x[i]) <= Double.MAX_VALUE)) return false;
    return true;
  }

  private static double largest(double[] x, int n) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) most = Math.max(most, x[i]);
    return most == Double.NEGATIVE_INFINITY ? 0 : most;
  }

  /// Exponentials against the largest of a step; gives the sum of these but for the last. `most` and `row` are scratch:
  /// vectors are made of loops over what begins at one place.
  private static double factors(
      double[] steps, double[] factors, double[] most, double[] row, int length, int states) {
    System.arraycopy(steps, 0, most, 0, length);
    for (int k = 1; k < states; k++) {
      System.arraycopy(steps, k * length, row, 0, length);
      for (int t = 0; t < length; t++) most[t] = Math.max(most[t], row[t]);
    }
    System.arraycopy(steps, 0, factors, 0, length * states);
    for (int k = 0; k < states; k++) Rows.add(-1, most, 0, factors, k * length, length);
    Maps.exp(factors, factors, length * states);
    return sum(most, length - 1);
  }

  /// Proportions at every step but the last; whether none of them is tiny.
  private static boolean shares(
      double[] factors, double[] weights, double[] shares, double[] scales, int length, int states) {
    if (states <= FourStates.MOST) return FourStates.shares(factors, weights, shares, scales, length, states, TINY);
    double least = 1;
    double scale = 1, next = 1, before = 1;
    for (int t = 0; t < length - 1; t++) {
      int here = t * states;
      double sum = 0;
      for (int k = 0; k < states; k++) {
        double x = scale * factors[k * length + t];
        if (t > 0) x *= arriving(shares, weights, here - states, k, states);
        shares[here + k] = x;
        sum += x;
        least = Math.min(least, x);
      }
      scales[t] = scale;
      double after = before * scale / sum;
      before = sum;
      scale = next;
      next = after;
    }
    return least >= TINY;
  }

  private static double arriving(double[] shares, double[] weights, int before, int k, int states) {
    double sum = 0;
    for (int i = 0; i < states; i++) sum = Math.fma(shares[before + i], weights[i * states + k], sum);
    return sum;
  }

  /// Proportions on their way to step `t`.
  private static void arriving(double[] shares, double[] weights, double[] out, int t, int states) {
    for (int k = 0; k < states; k++) out[k] = arriving(shares, weights, (t - 1) * states, k, states);
  }

  /// Whether tiny proportions are nothing to any of the last sums, seen from the end. The last proportions,
  /// which nobody needs, and `pull` are scratch.
  private static boolean nothingLost(double[] weights, double[] shares, double[] factors, double[] scales,
      double[] last, double[] pull, int length, int states) {
    int scratch = (length - 1) * states;
    for (int k = 0; k < states; k++) {
      if (!(last[k] >= TINY)) return false;
      pull[k] = 1 / last[k];
    }
    for (int t = length - 2; t >= 0; t--) {
      for (int i = 0; i < states; i++) {
        double sum = 0;
        for (int k = 0; k < states; k++) sum = Math.fma(weights[i * states + k], pull[k], sum);
        shares[scratch + i] = sum;
        if (!(shares[t * states + i] >= TINY) && !(sum * TINY < NOTHING)) return false;
      }
      for (int k = 0; k < states; k++) pull[k] = shares[scratch + k] * (factors[k * length + t] * scales[t]);
    }
    return true;
  }

  /// Step by step in logarithms.
  private static void inLogs(double[] steps, double[] moves, double[] logs, int length, int states) {
    for (int k = 0; k < states; k++) logs[k] = steps[k * length];
    for (int t = 1; t < length; t++)
      for (int k = 0; k < states; k++)
        logs[t * states + k] = arrivingInLogs(moves, logs, (t - 1) * states, k, states) + steps[k * length + t];
  }

  private static double arrivingInLogs(double[] moves, double[] logs, int before, int k, int states) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < states; i++) most = Math.max(most, logs[before + i] + moves[i * states + k]);
    if (most == Double.NEGATIVE_INFINITY) return most;
    double sum = 0;
    for (int i = 0; i < states; i++) sum += Math.exp(logs[before + i] + moves[i * states + k] - most);
    return most + Math.log(sum);
  }

  /// Adds to the adjoints of steps and moves; `work` has room for three rows of states.
  static void adjoint(double[] moves, double[] shares, double[] factors, double[] scales, double[] weights, double[] logs,
      double[] lastBar, double[] stepsBar, double[] movesBar, double[] work, int length, int states) {
    if (length == 0) return;
    if (logs[0] == 1) adjointInLogs(moves, shares, lastBar, stepsBar, movesBar, work, length, states);
    else adjointOfShares(shares, factors, scales, weights, lastBar, stepsBar, movesBar, work, length, states);
  }

  private static void adjointOfShares(double[] shares, double[] factors, double[] scales, double[] weights,
      double[] lastBar, double[] stepsBar, double[] movesBar, double[] work, int length, int states) {
    int end = length - 1;
    int pairs = 2 * states;
    arriving(shares, weights, work, end, states);
    for (int k = 0; k < states; k++) {
      stepsBar[k * length + end] += lastBar[k];
      work[k] = lastBar[k] == 0 ? 0 : lastBar[k] / work[k];
    }
    Arrays.fill(work, pairs, pairs + states * states, 0);
    if (states <= FourStates.MOST)
      FourStates.adjoint(shares, factors, scales, weights, stepsBar, work, work, pairs, length, states);
    else for (int t = end - 1; t >= 0; t--) {
      int here = t * states;
      double scale = scales[t];
      for (int i = 0; i < states; i++) {
        double share = shares[here + i];
        double pull = 0;
        int row = i * states;
        for (int k = 0; k < states; k++) {
          pull = Math.fma(weights[row + k], work[k], pull);
          work[pairs + row + k] = Math.fma(share, work[k], work[pairs + row + k]);
        }
        stepsBar[i * length + t] += pull * share;
        work[states + i] = pull * (factors[i * length + t] * scale);
      }
      System.arraycopy(work, states, work, 0, states);
    }
    for (int j = 0; j < states * states; j++) movesBar[j] += work[pairs + j] * weights[j];
  }

  private static void adjointInLogs(double[] moves, double[] logs, double[] lastBar, double[] stepsBar,
      double[] movesBar, double[] work, int length, int states) {
    System.arraycopy(lastBar, 0, work, 0, states);
    for (int t = length - 1; t > 0; t--) {
      Arrays.fill(work, states, 2 * states, 0);
      for (int k = 0; k < states; k++) {
        double bar = work[k];
        stepsBar[k * length + t] += bar;
        double sum = arrivingInLogs(moves, logs, (t - 1) * states, k, states);
        if (bar == 0 || sum == Double.NEGATIVE_INFINITY) continue;
        for (int i = 0; i < states; i++) {
          double x = bar * Math.exp(logs[(t - 1) * states + i] + moves[i * states + k] - sum);
          movesBar[i * states + k] += x;
          work[states + i] += x;
        }
      }
      System.arraycopy(work, states, work, 0, states);
    }
    for (int k = 0; k < states; k++) stepsBar[k * length] += work[k];
  }
}
