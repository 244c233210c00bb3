package ppl.infer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.family.Factor;
import ppl.runtime.Block;
import ppl.runtime.Conjugate;
import ppl.runtime.Crew;
import ppl.runtime.Target;

/// A distribution of all blocks of a [Conjugate], independent of one another: one [Factor] a block, with its moments and
/// natural parameters; and a point for the coordinates outside. In place of moments there may be statistics of values.
final class Blocks {
  /// How many roundings of the largest terms a comparison of log densities forgives.
  private static final int ROUNDINGS = 16;

  final Conjugate model;
  final List<Block> blocks;
  final Factor[] factors;
  final double[][] moments;
  final double[][] natural;
  final double[] q;
  private final double[][] centres;

  Blocks(Conjugate model) {
    this(model, new Factor[model.blocks().size()]);
  }

  /// @param given factors to use, null where there is none yet
  private Blocks(Conjugate model, Factor[] given) {
    this.model = model;
    blocks = model.blocks();
    factors = IntStream.range(0, given.length)
        .mapToObj(b -> given[b] == null ? Factor.of(blocks.get(b)) : given[b]).toArray(Factor[]::new);
    moments = blocks.stream().map(b -> new double[b.shape().moments()]).toArray(double[][]::new);
    natural = blocks.stream().map(b -> new double[b.shape().moments()]).toArray(double[][]::new);
    q = new double[model.dimension()];
    centres = values();
  }

  /// The same, with idle threads of `crew` to help where there is much to do. The model is theirs, too.
  static Blocks of(Conjugate model, Crew crew) {
    return new Blocks(model).helpedBy(crew);
  }

  /// Has idle threads of `crew` help from now on.
  Blocks helpedBy(Crew crew) {
    model.helpedBy(crew);
    for (var f : factors) f.helpedBy(crew);
    return this;
  }

  /// For another batch of rows: with the factors of blocks that are the same, as they are.
  Blocks with(Conjugate other) {
    var kept = new Factor[factors.length];
    for (int b = 0; b < kept.length; b++) if (other.blocks().get(b) == blocks.get(b)) kept[b] = factors[b];
    return new Blocks(other, kept);
  }

  int count() {
    return factors.length;
  }

  /// Number of moments of all blocks: what a sweep costs, roughly.
  long size() {
    return blocks.stream().mapToLong(b -> b.shape().moments()).sum();
  }

  /// The same for a model, 0 if it has no blocks.
  static long size(Target target) {
    return target.conjugate().stream().flatMap(m -> m.blocks().stream()).mapToLong(b -> b.shape().moments()).sum();
  }

  /// The optimal factor of block `b` given all others' moments, without taking its moments. Returns why there is none.
  Optional<String> conditional(int b) {
    model.natural(b, moments, q, natural[b]);
    double copies = model.copies(b);
    if (copies != 1) for (int i = 0; i < natural[b].length; i++) natural[b][i] /= copies;
    return factors[b].set(natural[b]);
  }

  /// The optimal factor of block `b` given all others' moments. Returns why there is none.
  Optional<String> update(int b) {
    var objection = conditional(b);
    if (objection.isEmpty()) factors[b].moments(moments[b]);
    return objection;
  }

  /// The expected log joint and the entropies of all factors.
  double bound() {
    double h = model.energy(moments, q);
    for (int b = 0; b < factors.length; b++) h += entropy(b);
    return h;
  }

  double entropy(int b) {
    return model.copies(b) * factors[b].entropy();
  }

  double logNormaliser(int b) {
    return model.copies(b) * factors[b].logNormaliser();
  }

  /// About what joint normals are taken.
  double[][] centres() {
    return centres;
  }

  /// Space for values of all blocks.
  double[][] values() {
    return blocks.stream().map(b -> new double[b.size()]).toArray(double[][]::new);
  }

  void draw(RandomGenerator random, double[][] values) {
    for (int b = 0; b < factors.length; b++) factors[b].draw(random, values[b]);
  }

  /// log q(x).
  double logDensity(double[][] values) {
    double s = 0;
    for (int b = 0; b < factors.length; b++) s += factors[b].logDensity(values[b]);
    return s;
  }

  /// log q(x) of all but auxiliary blocks.
  double logMarginal(double[][] values) {
    double s = 0;
    for (int b = 0; b < factors.length; b++) if (!model.auxiliary(b)) s += factors[b].logDensity(values[b]);
    return s;
  }

  /// Whether some blocks are auxiliary.
  boolean augmented() {
    return IntStream.range(0, factors.length).anyMatch(model::auxiliary);
  }

  /// How far rounding may move what the model and the factors say of `values`: a density near 1 may be a sum of terms
  /// near 1e10.
  double rounding(double[][] values) {
    double size = 0;
    for (int b = 0; b < factors.length; b++) {
      var statistics = new double[natural[b].length];
      factors[b].statistics(values[b], statistics);
      for (int i = 0; i < statistics.length; i++) {
        double term = Math.abs(natural[b][i] * statistics[i]);
        if (Double.isFinite(term)) size += term;
      }
    }
    return ROUNDINGS * Math.ulp(size);
  }

