package ppl.runtime;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Who does the parts of one evaluator's loops: its own thread, and helpers of a crew while they are idle. A helper stays
/// for a while after the last part, since evaluations follow each other, unless another team calls for it.
///
/// A helper whose processor is taken away in the middle of a part keeps all waiting, for as long as thousands of short
/// evaluations take. So it is tried again and again, for each loop, whether help helps.
public final class Team implements Hands {
  /// How long a helper looks for more parts, in nanoseconds: longer than most steps between two evaluations, and about as
  /// long as it takes to wake it again.
  private static final long PATIENCE = 50_000;
  private static final int SPINS = 64;
  private static final int BITS = 20;
  private static final long MASK = (1 << BITS) - 1;

  private final Divided kernel;
  private final Crew crew;
  private final Divided[] helpers;
  /// The loop, the number of its parts, and the next of these.
  private final AtomicLong next = new AtomicLong();
  private final AtomicInteger done = new AtomicInteger();
  private final FirstFailure failure = new FirstFailure();
  /// For each loop.
  private Trial[] help = {};

  public Team(Divided kernel, Crew crew) {
    this.kernel = kernel;
    this.crew = crew;
    this.helpers = new Divided[crew.threads()];
  }

  @Override
  public void all(Divided kernel, int loop, int count) {
    if (count > MASK) {
      Hands.alone(kernel, loop, count);
      return;
    }
    var trial = trial(loop);
    long begin = System.nanoTime();
    if (!trial.second()) Hands.alone(kernel, loop, count);
    else if (crew.send(this, count - 1) > 0) together(loop, count);
    else {
      Hands.alone(kernel, loop, count);
      return;
    }
    trial.add(System.nanoTime() - begin, count);
  }

  private Trial trial(int loop) {
    for (int l = help.length; l <= loop; l++) {
      help = Arrays.copyOf(help, l + 1);
      help[l] = new Trial();
    }
    return help[loop];
  }

  private void together(int loop, int count) {
    done.set(0);
    next.set(((long) loop << BITS | count) << BITS);
    while (step(kernel)) {}
    await(count);
    failure.raise();
  }

  /// Does a part, if there is one left.
  private boolean step(Divided worker) {
    for (long n = next.get(); (n & MASK) < (n >> BITS & MASK); n = next.get())
      if (next.compareAndSet(n, n + 1)) {
        part(worker, (int) (n >> 2 * BITS), (int) (n & MASK));
        return true;
      }
    return false;
  }

  private void part(Divided worker, int loop, int part) {
    try {
      worker.part(loop, part);
    } catch (Throwable e) {
      failure.add(part, e);
    } finally {
      done.incrementAndGet();
    }
  }

  /// Waits for parts that others have begun; these are short, but their threads may have to wait for a processor.
  private void await(int count) {
    for (int spins = 0; done.get() < count; spins++)
      if (spins < SPINS * SPINS) Thread.onSpinWait();
      else Thread.yield();
  }

  /// Does parts on another thread as long as there are some.
  ///
  /// @param number of the thread among the crew's
  /// @param wanted whether the thread is still this team's
  void help(int number, Predicate<Team> wanted) {
    try {
      if (helpers[number] == null) helpers[number] = kernel.helper();
      stay(helpers[number], wanted);
    } catch (OutOfMemoryError e) {
      // There is no room for another instance: those that there are do the parts.
    }
  }

  private void stay(Divided worker, Predicate<Team> wanted) {
    long last = System.nanoTime();
    while (!crew.isCrowded() && wanted.test(this)) {
      if (step(worker)) {
        while (step(worker)) {}
        last = System.nanoTime();
      }
      for (int i = 0; i < SPINS && isDone(); i++) Thread.onSpinWait();
      if (isDone() && System.nanoTime() - last > PATIENCE) return;
    }
  }

  /// Whether there is nothing to begin.
  boolean isDone() {
    long n = next.get();
    return (n & MASK) >= (n >> BITS & MASK);
  }
}
