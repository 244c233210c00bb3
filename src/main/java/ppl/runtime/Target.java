package ppl.runtime;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A model with its data bound: all that an inference engine ever sees.
///
/// Positions are vectors `q` of length [#dimension()] on the unconstrained scale. Densities are in nats
/// and include the log Jacobian of the transform from `q` to the constrained unknowns, and all
/// normalising constants that the model states.
///
/// An instance owns workspace and is not thread-safe; [#fork()] gives an independent one that shares
/// the data. Evaluations allocate nothing. Outside the support (or where arithmetic fails) the log
/// density is negative infinity or NaN; that is data, never an exception.
public interface Target {
  /// Number of unconstrained coordinates.
  int dimension();

  /// log p(q) in nats.
  double logDensity(double[] q);

  /// Returns log p(q) and overwrites `gradient` (length [#dimension()]) with its gradient.
  double gradient(double[] q, double[] gradient);

  /// How many positions are best evaluated together, by [#logDensities] and [#gradients]: more than one where they share the
  /// way through many data.
  default int abreast() {
    return 1;
  }

  /// log p(q) at the first `count` positions of `q`, written to `values`.
  default void logDensities(int count, double[][] q, double[] values) {
    for (int k = 0; k < count; k++) values[k] = logDensity(q[k]);
  }

  /// The same, and the gradients. What comes out is what one by one gives.
  default void gradients(int count, double[][] q, double[][] gradients, double[] values) {
    for (int k = 0; k < count; k++) values[k] = gradient(q[k], gradients[k]);
  }

  /// What [#constrain] writes, in order: unknowns first, then reported deterministic quantities.
  List<Quantity> quantities();

  /// Total number of values that [#constrain] writes: the sum of the quantities' sizes.
  int outputSize();

  /// Maps `q` to the reported quantities, written to `out` (length [#outputSize()]). `random` feeds the
  /// forward draws of a `generate` block, and of discrete unknowns that were summed out.
  void constrain(double[] q, RandomGenerator random, double[] out);

  /// Whether [#constrain] may draw random numbers. Where it does not, what it writes depends on the position alone.
  default boolean draws() {
    return true;
  }

  /// Writes a starting position drawn from `random`. Different draws give different starts; every start has
  /// been nudged by what is known of the data (for example ordered locations spread over quantiles).
  void start(RandomGenerator random, double[] q);

  /// The closed-form side of the model, where it has one: an independent evaluator with its centres at 0. Asking is
  /// cheap, sums over data are taken once.
  default Optional<Conjugate> conjugate() {
    return Optional.empty();
  }

  /// The same with auxiliary unknowns; only where these give others a closed form.
  default Optional<Conjugate> augmented() {
    return Optional.empty();
  }

  /// The same target without auxiliary unknowns: the model as it is stated.
  default Target stated() {
    return this;
  }

  /// The same without any block, all unknowns by their coordinates: for the sake of its batches.
  default Optional<Conjugate> open() {
    return Optional.empty();
  }

  /// Unknowns with closed forms that are not used, since with these data they did not agree with the model's density at
  /// random points, or no point said anything: a defect of the compiler, which costs time and no truth. Known once
  /// [#conjugate] was asked for.
  default List<String> dropped() {
    return List.of();
  }

  /// The unknowns whose coordinates may be relative to their priors, where these depend on other unknowns: `(x - mean) / sd`
  /// where `x ~ Normal(mean, sd)`. Asking for the first time takes as long as checking the model.
  default List<String> relatives() {
    return List.of();
  }

  /// The same target in the same coordinates, whose quantities are three for each of [#relatives()], of its extents: its
  /// coordinates, what they would be relative to its prior, and the logarithm of how much a coordinate changes where the
  /// relative one changes by 1.
  default Target tellingRelatives() {
    throw new IllegalArgumentException("there is nothing to tell");
  }

  /// The same target in coordinates of which those of `names` are relative to their priors: the same quantities, and the
  /// same density of them. It has no closed-form side.
  ///
  /// @param names some of [#relatives()]
  default Target relative(Set<String> names) {
    throw new IllegalArgumentException("coordinates of " + names + " cannot be changed");
  }

  /// Whether all unknowns have coordinates. Discrete unknowns that only blocks of [#conjugate] can deal with have none;
  /// then the log density and what follows from it mean nothing.
  default boolean complete() {
    return true;
  }

  /// The same target, whose evaluations, and those of its forks, take the help of a crew's idle threads where they are long
  /// enough. What they give is the same.
  default Target helpedBy(Crew crew) {
    return this;
  }

  /// An independent evaluator over the same data, for another thread.
  Target fork();
}
