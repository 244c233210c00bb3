package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.family.Chart;
import ppl.runtime.Block;
import ppl.runtime.Conjugate;
import ppl.runtime.Crew;
import ppl.runtime.Quantity;
import ppl.runtime.Statistic;
import ppl.runtime.Target;

/// The target that is left when blocks are done in closed form given all else: log p(u) = max over q of
/// E[log p(x, u) - log q(x)], with one factor of q for each block. Where blocks do not depend on one another given u, this
/// is exact, the log density with x integrated out; else a lower bound.
///
/// Coordinates are those of the unknowns outside the blocks, after those of opened blocks: such a block's numbers are
/// taken as given, by their statistics, instead of having a factor. What is reported is drawn from the factors.
///
/// Every evaluation begins at the same moments, so that a result depends on its position alone.
final class Collapsed implements Target {
  private static final int MOST_SWEEPS = 200;
  private static final int STARTS = 20;
  private static final double REST = 1e-9;
  /// Nats of rounding that would mislead.
  private static final double VISIBLE = 0.1;
  /// What is left of a sum, as a share of its terms' sizes, where it is not the terms that are large.
  private static final double CANCELS = 0.5;

  private final Target whole;
  private final Conjugate model;
  private final Blocks blocks;
  private final List<Integer> opened;
  private final List<Integer> held;
  private final int[] inner;
  private final boolean exact;
  private final int given;
  private final double[][] reference;
  private final double[][] values;
  private final double[] slope;
  private final double[] rest;
  /// Moments of the blocks that are opened or held, and nothing of the others.
  private final double[][] outside;
  private Optional<String> trouble = Optional.empty();
  /// Whether sums over data are about values that have to do with them.
  private boolean centred;
  /// Whether blocks have no sums of squares over data, so that nothing large cancels but what is far out.
  private final boolean squareless;
  private int sweeps = MOST_SWEEPS;
  private Optional<Crew> crew = Optional.empty();

  /// Where nothing is held.
  Collapsed(Target whole, Conjugate model, List<Integer> opened, boolean exact, double[][] reference) {
    this(whole, new Blocks(model), opened, List.of(), exact, reference);
  }

  /// @param opened blocks of independent numbers
  /// @param held   blocks whose moments somebody else gives
  /// @param exact  whether the other blocks do not depend on one another given these
  private Collapsed(Target whole, Blocks blocks, List<Integer> opened, List<Integer> held, boolean exact, double[][] reference) {
    this.whole = whole;
    this.model = blocks.model;
    this.opened = List.copyOf(opened);
    this.held = List.copyOf(held);
    this.exact = exact;
    this.reference = reference;
    this.blocks = blocks;
    squareless = blocks.blocks.stream().noneMatch(Collapsed::squares);
    inner = Arrays.stream(blocks.order()).filter(b -> !opened.contains(b) && !held.contains(b)).toArray();
    given = opened.stream().mapToInt(b -> blocks.blocks.get(b).size()).sum();
    values = blocks.values();
    outside = IntStream.range(0, blocks.count())
        .mapToObj(b -> opened.contains(b) || held.contains(b) ? blocks.moments[b] : new double[blocks.moments[b].length])
        .toArray(double[][]::new);
    rest = new double[blocks.q.length];
    slope = new double[opened.stream().mapToInt(b -> blocks.blocks.get(b).shape().moments()).max().orElse(0)];
  }

  /// The least opening after which the other blocks are independent of one another: nothing, or as few blocks of numbers
  /// as will do, of `most` numbers in all. If there is none, nothing is opened, and the answer is a bound.
  static Collapsed of(Target target, Conjugate model, int most) {
    return of(target, model, most, List.of(), IntStream.range(0, model.blocks().size()).boxed().toList());
  }

