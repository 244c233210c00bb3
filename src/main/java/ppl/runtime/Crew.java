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

  /// Sends up to `most` idle helpers to a team; how many.
  int send(Team team, int most) {
    int sent = 0;
    for (int h = 0; sent < most && h < helpers.length; h++) {
      if (helpers[h].isBusy()) continue;
      if (!take()) return sent;
      if (helpers[h].accept(team)) sent++;
      else leave();
    }
    return sent;
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

    boolean isBusy() {
      return team.get() != null;
    }

    boolean accept(Team other) {
      if (!team.compareAndSet(null, other)) return false;
      if (thread == null) thread = Thread.ofPlatform().daemon().name("ppl-part-" + number).start(this);
      else wake();
      return true;
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
          mine.help(number);
          team.set(null);
          leave();
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
