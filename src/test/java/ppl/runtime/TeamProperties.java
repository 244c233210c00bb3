package ppl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Every part is done once, whoever does it; failures and interrupts reach the caller, and nobody waits for ever.
class TeamProperties {
  /// Counts how often each part was done, and does something in it.
  private record Counting(AtomicIntegerArray counts, AtomicInteger helpers, IntConsumer doing) implements Divided {
    static Counting of(int count, IntConsumer doing) {
      return new Counting(new AtomicIntegerArray(count), new AtomicInteger(), doing);
    }

    @Override
    public void part(int loop, int part) {
      doing.accept(part);
      counts.addAndGet(part, loop);
    }

    @Override
    public Divided helper() {
      helpers.incrementAndGet();
      return this;
    }

    @Override
    public void hands(Hands hands) {
      throw new AssertionError("it has no loops of its own");
    }

    @Override
    public long shared() {
      return 0;
    }

    @Override
    public long own() {
      return 0;
    }

    /// All parts of loops 1 to `times`; whether each was done once.
    void runs(Team team, int times) {
      for (int loop = 1; loop <= times; loop++) {
        Hands.run(team, this, loop, counts.length());
        for (int p = 0; p < counts.length(); p++) assertEquals(loop * (loop + 1) / 2, counts.get(p));
      }
    }
  }

  @Property(tries = 100)
  void everyPartIsDoneOnce(@ForAll @IntRange(min = 1, max = 5) int threads, @ForAll @IntRange(max = 40) int count,
      @ForAll @IntRange(min = 1, max = 200) int times) {
    try (var crew = new Crew(threads)) {
      var kernel = Counting.of(count, _ -> {});
      kernel.runs(new Team(kernel, crew), times);
    }
  }

  @Property(tries = 30)
  void teamsShareACrew(@ForAll @IntRange(min = 1, max = 4) int threads, @ForAll @IntRange(min = 1, max = 5) int callers,
      @ForAll @IntRange(min = 2, max = 20) int count) throws Exception {
    try (var crew = new Crew(threads); var pool = Executors.newFixedThreadPool(callers)) {
      var jobs = new ArrayList<Future<?>>();
      for (int c = 0; c < callers; c++)
        jobs.add(pool.submit(() -> {
          crew.enter();
          try {
            var kernel = Counting.of(count, _ -> {});
            kernel.runs(new Team(kernel, crew), 300);
          } finally {
            crew.leave();
          }
        }));
      for (var job : jobs) job.get();
    }
  }

  /// Two parts that wait for each other are done by two threads. Now and then the helper has left before there was a part.
  @Example
  void helpersHelp() {
    try (var crew = new Crew(2)) {
      boolean[] met = {false};
      for (int i = 0; i < 100 && !met[0]; i++) {
        var both = new CountDownLatch(2);
        var kernel = Counting.of(2, _ -> {
          both.countDown();
          if (await(both)) met[0] = true;
        });
        kernel.runs(new Team(kernel, crew), 1);
      }
      assertTrue(met[0]);
    }
  }

  /// A helper that waits for more parts of one team goes to another that calls for it. Now and then it has just gone to sleep.
  @Example
  void aHelperThatWaitsIsCalledAway() {
    int times = 100;
    int called = 0;
    try (var crew = new Crew(2)) {
      var one = Counting.of(8, _ -> {});
      var other = Counting.of(8, _ -> {});
      var first = new Team(one, crew);
      var second = new Team(other, crew);
      for (int loop = 0; loop < times; loop++) {
        Hands.run(first, one, loop, 8);
        called += crew.send(second, 1);
        Hands.run(second, other, loop, 8);
      }
    }
    assertTrue(called > 0.9 * times, called + " of " + times);
  }

  /// A crew whose threads all have jobs sends nobody, one of a single thread has nobody.
  @Example
  void jobsComeFirst() {
    try (var busy = new Crew(3); var single = new Crew(1)) {
      busy.enter();
      busy.enter();
      for (var crew : new Crew[] {busy, single}) {
        var kernel = Counting.of(10, _ -> {});
        kernel.runs(new Team(kernel, crew), 50);
        assertEquals(0, kernel.helpers.get());
      }
    }
  }

  /// Of several parts that fail the first counts; the next evaluation knows nothing of it.
  @Property(tries = 50)
  void failuresReachTheCaller(@ForAll @IntRange(min = 1, max = 4) int threads, @ForAll @IntRange(min = 2, max = 20) int count,
      @ForAll @IntRange(max = 19) int first) {
    int least = first % count;
    var failures = new RuntimeException[count];
    Arrays.setAll(failures, p -> new SubscriptException("part " + p));
    boolean[] failing = {true};
    try (var crew = new Crew(threads)) {
      var kernel = Counting.of(count, p -> {
        if (failing[0] && p >= least) throw failures[p];
      });
      var team = new Team(kernel, crew);
      for (int k = 0; k < 5; k++)
        assertSame(failures[least], assertThrows(SubscriptException.class, () -> Hands.run(team, kernel, 0, count)));
      failing[0] = false;
      kernel.runs(team, 5);
    }
  }

  @Example
  void anInterruptIsKept() {
    try (var crew = new Crew(3)) {
      var kernel = Counting.of(30, _ -> Thread.yield());
      Thread.currentThread().interrupt();
      kernel.runs(new Team(kernel, crew), 50);
      assertTrue(Thread.interrupted());
    }
  }

  /// A crew that was closed helps no more, and nobody waits for it.
  @Example
  void aClosedCrewIsNoneAnyMore() {
    var crew = new Crew(3);
    var kernel = Counting.of(30, _ -> {});
    var team = new Team(kernel, crew);
    kernel.runs(team, 20);
    crew.close();
    var other = Counting.of(30, _ -> {});
    other.runs(new Team(other, crew), 20);
    assertEquals(0, other.helpers.get());
  }

  /// Whether others came within a while.
  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
