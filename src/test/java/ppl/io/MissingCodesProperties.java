package ppl.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import ppl.source.Diagnostics;

class MissingCodesProperties {
  private static final double[] CODES = {-9999, -999, -99.9, -999.99, -99999, 9999, 99999, 9999.9, 1e20, -1e30, 9.96921e36};

  private static long doubts(double[] x) {
    var schema = TestSchema.of("data N : int\ndata x : real[N]");
    var diagnostics = new Diagnostics();
    var given = JavaData.of(schema, Map.of("N", x.length, "x", x), diagnostics);
    assertTrue(Binder.bind(schema, given, diagnostics).isPresent());
    return diagnostics.all().stream().filter(d -> d.code().equals("W0702")).count();
  }

  /// Normal numbers of a scale of up to 10, with their rest cut off now and then.
  private static double[] measured(Random random, int n) {
    double scale = Math.exp(random.nextDouble() * 6 - 4);
    return IntStream.range(0, n).mapToDouble(_ -> scale * random.nextGaussian())
        .map(v -> random.nextBoolean() ? v : Math.rint(v * 100) / 100).toArray();
  }

  @Property
  void whatIsMeasuredIsNotDoubted(@ForAll Random random, @ForAll @IntRange(min = 0, max = 40) int n) {
    assertEquals(0, doubts(measured(random, n)));
  }

  @Property
  void aCodeAmongMeasuredNumbersIsDoubted(@ForAll Random random, @ForAll @IntRange(min = 3, max = 40) int n,
      @ForAll @IntRange(min = 0, max = 10) int code, @ForAll @IntRange(min = 1, max = 5) int times) {
    var x = Arrays.copyOf(measured(random, n), n + times);
    if (Arrays.stream(x, 0, n).distinct().count() < 2) return;
    Arrays.fill(x, n, n + times, CODES[code]);
    assertEquals(1, doubts(x));
  }

  @Test
  void codesAreKnownByTheirDigits() {
    for (double code : CODES) assertTrue(MissingCodes.looksLikeOne(code), () -> "" + code);
    for (double v : new double[] {-9, -99, 999, 99.9}) assertTrue(MissingCodes.looksLikeOne(v), () -> "" + v);
    for (double v : new double[] {0, 9, 99, 9.99, -1, -998, 1000, 0.999, -0.9, 1e19, 989.9})
      assertFalse(MissingCodes.looksLikeOne(v), () -> "" + v);
  }
}
