package ppl.runtime;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A compiled model with data bound.
public final class KernelTarget implements Target {
  private final Kernel kernel;
  private final int dimension;
  private final List<Quantity> quantities;
  private final List<Quantity> replicates;
  private final boolean predicting;
  private final int reported;
  private final double[] predicted;

  /// @param kernel     bound
  /// @param dimension  number of unconstrained coordinates
  /// @param quantities what [Kernel#constrain] writes, in order
  /// @param replicates what [Kernel#predict] writes, in order
  public KernelTarget(Kernel kernel, int dimension, List<Quantity> quantities, List<Quantity> replicates) {
    this(kernel, dimension, quantities, replicates, false);
  }

  private KernelTarget(
      Kernel kernel, int dimension, List<Quantity> quantities, List<Quantity> replicates, boolean predicting) {
    this.kernel = kernel;
    this.dimension = dimension;
    this.quantities = List.copyOf(quantities);
    this.replicates = List.copyOf(replicates);
    this.predicting = predicting;
    this.reported = quantities.stream().mapToInt(Quantity::size).sum();
    this.predicted = new double[predicting ? replicates.stream().mapToInt(Quantity::size).sum() : 0];
  }

  /// The same target, with a replicate of every observed name among its quantities.
  public KernelTarget predicting() {
    return new KernelTarget(kernel, dimension, quantities, replicates, true);
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
    return predicting ? Stream.concat(quantities.stream(), replicates.stream()).toList() : quantities;
  }

  @Override
  public int outputSize() {
    return reported + predicted.length;
  }

  @Override
  public void constrain(double[] q, RandomGenerator random, double[] out) {
    kernel.constrain(q, out, random);
    if (!predicting) return;
    kernel.predict(q, predicted, random);
    System.arraycopy(predicted, 0, out, reported, predicted.length);
  }

  /// Uniform on (-2, 2) in every unconstrained coordinate.
  @Override
  public void start(RandomGenerator random, double[] q) {
    for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-2, 2);
  }

  @Override
  public Target fork() {
    return new KernelTarget(kernel.fork(), dimension, quantities, replicates, predicting);
  }
}