  /// The same beside blocks whose moments somebody else gives, in the blocks' own arrays.
  ///
  /// @param held those
  /// @param may  blocks that may be opened
  static Collapsed of(Target target, Conjugate model, int most, List<Integer> held, List<Integer> may) {
    var opened = new Dependence(model, held, may).opening(most);
    return new Collapsed(target, new Blocks(model), opened.orElse(List.of()), held, opened.isPresent(), reference(model));
  }

  private static double[][] reference(Conjugate model) {
    var start = new Blocks(model);
    start.begin(Streams.of(0, 1)[0]);
    return start.moments;
  }

  /// The same for another batch of rows.
  ///
  /// @param memory moments of all blocks to begin at; empty for plain ones
  Collapsed with(Conjugate other, Optional<double[][]> memory) {
    var next = blocks.with(other);
    for (int b : held) System.arraycopy(blocks.moments[b], 0, next.moments[b], 0, next.moments[b].length);
    return new Collapsed(whole, next, opened, held, exact, exact ? reference : memory.orElseGet(() -> reference(other)));
  }

  /// Sets how many sweeps there are at most over blocks that depend on one another.
  Collapsed sweeping(int most) {
    sweeps = most;
    return this;
  }

  /// Lets the next evaluation begin where the last one has ended, so that less is left to do. Returns where that is.
  double[][] remember() {
    for (int b : inner) System.arraycopy(blocks.moments[b], 0, reference[b], 0, reference[b].length);
    return reference;
  }

  /// The same with other blocks held.
  Collapsed holding(Conjugate other, List<Integer> others, boolean independent) {
    return new Collapsed(whole, new Blocks(other), opened, others, independent, reference(other));
  }

  private static boolean squares(Block block) {
    return switch (block.shape()) {
      case Block.Independent s -> s.statistics().contains(Statistic.SQUARE);
      case Block.Gaussian _ -> true;
      case Block.Discrete _ -> false;
    };
  }

  boolean exact() {
    return exact;
  }

  /// Blocks that have factors.
  List<Block> inner() {
    return Arrays.stream(inner).sorted().mapToObj(blocks.blocks::get).toList();
  }

  List<Block> opened() {
    return opened.stream().map(blocks.blocks::get).toList();
  }

  Conjugate model() {
    return model;
  }

  Blocks blocks() {
    return blocks;
  }

  @Override
  public int dimension() {
    return given + model.dimension();
  }

  private static Chart chart(Block.Independent shape, int i) {
    return new Chart(shape.lower()[i], shape.upper()[i]);
  }

  private static Block.Independent shape(Block block) {
    return switch (block.shape()) {
      case Block.Independent s -> s;
      case Block.Gaussian _, Block.Discrete _ -> throw new IllegalArgumentException("not independent numbers");
    };
  }

  /// Takes a position; returns the log Jacobian of the opened numbers.
  double place(double[] u) {
    double log = 0;
    int at = 0;
    for (int b : opened) {
      var shape = shape(blocks.blocks.get(b));
      for (int i = 0; i < shape.count(); i++, at++) {
        var chart = chart(shape, i);
        values[b][i] = chart.x(u[at]);
        log += chart.logJacobian(u[at]);
        for (int s = 0; s < shape.statistics().size(); s++)
          blocks.moments[b][s * shape.count() + i] = chart.statistic(shape.statistics().get(s), u[at]);
      }
    }
    System.arraycopy(u, given, blocks.q, 0, blocks.q.length);
    return log;
  }

  /// Sets the factors to their optimum at a position; returns its log Jacobian, or NaN where there is none.
  double solve(double[] u) {
    return exact ? conditional(u) : ascend(u);
  }

  /// Factors that do not depend on one another, without their moments.
  private double conditional(double[] u) {
    double log = place(u);
    for (int b : inner) {
      trouble = blocks.conditional(b);
      if (trouble.isPresent()) return Double.NaN;
    }
    return log;
  }

