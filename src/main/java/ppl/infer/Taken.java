package ppl.infer;

import java.util.List;
import java.util.random.RandomGenerator;
import ppl.runtime.Batches;
import ppl.runtime.Block;
import ppl.runtime.Conjugate;

/// A batch of rows that stands for all of them: rows are weighted by how many there are for each that was taken.
///
/// @param whole the model
record Taken(Batches batches, Conjugate whole, int[] rows) implements Conjugate {
  /// Takes rows; all other batches of the same object are gone.
  static Taken of(Batches batches, Conjugate whole, int[] rows) {
    batches.take(rows);
    batches.weigh(1, batches.rows() / (double) rows.length);
    return new Taken(batches, whole, rows);
  }

  @Override
  public double copies(int b) {
    return batches.roles().get(b) == Batches.Role.ROWS ? batches.rows() / (double) rows.length : 1;
  }

  @Override
  public List<Block> blocks() {
    return batches.blocks();
  }

  @Override
  public int dimension() {
    return batches.dimension();
  }

  @Override
  public double energy(double[][] moments, double[] q) {
    return batches.energy(moments, q);
  }

  @Override
  public double energy(double[][] moments, double[] q, double[] gradient) {
    return batches.energy(moments, q, gradient);
  }

  @Override
  public void natural(int b, double[][] moments, double[] q, double[] natural) {
    batches.natural(b, moments, q, natural);
  }

  @Override
  public void start(RandomGenerator random, double[] q) {
    whole.start(random, q);
  }

  @Override
  public void centre(double[][] values) {
    batches.centre(values);
  }

  @Override
  public Conjugate fork() {
    return of(batches.fork(), whole, rows);
  }

  @Override
  public double joint(double[][] values, double[] q) {
    throw new UnsupportedOperationException("a batch has no joint density");
  }

  @Override
  public void report(double[][] values, double[] q, RandomGenerator random, double[] out) {
    throw new UnsupportedOperationException("a batch reports nothing");
  }

  @Override
  public long[] places() {
    throw new UnsupportedOperationException("a batch reports nothing");
  }
}
