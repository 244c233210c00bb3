package ppl.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.tile.Repeats;
import ppl.tile.Shape;
import ppl.tile.Sharing;
import ppl.tile.Zeros;

/// Loops in tiles compute what the interpreter computes, up to the rounding of sums in another order and of functions
/// that are computed otherwise.
class TilesProperties {
  /// Relative to the largest number of the result, since what cancels in one order may not in another.
  private static final double PRECISION = 1e-12;

  @Property(tries = 400)
  void tiledIsInterpreted(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 3) int blocks) {
    var p = Programs.of(seed);
    agree(p, p, new Shape(rows, blocks, 9, 1, Sharing.USUAL, Zeros.USUAL));
  }

  /// Matrices of data by their elements that are not 0, however many.
  @Property(tries = 200)
  void sparseIsInterpreted(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int rows) {
    var p = Programs.of(seed);
    agree(p, p, new Shape(rows, 2, 9, 1, Sharing.USUAL, new Zeros(0, 0)));
  }

  /// Matrices of data as whole numbers with units.
  @Property(tries = 200)
  void decimalsAreInterpreted(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int rows) {
    var p = Programs.of(seed).rounded();
    agree(p, p, new Shape(rows, 2, 9, 1, Sharing.USUAL, Zeros.USUAL));
  }

  /// Loops that run under a condition on data, where what they need is made ready under it only.
  @Property(tries = 200)
  void chosenByDataIsInterpreted(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int rows, @ForAll boolean holds) {
    var p = Programs.of(seed);
    agree(p, p.chosen(holds), new Shape(rows, 1, 9, 1, Sharing.USUAL, Zeros.USUAL));
  }

  /// Rows that are the same are gone over once, wherever that can be.
  @Property(tries = 400)
  void repeatsAreInterpreted(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 40) int size, @ForAll @IntRange(min = 2, max = 3) int most) {
    var p = Programs.of(seed).with(size);
    agree(p, p, new Shape(rows, 2, 9, 1, new Sharing(1, 0, most), Zeros.USUAL, new Repeats(1, 0, 1, 16)));
  }

  /// Whether a program compiled is the other interpreted.
  static void agree(Programs p, Programs compiled, Shape shape) {
    var kernel = compiled.bind(Emit.toClass(compiled.unit(), Split.MOST, shape));
    var q = p.program().start();
    var expected = new double[q.length];
    var actual = expected.clone();
    double density = p.interpretedDensity();
    agree(density, kernel.logDensity(q), Math.abs(density));
    agree(p.interpretedGradient(expected), kernel.gradient(q, actual), Math.abs(density));
    double scale = 0;
    for (double g : expected) scale = Math.max(scale, Math.abs(g));
    for (int i = 0; i < q.length; i++) agree(expected[i], actual[i], scale);
  }

  /// Elements of a maximum that tie, computed by kernels.
  @Example
  void aMaximumKeepsItsDerivative() {
    tiledIsInterpreted(79644, 1, 1);
  }

  static void agree(double expected, double actual, double scale) {
    if (expected == actual || Double.isNaN(expected) && Double.isNaN(actual)) return;
    assertEquals(expected, actual, PRECISION * Math.max(1, scale));
  }
}
