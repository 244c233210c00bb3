package ppl.infer;

import java.util.List;
import java.util.random.RandomGenerator;
import ppl.runtime.Draws;
import ppl.runtime.Storage;
import ppl.runtime.Target;

/// Samples of an approximation pushed through the model's transforms.
final class Pushed {
  /// What is known of each draw: its log density and its log importance weight.
  static final List<String> COLUMNS = List.of("lp__", "log_weight__");

  private Pushed() {}

  /// How many of a sample there may be once they are pushed, and what came of them.
  record Made(Approximation.Sample sample, Draws draws) {}

  static Draws draws(Target target, Approximation.Sample sample, RandomGenerator random, Progress progress) {
    var draws = draws(target, sample, random, new Grace(Progress.SILENT)).draws();
    progress.report(0, sample.size(), sample.size(), Progress.Phase.DRAWING);
    return draws;
  }

  /// The first of the draws, as many as there may be.
  static Made draws(Target target, Approximation.Sample sample, RandomGenerator random, Grace grace) {
    int d = target.dimension();
    int width = target.outputSize();
    var values = Storage.reals((long) sample.size() * width);
    var q = new double[d];
    var out = new double[width];
    int made = 0;
    for (; made < sample.size() && grace.allows(made, sample.size()); made++) {
      System.arraycopy(sample.z(), made * d, q, 0, d);
      target.constrain(q, random, out);
      System.arraycopy(out, 0, values, made * width, width);
    }
    return new Made(sample.first(made), Draws.of(width, List.of(Storage.first(values, made * width))));
  }

  static double[] point(Target target, double[] q, RandomGenerator random) {
    var out = new double[target.outputSize()];
    target.constrain(q, random, out);
    return out;
  }

  static Draws columns(Approximation.Sample sample) {
    var values = new double[sample.size() * COLUMNS.size()];
    for (int k = 0; k < sample.size(); k++) {
      values[2 * k] = sample.logDensity()[k];
      values[2 * k + 1] = sample.logWeight()[k];
    }
    return Draws.of(COLUMNS.size(), List.of(values));
  }
}
