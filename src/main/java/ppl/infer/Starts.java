package ppl.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;
import ppl.runtime.Target;

/// Where runs begin.
final class Starts {
  private static final int TRIES = 100;

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
      if (i == 0) first = q.clone();
      double value = target.gradient(q, g);
      if (!Double.isFinite(value)) {
        badDensity++;
        continue;
      }
      if (Finite.all(value, g)) return q;
    }
    throw new NoStart("None of " + TRIES + " starting points has a finite log density and gradient ("
        + (badDensity == TRIES ? "the log density itself was never finite"
            : badDensity == 0 ? "the log density was finite, its gradient never"
            : "for " + badDensity + " of them not even the density was")
        + "). The data are impossible under the model, or an expression overflows: look at supports, at logarithms"
        + " and square roots of what may be negative, and at priors that are far too wide.", first);
  }

  /// Runs Pathfinder from `count` starts, each on its own stream.
  static List<Pathfinder.Path> paths(Target target, SplittableGenerator[] streams, int threads, Progress progress)
      throws NoStart {
    var failures = new NoStart[streams.length];
    var paths = Parallel.map(threads, streams.length, i -> {
      var fork = target.fork();
      try {
        return List.of(Pathfinder.from(fork, finite(fork, streams[i]), streams[i], i, progress));
      } catch (NoStart e) {
        failures[i] = e;
        return List.<Pathfinder.Path>of();
      }
    });
    var out = new ArrayList<Pathfinder.Path>();
    paths.forEach(out::addAll);
    if (out.isEmpty()) throw failures[0];
    return out;
  }
}
