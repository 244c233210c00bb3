package ppl.stats;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.runtime.Parallel;

/// Work on the columns of draws one by one, on the threads of a crew where there is much of it.
final class Elements {
  private static final long MUCH = 1_000_000;
  /// Columns that lie beside each other are copied together: as many numbers as a processor fetches at once.
  private static final int NEIGHBOURS = 8;
  private static final int MOST_COPIED = 1 << 20;

  private Elements() {}

  /// What is asked of a column.
  @FunctionalInterface
  interface Job<T> {
    T of(Column column, int index);
  }

  /// `f` of each of the wanted columns, in the place of the column.
  static <T> List<Optional<T>> map(BitSet wanted, Draws draws, Crew crew, Job<T> f) {
    var out = new ArrayList<Optional<T>>(Collections.nCopies(wanted.length(), Optional.empty()));
    boolean much = (long) wanted.cardinality() * draws.total() > MUCH;
    int together = Math.clamp(MOST_COPIED / Math.max(1, draws.total()), 1, NEIGHBOURS);
    var next = new AtomicInteger();
    Parallel.map(crew, much ? crew.threads() : 1, _ -> {
      var column = new Column(draws.begun(), draws.shortest());
      var copies = new double[together * column.draws().length];
      for (int from = next.getAndAdd(together); from < out.size(); from = next.getAndAdd(together)) {
        int to = Math.min(from + together, out.size());
        int first = wanted.nextSetBit(from);
        if (first < 0 || first >= to) continue;
        draws.columns(from, to, copies);
        for (int i = first; i >= 0 && i < to; i = wanted.nextSetBit(i + 1)) {
          column.take(copies, (i - from) * column.draws().length);
          out.set(i, Optional.of(f.of(column, i)));
        }
      }
      return out;
    });
    return out;
  }
}
