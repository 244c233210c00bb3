package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import ppl.runtime.Parallel;

class GangTest {
  @Test
  void everyJobIsDoneOnceAndHeavyOnesAreShared() {
    Set<Gang.Worker> used = ConcurrentHashMap.newKeySet();
    var done = new int[40];
    try (var gang = new Gang(Models.eightSchools(), 3)) {
      gang.each(done.length, (w, i) -> {
        used.add(w);
        done[i]++;
        sleep();
      });
    }
    assertTrue(IntStream.of(done).allMatch(n -> n == 1));
    assertEquals(3, used.size());
  }

  private static void sleep() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void failuresComeOut() {
    try (var gang = new Gang(Models.eightSchools(), 2)) {
      assertThrows(RuntimeException.class, () -> gang.each(100, (w, i) -> {
        sleep();
        if (i > 50) throw new IllegalStateException("job " + i);
      }));
    }
  }

  @Test
  void mapKeepsOrder() {
    assertEquals(IntStream.range(0, 50).boxed().toList(), Parallel.map(4, 50, i -> i));
  }
}
