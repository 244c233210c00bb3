package ppl.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.TooLargeException;

/// The quick reader of tables against the careful one, on tables with everything that either has a rule for.
class PlainCsvProperties {
  private static final List<String> NUMBERS = List.of("1", "-2.5", "+3", "0", "1e3", "-1.5E-7", "NaN", "inf", " 7 ", "NA", "", "null",
      "Null", "1234567890123456789", "0.1234567890123456789", "00000000000000000000001", "-0", "1.", ".5", "1e400", "1e", "\"4\"",
      "2.2250738585072011e-308", "9007199254740993", "-17", "12.75");
  private static final List<String> WHOLES = List.of("1", "-2", "+3", "0", "NA", "", " 8", "2147483647", "-2147483647", "40000", "1e2");
  private static final List<String> LABELS = List.of("a", "b c", "\"d,e;f\"", "é", " g ", "NA", "\"NA\"", "", "\"\"", "1", "01", "null");
  /// What takes a table off the beaten path.
  private static final List<String> ODD = List.of("x", "\"h\"\"i\"", "\"j\nk\"", "a,b", "a;b", "\n", "3.5", "-2147483648", "-0", "2e9x");

  private record Table(String text, char separator) {}

  private static final Function<List<String>, Function<String, Field>> WANTS = _ -> name -> new Field(switch (name.charAt(0)) {
    case 'r' -> Want.NUMBERS;
    case 'w' -> Want.WHOLES;
    case 'l' -> Want.LABELS;
    default -> Want.NOTHING;
  }, Optional.of("all reals").filter(_ -> name.charAt(0) == 'r'));

  private static String any(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static Table table(Random random, int rows, double odd) {
    var kinds = IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> "rwlo".charAt(random.nextInt(4)) + "" + i).toList();
    char separator = ",;\t".charAt(random.nextInt(3));
    var end = random.nextBoolean() ? "\n" : "\r\n";
    var lines = new ArrayList<String>();
    lines.add(String.join("" + separator, kinds));
    for (int i = 0; i < rows; i++) {
      lines.add(kinds.stream().map(k -> random.nextDouble() < odd ? any(ODD, random) : any(switch (k.charAt(0)) {
        case 'r' -> NUMBERS;
        case 'w' -> WHOLES;
        default -> LABELS;
      }, random)).collect(Collectors.joining("" + separator)));
    }
    var mark = random.nextInt(4) == 0 ? "\uFEFF" : "";
    return new Table(mark + String.join(end, lines) + end.repeat(random.nextInt(3)), separator);
  }

  private static String shown(Raw.Rows rows) {
    var out = new StringBuilder(rows.count() + " " + rows.flaws());
    rows.columns().forEach((name, raw) -> {
      out.append('\n').append(name);
      if (!(raw instanceof Raw.Grid(var cells, var dims, var flaws))) return;
      out.append(dims).append(flaws).append(cells.words());
      for (int i = 0; i < cells.size(); i++) {
        out.append(' ').append(cells.isGap(i) ? "gap" : cells.isText(i) ? "text " + cells.text(i)
            : Long.toHexString(Double.doubleToLongBits(cells.number(i))));
      }
    });
    return out.toString();
  }

  private static boolean agrees(Table table, int piece) throws IOException {
    var file = Files.createTempFile("plain", ".csv");
    try {
      Files.writeString(file, table.text(), StandardCharsets.UTF_8);
      var plain = CsvData.plain(file, table.separator(), WANTS, piece);
      if (plain.isEmpty()) return false;
      assertEquals(shown(CsvData.careful(file, table.separator(), WANTS)), shown(plain.get()), table.text());
      return true;
    } catch (Unreadable e) {
      throw new AssertionError("the careful reader refuses, the quick one does not: " + table.text(), e);
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 300)
  void readsWhatTheOtherReads(@ForAll Random random, @ForAll @IntRange(max = 12) int rows, @ForAll @IntRange(min = 1, max = 200) int piece)
      throws IOException {
    agrees(table(random, rows, random.nextInt(3) == 0 ? 0.1 : 0), piece);
  }

  /// It must not give up where nothing is odd, or nobody would see that it does nothing.
  @Property(tries = 50)
  void readsTablesOfNumbers(@ForAll Random random, @ForAll @IntRange(min = 1, max = 3000) int rows,
      @ForAll @IntRange(min = 1, max = 5000) int piece) throws IOException {
    var text = random.ints(rows).mapToObj(i -> random.nextGaussian() + "," + i % 1000 + ",label " + i % 7).collect(Collectors.joining("\n"));
    assertTrue(agrees(new Table("r,w,l\n" + text + "\n", ','), piece));
  }

  @Property(tries = 20)
  void decimalsAreRoundedAsJavaRoundsThem(@ForAll Random random) {
    for (int i = 0; i < 5000; i++) {
      long digits = random.nextLong() >>> 1 + random.nextInt(62);
      int power = random.nextInt(-345, 312) / (1 + random.nextInt(12));
      double quick = Decimal.nearest(digits, power);
      if (!Double.isNaN(quick)) assertEquals(Double.parseDouble(digits + "e" + power), quick, digits + "e" + power);
    }
  }

  /// Decimals next to the middle between two doubles, where rounding errors show.
  @Property(tries = 20)
  void decimalsNearTiesAreRoundedAsJavaRoundsThem(@ForAll Random random) {
    int decided = 0;
    for (int i = 0; i < 2000; i++) {
      double x = Double.longBitsToDouble((random.nextLong(0x200, 0x600) << 52 | random.nextLong() >>> 12));
      var middle = new java.math.BigDecimal(x).add(new java.math.BigDecimal(Math.ulp(x) / 2)).round(new java.math.MathContext(18));
      long digits = middle.unscaledValue().longValueExact() + random.nextInt(-1, 2);
      double quick = Decimal.nearest(digits, -middle.scale());
      if (Double.isNaN(quick)) continue;
      decided++;
      assertEquals(Double.parseDouble(digits + "e" + -middle.scale()), quick, digits + "e" + -middle.scale());
    }
    assertTrue(decided > 1000, decided + " decided");
  }

  /// Lines that something else adds or removes after they were counted are not taken for rows.
  @Example
  void rowsAreAsManyAsWereCounted() {
    var bytes = "1\n2\n3\n".getBytes(StandardCharsets.UTF_8);
    for (int counted = 1; counted <= 5; counted++) {
      var columns = PlainColumn.of(new Field[] {Field.of(Want.NUMBERS)}, counted, 1);
      assertEquals(counted == 3, new PlainRows(bytes, ',', columns, 0, 0, counted).read(0, bytes.length));
    }
  }

  /// A matrix that no array can hold is refused before anything of it is read.
  @Example
  void matricesMayBeTooLarge() {
    var field = new Field(Want.NUMBERS, Optional.of("X"));
    var e = assertThrows(TooLargeException.class, () -> PlainColumn.of(new Field[] {field, field}, 1_200_000_000, 1));
    assertEquals("an array of 2400000000 numbers needs 19 GB, and one array holds 2147483639 at most: give a matrix as several of fewer columns",
        e.getMessage());
  }
}
