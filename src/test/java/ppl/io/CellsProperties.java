package ppl.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

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
    wholes.ifPresent(w -> assertArrayEquals(IntStream.range(0, size).map(i -> (int) values[i]).toArray(), w));
    assertArrayEquals(values, growing.reals());
    for (int i = 0; i < size; i++) assertEquals(values[i], growing.at(i));
  }
}
