package ppl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PortionsProperties {
  @Property(tries = 100)
  void everyElementIsMetOnce(@ForAll @IntRange(min = 1, max = 5) int threads, @ForAll @IntRange(max = 3000) int elements,
      @ForAll @IntRange(max = 2_000_000) int nanos) {
    var met = new AtomicIntegerArray(elements);
    var owner = new AtomicIntegerArray(elements + 1);
    var portions = Portions.of(elements, nanos, (portion, from, to) -> {
      for (int i = from; i < to; i++) met.incrementAndGet(i);
      owner.incrementAndGet(portion);
    });
    assertTrue(portions.count() >= 1 && portions.count() <= Math.max(1, elements));
    try (var crew = new Crew(threads)) {
      portions.helpedBy(crew);
      for (int again = 1; again <= 3; again++) {
        portions.run();
        for (int i = 0; i < elements; i++) assertEquals(again, met.get(i));
        for (int p = 0; p < portions.count(); p++) assertEquals(again, owner.get(p));
      }
    }
  }
}
