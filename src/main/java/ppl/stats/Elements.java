package ppl.stats;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import ppl.runtime.Draws;

/// Work on the columns of draws one by one, on several threads where there is much of it.
public final class Elements {
  private static final long MUCH = 1_000_000;

  private Elements() {}

  /// `f(0), .., f(count - 1)` in order, each about one column of `draws`.
  public static <T> List<T> map(int count, Draws draws, IntFunction<T> f) {
    var range = IntStream.range(0, count);
    boolean much = (long) count * draws.total() > MUCH;
    return (much ? range.parallel() : range).mapToObj(f).toList();
  }
}
