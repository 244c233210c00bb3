package ppl.kernels;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Which form of a kernel runs. Until the JVM has compiled it, code over vectors makes objects of them and is hundreds of
/// times slower; so a kernel begins in plain Java, and once it has done enough work for the other form to pay, a thread
/// in the background runs that form until it is compiled. Since both give the same bits, it does not matter when.
///
/// What is known here is the state of the JVM, so it belongs to the process, not to a model.
final class Gear {
  /// Elements that are done in plain Java before: some tenth of a second.
  private static final long ENOUGH = 1L << 25;
  /// Calls after which HotSpot means to compile what is called.
  private static final int CALLS = 10_000;
  /// Calls each time that it is looked at again, some milliseconds later: it may have much else to compile.
  private static final int MORE_CALLS = 200;
  private static final int PAUSE = 10;
  private static final int LOOKS = 3_000;
  /// Looks after which it is taken to be compiled where that cannot be seen.
  private static final int UNSEEN_LOOKS = 50;
  /// Calls in a row that show the compiled form to stay.
  private static final int STEADY = 100;
  static final int SIZE = 256;
  /// Fewer bytes than any uncompiled form makes of [#SIZE] elements: each operation on a vector makes one.
  private static final long LITTLE = SIZE;

  private enum Use { NEVER, WHEN_WARM, AT_ONCE }

  private static final Use USE = !ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? Use.NEVER
      : switch (System.getProperty("ppl.vectors", "")) {
        case "false" -> Use.NEVER;
        case "true" -> Use.AT_ONCE;
        default -> Use.WHEN_WARM;
      };
  private static final ScheduledExecutorService BACKGROUND = Executors.newSingleThreadScheduledExecutor(task -> {
    var thread = new Thread(task, "ppl-vectors");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  });

  private final Runnable trial;
  private volatile boolean vectors;
  private volatile boolean asked = USE == Use.NEVER;
  /// A rough count: threads may overwrite each other's.
  private long work;
  private int looks;

  /// @param trial runs the form over vectors on [#SIZE] elements of its own
  Gear(Runnable trial) {
    this(trial, USE == Use.AT_ONCE);
  }

  private Gear(Runnable trial, boolean vectors) {
    this.trial = trial;
    this.vectors = vectors;
  }

  /// Of a kernel that engines call as well, on little: there its form over vectors never runs before it is compiled.
  static Gear patient(Runnable trial) {
    return new Gear(trial, false);
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

  /// Compiled code holds vectors in registers; any other makes objects of them, however fast it may be.
  private void warm() {
    int steady = 0;
    for (int i = 0; i < (looks == 0 ? CALLS : MORE_CALLS) && steady < STEADY; i++) {
      long before = Garbage.bytes();
      trial.run();
      steady = Garbage.KNOWN && Garbage.bytes() - before < LITTLE ? steady + 1 : 0;
    }
    looks++;
    vectors = steady == STEADY || !Garbage.KNOWN && looks == UNSEEN_LOOKS;
    if (!vectors && looks < LOOKS) BACKGROUND.schedule(this::warm, PAUSE, TimeUnit.MILLISECONDS);
  }

  /// How much a thread has allocated. Where that is not known, time has to tell.
  private static final class Garbage {
    private static final ThreadMXBean THREADS = threads();
    static final boolean KNOWN = THREADS != null;

    private Garbage() {}

    private static ThreadMXBean threads() {
      try {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
            && threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled() ? threads : null;
      } catch (LinkageError e) {
        return null;
      }
    }

    /// By the thread that asks.
    static long bytes() {
      return KNOWN ? THREADS.getCurrentThreadAllocatedBytes() : 0;
    }
  }
}