  /// Takes statistics of values for moments of block `b`.
  void observe(int b, double[] values) {
    factors[b].statistics(values, moments[b]);
  }

  /// Moves the centres of joint normals to their means, so that sums of squares over data do not cancel.
  void centre() {
    var means = values();
    for (int b = 0; b < factors.length; b++) {
      int at = b;
      if (blocks.get(b).shape() instanceof Block.Gaussian) Arrays.setAll(means[b], i -> factors[at].mean(i));
    }
    centre(means);
  }

  /// How far means of joint normals are from their centres: the greatest squared distance in standard deviations, which
  /// is what sums of squares about the centre cancel, in nats.
  double distance() {
    double most = 0;
    for (int b = 0; b < factors.length; b++) {
      if (!(blocks.get(b).shape() instanceof Block.Gaussian)) continue;
      double square = 0;
      for (int i = 0; i < centres[b].length; i++) square += natural[b][i] * (factors[b].mean(i) - centres[b][i]);
      most = Math.max(most, square);
    }
    return most;
  }

  private void centre(double[][] means) {
    place(means);
    for (int b = 0; b < factors.length; b++)
      if (blocks.get(b).shape() instanceof Block.Gaussian) factors[b].moments(moments[b]);
  }

  /// Sets centres before there are any distributions.
  void place(double[][] at) {
    model.centre(at);
    for (int b = 0; b < factors.length; b++) {
      if (!(blocks.get(b).shape() instanceof Block.Gaussian)) continue;
      System.arraycopy(at[b], 0, centres[b], 0, at[b].length);
      factors[b].centre(at[b]);
    }
  }

  /// Takes the centres of other factors for the same model.
  void align(Blocks other) {
    System.arraycopy(other.q, 0, q, 0, q.length);
    for (int b = 0; b < factors.length; b++) {
      System.arraycopy(other.centres[b], 0, centres[b], 0, centres[b].length);
      factors[b].centre(centres[b]);
    }
  }

  /// Whether there is a joint normal, which may be centred.
  boolean centred() {
    return blocks.stream().anyMatch(b -> b.shape() instanceof Block.Gaussian);
  }

  /// Values from which iterations may begin: plain ones, but random where blocks must differ in something to find their
  /// parts. Moments become their statistics; probabilities of discrete values are random.
  void begin(RandomGenerator random) {
    var values = values();
    for (int b = 0; b < factors.length; b++) {
      plain(blocks.get(b), random, values[b]);
      observe(b, values[b]);
      if (blocks.get(b).shape() instanceof Block.Discrete d) soften(d, random, moments[b]);
    }
  }

  private static void plain(Block block, RandomGenerator random, double[] out) {
    switch (block.shape()) {
      case Block.Gaussian _ -> Arrays.setAll(out, _ -> random.nextGaussian());
      case Block.Discrete d -> Arrays.setAll(out, i -> d.lower()[i] + random.nextInt(d.categories()[i]));
      case Block.Independent s -> {
        int n = s.extent();
        Arrays.setAll(out, i -> switch (s.space()) {
          case SCALAR -> plain(s.lower()[i], s.upper()[i]);
          case POLYA_GAMMA -> 0.25 * s.lower()[i];
          case SIMPLEX -> 1.0 / n;
          case COVARIANCE -> i % (n * n) % (n + 1) == 0 ? 1 : 0;
        });
      }
    }
  }

  private static double plain(double lower, double upper) {
    boolean above = lower > Double.NEGATIVE_INFINITY;
    boolean below = upper < Double.POSITIVE_INFINITY;
    return above && below ? 0.5 * (lower + upper) : above ? lower + 1 : below ? upper - 1 : 0;
  }

  /// Random probabilities, and those of pairs as if they were independent.
  private static void soften(Block.Discrete d, RandomGenerator random, double[] out) {
    int n = d.categories().length;
    var at = new int[n + 1];
    for (int i = 0; i < n; i++) {
      at[i + 1] = at[i] + d.categories()[i];
      double sum = 0;
      for (int k = at[i]; k < at[i + 1]; k++) sum += out[k] = random.nextExponential();
      for (int k = at[i]; k < at[i + 1]; k++) out[k] /= sum;
    }
    for (int p = 0; p < d.row().length; p++)
      out[at[n] + p] = out[at[d.row()[p]] + d.rowValue()[p]] * out[at[d.column()[p]] + d.columnValue()[p]];
  }

  /// In which order to update from plain values: what is random last, so that it is used.
  int[] firstOrder() {
    return IntStream.range(0, count()).boxed().sorted((a, b) -> Integer.compare(rank(a), rank(b)))
        .mapToInt(Integer::intValue).toArray();
  }

  private int rank(int b) {
    return switch (blocks.get(b).shape()) {
      case Block.Gaussian _ -> 0;
      case Block.Independent _ -> 1;
      case Block.Discrete _ -> 2;
    };
  }

  /// In which order to update: the largest first, for it is not extrapolated.
  int[] order() {
    return IntStream.range(0, count()).boxed()
        .sorted((a, b) -> Integer.compare(blocks.get(b).shape().moments(), blocks.get(a).shape().moments()))
        .mapToInt(Integer::intValue).toArray();
  }
}
