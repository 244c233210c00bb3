package ppl.infer;

import java.util.List;

/// Settings of [Advi].
///
/// @param fullRank whether the approximation has a full covariance; else its coordinates are independent
/// @param draws draws from the approximation, also used for the evidence lower bound and its check
/// @param starts climbs that look for the mode to approximate
/// @param noise fixed draws in the objective to begin with, rounded up to even
/// @param maxNoise fixed draws at most
/// @param tolerance how far the means may still move with other fixed draws, in posterior standard deviations
/// @param maxIterations optimiser steps a round
/// @param correct whether to resample draws by importance weights, from four times as many, where these can be trusted
/// @param check whether to check means by short Markov chains where importance weights cannot
/// @param threads threads at most; 0 is one for each processor. Does not change the result
public record AdviSettings(
    boolean fullRank, int draws, int starts, int noise, int maxNoise, double tolerance, int maxIterations,
    boolean correct, boolean check, int threads) {
  static final List<Knob> KNOBS = List.of(
      Knob.choice("family", "shape of the approximation", "meanfield", "fullrank"),
      Knob.whole("draws", 1000, 2, 100_000_000, "draws from the approximation"),
      Knob.whole("starts", 4, 1, 10_000, "climbs that look for the mode to approximate"),
      Knob.whole("noise", 64, 4, 1_000_000, "fixed draws in the objective to begin with"),
      Knob.whole("max-noise", 512, 4, 10_000_000, "fixed draws in the objective at most"),
      Knob.real("tolerance", 0.03, 1e-6, 10, "error of the means to stop at, in posterior standard deviations"),
      Knob.whole("max-iterations", 500, 1, 1_000_000, "optimiser steps a round"),
      Knob.choice("correct", "resample the draws by importance weights where these can be trusted", "no", "yes"),
      Knob.choice("check", "check means by short Markov chains where importance weights cannot", "yes", "no"),
      Knob.whole("threads", 0, 0, 10_000, "threads at most, 0 for one a processor; does not change the result"));

  static AdviSettings of(Values v) {
    return new AdviSettings(v.word("family").equals("fullrank"), v.whole("draws"), v.whole("starts"),
        v.whole("noise"), v.whole("max-noise"), v.real("tolerance"), v.whole("max-iterations"),
        v.word("correct").equals("yes"), v.word("check").equals("yes"), v.whole("threads"));
  }

  int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
