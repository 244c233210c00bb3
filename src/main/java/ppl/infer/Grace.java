package ppl.infer;

import java.util.concurrent.atomic.AtomicLong;

/// What may still be drawn: everything, until the run is told to stop; from then on as much as half a second allows, and
/// a few draws in any case, so that there is something to show.
final class Grace {
  private static final long NANOS = 500_000_000;
  private static final int FEWEST = 20;
  private static final long NEVER = Long.MAX_VALUE;

  private final Progress progress;
  private final AtomicLong end = new AtomicLong(NEVER);

  Grace(Progress progress) {
    this.progress = progress;
  }

  /// Whether draw `k` of `count`, from 0, is to be made.
  boolean allows(int k, int count) {
    if (end.get() == NEVER) {
      if (progress.report(0, k + 1, count, Progress.Phase.DRAWING)) return true;
      end.compareAndSet(NEVER, System.nanoTime() + NANOS);
    }
    return k < FEWEST || System.nanoTime() - end.get() < 0;
  }
}
