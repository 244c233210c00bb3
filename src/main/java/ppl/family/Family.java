package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import ppl.runtime.Statistic;

/// An exponential family of one event x, with density exp(eta' t(x) - A(eta)). Statistics t, moments E[t] and natural
/// parameters eta are laid out alike: those of the first of [#statistics] first. Densities of simplexes are with respect
/// to all elements but the last, those of covariance matrices to the lower triangle.
public sealed interface Family
    permits Normal, TruncatedNormal, Gamma, InverseGamma, GeneralizedInverseGaussian, PolyaGamma, Pareto, Beta, Interval,
        Dirichlet, Wishart, InverseWishart {
  /// What is known of an event.
  ///
  /// @param extent elements of a simplex, rows of a matrix, 1 for a number
  /// @param lower  lower bound of a number, or -infinity; the shape of a Pólya-Gamma number
  /// @param upper  upper bound of a number, or infinity
  record Event(int extent, double lower, double upper) {}

  /// All statistics that the family has; natural parameters of those that do not occur are 0.
  List<Statistic> statistics();

  /// Why there is no distribution with these natural parameters, in words; empty if there is one. The other methods
  /// mean nothing where there is none.
  Optional<String> objection(double[] eta, Event event);

  /// What asking for an [#objection] came to.
  ///
  /// @param log what [#solve] returns, where that came by the way, and the moments are written; else empty
  record Attempt(Optional<String> objection, OptionalDouble log) {
    static final Attempt FREE = new Attempt(Optional.empty(), OptionalDouble.empty());

    static Attempt failed(String objection) {
      return new Attempt(Optional.of(objection), OptionalDouble.empty());
    }
  }

  /// [#objection], and [#solve] with it where one takes the work of the other.
  default Attempt attempt(double[] eta, Event event, double[] moments) {
    return objection(eta, event).map(Attempt::failed).orElse(Attempt.FREE);
  }

  /// Returns A(eta), the log normaliser, and writes its gradient, the moments.
  double solve(double[] eta, Event event, double[] moments);

  /// Entropy in nats.
  ///
  /// @param moments what [#solve] wrote
  /// @param log     what [#solve] returned
  default double entropy(double[] eta, Event event, double[] moments, double log) {
    double h = log;
    for (int k = 0; k < eta.length; k++) if (eta[k] != 0) h -= eta[k] * moments[k];
    return h;
  }

  void draw(RandomGenerator random, double[] eta, Event event, double[] x);

  /// t(x).
  void statistics(double[] x, Event event, double[] t);

  /// Mean of an element of x; infinite or NaN where there is none.
  double mean(double[] eta, Event event, int element);

  /// Standard deviation of an element of x; infinite or NaN where there is none.
  double sd(double[] eta, Event event, int element);

  /// Writes means and standard deviations of all `count` elements of x, from `at` on.
  default void locate(double[] eta, Event event, int count, double[] mean, double[] sd, int at) {
    for (int k = 0; k < count; k++) {
      mean[at + k] = mean(eta, event, k);
      sd[at + k] = sd(eta, event, k);
    }
  }

  /// The p quantile of an element of x, or NaN where no closed form is known.
  double quantile(double[] eta, Event event, int element, double p);
}
