package ppl.infer;

import java.util.List;
import java.util.Locale;

/// Settings of [Nuts].
///
/// @param chains independent chains
/// @param warmup adaptation iterations a chain, not kept
/// @param draws kept iterations a chain
/// @param targetAccept mean acceptance probability that the step size is tuned to
/// @param maxDepth doublings of a trajectory at most
/// @param metric shape of the metric
/// @param maxThin how many times sampling may be as long while draws are worth too little; one draw in so many is kept
/// @param paths Pathfinder runs a chain, of which the best is that chain's start
/// @param threads threads at most; 0 is one for each processor. Does not change the result
public record NutsSettings(
    int chains, int warmup, int draws, double targetAccept, int maxDepth, MetricShape metric, int maxThin, int paths, int threads) {
  static final List<Knob> KNOBS = List.of(
      Knob.whole("chains", 4, 1, 10_000, "independent chains"),
      Knob.whole("warmup", 1000, 0, 100_000_000, "adaptation iterations a chain, not kept"),
      Knob.whole("draws", 1000, 1, 100_000_000, "kept iterations a chain"),
      Knob.real("target-accept", 0.8, 0.01, 0.9999, "acceptance probability that the step size is tuned to"),
      Knob.whole("max-depth", 10, 1, 20, "doublings of a trajectory at most"),
      Knob.choice("metric", "shape of the metric; auto takes a full matrix where it pays", "auto", "diagonal", "dense"),
      Knob.whole("max-thin", 8, 1, 1000, "sampling lasts up to so many times longer while draws are worth too little"),
      Knob.whole("paths", 2, 1, 1000, "quick climbs a chain that look for its start"),
      Knob.whole("threads", 0, 0, 10_000, "threads at most, 0 for one a processor; does not change the result"));

  static NutsSettings of(Values v) {
    return new NutsSettings(v.whole("chains"), v.whole("warmup"), v.whole("draws"), v.real("target-accept"),
        v.whole("max-depth"), MetricShape.valueOf(v.word("metric").toUpperCase(Locale.ROOT)), v.whole("max-thin"), v.whole("paths"), v.whole("threads"));
  }

  int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
