package ppl.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import ppl.runtime.Crew;
import ppl.runtime.Parallel;
import ppl.runtime.Target;

/// Where runs begin.
final class Starts {
  private static final int TRIES = 100;
  /// Tries with starts as the model gives them.
  private static final int FULL = 50;
  /// Log densities below are no model's of any data that there are; numbers as steep as these are lead nowhere.
  private static final double ABSURD = -1e12;
  private static final int HALVINGS = 60;

  private Starts() {}

  /// A start of the model with finite log density and gradient.
  ///
  /// @throws NoStart after 100 tries
  static double[] finite(Target target, SplittableGenerator random) throws NoStart {
    int d = target.dimension();
    var q = new double[d];
    var g = new double[d];
    var first = q;
    int badDensity = 0;
    for (int i = 0; i < TRIES; i++) {
      target.start(random, q);
      // towards 0, in case that covariates are so large that hardly any coefficient is small enough
      for (int k = 0; k < d; k++) q[k] *= Math.pow(0.5, Math.max(0, i - FULL));
      if (i == 0) first = q.clone();
      double value = target.gradient(q, g);
      if (!Double.isFinite(value)) {
        badDensity++;
        continue;
      }
      if (Finite.all(value, g)) return nearer(target, q, value);
    }
    throw new NoStart("None of " + TRIES + " starting points has a finite log density and gradient ("
        + (badDensity == TRIES ? "the log density itself was never finite"
            : badDensity == 0 ? "the log density was finite, its gradient never"
            : "for " + badDensity + " of them not even the density was")
        + "). The data are impossible under the model, or an expression overflows: look at supports, at logarithms"
        + " and square roots of what may be negative, and at priors that are far too wide.", first);
  }

  /// `q`, or as much nearer to 0 as it takes for a density that rounding leaves something of.
  private static double[] nearer(Target target, double[] q, double value) {
    if (value > ABSURD) return q;
    var z = q.clone();
    var g = new double[q.length];
    for (int i = 0; i < HALVINGS; i++) {
      for (int k = 0; k < z.length; k++) z[k] *= 0.5;
      double there = target.gradient(z, g);
      if (there > ABSURD && Finite.all(there, g)) return z;
    }
    return q;
  }

  /// Runs Pathfinder from `count` starts, each on its own stream. Every second start is the mirror image of the one
  /// before, if the density is finite there: modes that are each other's, such as those of signs, are met in pairs.
  static List<Pathfinder.Path> paths(Target target, SplittableGenerator[] streams, Crew crew, Progress progress)
      throws NoStart {
    var starts = new ArrayList<Optional<double[]>>();
    Optional<NoStart> failure = Optional.empty();
    for (int i = 0; i < streams.length; i++) {
      var image = i % 2 == 0 ? Optional.<double[]>empty() : starts.get(i - 1).flatMap(q -> mirrored(target, q));
      try {
        starts.add(Optional.of(image.isPresent() ? image.get() : finite(target, streams[i])));
      } catch (NoStart e) {
        if (failure.isEmpty()) failure = Optional.of(e);
        starts.add(Optional.empty());
      }
    }
    var paths = Parallel.map(crew, streams.length,
        i -> starts.get(i).map(q -> Pathfinder.from(target.fork(), q, streams[i], i, progress)));
    var out = paths.stream().flatMap(Optional::stream).toList();
    if (out.isEmpty()) throw failure.orElseThrow();
    return out;
  }

  private static Optional<double[]> mirrored(Target target, double[] q) {
    var m = new double[q.length];
    for (int i = 0; i < m.length; i++) m[i] = -q[i];
    var g = new double[q.length];
    return Finite.all(target.gradient(m, g), g) ? Optional.of(m) : Optional.empty();
  }
}
