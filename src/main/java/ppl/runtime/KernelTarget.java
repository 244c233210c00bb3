package ppl.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A compiled model with data bound.
public final class KernelTarget implements Target {
  private final Kernel kernel;
  private final int dimension;
  private final List<Quantity> quantities;
  private final List<Quantity> replicates;
  private final boolean predicting;
  private final Optional<ClosedSides.Kind> auxiliaries;
  private final ClosedSides sides;
  private final Relatives relatives;
  private final Optional<Crew> crew;
  private final int reported;
  private final double[] predicted;
  private int most;
  private Optional<Abreast> abreast = Optional.empty();

  /// @param kernel     bound
  /// @param dimension  number of unconstrained coordinates
  /// @param quantities what [Kernel#constrain] writes, in order
  /// @param replicates what [Kernel#predict] writes, in order
  public KernelTarget(Kernel kernel, int dimension, List<Quantity> quantities, List<Quantity> replicates) {
    this(kernel, dimension, quantities, replicates, false, Optional.of(ClosedSides.Kind.AUGMENTED), ClosedSides.NONE,
        Relatives.NONE, Optional.empty());
  }

  private KernelTarget(Kernel kernel, int dimension, List<Quantity> quantities, List<Quantity> replicates,
      boolean predicting, Optional<ClosedSides.Kind> auxiliaries, ClosedSides sides, Relatives relatives, Optional<Crew> crew) {
    this.kernel = kernel;
    this.dimension = dimension;
    this.quantities = List.copyOf(quantities);
    this.replicates = List.copyOf(replicates);
    this.predicting = predicting;
    this.auxiliaries = auxiliaries;
    this.sides = sides;
    this.relatives = relatives;
    this.crew = crew;
    this.reported = quantities.stream().mapToInt(Quantity::size).sum();
    this.predicted = new double[predicting ? replicated() : 0];
    this.most = divided().map(d -> Abreast.most(d, 2L * Double.BYTES * dimension)).orElse(1);
  }

  /// How many numbers the replicates are.
  int replicated() {
    return replicates.stream().mapToInt(Quantity::size).sum();
  }

  /// The same target, with a replicate of every observed name among its quantities.
  public KernelTarget predicting() {
    return new KernelTarget(kernel, dimension, quantities, replicates, true, auxiliaries, sides, relatives, crew);
  }

  /// The same target, where logits may have auxiliary unknowns too.
  public KernelTarget withOdds() {
    return augmented(Optional.of(ClosedSides.Kind.WITH_ODDS));
  }

  @Override
  public KernelTarget stated() {
    return augmented(Optional.empty());
  }

  private KernelTarget augmented(Optional<ClosedSides.Kind> by) {
    return new KernelTarget(kernel, dimension, quantities, replicates, predicting, by, sides, relatives, crew);
  }

  /// The same target with closed-form sides.
  public KernelTarget with(ClosedSides sides) {
    return new KernelTarget(kernel, dimension, quantities, replicates, predicting, auxiliaries, sides, relatives, crew);
  }

  /// The same target, which may have other coordinates.
  public KernelTarget with(Relatives relatives) {
    return new KernelTarget(kernel, dimension, quantities, replicates, predicting, auxiliaries, sides, relatives, crew);
  }

  @Override
  public List<String> relatives() {
    return relatives.names();
  }

  @Override
  public Target tellingRelatives() {
    return relatives.telling();
  }

  @Override
  public Target relative(Set<String> names) {
    var other = relatives.of(names);
    return new KernelTarget(other.kernel, other.dimension, quantities, replicates, predicting, auxiliaries, ClosedSides.NONE,
        Relatives.NONE, Optional.empty());
  }

  @Override
  public Optional<Conjugate> conjugate() {
    return side(ClosedSides.Kind.PLAIN);
  }

  @Override
  public Optional<Conjugate> augmented() {
    return auxiliaries.flatMap(this::side);
  }

  @Override
  public Optional<Conjugate> open() {
    return side(ClosedSides.Kind.OPEN);
  }

  private Optional<Conjugate> side(ClosedSides.Kind kind) {
    return sides.of(kind, quantities, predicted());
  }

  @Override
  public List<String> dropped() {
    return sides.dropped(predicted());
  }

  private List<Quantity> predicted() {
    return predicting ? replicates : List.of();
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

  /// The same target with up to `most` positions in one pass, however many data there are.
  public KernelTarget inPassesOf(int most) {
    return fork(crew, divided().isPresent() ? most : 1);
  }

  /// The kernel, if it has loops in parts.
  Optional<Divided> divided() {
    return kernel instanceof Divided d ? Optional.of(d) : Optional.empty();
  }

  @Override
  public int abreast() {
    return most;
  }

  @Override
  public void logDensities(int count, double[][] q, double[] values) {
    if (count > 1 && sharesPasses()) abreast.orElseThrow().logDensities(count, q, values);
    else Target.super.logDensities(count, q, values);
  }

  @Override
  public void gradients(int count, double[][] q, double[][] gradients, double[] values) {
    if (count > 1 && sharesPasses()) abreast.orElseThrow().gradients(count, q, gradients, values);
    else Target.super.gradients(count, q, gradients, values);
  }

  /// Whether there are instances for several positions; they are made when they are first wanted, if there is room.
  private boolean sharesPasses() {
    if (most < 2 || abreast.isPresent()) return abreast.isPresent();
    try {
      abreast = Optional.of(new Abreast(most, this::fork, crew));
    } catch (TooLargeException e) {
      most = 1;
    }
    return abreast.isPresent();
  }

  private KernelTarget fork(Hands hands) {
    var own = fork(Optional.empty(), 1);
    own.divided().ifPresent(d -> d.hands(hands));
    return own;
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

  @Override
  public boolean draws() {
    return predicting || kernel.draws();
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
    return fork(crew, most);
  }

  @Override
  public KernelTarget helpedBy(Crew crew) {
    return divided().isPresent() && crew.threads() > 1 ? fork(Optional.of(crew), most) : this;
  }

  private KernelTarget fork(Optional<Crew> crew, int most) {
    var own = kernel.fork();
    var fork = new KernelTarget(own, dimension, quantities, replicates, predicting, auxiliaries, sides, relatives, crew);
    fork.most = most;
    crew.ifPresent(c -> fork.divided().ifPresent(d -> d.hands(new Team(d, c))));
    return fork;
  }
}
