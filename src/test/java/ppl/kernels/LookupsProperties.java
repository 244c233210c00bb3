package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Sorted places are worked on in runs, and give what they give one by one.
class LookupsProperties {
  @Property(tries = 300)
  void runsAreElements(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(min = 1, max = 40) int groups) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int first = random.nextInt(n);
    int count = random.nextInt(n - first + 1);
    var places = random.ints(n, 0, groups).sorted().toArray();
    var a = random.doubles(2L * groups + 1, -2, 2).toArray();
    var one = new double[n];
    var other = new double[n];
    Lookups.gather(a, places, one, 1, 2, first, count);
    var ends = new int[n];
    Lookups.ends(places, ends, n);
    Lookups.gatherSorted(a, places, ends, other, 1, 2, first, count);
    assertArrayEquals(one, other);
    var x = random.doubles(n, -2, 2).toArray();
    for (int i = 0; i < count; i++) one[i] += x[i];
    Lookups.addSorted(x, a, places, ends, other, 1, 2, first, count);
    assertArrayEquals(one, other);
    var b = a.clone();
    double[] factor = {random.nextDouble(-2, 2)};
    Lookups.scatter(x, places, factor, a, 1, 2, first, count);
    Lookups.scatterSorted(x, places, ends, factor, b, new double[Sums.WAYS], 1, 2, first, count);
    assertArrayEquals(a, b, 1e-12);
  }

  @Property(tries = 200)
  void sortingIsStable(@ForAll long seed, @ForAll @IntRange(max = 100) int n,
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int range) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var keys = random.ints(n, -(range / 2), range / 2 + 1).toArray();
    var order = IntStream.range(0, n).map(i -> n - 1 - i).toArray();
    var expected = Arrays.stream(order).boxed().sorted(Comparator.comparingInt(i -> keys[i])).mapToInt(i -> i).toArray();
    Lookups.sort(keys, order, n);
    assertArrayEquals(expected, order);
  }
}
