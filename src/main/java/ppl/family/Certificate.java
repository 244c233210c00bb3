package ppl.family;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.runtime.Block;
import ppl.runtime.Conjugate;

/// Blocks certify themselves: at random points the log joint as the model states it, less what the natural parameters
/// of a block say of its values, must not depend on these values. A block of which no two points say anything does not
/// certify itself.
public final class Certificate {
  private static final double TOLERANCE = 1e-8;
  /// Points a block; where the joint is 0 or undefined they say nothing.
  private static final int POINTS = 4;
  private static final int ATTEMPTS = 20;

  private final Conjugate model;
  private final List<Factor> factors;
  private final RandomGenerator random = new SplittableRandom(1);
  private final double[][] values;
  private final double[][] moments;
  private final double[] q;

  private Certificate(Conjugate model) {
    this.model = model;
    factors = model.blocks().stream().map(Factor::of).toList();
    values = model.blocks().stream().map(b -> new double[b.size()]).toArray(double[][]::new);
    moments = model.blocks().stream().map(b -> new double[b.shape().moments()]).toArray(double[][]::new);
    q = new double[model.dimension()];
  }

  /// Numbers of the blocks that do not certify themselves.
  public static List<Integer> failed(Conjugate model) {
    var failed = new ArrayList<Integer>();
    for (int b = 0; b < model.blocks().size(); b++) if (!new Certificate(model).holds(b)) failed.add(b);
    return failed;
  }

  private boolean holds(int b) {
    for (int n = 0; n < ATTEMPTS; n++) {
      model.start(random, q);
      for (int i = 0; i < values.length; i++) point(i);
      boolean likely = n % 2 == 1;
      if (likely) for (int i = 0; i < values.length; i++) settle(i);
      var seen = constants(b, likely);
      if (seen.length < 2) continue;
      return IntStream.range(1, seen.length).allMatch(i -> seen[i] == 0);
    }
    return false;
  }

  /// How far the rest of the joint is off at each point where it is finite, 0 if within rounding.
  private double[] constants(int b, boolean likely) {
    var natural = new double[moments[b].length];
    model.natural(b, moments, q, natural);
    double first = Double.NaN;
    var off = new ArrayList<Double>();
    for (int n = 0; n < POINTS; n++) {
      if (n > 0) {
        point(b);
        if (likely) settle(b);
      }
      double joint = model.joint(values, q);
      if (!Double.isFinite(joint)) continue;
      double said = 0;
      double size = Math.abs(joint);
      for (int i = 0; i < natural.length; i++)
        if (moments[b][i] != 0) {
          said += natural[i] * moments[b][i];
          size += Math.abs(natural[i] * moments[b][i]);
        }
      double rest = joint - said;
      if (off.isEmpty()) first = rest;
      double error = Math.abs(rest - first);
      off.add(error <= TOLERANCE * (1 + size) ? 0 : error);
    }
    return off.stream().mapToDouble(x -> x).toArray();
  }

  /// Draws discrete values given all others: of random ones some are impossible.
  private void settle(int b) {
    if (!(model.blocks().get(b).shape() instanceof Block.Discrete)) return;
    var natural = new double[moments[b].length];
    model.natural(b, moments, q, natural);
    var factor = factors.get(b);
    if (factor.set(natural).isPresent()) return;
    factor.draw(random, values[b]);
    factor.statistics(values[b], moments[b]);
  }

  private void point(int b) {
    Points.draw(model.blocks().get(b), random, values[b]);
    factors.get(b).statistics(values[b], moments[b]);
  }
}
