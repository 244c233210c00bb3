package ppl.infer;

import java.util.Arrays;

/// How large steps are, and when they end. Answers are averages over windows of epochs; what one differs from the last,
/// in posterior standard deviations, is what is still to be had.
///
/// Steps either decay as (t + tau)^-kappa (Robbins and Monro), windows doubling; or they stay as they are while answers
/// go one way, and are halved where an answer turns back on the one before (Pflug, Monatsh. Math. 110, 1990): then they
/// differ by noise, which smaller steps average. Windows grow with what a step remembers.
final class StepRule {
  private static final double MEMORY = 2;
  private static final double SLOWEST = 0.999;

  private final boolean decays;
  private final double tau;
  private final double kappa;
  private final double tolerance;
  private final boolean noisy;
  private final int batches;
  private final double first;
  private double size;
  private long steps;
  private int windows;
  private int window = 1;
  private double last = Double.POSITIVE_INFINITY;
  private double error = Double.POSITIVE_INFINITY;
  private double[] before = {};
  private boolean settled;

  /// @param noisy   whether anything is random beside the order of batches
  /// @param batches of an epoch
  StepRule(Values values, boolean noisy, int batches) {
    decays = values.word("steps").equals("decaying");
    tau = values.real("tau");
    kappa = values.real("kappa");
    tolerance = values.real("tolerance");
    this.noisy = noisy || batches > 1;
    this.batches = batches;
    first = noisy ? 0.5 : 1;
    size = first;
  }

  /// The share of the old in which the next step takes the new.
  double next() {
    steps++;
    if (decays && noisy) size = first * Math.pow((steps + tau) / (1 + tau), -kappa);
    return size;
  }

  double size() {
    return size;
  }

  /// The same relative to the first.
  double relative() {
    return size / first;
  }

  /// Epochs until the next answer, at most twice as many as until the last.
  ///
  /// @param memory in how many steps coordinates forget where they were
  int window(double memory) {
    if (!noisy) return 1;
    double wanted = decays ? 1L << Math.min(20, windows) : Math.ceil(MEMORY * Math.max(memory, 1 / size) / batches);
    window = (int) Math.clamp(wanted, 1, 2.0 * window);
    return window;
  }

  /// Takes by how much an answer differs from the one before.
  void answered(double[] move) {
    windows++;
    double distance = Arrays.stream(move).map(Math::abs).max().orElse(0);
    double along = 0;
    for (int i = 0; i < move.length && before.length > 0; i++) along += move[i] * before[i];
    before = move;
    if (!noisy) {
      double rate = Math.min(distance / last, SLOWEST);
      error = distance * Math.max(1, rate / (1 - rate));
      settled = error <= tolerance;
    } else {
      error = distance / Math.sqrt(2);
      settled = error <= tolerance && windows > 2;
      if (!settled && !decays && along <= 0) size /= 2;
    }
    last = distance;
  }

  /// Standard error of the locations, in posterior standard deviations.
  double error() {
    return error;
  }

  boolean settled() {
    return settled;
  }
}
