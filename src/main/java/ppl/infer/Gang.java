package ppl.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import ppl.runtime.Crew;
import ppl.runtime.Parallel;
import ppl.runtime.Target;

/// A few threads, each with its own fork of a target, for many small independent jobs. Every job writes to places of
/// its own, so results do not depend on who does it. Threads are called only where the work pays for it.
final class Gang implements AutoCloseable {
  private static final long WORTH_NANOS = 200_000;
  private static final int TIMED = 2;

  private final List<Worker> workers = new ArrayList<>();
  private final Crew crew;
  private final ExecutorService pool;

  Gang(Target target, int threads) {
    this(target, new Crew(threads));
  }

  /// @param crew whose threads these are
  Gang(Target target, Crew crew) {
    this.crew = crew;
    int threads = crew.threads();
    workers.add(new Worker(target));
    for (int i = 1; i < threads; i++) workers.add(new Worker(target.fork()));
    pool = Executors.newFixedThreadPool(Math.max(1, threads - 1), Thread.ofPlatform().daemon().factory());
  }

  /// One thread's evaluator and working memory.
  static final class Worker {
    final Target target;
    /// Positions that are evaluated together, two at least, their gradients and log densities.
    final double[][] at;
    final double[][] slopes;
    final double[] values;
    final double[] shift;
    final double[] work;

    Worker(Target target) {
      int d = target.dimension();
      this.target = target;
      int most = Math.max(2, target.abreast());
      at = new double[most][d];
      slopes = new double[most][d];
      values = new double[most];
      shift = new double[d];
      work = new double[d];
    }
  }

  /// Some of many jobs, which are better done together.
  @FunctionalInterface
  interface Together {
    /// Does jobs `from` to `to - 1`.
    void run(Worker worker, int from, int to);
  }

  /// One of many jobs.
  @FunctionalInterface
  interface Job {
    void run(Worker worker, int index);
  }

  /// The evaluator of the calling thread.
  Target target() {
    return workers.getFirst().target;
  }

  /// How many pairs of positions are best evaluated together.
  int pairs() {
    return Math.max(1, target().abreast() / 2);
  }

  /// Runs jobs 0 to `count - 1`, up to `most` of them together.
  void each(int count, int most, Together jobs) {
    each((count + most - 1) / most, (w, g) -> jobs.run(w, g * most, Math.min(count, (g + 1) * most)));
  }

  /// Runs jobs 0 to `count - 1`.
  void each(int count, Job job) {
    var first = workers.getFirst();
    int timed = workers.size() == 1 ? count : Math.min(TIMED, count);
    long begin = System.nanoTime();
    for (int i = 0; i < timed; i++) job.run(first, i);
    if (timed == count) return;
    long expected = (System.nanoTime() - begin) / timed * (count - timed);
    if (expected < WORTH_NANOS) {
      for (int i = timed; i < count; i++) job.run(first, i);
      return;
    }
    var next = new AtomicInteger(timed);
    var helpers = new ArrayList<Future<?>>();
    for (var worker : workers.subList(1, workers.size())) {
      helpers.add(pool.submit(() -> Parallel.working(crew, () -> drain(worker, next, count, job))));
    }
    drain(first, next, count, job);
    helpers.forEach(Gang::await);
  }

  /// The number of jobs that `worker` has done.
  private static int drain(Worker worker, AtomicInteger next, int count, Job job) {
    int done = 0;
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      job.run(worker, i);
      done++;
    }
    return done;
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException r) throw r;
      if (e.getCause() instanceof Error r) throw r;
      throw new IllegalStateException("a job failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a job", e);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
