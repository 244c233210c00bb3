package ppl.runtime;

/// Which of two ways of doing the same takes less time, found by doing it: most of the time goes to the one that took less
/// when both were last tried.
final class Trial {
  /// Nanoseconds of a trial at least: longer than a thread waits for its processor on a machine that is not much too busy.
  private static final long SHORT = 4_000_000;
  /// How much longer than a trial the better way goes on.
  private static final long STRETCH = 20;

  /// Nanoseconds a unit, of the first way and of the second; 0 until it was tried.
  private final double[] costs = new double[2];
  private int way = 1;
  private long limit = SHORT;
  private long spent;
  private long done;

  /// Whether it is the second way's turn.
  boolean second() {
    return way == 1;
  }

  /// So much was done in the way whose turn it is.
  void add(long nanos, int units) {
    spent += nanos;
    done += units;
    if (spent < limit) return;
    costs[way] = (double) spent / done;
    if (limit > SHORT || costs[1 - way] == 0) {
      way = 1 - way;
      limit = SHORT;
    } else {
      way = costs[1] < costs[0] ? 1 : 0;
      limit = STRETCH * spent;
    }
    spent = 0;
    done = 0;
  }
}
