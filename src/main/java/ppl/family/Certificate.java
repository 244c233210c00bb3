package ppl.family;

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
  private final double[][] values;
  private final double[][] moments;
  private final double[] q;
  private RandomGenerator random = new SplittableRandom(1);

  private Certificate(Conjugate model) {
    this.model = model;
    factors = model.blocks().stream().map(Factor::of).toList();
    values = model.blocks().stream().map(b -> new double[b.size()]).toArray(double[][]::new);
    moments = model.blocks().stream().map(b -> new double[b.shape().moments()]).toArray(double[][]::new);
    q = new double[model.dimension()];
  }

  /// Numbers of the blocks that do not certify themselves.
  public static List<Integer> failed(Conjugate model) {
    var certificate = new Certificate(model);
    return IntStream.range(0, model.blocks().size()).filter(b -> !certificate.holds(b)).boxed().toList();
  }

  /// What is said of a block does not depend on the others that were looked at.
  private boolean holds(int b) {
    random = new SplittableRandom(1);
    for (int n = 0; n < ATTEMPTS; n++) {
      model.start(random, q);
      for (int i = 0; i < values.length; i++) point(i);
      boolean likely = n % 2 == 1;
      if (likely) for (int i = 0; i < values.length; i++) settle(i);
      switch (witness(b, likely)) {
        case AGREES -> {
          return true;
        }
        case DISAGREES -> {
          return false;
        }
        case SILENT -> {}
      }
    }
    return false;
  }

  /// What some points have to say.
  private enum Word { AGREES, DISAGREES, SILENT }

  /// Whether the rest of the joint is the same, within rounding, at all points where it is finite.
  private Word witness(int b, boolean likely) {
    var natural = new double[moments[b].length];
    model.natural(b, moments, q, natural);
    double first = Double.NaN;
    int seen = 0;
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
      if (seen++ == 0) first = rest;
      else if (!(Math.abs(rest - first) <= TOLERANCE * (1 + size))) return Word.DISAGREES;
    }
    return seen < 2 ? Word.SILENT : Word.AGREES;
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
