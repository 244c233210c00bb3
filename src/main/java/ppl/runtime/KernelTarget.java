package ppl.runtime;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A compiled model with data bound.
public final class KernelTarget implements Target {
  private final Kernel kernel;
  private final int dimension;
  private final List<Quantity> quantities;
  private final List<Quantity> replicates;
  private final boolean predicting;
  private final boolean odds;
  private final Closed closed;
  private final int reported;
  private final double[] predicted;

  /// @param kernel     bound
  /// @param dimension  number of unconstrained coordinates
  /// @param quantities what [Kernel#constrain] writes, in order
  /// @param replicates what [Kernel#predict] writes, in order
  public KernelTarget(Kernel kernel, int dimension, List<Quantity> quantities, List<Quantity> replicates) {
    this(kernel, dimension, quantities, replicates, false, false, new None());
  }

  /// The closed-form side of a model with its data bound.
  public interface Closed {
    /// A new evaluator that reports `quantities`, then `replicates`.
    Optional<Conjugate> of(List<Quantity> quantities, List<Quantity> replicates);

    /// The same with auxiliary unknowns, where these close others.
    ///
    /// @param odds whether logits may have auxiliaries
    Optional<Conjugate> augmented(List<Quantity> quantities, List<Quantity> replicates, boolean odds);

    /// The same without any block, all unknowns by their coordinates.
    Optional<Conjugate> open(List<Quantity> quantities, List<Quantity> replicates);

    /// Unknowns whose closed forms are not used since they did not certify themselves with the data, as far as a side was
    /// asked for.
    List<String> dropped(List<Quantity> replicates);
  }

  /// A side, and the unknowns whose closed forms did not certify themselves.
  public record Made(Optional<Conjugate> side, List<String> dropped) {
    /// No side, and nothing to certify.
    public static final Made NONE = of(Optional.empty());

    public Made {
      dropped = List.copyOf(dropped);
    }

    /// One that has nothing to certify.
    public static Made of(Optional<Conjugate> side) {
      return new Made(side, List.of());
    }
  }

  /// How a side is bound to data.
  @FunctionalInterface
  public interface Binding {
    Made of(List<Quantity> quantities, List<Quantity> replicates);
  }

  /// Sides that are bound when they are first asked for.
  public static final class Bound implements Closed {
    private final Remembered closed;
    private final Remembered augmented;
    private final Remembered withOdds;
    private final Remembered open;

    /// @param augmented binds the side with auxiliary unknowns
    /// @param withOdds  binds the side with auxiliary unknowns, those of logits among them
    /// @param open      binds the side without blocks
    public Bound(Binding closed, Binding augmented, Binding withOdds, Binding open) {
      this.closed = new Remembered(closed);
      this.augmented = new Remembered(augmented);
      this.withOdds = new Remembered(withOdds);
      this.open = new Remembered(open);
    }

    @Override
    public Optional<Conjugate> of(List<Quantity> quantities, List<Quantity> replicates) {
      return closed.fork(quantities, replicates);
    }

    @Override
    public Optional<Conjugate> augmented(List<Quantity> quantities, List<Quantity> replicates, boolean odds) {
      return (odds ? withOdds : augmented).fork(quantities, replicates);
    }

    @Override
    public Optional<Conjugate> open(List<Quantity> quantities, List<Quantity> replicates) {
      return open.fork(quantities, replicates);
    }

    @Override
    public List<String> dropped(List<Quantity> replicates) {
      return Stream.of(closed, augmented, withOdds).flatMap(s -> s.dropped(replicates).stream()).distinct().toList();
    }
  }

  /// What has been bound, by what is reported beside quantities.
  private static final class Remembered {
    private final Binding binding;
    private final Map<List<Quantity>, Made> made = new HashMap<>();

    Remembered(Binding binding) {
      this.binding = binding;
    }

    synchronized Optional<Conjugate> fork(List<Quantity> quantities, List<Quantity> replicates) {
      return made.computeIfAbsent(replicates, r -> binding.of(quantities, r)).side.map(Conjugate::fork);
    }

