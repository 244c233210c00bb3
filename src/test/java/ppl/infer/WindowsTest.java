package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WindowsTest {
  private static List<Integer> ends(int total) {
    var w = Windows.of(total);
    return IntStream.range(0, total).filter(w::ends).map(i -> i + 1).boxed().toList();
  }

  @Example
  void theThousandOfStan() {
    assertEquals(List.of(100, 150, 250, 450, 950), ends(1000));
    assertEquals(List.of(25, 50, 100, 200, 500), ends(1000).stream().map(Windows.of(1000)::length).toList());
  }

  @Property
  void windowsFillTheMiddle(@ForAll @IntRange(min = 20, max = 3000) int total) {
    var w = Windows.of(total);
    var ends = ends(total);
    assertEquals(total - w.last(), ends.getLast());
    assertEquals(ends, w.ends());
    assertEquals(total - w.first() - w.last(), ends.stream().mapToInt(w::length).sum());
    for (int i = 1; i < ends.size(); i++) assertTrue(ends.get(i) > ends.get(i - 1));
    assertEquals(total - w.first() - w.last(), IntStream.range(0, total).filter(w::learns).count());
  }

  @Property
  void veryShortWarmupsLearnNoMetric(@ForAll @IntRange(min = 0, max = 19) int total) {
    assertEquals(List.of(), ends(total));
  }
}
