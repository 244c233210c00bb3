package ppl.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GroupingProperties {
  @Property(tries = 200)
  void equalRowsStandTogetherInOrder(
      @ForAll long seed, @ForAll @IntRange(max = 40) int rows, @ForAll @IntRange(min = 1, max = 3) int columns) {
    var r = new Random(seed);
    var values = IntStream.generate(() -> r.nextBoolean() ? r.nextInt(-3, 4) : r.nextInt()).limit(3).toArray();
    var keys = IntStream.generate(() -> values[r.nextInt(3)]).limit((long) rows * columns).toArray();
    for (int i = 0; i < rows; i++) if (r.nextInt(5) == 0) keys[i * columns] = Grouping.LEFT_OUT;
    var expected = new TreeMap<List<Integer>, List<Integer>>((a, b) ->
        Arrays.compare(a.stream().mapToInt(x -> x).toArray(), b.stream().mapToInt(x -> x).toArray()));
    for (int i = 0; i < rows; i++) {
      var key = Arrays.stream(keys, i * columns, (i + 1) * columns).boxed().toList();
      if (key.getFirst() != Grouping.LEFT_OUT) expected.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
    }
    var order = new int[rows];
    var start = new int[rows + 1];
    var count = new int[1];
    Grouping.group(keys, order, start, count, rows, columns);
    assertEquals(expected.size(), count[0]);
    int u = 0;
    for (var group : expected.values()) {
      assertArrayEquals(group.stream().mapToInt(x -> x).toArray(), Arrays.copyOfRange(order, start[u], start[u + 1]));
      u++;
    }
    var some = new int[1 + r.nextInt(rows + 1)];
    Grouping.group(keys, order, some, count, rows, columns);
    assertEquals(expected.size(), count[0]);
    assertArrayEquals(Arrays.copyOf(start, Math.min(u + 1, some.length)), Arrays.copyOf(some, Math.min(u + 1, some.length)));
  }

  /// Numbers of one or two bytes are grouped as those of four.
  @Property(tries = 200)
  void widthsDoNotMatter(@ForAll @IntRange(max = 60) int rows, @ForAll @IntRange(min = 1, max = 3) int columns, @ForAll long seed) {
    int[] keys = new Random(seed).ints((long) rows * columns, -100, 100).toArray();
    var bytes = new byte[keys.length];
    var shorts = new short[keys.length];
    for (int i = 0; i < keys.length; i++) shorts[i] = bytes[i] = (byte) keys[i];
    var expected = grouped(keys, rows, columns);
    assertArrayEquals(expected, grouped(bytes, rows, columns));
    assertArrayEquals(expected, grouped(shorts, rows, columns));
  }

  private static int[] grouped(Object keys, int rows, int columns) {
    var order = new int[rows];
    Grouping.group(keys, order, new int[rows + 1], new int[1], rows, columns);
    return order;
  }
}