    synchronized List<String> dropped(List<Quantity> replicates) {
      return made.getOrDefault(replicates, Made.NONE).dropped;
    }
  }

  private record None() implements Closed {
    @Override
    public List<String> dropped(List<Quantity> replicates) {
      return List.of();
    }

    @Override
    public Optional<Conjugate> of(List<Quantity> quantities, List<Quantity> replicates) {
      return Optional.empty();
    }

    @Override
    public Optional<Conjugate> augmented(List<Quantity> quantities, List<Quantity> replicates, boolean odds) {
      return Optional.empty();
    }

    @Override
    public Optional<Conjugate> open(List<Quantity> quantities, List<Quantity> replicates) {
      return Optional.empty();
    }
  }

  private KernelTarget(Kernel kernel, int dimension, List<Quantity> quantities, List<Quantity> replicates,
      boolean predicting, boolean odds, Closed closed) {
    this.kernel = kernel;
    this.dimension = dimension;
    this.quantities = List.copyOf(quantities);
    this.replicates = List.copyOf(replicates);
    this.predicting = predicting;
    this.odds = odds;
    this.closed = closed;
    this.reported = quantities.stream().mapToInt(Quantity::size).sum();
    this.predicted = new double[predicting ? replicates.stream().mapToInt(Quantity::size).sum() : 0];
  }

  /// The same target, with a replicate of every observed name among its quantities.
  public KernelTarget predicting() {
    return new KernelTarget(kernel, dimension, quantities, replicates, true, odds, closed);
  }

  /// The same target, where logits may have auxiliary unknowns too.
  public KernelTarget withOdds() {
    return new KernelTarget(kernel, dimension, quantities, replicates, predicting, true, closed);
  }

  /// The same target with a closed-form side.
  public KernelTarget with(Closed side) {
    return new KernelTarget(kernel, dimension, quantities, replicates, predicting, odds, side);
  }

  @Override
  public Optional<Conjugate> conjugate() {
    return closed.of(quantities, predicting ? replicates : List.of());
  }

  @Override
  public Optional<Conjugate> augmented() {
    return closed.augmented(quantities, predicting ? replicates : List.of(), odds);
  }

  @Override
  public List<String> dropped() {
    return closed.dropped(predicting ? replicates : List.of());
  }

  @Override
  public Optional<Conjugate> open() {
    return closed.open(quantities, predicting ? replicates : List.of());
  }

  @Override
  public int dimension() {
    return dimension;
  }

  /// Where unknowns lead to a subscript outside its array, there is no density.
  @Override
  public double logDensity(double[] q) {
    try {
      return kernel.logDensity(q);
    } catch (SubscriptException | ArithmeticException e) {
      return Double.NEGATIVE_INFINITY;
    }
  }

  @Override
  public double gradient(double[] q, double[] gradient) {
    try {
      return kernel.gradient(q, gradient);
    } catch (SubscriptException | ArithmeticException e) {
      Arrays.fill(gradient, 0);
      return Double.NEGATIVE_INFINITY;
    }
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
    attempt(out, () -> kernel.constrain(q, out, random));
    if (!predicting) return;
    attempt(predicted, () -> kernel.predict(q, predicted, random));
    System.arraycopy(predicted, 0, out, reported, predicted.length);
  }

  /// Fills `out`; what cannot be computed for these unknowns is no number.
  static void attempt(double[] out, Runnable computation) {
    Arrays.fill(out, Double.NaN);
    try {
      computation.run();
    } catch (SubscriptException | ArithmeticException e) {
      // The outputs keep the NaN that they had.
    }
  }

  /// Uniform on (-2, 2) in every unconstrained coordinate.
  @Override
  public void start(RandomGenerator random, double[] q) {
    for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-2, 2);
  }

  @Override
  public Target fork() {
    return new KernelTarget(kernel.fork(), dimension, quantities, replicates, predicting, odds, closed);
  }
}