  private double ascend(double[] u) {
    double log = place(u);
    for (int b : inner) System.arraycopy(reference[b], 0, blocks.moments[b], 0, reference[b].length);
    double bound = Double.NEGATIVE_INFINITY;
    for (int sweep = 0; sweep < sweeps; sweep++) {
      for (int b : inner) {
        trouble = blocks.update(b);
        if (trouble.isPresent()) return Double.NaN;
      }
      double now = bound();
      if (now - bound < REST * (1 + Math.abs(now))) return log;
      bound = now;
    }
    return log;
  }

  private double bound() {
    double h = model.energy(blocks.moments, blocks.q);
    for (int b : inner) h += blocks.entropy(b);
    return h;
  }

  /// Why the last position had no distribution of some block.
  Optional<String> trouble() {
    return trouble;
  }

  @Override
  public double logDensity(double[] u) {
    double log = solve(u);
    return Double.isNaN(log) ? Double.NaN : log + (exact ? normalisers() : bound());
  }

  /// With factors that do not depend on one another the log joint is a constant and what their normalisers say: with
  /// precisions that are far apart this loses less than moments would. NaN where so much cancels that the rest is rounding:
  /// far out, such a rest may be higher than any density.
  private double normalisers() {
    double h = model.energy(outside, blocks.q);
    double size = Math.abs(h);
    for (int b : inner) {
      double log = blocks.logNormaliser(b);
      h += log;
      size += Math.abs(log);
    }
    boolean cancels = centred || squareless && Math.abs(h) < CANCELS * size;
    return cancels && size * Math.ulp(1.0) > VISIBLE ? Double.NaN : h;
  }

  /// By the envelope theorem the factors stand still.
  @Override
  public double gradient(double[] u, double[] gradient) {
    double log = solve(u);
    if (Double.isNaN(log)) {
      Arrays.fill(gradient, Double.NaN);
      return Double.NaN;
    }
    for (int b : inner) blocks.factors[b].moments(blocks.moments[b]);
    double value = model.energy(blocks.moments, blocks.q, rest);
    if (exact) value = normalisers();
    else for (int b : inner) value += blocks.entropy(b);
    if (Double.isNaN(value)) {
      Arrays.fill(gradient, Double.NaN);
      return value;
    }
    int at = 0;
    for (int b : opened) {
      var shape = shape(blocks.blocks.get(b));
      model.natural(b, blocks.moments, blocks.q, slope);
      for (int i = 0; i < shape.count(); i++, at++) {
        var chart = chart(shape, i);
        double g = chart.logJacobianSlope(u[at]);
        for (int s = 0; s < shape.statistics().size(); s++)
          g += slope[s * shape.count() + i] * chart.statisticSlope(shape.statistics().get(s), u[at]);
        gradient[at] = g;
      }
    }
    System.arraycopy(rest, 0, gradient, given, rest.length);
    return log + value;
  }

  @Override
  public List<Quantity> quantities() {
    return whole.quantities();
  }

  @Override
  public int outputSize() {
    return whole.outputSize();
  }

  /// NaN where some block has no distribution.
  @Override
  public void constrain(double[] u, RandomGenerator random, double[] out) {
    if (Double.isNaN(solve(u))) {
      Arrays.fill(out, Double.NaN);
      return;
    }
    draw(random);
    model.report(values, blocks.q, random, out);
  }

  /// What is reported at the only coordinate there is, with the values that were drawn last.
  double[] reported(double u) {
    blocks.q[0] = u;
    var out = new double[outputSize()];
    model.report(values, blocks.q, Streams.of(0, 1)[0], out);
    return out;
  }

  /// Draws values from the factors as they are.
  double[][] draw(RandomGenerator random) {
    for (int b : inner) blocks.factors[b].draw(random, values[b]);
    return values;
  }

  /// log q of the values drawn last.
  double logFactors() {
    return Arrays.stream(inner).mapToDouble(b -> blocks.factors[b].logDensity(values[b])).sum();
  }

  @Override
  public void start(RandomGenerator random, double[] u) {
    for (int i = 0; i < given; i++) u[i] = random.nextDouble(-2, 2);
    model.start(random, blocks.q);
    System.arraycopy(blocks.q, 0, u, given, blocks.q.length);
  }

