package ppl.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.Narrow;

/// Numbers held in few bytes come out as they went in.
class CellsProperties {
  private static double number(Random random, int kind) {
    return switch (kind) {
      case 0 -> random.nextInt(-128, 128);
      case 1 -> random.nextInt(-40_000, 40_000);
      case 2 -> random.nextInt();
      case 3 -> random.nextInt(5000) == 0 ? -0.0 : 1;
      case 4 -> random.nextInt(128 + 1);
      case 5 -> random.nextInt(-128 - 1, 0);
      case 6 -> random.nextInt(32_768 + 1);
      case 7 -> random.nextInt(-32_768 - 1, 0);
      default -> random.nextInt(5000) == 0 ? random.nextDouble() : 7;
    };
  }

  @Property(tries = 60)
  void numbersStayWhatTheyAre(@ForAll Random random, @ForAll @IntRange(max = 60_000) int size) {
    var growing = new Growing();
    var values = new double[size];
    int kind = 0;
    for (int i = 0; i < size; i++) {
      if (i % 20_000 == 0) kind = random.nextInt(9);
      growing.add(values[i] = number(random, kind));
    }
    assertEquals(size, growing.size());
    for (int i = 0; i < size; i++) assertEquals(values[i], growing.at(i));
    boolean whole = IntStream.range(0, size).allMatch(i -> Growing.isWhole(values[i]));
    var wholes = growing.wholes();
    assertEquals(whole, wholes.isPresent());
    wholes.ifPresent(w -> assertArrayEquals(IntStream.range(0, size).map(i -> (int) values[i]).toArray(), Narrow.wholes(w)));
    assertArrayEquals(values, growing.reals());
    for (int i = 0; i < size; i++) assertEquals(values[i], growing.at(i));
  }

  /// Columns of a matrix are side by side where they stand so already, and are brought there where they do not.
  @Property(tries = 100)
  void columnsBecomeRows(@ForAll Random random, @ForAll @IntRange(max = 50) int rows, @ForAll @IntRange(min = 1, max = 5) int width) {
    var all = random.doubles((long) rows * width).toArray();
    var order = IntStream.range(0, width).boxed().collect(Collectors.toCollection(ArrayList::new));
    if (random.nextBoolean()) Collections.shuffle(order, random);
    var columns = order.stream().map(k -> {
      var apart = IntStream.range(0, rows).mapToDouble(i -> all[i * width + k]).toArray();
      return random.nextInt(8) == 0 ? Growing.of(apart) : Growing.of(all, k, width);
    }).toList();
    var expected = IntStream.range(0, rows * width).mapToDouble(i -> all[i / width * width + order.get(i % width)]).toArray();
    var joined = Growing.rows(columns);
    for (int i = 0; i < expected.length; i++) assertEquals(expected[i], joined.at(i));
    assertArrayEquals(expected, joined.reals());
    for (int k = 0; k < width; k++) {
      var column = order.get(k);
      assertArrayEquals(IntStream.range(0, rows).mapToDouble(i -> all[i * width + column]).toArray(), columns.get(k).reals());
    }
  }

  @Property(tries = 20)
  void columnsOfAMatrixInTheirOrderAreNotCopied(@ForAll @IntRange(max = 50) int rows, @ForAll @IntRange(min = 1, max = 5) int width) {
    var all = new double[rows * width];
    assertSame(all, Growing.rows(IntStream.range(0, width).mapToObj(k -> Growing.of(all, k, width)).toList()).reals());
  }

  /// Room is made for as many as are expected; it does not matter whether so many come.
  @Property(tries = 100)
  void roomIsNoLimit(@ForAll Random random, @ForAll @IntRange(max = 100) int size, @ForAll @IntRange(max = 100) int expected) {
    var values = random.doubles(size).toArray();
    var growing = Growing.upTo(expected);
    for (double x : values) growing.add(x);
    assertEquals(size, growing.size());
    for (int i = 0; i < size; i++) assertEquals(values[i], growing.at(i));
    assertEquals(size == 0, growing.wholes().isPresent());
    assertArrayEquals(values, growing.reals());
  }
}
