package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.family.Factor;
import ppl.runtime.Block;
import ppl.runtime.Conjugate;
import ppl.runtime.Quantity;
import ppl.runtime.Target;

/// A conjugate model as a list of monomials in the moments of its blocks: slow, plain, and nothing but the contract.
///
/// Reported are all values of all blocks, then all coordinates outside.
public final class Polynomial implements Conjugate {
  /// A coefficient that may depend on the coordinates outside; adds `weight` times its gradient.
  interface Coefficient {
    double at(double[] q, double[] gradient, double weight);
  }

  /// coefficient x product of moments `block[i], moment[i]`.
  record Monomial(Coefficient coefficient, int[] block, int[] moment) {}

  /// Monomials are added here.
  static final class Terms {
    final List<Monomial> all = new ArrayList<>();

    /// coefficient x product of the moments at pairs (block, moment).
    Terms add(double coefficient, int... places) {
      return add((q, g, w) -> coefficient, places);
    }

    Terms add(Coefficient coefficient, int... places) {
      all.add(new Monomial(coefficient,
          IntStream.range(0, places.length / 2).map(i -> places[2 * i]).toArray(),
          IntStream.range(0, places.length / 2).map(i -> places[2 * i + 1]).toArray()));
      return this;
    }
  }

  private final List<Block> blocks;
  private final int dimension;
  private final Function<double[][], Terms> model;
  private final Factor[] shapes;
  private final List<Monomial> raw;
  private List<Monomial> terms;
  int energies;
  int naturals;

  /// @param model the terms about centres
  Polynomial(List<Block> blocks, int dimension, Function<double[][], Terms> model) {
    this.blocks = blocks;
    this.dimension = dimension;
    this.model = model;
    shapes = blocks.stream().map(Factor::of).toArray(Factor[]::new);
    terms = model.apply(blocks.stream().map(b -> new double[b.size()]).toArray(double[][]::new)).all;
    raw = terms;
  }

  static Block block(String name, int size, Block.Shape shape) {
    return new Block(List.of(new Block.Member(name, size)), shape);
  }

  static Block.Gaussian dense(int n) {
    int pairs = n * (n - 1) / 2;
    var row = new int[pairs];
    var column = new int[pairs];
    for (int i = 0, p = 0; i < n; i++) {
      for (int j = 0; j < i; j++, p++) {
        row[p] = i;
        column[p] = j;
      }
    }
    return new Block.Gaussian(n, row, column);
  }

  /// Where the pair i > j stands among the moments of [#dense].
  static int pair(int n, int i, int j) {
    return 2 * n + i * (i - 1) / 2 + j;
  }

  public Target target() {
    return new Whole(this);
  }

  /// A target that is known by its blocks alone.
  private record Whole(Polynomial model) implements Target {
    @Override
    public int dimension() {
      return 0;
    }

    @Override
    public double logDensity(double[] q) {
      return Double.NaN;
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      return Double.NaN;
    }

    @Override
    public List<Quantity> quantities() {
      var out = new ArrayList<Quantity>();
      for (var b : model.blocks) for (var m : b.members())
        out.add(new Quantity(m.name(), List.of(m.size()), List.of(Optional.empty()), Quantity.Role.UNKNOWN, false));
      if (model.dimension > 0)
        out.add(new Quantity("q", List.of(model.dimension), List.of(Optional.empty()), Quantity.Role.UNKNOWN, false));
      return out;
    }

    @Override
    public int outputSize() {
      return quantities().stream().mapToInt(Quantity::size).sum();
    }

    @Override
    public void constrain(double[] q, RandomGenerator random, double[] out) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void start(RandomGenerator random, double[] q) {}

    @Override
    public Optional<Conjugate> conjugate() {
      return Optional.of(new Polynomial(model.blocks, model.dimension, model.model));
    }

    @Override
    public boolean complete() {
      return false;
    }

    @Override
    public Target fork() {
      return new Whole((Polynomial) model.fork());
    }
  }

  @Override
  public List<Block> blocks() {
    return blocks;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  private static double energy(List<Monomial> terms, double[][] moments, double[] q, double[] gradient) {
    double s = 0;
    for (var t : terms) {
      double product = 1;
      for (int i = 0; i < t.block.length; i++) product *= moments[t.block[i]][t.moment[i]];
      s += product * t.coefficient.at(q, gradient, product);
    }
    return s;
  }

  @Override
  public double energy(double[][] moments, double[] q) {
    energies++;
    return energy(terms, moments, q, new double[dimension]);
  }

  @Override
  public double energy(double[][] moments, double[] q, double[] gradient) {
    energies++;
    Arrays.fill(gradient, 0);
    return energy(terms, moments, q, gradient);
  }

  @Override
  public void natural(int b, double[][] moments, double[] q, double[] natural) {
    naturals++;
    Arrays.fill(natural, 0);
    var unused = new double[dimension];
    for (var t : terms) {
      int own = -1;
      double product = 1;
      for (int i = 0; i < t.block.length; i++) {
        if (t.block[i] == b) {
          if (own >= 0) throw new IllegalStateException("not linear in block " + b);
          own = t.moment[i];
        } else {
          product *= moments[t.block[i]][t.moment[i]];
        }
      }
      if (own >= 0) natural[own] += product * t.coefficient.at(q, unused, 0);
    }
  }

  @Override
  public double joint(double[][] values, double[] q) {
    var t = new double[blocks.size()][];
    for (int b = 0; b < t.length; b++) {
      t[b] = new double[blocks.get(b).shape().moments()];
      shapes[b].statistics(values[b], t[b]);
    }
    return energy(raw, t, q, new double[dimension]);
  }

  @Override
  public void report(double[][] values, double[] q, RandomGenerator random, double[] out) {
    int at = 0;
    for (var v : values) {
      System.arraycopy(v, 0, out, at, v.length);
      at += v.length;
    }
    System.arraycopy(q, 0, out, at, dimension);
  }

  @Override
  public long[] places() {
    var out = new ArrayList<Long>();
    for (int b = 0; b < blocks.size(); b++)
      for (int i = 0; i < blocks.get(b).size(); i++) out.add((long) b << 32 | i);
    for (int i = 0; i < dimension; i++) out.add(-1L);
    return out.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public void start(RandomGenerator random, double[] q) {
    for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-2, 2);
  }

  @Override
  public void centre(double[][] values) {
    terms = model.apply(values).all;
  }

  @Override
  public Conjugate fork() {
    var out = new Polynomial(blocks, dimension, model);
    out.terms = terms;
    return out;
  }
}
