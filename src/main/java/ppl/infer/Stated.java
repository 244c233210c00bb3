package ppl.infer;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.runtime.Conjugate;
import ppl.runtime.Quantity;
import ppl.runtime.Target;

/// A target without auxiliary unknowns: the model as it is stated.
public record Stated(Target whole) implements Target {
  @Override
  public int dimension() {
    return whole.dimension();
  }

  @Override
  public double logDensity(double[] q) {
    return whole.logDensity(q);
  }

  @Override
  public double gradient(double[] q, double[] gradient) {
    return whole.gradient(q, gradient);
  }

  @Override
  public List<Quantity> quantities() {
    return whole.quantities();
  }

  @Override
  public int outputSize() {
    return whole.outputSize();
  }

  @Override
  public void constrain(double[] q, RandomGenerator random, double[] out) {
    whole.constrain(q, random, out);
  }

  @Override
  public void start(RandomGenerator random, double[] q) {
    whole.start(random, q);
  }

  @Override
  public Optional<Conjugate> conjugate() {
    return whole.conjugate();
  }

  @Override
  public Optional<Conjugate> open() {
    return whole.open();
  }

  @Override
  public boolean complete() {
    return whole.complete();
  }

  @Override
  public Target fork() {
    return new Stated(whole.fork());
  }
}
