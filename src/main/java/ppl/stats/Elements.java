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
import ppl.runtime.Storage;

/// Work on the columns of draws one by one, on the threads of a crew where there is much of it.
final class Elements {
  private static final long MUCH = 1_000_000;
  /// Columns that lie beside each other are copied together: as many numbers as a processor fetches at once.
  private static final int NEIGHBOURS = 8;
  private static final int MOST_COPIED = 1 << 20;
  /// Numbers of draws that are not held are computed so many at a time at most: 128 MB.
  private static final int MOST_COMPUTED = 1 << 24;

  private Elements() {}

  /// What is asked of a column.
  @FunctionalInterface
  interface Job<T> {
    T of(Column column, int index);
  }

  /// `f` of each of the wanted columns, in the place of the column.
  static <T> List<Optional<T>> map(BitSet wanted, Draws draws, Crew crew, Job<T> f) {
    return map(wanted, draws, crew, f, MOST_COMPUTED);
  }

  /// @param most numbers that are computed at a time, of draws that are not held
  static <T> List<Optional<T>> map(BitSet wanted, Draws draws, Crew crew, Job<T> f, int most) {
    var out = new ArrayList<Optional<T>>(Collections.nCopies(wanted.length(), Optional.empty()));
    if (draws.isHeld()) held(wanted, draws, crew, f, out);
    else computed(wanted, draws, crew, f, most, out);
    return out;
  }

  private static <T> void held(BitSet wanted, Draws draws, Crew crew, Job<T> f, List<Optional<T>> out) {
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
  }

  /// Each draw is computed once for as many columns as there is room for.
  private static <T> void computed(BitSet wanted, Draws draws, Crew crew, Job<T> f, int most, List<Optional<T>> out) {
    int size = draws.begun() * draws.shortest();
    int room = Math.max(1, most / Math.max(1, size));
    int blocks = Math.max(1, (wanted.length() + room - 1) / room);
    int together = (wanted.length() + blocks - 1) / blocks;
    var copies = Storage.reals((long) together * size);
    for (int first = wanted.nextSetBit(0); first >= 0; first = wanted.nextSetBit(first + together)) {
      int from = first;
      int to = Math.min(from + together, wanted.length());
      draws.columns(from, to, copies, crew);
      var next = new AtomicInteger(from);
      Parallel.map(crew, crew.threads(), _ -> {
        var column = new Column(draws.begun(), draws.shortest());
        for (int i = next.getAndIncrement(); i < to; i = next.getAndIncrement()) {
          if (!wanted.get(i)) continue;
          column.take(copies, (i - from) * size);
          out.set(i, Optional.of(f.of(column, i)));
        }
        return out;
      });
    }
  }
}
