package ppl.family;

import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.runtime.Block;
import ppl.runtime.Crew;

/// The distribution of a [Block]'s values in numbers. It holds the natural parameters given last, and workspace: it is
/// not thread-safe. Until [#set] has been called, and where it has answered with an objection, the other methods mean
/// nothing, but for [#statistics] and [#centre].
public sealed interface Factor permits IndependentEvents, JointNormal, DiscreteForest {
  /// Takes natural parameters. Returns why there is no distribution with these, in words; empty if there is one.
  Optional<String> set(double[] natural);

  /// E[t(x)].
  void moments(double[] out);

  /// The log normaliser, of the values less their centre.
  double logNormaliser();

  /// In nats.
  double entropy();

  /// log q(x).
  double logDensity(double[] values);

  void draw(RandomGenerator random, double[] values);

  /// t(x).
  void statistics(double[] values, double[] out);

  /// What tells where the distribution is, for a judgement of how far it has moved: means of the values, or
  /// probabilities of discrete ones.
  int locations();

  /// Writes the locations, and the unit for each: standard deviations.
  void locate(double[] location, double[] unit);

  /// Moves the centre about which statistics are taken, where a family has one; the distribution stays where it is.
  void centre(double[] values);

  double mean(int value);

  double sd(int value);

  /// The p quantile of a value; NaN where no closed form is known.
  double quantile(int value, double p);

  /// Idle threads of `crew` do some of the work from now on, where there is much of it; the numbers stay what they are.
  default void helpedBy(Crew crew) {}

  /// The numbers of a block.
  static Factor of(Block block) {
    return switch (block.shape()) {
      case Block.Independent shape -> new IndependentEvents(block, shape);
      case Block.Gaussian shape -> new JointNormal(block, shape);
      case Block.Discrete shape -> new DiscreteForest(block, shape);
    };
  }
}
