package ppl.infer;

/// Nesterov's dual averaging of the log step size (Hoffman and Gelman 2014, section 3.2), with their constants but for
/// one: they pull towards 10 times the first step. Its first proposal then is rejected, and the next ones, which make up for
/// it, may be so small that a few trajectories cost as much as a window.
final class StepSizeAdaptation {
  private static final double GAMMA = 0.05;
  private static final double T0 = 10;
  private static final double KAPPA = 0.75;
  /// Steps are pulled towards so many times the first.
  private static final double BOLD = 3;

  private final double target;
  private double centre;
  private double error;
  private double logAverage;
  private int count;

  StepSizeAdaptation(double target) {
    this.target = target;
  }

  void restart(double stepSize) {
    centre = Math.log(BOLD * stepSize);
    error = 0;
    logAverage = 0;
    count = 0;
  }

  /// The step size to try next after `acceptance` was seen.
  double next(double acceptance) {
    count++;
    double weight = 1 / (count + T0);
    error = (1 - weight) * error + weight * (target - acceptance);
    double log = centre - Math.sqrt(count) / GAMMA * error;
    double fade = Math.pow(count, -KAPPA);
    logAverage = fade * log + (1 - fade) * logAverage;
    return Math.exp(log);
  }

  /// The averaged step size.
  double finish() {
    return Math.exp(logAverage);
  }
}
