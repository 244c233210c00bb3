package ppl.infer;

import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.family.Factor;
import ppl.runtime.Block;

/// Coordinate ascent on the evidence lower bound over factors of blocks, each set to its optimum given the others (Bishop,
/// "Pattern Recognition and Machine Learning", 10.1), sped up by squared extrapolation of natural parameters (SQUAREM:
/// Varadhan and Roland, Scand. J. Stat. 35, 2008). Lengths of steps are measured by products of differences of natural
/// parameters and of moments, which is what a symmetric Kullback-Leibler divergence is; an extrapolation that lowers the
/// bound is taken back.
final class Ascent {
  private static final double LEAST_STRETCH = 1.5;
  private static final int TRIES = 4;
  private static final double ROUNDING = 1e-12;
  private static final double GAIN = 1e-7;
  /// Locations are watched from when two sweeps gain less than this.
  private static final double NEAR = 1;
  private static final double SLOWEST = 0.999;
  private static final int FIRST_CENTRE = 4;
  private static final int MOST_CENTRES = 4;
  private static final double FAR = 30;
  /// Moves below this that do not get smaller any more are rounding.
  private static final double RESOLUTION = 1e-5;
  private static final int PATIENCE = 20;

  final Blocks blocks;
  private final int[] order;
  private final State last;
  private final State first;
  private final State second;
  private final double[][] before;
  private final double[][] here;
  private final double[][] unit;
  private double bound = Double.NEGATIVE_INFINITY;
  private double fall;
  private double moved = Double.POSITIVE_INFINITY;
  private double gain = Double.POSITIVE_INFINITY;
  private boolean located;
  private double least = Double.POSITIVE_INFINITY;
  private int idle;
  private int centres;
  private int sweeps;
  private boolean settled;
  private Optional<String> trouble = Optional.empty();

  /// Natural parameters and moments of all blocks but the first in order, which is a function of the others.
  private record State(double[][] natural, double[][] moments) {
    static State of(Blocks blocks, int[] order) {
      var natural = new double[blocks.count()][0];
      var moments = new double[blocks.count()][0];
      for (int k = 1; k < order.length; k++) {
        natural[order[k]] = new double[blocks.natural[order[k]].length];
        moments[order[k]] = new double[blocks.natural[order[k]].length];
      }
      return new State(natural, moments);
    }

    void keep(Blocks blocks) {
      for (int b = 0; b < natural.length; b++) {
        System.arraycopy(blocks.natural[b], 0, natural[b], 0, natural[b].length);
        System.arraycopy(blocks.moments[b], 0, moments[b], 0, moments[b].length);
      }
    }
  }

  Ascent(Blocks blocks) {
    this.blocks = blocks;
    order = blocks.order();
    last = State.of(blocks, order);
    first = State.of(blocks, order);
    second = State.of(blocks, order);
    before = locations(blocks);
    here = locations(blocks);
    unit = locations(blocks);
  }

  private static double[][] locations(Blocks blocks) {
    var out = new double[blocks.count()][];
    for (int b = 0; b < out.length; b++) out[b] = new double[blocks.factors[b].locations()];
    return out;
  }

  /// The bound in nats.
  double bound() {
    return bound;
  }

  /// The greatest loss of a plain sweep, which by rights is nothing but rounding.
  double fall() {
    return fall;
  }

  /// How far locations may still be from rest, in posterior standard deviations.
  double moved() {
    return moved;
  }

  int sweeps() {
    return sweeps;
  }

  boolean settled() {
    return settled;
  }

  /// Why a block has no distribution, if that has stopped the ascent.
  Optional<String> trouble() {
    return trouble;
  }

  /// Begins at plain values, or where a few Gibbs sweeps from there lead: these tell the parts of a mixture apart.
  Ascent begin(RandomGenerator random, int gibbs) {
    blocks.model.start(random, blocks.q);
    blocks.begin(random);
    return wander(random, gibbs, blocks.values());
  }

  /// Where Gibbs sweeps lead from a draw of another's factors.
  Ascent beginAt(Ascent other, RandomGenerator random, int gibbs) {
    System.arraycopy(other.blocks.q, 0, blocks.q, 0, blocks.q.length);
    blocks.begin(random);
    var values = blocks.values();
    other.blocks.draw(random, values);
    for (int b = 0; b < values.length; b++) blocks.observe(b, values[b]);
    return wander(random, gibbs, values);
  }

  private Ascent wander(RandomGenerator random, int gibbs, double[][] values) {
    for (int i = 0; i < gibbs && trouble.isEmpty(); i++) {
      for (int b : blocks.firstOrder()) {
        if (trouble.isPresent()) continue;
        trouble = blocks.conditional(b);
        if (trouble.isPresent()) continue;
        blocks.factors[b].draw(random, values[b]);
        blocks.observe(b, values[b]);
      }
    }
    for (int b : blocks.firstOrder()) if (trouble.isEmpty()) trouble = blocks.update(b);
    if (trouble.isEmpty()) bound = blocks.bound();
    return this;
  }

  /// Goes on for at most `most` sweeps in all, or until locations are settled to within `tolerance`. Joint normals are
  /// centred after a few sweeps, and where they have settled far from their centre.
  Ascent run(int most, double tolerance, int chain, Progress progress) {
    settled = false;
    while (!settled && trouble.isEmpty() && sweeps < most
        && progress.report(chain, sweeps + 1, most, Progress.Phase.OPTIMISING)) {
      cycle(tolerance);
      if (sweeps >= FIRST_CENTRE && centres == 0 || settled && centres < MOST_CENTRES) centre();
    }
    return this;
  }

