package ppl.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// How many values an array of JSON has is known before they are read.
class AheadProperties {
  private static final List<String> SCALARS = List.of("1", "-2.5e3", "null", "true", "NaN", "\"a\"", "\"],[\"", "\"\\\"],\"",
      "\"\\\\\"", "\"\"");

  private static String array(Random random, int depth, int extent) {
    return IntStream.range(0, extent).mapToObj(_ -> depth == 1 ? SCALARS.get(random.nextInt(SCALARS.size()))
        : array(random, depth - 1, extent)).collect(Collectors.joining(random.nextBoolean() ? "," : " ,\n", "[", "]"));
  }

  private interface Use {
    void of(Path file) throws IOException, Unreadable;
  }

  private static void file(String text, Use use) throws IOException, Unreadable {
    var file = Files.createTempFile("ahead", ".json");
    try {
      Files.writeString(file, text);
      use.of(file);
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 200)
  void countsTheValuesOfAnArray(@ForAll Random random, @ForAll @IntRange(min = 1, max = 3) int depth,
      @ForAll @IntRange(min = 1, max = 6) int extent) throws IOException, Unreadable {
    var before = random.nextBoolean() ? "{\"x, y\": " : "";
    var array = array(random, depth, extent);
    var values = OptionalLong.of(Math.round(Math.pow(extent, depth)));
    file(before + array + ", \"z\": [1, 2]}", f -> assertEquals(values, Ahead.values(f, before.length())));
    file(before + array.substring(0, array.length() - 1), f -> assertEquals(OptionalLong.empty(), Ahead.values(f, before.length())));
    file(before + "7" + array, f -> assertEquals(OptionalLong.empty(), Ahead.values(f, before.length())));
  }

  private static Cells read(Path file) throws IOException, Unreadable {
    return JsonData.read(file, _ -> Want.NUMBERS) instanceof Raw.Fields(var fields) && fields.get("x") instanceof Raw.Grid g
        ? g.cells() : new Cells();
  }

  /// Larger than what the reader looks ahead in, and than its windows.
  @Example
  void manyValuesAreReadIntoTheirPlace() throws IOException, Unreadable {
    var random = new Random(1);
    var x = random.doubles(150_000, -1, 1).toArray();
    var rows = IntStream.range(0, x.length / 3).mapToObj(i -> "[%s, %s,%s]".formatted(x[3 * i], x[3 * i + 1], x[3 * i + 2]))
        .collect(Collectors.joining(",\n"));
    for (var mark : List.of("", "\uFEFF"))
      file(mark + "{\"n\": \"é\", \"x\": [" + rows + "], \"y\": [1, 2]}", f -> assertArrayEquals(x, read(f).numbers()));
  }
}
