package ppl.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Independent jobs on a few threads. What a job computes must not depend on which thread runs it.
public final class Parallel {
  private Parallel() {}

  /// `job(0), .., job(count - 1)` in order, on at most `threads` threads.
  public static <T> List<T> map(int threads, int count, IntFunction<T> job) {
    try (var crew = new Crew(threads)) {
      return map(crew, count, job);
    }
  }

  /// The same on the threads of a crew. Those that have no job are left to help.
  public static <T> List<T> map(Crew crew, int count, IntFunction<T> job) {
    if (crew.threads() <= 1 || count <= 1) {
      var out = new ArrayList<T>();
      for (int i = 0; i < count; i++) out.add(job.apply(i));
      return out;
    }
    var pool = Executors.newFixedThreadPool(Math.min(crew.threads(), count), Thread.ofPlatform().daemon().factory());
    boolean done = false;
    try {
      var futures = new ArrayList<Future<T>>();
      for (int i = 0; i < count; i++) {
        int index = i;
        Callable<T> task = () -> working(crew, () -> job.apply(index));
        futures.add(pool.submit(task));
      }
      crew.leave();
      try {
        var out = new ArrayList<T>();
        for (var future : futures) out.add(await(future));
        done = true;
        return out;
      } finally {
        crew.enter();
      }
    } finally {
      // threads without jobs end by themselves; after a failure none works on when this returns
      if (done) pool.shutdown();
      else pool.close();
    }
  }

  /// Does a whole job on another thread than the crew's first.
  public static <T> T working(Crew crew, Supplier<T> job) {
    crew.enter();
    try {
      return job.get();
    } finally {
      crew.leave();
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException r) throw r;
      if (e.getCause() instanceof Error r) throw r;
      throw new IllegalStateException("a parallel job failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a parallel job", e);
    }
  }
}