  /// Centres joint normals where a start of the model puts them, so that sums of squares over data do not cancel.
  void centre(RandomGenerator random) {
    var u = new double[dimension()];
    for (int i = 0; i < STARTS && blocks.centred(); i++) {
      start(random, u);
      if (Double.isNaN(solve(u))) continue;
      blocks.centre();
      centred = true;
      return;
    }
  }

  /// The same about their means at the last position that was solved.
  void centreHere() {
    blocks.centre();
    centred = true;
  }

  @Override
  public Target helpedBy(Crew crew) {
    return fork(Optional.of(crew));
  }

  @Override
  public Target fork() {
    return fork(crew);
  }

  private Collapsed fork(Optional<Crew> crew) {
    var fork = new Collapsed(whole, new Blocks(model.fork()), opened, held, exact, reference);
    for (int b : held) System.arraycopy(blocks.moments[b], 0, fork.blocks.moments[b], 0, blocks.moments[b].length);
    fork.blocks.align(blocks);
    fork.centred = centred;
    fork.crew = crew;
    crew.ifPresent(fork.blocks::helpedBy);
    return fork;
  }

  /// How blocks depend on one another, found by trying.
  private static final class Dependence {
    private static final double ROUNDING = 1e-11;

    private final Blocks blocks;
    private final RandomGenerator random = Streams.of(1, 1)[0];
    private final double[][] natural;
    private final List<Integer> held;
    private final List<Integer> may;

    Dependence(Conjugate model, List<Integer> held, List<Integer> may) {
      this.held = held;
      this.may = may;
      blocks = new Blocks(model);
      natural = blocks.natural;
    }

    /// Blocks to open so that the others are independent; empty if there are none so few.
    Optional<List<Integer>> opening(int most) {
      if (independent(List.of())) return Optional.of(List.of());
      var candidates = may.stream().filter(b -> numbers(b) && !held.contains(b)).toList();
      var all = new ArrayList<>(candidates);
      if (!independent(all)) return Optional.empty();
      for (int b : candidates.stream().sorted((x, y) -> Integer.compare(size(y), size(x))).toList()) {
        all.remove(Integer.valueOf(b));
        if (!independent(all)) all.add(b);
      }
      all.sort(Integer::compare);
      return all.stream().mapToInt(this::size).sum() <= most ? Optional.of(all) : Optional.empty();
    }

    private int size(int b) {
      return blocks.blocks.get(b).size();
    }

    private boolean numbers(int b) {
      return switch (blocks.blocks.get(b).shape()) {
        case Block.Independent s -> s.space() == Block.Space.SCALAR;
        case Block.Gaussian _, Block.Discrete _ -> false;
      };
    }

    /// Whether natural parameters of blocks that are not opened stay when the others of these change.
    private boolean independent(List<Integer> opened) {
      blocks.model.start(random, blocks.q);
      for (int b = 0; b < blocks.count(); b++) scatter(b);
      var closed = IntStream.range(0, blocks.count()).filter(b -> !opened.contains(b) && !held.contains(b)).toArray();
      if (closed.length < 2) return true;
      for (int b : closed) blocks.model.natural(b, blocks.moments, blocks.q, natural[b]);
      for (int b : closed) scatter(b);
      for (int b : closed) {
        var again = new double[natural[b].length];
        blocks.model.natural(b, blocks.moments, blocks.q, again);
        double size = 0;
        double change = 0;
        for (int k = 0; k < again.length; k++) {
          size = Math.max(size, Math.abs(again[k]));
          change = Math.max(change, Math.abs(again[k] - natural[b][k]));
        }
        if (!(change <= ROUNDING * size)) return false;
      }
      return true;
    }

    /// Random moments of a block.
    private void scatter(int b) {
      var m = blocks.moments[b];
      for (int k = 0; k < m.length; k++) m[k] = random.nextDouble(0.5, 2);
    }
  }
}
