package ppl.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// The threads of a run. Whole jobs, such as chains, come first: who works on one says so by [#enter] and [#leave]. What is
/// left of `threads` helps out with the parts of single evaluations ([Team]). Threads for that are started when they are
/// first wanted; with one thread there are none.
public final class Crew implements AutoCloseable {
  private final int threads;
  private final Helper[] helpers;
  /// How many more threads may work; below 0 while jobs begin whose places helpers still have.
  private final AtomicInteger idle;
  private volatile boolean closed;

  /// The caller is one of the threads, and works.
  public Crew(int threads) {
    this.threads = Math.max(1, threads);
    this.idle = new AtomicInteger(this.threads - 1);
    this.helpers = IntStream.range(0, this.threads - 1).mapToObj(Helper::new).toArray(Helper[]::new);
  }

  /// Threads that work at once, at most.
  public int threads() {
    return threads;
  }

  /// The calling thread begins to work.
  public void enter() {
    idle.decrementAndGet();
  }

  /// The calling thread ends its work, or waits for that of others.
  public void leave() {
    idle.incrementAndGet();
  }

  /// Whether a helper is in the way of a whole job.
  boolean isCrowded() {
    return idle.get() < 0 || closed;
  }

  /// Has up to `most` helpers with a team, those that are idle and those that wait for more parts of another; how many it has.
  int send(Team team, int most) {
    int there = 0;
    for (int h = 0; there < most && h < helpers.length; h++) if (helpers[h].serves(team)) there++;
    return there;
  }

  private boolean take() {
    for (int n = idle.get(); n > 0 && !closed; n = idle.get()) if (idle.compareAndSet(n, n - 1)) return true;
    return false;
  }

  @Override
  public void close() {
    closed = true;
    for (var h : helpers) h.wake();
  }

  private final class Helper implements Runnable {
    private final int number;
    private final AtomicReference<Team> team = new AtomicReference<>();
    private volatile boolean asleep;
    private volatile Thread thread;

    Helper(int number) {
      this.number = number;
    }

    /// Whether it is with the team, or is from now on.
    boolean serves(Team other) {
      for (var now = team.get(); now != null; now = team.get())
        if (now == other || now.isDone() && team.compareAndSet(now, other)) return true;
        else if (!now.isDone()) return false;
      return take() && accept(other);
    }

    /// Begins with a place that was taken for it.
    private boolean accept(Team other) {
      if (!team.compareAndSet(null, other)) {
        leave();
        return false;
      }
      if (thread == null) thread = Thread.ofPlatform().daemon().name("ppl-part-" + number).start(this);
      else wake();
      return true;
    }

    /// Whether no other team has called for it.
    boolean isWith(Team one) {
      return team.get() == one;
    }

    void wake() {
      if (asleep || closed) LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      while (!closed) {
        var mine = team.get();
        if (mine == null) sleep();
        else {
          mine.help(number, this::isWith);
          if (team.compareAndSet(mine, null)) leave();
        }
      }
    }

    private void sleep() {
      asleep = true;
      while (team.get() == null && !closed) LockSupport.park(this);
      asleep = false;
    }
  }
}
