package ppl.kernels;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Which form of a kernel runs. Until the JVM has compiled it, code over vectors makes objects of them and is hundreds of
/// times slower; so a kernel begins in plain Java, and once it has done enough work for the other form to pay, a thread
/// in the background runs that form until it is compiled. Since both give the same bits, it does not matter when.
///
/// What is known here is the state of the JVM, so it belongs to the process, not to a model.
final class Gear {
  /// Elements that are done in plain Java before: some tenth of a second.
  private static final long ENOUGH = 1L << 25;
  private static final int CALLS = 3_000;
  private static final int MOST_CALLS = 30_000;
  /// What a compiled kernel needs at most for [#SIZE] elements, in nanoseconds.
  private static final long FAST = 20_000;
  static final int SIZE = 256;

  private enum Use { NEVER, WHEN_WARM, AT_ONCE }

  private static final Use USE = !ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? Use.NEVER
      : switch (System.getProperty("ppl.vectors", "")) {
        case "false" -> Use.NEVER;
        case "true" -> Use.AT_ONCE;
        default -> Use.WHEN_WARM;
      };
  private static final ExecutorService BACKGROUND = Executors.newSingleThreadExecutor(task -> {
    var thread = new Thread(task, "ppl-vectors");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  });

  private final Runnable trial;
  private volatile boolean vectors = USE == Use.AT_ONCE;
  private volatile boolean asked = USE == Use.NEVER;
  /// A rough count: threads may overwrite each other's.
  private long work;

  /// @param trial runs the form over vectors on [#SIZE] elements of its own
  Gear(Runnable trial) {
    this.trial = trial;
  }

  /// Whether the form over vectors is to run, now that `n` elements are to be done.
  boolean vectors(int n) {
    if (vectors) return true;
    if (!asked && (work += n) > ENOUGH) ask();
    return false;
  }

  private synchronized void ask() {
    if (asked) return;
    asked = true;
    BACKGROUND.execute(this::warm);
  }

  private void warm() {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < MOST_CALLS && (i < CALLS || best > FAST); i++) {
      long start = System.nanoTime();
      trial.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    vectors = best <= FAST;
  }
}
