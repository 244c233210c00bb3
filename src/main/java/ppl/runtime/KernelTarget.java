package ppl.runtime;

import java.util.List;
import java.util.random.RandomGenerator;

/// A compiled model with data bound.
public final class KernelTarget implements Target {
  private final Kernel kernel;
  private final int dimension;
  private final List<Quantity> quantities;
  private final List<Quantity> replicates;
  private final int outputSize;

  /// @param kernel     bound
  /// @param dimension  number of unconstrained coordinates
  /// @param quantities what [Kernel#constrain] writes, in order
  /// @param replicates what [Kernel#predict] writes, in order
  public KernelTarget(Kernel kernel, int dimension, List<Quantity> quantities, List<Quantity> replicates) {
    this.kernel = kernel;
    this.dimension = dimension;
    this.quantities = List.copyOf(quantities);
    this.replicates = List.copyOf(replicates);
    this.outputSize = quantities.stream().mapToInt(Quantity::size).sum();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public double logDensity(double[] q) {
    return kernel.logDensity(q);
  }

  @Override
  public double gradient(double[] q, double[] gradient) {
    return kernel.gradient(q, gradient);
  }

  @Override
  public List<Quantity> quantities() {
    return quantities;
  }

  @Override
  public int outputSize() {
    return outputSize;
  }

  @Override
  public void constrain(double[] q, RandomGenerator random, double[] out) {
    kernel.constrain(q, out, random);
  }

  /// What [#predict] writes, in order.
  public List<Quantity> replicates() {
    return replicates;
  }

  /// Replicated observations at `q`.
  public void predict(double[] q, RandomGenerator random, double[] out) {
    kernel.predict(q, out, random);
  }

  /// Uniform on (-2, 2) in every unconstrained coordinate.
  @Override
  public void start(RandomGenerator random, double[] q) {
    for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-2, 2);
  }

  @Override
  public Target fork() {
    return new KernelTarget(kernel.fork(), dimension, quantities, replicates);
  }
}
