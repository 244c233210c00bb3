package ppl.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

class MissingCodesProperties {
  private static final double[] CODES = {-9999, -999, -99.9, -999.99, -99999, 9999, 99999, 9999.9, 1e20, -1e30, 9.96921e36};

  private static long doubts(double[] x) {
    return said(x).size();
  }

  private static List<Diagnostic> said(double[] x) {
    var schema = TestSchema.of("data N : int\ndata x : real[N]");
    var diagnostics = new Diagnostics();
    var given = JavaData.of(schema, Map.of("N", x.length, "x", x), diagnostics);
    assertTrue(Binder.bind(schema, given, diagnostics).isPresent());
    return diagnostics.all().stream().filter(d -> d.code().equals("W0702")).toList();
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

  /// Skew numbers, counts and numbers of few digits, as tables hold them.
  @Property
  void longTailsAreNotDoubted(@ForAll Random random, @ForAll @IntRange(min = 30, max = 300) int n, @ForAll @IntRange(min = 0, max = 2) int kind) {
    double scale = Math.exp(random.nextDouble() * 9);
    assertEquals(0, doubts(IntStream.range(0, n).mapToDouble(_ -> switch (kind) {
      case 0 -> Math.rint(-scale * Math.log(1 - random.nextDouble()));
      case 1 -> Math.rint(scale * Math.exp(random.nextGaussian()));
      default -> random.nextInt(n) * Math.rint(scale) - scale;
    }).toArray()));
  }

  /// Codes of all kinds, together in one column, are named each, with the range of the rest.
  @Property
  void allCodesOfAColumnAreNamed(@ForAll Random random, @ForAll @IntRange(min = 3, max = 40) int n, @ForAll @IntRange(min = 1, max = 5) int kinds) {
    var measured = Arrays.stream(measured(random, n)).map(Math::abs).toArray();
    var codes = new ArrayList<>(List.of(-999.0, -888.0, -777.0, -998.0, -9999.0, -32768.0, 32767.0, 999.9, -99.99));
    Collections.shuffle(codes, random);
    var x = Arrays.copyOf(measured, n + kinds);
    for (int k = 0; k < kinds; k++) x[n + k] = codes.get(k);
    var said = said(x);
    assertEquals(1, said.size());
    for (int k = 0; k < kinds; k++)
      assertTrue(said.getFirst().message().contains(Numbers.show(codes.get(k)) + " in x[" + (n + k + 1) + "]"), said::toString);
  }

  /// A positive number in sevens or eights may be a measurement; twice it is none.
  @Property
  void onePositiveEightIsNoCode(@ForAll Random random, @ForAll @IntRange(min = 3, max = 40) int n, @ForAll @IntRange(min = 1, max = 3) int times) {
    var x = Arrays.copyOf(measured(random, n), n + times);
    Arrays.fill(x, n, n + times, 888);
    assertEquals(times > 1 ? 1 : 0, doubts(x));
  }

  @Property
  void codesBesideOneNumberAreDoubted(@ForAll @IntRange(min = 3, max = 10) int n, @ForAll @IntRange(min = -8, max = 20) int value,
      @ForAll @IntRange(min = 0, max = 10) int code) {
    var x = new double[n + 1];
    Arrays.fill(x, value);
    x[n] = CODES[code];
    assertEquals(1, doubts(x));
    x[n] = value < 0 ? -9 : 99;
    assertEquals(0, doubts(x));
  }

  /// More numbers than a table has codes are what was measured, however large.
  @Property(tries = 20)
  void manyLargeNumbersAreMeasured(@ForAll Random random, @ForAll @IntRange(min = 6, max = 40) int n) {
    var x = Arrays.copyOf(random.doubles(n, 1e22, 1e25).toArray(), n + 3);
    assertEquals(0, doubts(x));
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