  private void cycle(double tolerance) {
    boolean near = gain < NEAR;
    if (near && !located) locate(before);
    located = near;
    last.keep(blocks);
    double begin = bound;
    sweep();
    double one = distance();
    if (trouble.isPresent()) return;
    if (one == 0 || order.length == 1) {
      rest(0);
      return;
    }
    first.keep(blocks);
    sweep();
    double two = distance();
    if (trouble.isPresent()) return;
    gain = bound - begin;
    double rate = Math.min(two / one, SLOWEST);
    moved = located ? two * Math.max(1, rate / (1 - rate)) : Double.POSITIVE_INFINITY;
    boolean flat = gain <= GAIN + ROUNDING * Math.abs(bound);
    idle = moved < 0.5 * least ? 0 : idle + 1;
    least = Math.min(least, moved);
    if (flat && (moved <= tolerance || moved <= RESOLUTION && idle > PATIENCE)) {
      rest(moved);
      return;
    }
    second.keep(blocks);
    extrapolate();
  }

  private void rest(double distance) {
    moved = distance;
    settled = true;
  }

  /// Updates every block once.
  private void sweep() {
    double old = bound;
    for (int b : order) {
      trouble = blocks.update(b);
      if (trouble.isPresent()) return;
    }
    sweeps++;
    bound = blocks.bound();
    fall = Math.max(fall, (old - bound) / (1 + Math.abs(bound)));
    assert !(old - bound > 1e-7 * (1 + Math.abs(bound))) : "the bound fell from " + old + " to " + bound;
  }

  private void locate(double[][] out) {
    for (int b = 0; b < out.length; b++) blocks.factors[b].locate(out[b], unit[b]);
  }

  /// How far any location has moved since this was asked last, in standard deviations; NaN while they are not watched.
  private double distance() {
    if (!located || trouble.isPresent()) return Double.NaN;
    locate(here);
    double worst = 0;
    for (int b = 0; b < here.length; b++) {
      for (int i = 0; i < here[b].length; i++) {
        double d = Math.abs(here[b][i] - before[b][i]);
        if (d > 0 && unit[b][i] > 0) worst = Math.max(worst, d / unit[b][i]);
      }
      System.arraycopy(here[b], 0, before[b], 0, here[b].length);
    }
    return worst;
  }

  private void extrapolate() {
    double length = 0;
    double bend = 0;
    for (int b = 0; b < last.natural.length; b++) {
      for (int k = 0; k < last.natural[b].length; k++) {
        double rn = first.natural[b][k] - last.natural[b][k];
        double rm = first.moments[b][k] - last.moments[b][k];
        length += rn * rm;
        bend += (second.natural[b][k] - first.natural[b][k] - rn) * (second.moments[b][k] - first.moments[b][k] - rm);
      }
    }
    double stretch = Math.sqrt(length / Math.abs(bend));
    if (!(stretch < Double.POSITIVE_INFINITY)) return;
    double reached = bound;
    boolean swept = false;
    for (int i = 0; i < TRIES && stretch > LEAST_STRETCH; i++) {
      if (place(stretch)) {
        swept = true;
        double worst = fall;
        bound = Double.NEGATIVE_INFINITY;
        sweep();
        fall = worst;
        if (trouble.isEmpty() && bound >= reached) {
          distance();
          return;
        }
      }
      stretch = 0.5 * (stretch + 1);
    }
    restore(reached, swept);
  }

  /// Moves to last + 2 s r + s^2 v; returns whether there are distributions there.
  private boolean place(double s) {
    for (int k = 1; k < order.length; k++) {
      int b = order[k];
      var eta = blocks.natural[b];
      for (int i = 0; i < eta.length; i++) {
        double r = first.natural[b][i] - last.natural[b][i];
        double v = second.natural[b][i] - first.natural[b][i] - r;
        eta[i] = last.natural[b][i] + 2 * s * r + s * s * v;
      }
      if (blocks.factors[b].set(eta).isPresent()) return false;
      blocks.factors[b].moments(blocks.moments[b]);
    }
    return true;
  }

  /// Back to where the last plain sweep had led. The first block in order is still there unless there was a sweep since.
  private void restore(double reached, boolean swept) {
    trouble = Optional.empty();
    for (int k = 1; k < order.length; k++) {
      int b = order[k];
      System.arraycopy(second.natural[b], 0, blocks.natural[b], 0, second.natural[b].length);
      blocks.factors[b].set(blocks.natural[b]);
      System.arraycopy(second.moments[b], 0, blocks.moments[b], 0, second.moments[b].length);
    }
    if (swept) {
      trouble = blocks.update(order[0]);
      bound = Math.min(reached, blocks.bound());
    }
    distance();
  }

  /// Centres joint normals anew if a mean lies far from its centre, and goes on from there.
  private void centre() {
    if (trouble.isPresent() || !blocks.centred()) return;
    boolean due = false;
    for (int b = 0; b < blocks.count(); b++) {
      Factor f = blocks.factors[b];
      if (!(blocks.blocks.get(b).shape() instanceof Block.Gaussian)) continue;
      for (int i = 0; i < blocks.blocks.get(b).size(); i++) due |= Math.abs(blocks.moments[b][i]) > FAR * f.sd(i);
    }
    centres++;
    if (!due) return;
    blocks.centre();
    bound = blocks.bound();
    settled = false;
    idle = 0;
  }
}
