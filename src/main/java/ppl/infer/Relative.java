package ppl.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import ppl.runtime.Target;
import ppl.runtime.TooLargeException;
import ppl.runtime.Verdict;

/// Coordinates that are relative to priors, for posteriors that the model's own coordinates make hard to walk through: a funnel
/// where groups are many and say little each.
///
/// The better coordinates are those in which independent normal distributions with the scales of the draws are closer to the
/// posterior, by the divergence from the posterior to them. What tells two choices apart is the sum of the logarithms of
/// scales and of the Jacobian, one unknown at a time. Draws need not be worth much for that.
///
/// Sources: Papaspiliopoulos, Roberts and Sköld, "A General Framework for the Parametrization of Hierarchical Models",
/// Statistical Science 22 (2007); a choice by closeness to a normal distribution is that of Gorinova, Moore and Hoffman, "Automatic
/// Reparameterisation of Probabilistic Programs", ICML 2020, where bounds of variational fits decide.
final class Relative {
  private Relative() {}

  /// The unknowns that gain by it, of [Target#relatives].
  ///
  /// @param positions draws in the coordinates of `target`
  static List<String> better(Target target, List<double[]> positions) {
    var names = target.relatives();
    if (names.isEmpty() || positions.size() < 2) return List.of();
    try {
      return better(names, target.tellingRelatives(), positions);
    } catch (TooLargeException e) {
      return List.of();
    }
  }

  private static List<String> better(List<String> names, Target telling, List<double[]> positions) {
    var scales = new Scales(telling.outputSize());
    var out = new double[telling.outputSize()];
    for (var q : positions) {
      telling.constrain(q, RandomGenerator.of("L64X128MixRandom"), out);
      scales.add(out);
    }
    var gaining = new ArrayList<String>();
    int from = 0;
    for (int k = 0; k < names.size(); k++) {
      int n = telling.quantities().get(3 * k).size();
      double gain = 0;
      for (int i = from; i < from + n; i++)
        gain += scales.log(i) - scales.log(i + n) - scales.mean(i + 2 * n);
      if (gain > 0) gaining.add(names.get(k));
      from += 3 * n;
    }
    return gaining;
  }

  /// Means and scales of numbers, by the updates of Welford (1962).
  private static final class Scales {
    private final double[] mean;
    private final double[] squares;
    private int count;

    Scales(int n) {
      mean = new double[n];
      squares = new double[n];
    }

    void add(double[] x) {
      count++;
      for (int i = 0; i < x.length; i++) {
        double before = x[i] - mean[i];
        mean[i] += before / count;
        squares[i] += before * (x[i] - mean[i]);
      }
    }

    double mean(int i) {
      return mean[i];
    }

    double log(int i) {
      return 0.5 * Math.log(squares[i] / (count - 1));
    }
  }

  static Verdict note(List<String> names) {
    return Verdict.trustworthy("%s %s sampled relative to %s, in units of %s scale: there the posterior is closer to normal, and draws are worth more."
        .formatted(String.join(", ", names), names.size() == 1 ? "was" : "were", names.size() == 1 ? "its prior" : "their priors",
            names.size() == 1 ? "its" : "their"));
  }
}
