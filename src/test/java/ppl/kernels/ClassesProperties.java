package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Classes of rows are those that a map from what rows have finds.
class ClassesProperties {
  /// Among them values that are equal and have other bits, and values without an order.
  private static final double[] VALUES = {0, -0.0, 1, Math.nextUp(1.0), Double.NaN, Double.POSITIVE_INFINITY};

  private record Rows(double[] x, int width, int[] g, int n) {
    static Rows of(long seed, int n, int width, int values) {
      var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      var x = random.ints((long) n * width, 0, values).mapToDouble(k -> k < VALUES.length ? VALUES[k] : k).toArray();
      return new Rows(x, width, random.ints(n, 0, 1 + values / 2).toArray(), n);
    }

    /// What row `i` has from column `from` on.
    List<Long> row(int i, int from) {
      var row = new ArrayList<>(List.of((long) g[i]));
      for (int k = from; k < width; k++) row.add(Double.doubleToRawLongBits(x[i * width + k]));
      return row;
    }

    int refine(int[] classes, int looked, int from, int most) {
      var found = new int[1];
      Classes.refine(x, classes, found, n, looked, width, from, width - from, most);
      Classes.refine(g, classes, found, n, looked, most);
      return found[0];
    }
  }

  @Property(tries = 300)
  void rowsOfAClassAreThose(@ForAll long seed, @ForAll @IntRange(max = 300) int n, @ForAll @IntRange(min = 1, max = 4) int width,
      @ForAll @IntRange(min = 1, max = 40) int values, @ForAll boolean all) {
    var rows = Rows.of(seed, n, width, values);
    int from = all ? 0 : width - 1;
    var members = new LinkedHashMap<List<Long>, List<Integer>>();
    for (int i = 0; i < n; i++) members.computeIfAbsent(rows.row(i, from), _ -> new ArrayList<>()).add(i);
    var classes = new int[n];
    int found = rows.refine(classes, n, from, n);
    assertEquals(members.size(), found);
    var first = new int[found];
    var counts = new double[found];
    Classes.count(classes, first, counts, n);
    assertArrayEquals(members.values().stream().mapToInt(List::getFirst).toArray(), first);
    assertArrayEquals(members.values().stream().mapToDouble(List::size).toArray(), counts);
    for (int i = 0; i < n; i++) assertEquals(rows.row(first[classes[i]], from), rows.row(i, from));
  }

  /// Whoever wants few classes learns if there are more.
  @Property(tries = 200)
  void tooManyAreTold(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int n, @ForAll @IntRange(max = 20) int most) {
    var rows = Rows.of(seed, n, 2, 6);
    int distinct = rows.refine(new int[n], n, 0, n);
    int found = rows.refine(new int[n], n, 0, most);
    if (distinct <= most) assertEquals(distinct, found);
    else assertTrue(found > most);
  }

  /// Rows of a sample come from all over the array.
  @Property(tries = 100)
  void samplesAreOfAllRows(@ForAll @IntRange(min = 1, max = 5000) int n, @ForAll @IntRange(min = 1, max = 100) int percent) {
    int looked = Math.max(1, n * percent / 100);
    var x = new double[n];
    Arrays.setAll(x, i -> i);
    var found = new int[1];
    var classes = new int[looked];
    Classes.refine(x, classes, found, n, looked, 1, 0, 1, n);
    assertEquals(looked, found[0]);
    Arrays.setAll(x, i -> i < n / 2 ? 0 : 1);
    found[0] = 0;
    Classes.refine(x, classes, found, n, looked, 1, 0, 1, n);
    if (looked > 128) assertEquals(2, found[0]);
    assertEquals(found[0], new HashSet<>(Arrays.stream(classes).boxed().toList()).size());
  }
}
