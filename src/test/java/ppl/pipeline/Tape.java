package ppl.pipeline;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/// Decisions read from a list of numbers: a shorter list with smaller numbers makes a smaller thing, so that what
/// is generated shrinks as lists do. Beyond its end every decision is the first choice.
final class Tape {
  private final List<Integer> numbers;
  private int next;

  Tape(List<Integer> numbers) {
    this.numbers = numbers;
  }

  /// Of any length alike: left to themselves, lists are mostly short.
  static Arbitrary<List<Integer>> tapes(int length) {
    return Arbitraries.integers().between(0, 5039).withDistribution(RandomDistribution.uniform()).list().ofMaxSize(length)
        .withSizeDistribution(RandomDistribution.uniform()).withoutEdgeCases();
  }

  /// A number from 0 to `n - 1`.
  int choose(int n) {
    return next < numbers.size() ? numbers.get(next++) % n : 0;
  }

  boolean chance(int percent) {
    return choose(100) >= 100 - percent;
  }

  <T> T of(List<T> list) {
    return list.get(choose(list.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[choose(choices.length)];
  }

  boolean ended() {
    return next >= numbers.size();
  }

  /// A number in (-1.5, 1.5) that depends on the next decision in an irregular way.
  double real() {
    double turn = choose(5039) * 0.6180339887498949 + 0.31;
    return Math.rint(3000 * (turn - Math.floor(turn)) - 1500) / 1000;
  }
}
