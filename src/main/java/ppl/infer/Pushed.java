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

  static Draws draws(Target target, Approximation.Sample sample, RandomGenerator random, Progress progress) {
    int d = target.dimension();
    int width = target.outputSize();
    var values = Storage.reals((long) sample.size() * width);
    var q = new double[d];
    var out = new double[width];
    for (int k = 0; k < sample.size(); k++) {
      System.arraycopy(sample.z(), k * d, q, 0, d);
      target.constrain(q, random, out);
      System.arraycopy(out, 0, values, k * width, width);
    }
    progress.report(0, sample.size(), sample.size(), Progress.Phase.DRAWING);
    return new Draws(width, List.of(values));
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
    return new Draws(COLUMNS.size(), List.of(values));
  }
}
