package ppl.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.ir.Unit;
import ppl.runtime.Crew;
import ppl.runtime.Divided;
import ppl.runtime.Kernel;
import ppl.runtime.KernelTarget;
import ppl.runtime.Team;
import ppl.tile.Shape;
import ppl.tile.Sharing;
import ppl.tile.Zeros;

/// Loops in parts compute what the interpreter computes, up to the rounding of sums in another order, and the same bits
/// whoever does the parts.
class PartsProperties {
  /// Relative to the largest number of the result, since what cancels in one order may not in another.
  private static final double PRECISION = 1e-12;

  @Property(tries = 300)
  void dividedIsInterpreted(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int rows,
      @ForAll @IntRange(min = 2, max = 4) int most, @ForAll @IntRange(min = 1, max = 5) int threads) {
    var p = Programs.of(seed);
    var kernel = p.bind(Emit.toClass(p.unit(), Split.MOST, new Shape(rows, 1, 9, 1, new Sharing(1, 0, most), Zeros.USUAL)));
    var q = p.program().start();
    var expected = new double[q.length];
    var alone = expected.clone();
    var helped = expected.clone();
    double density = p.interpretedDensity();
    agree(density, kernel.logDensity(q), Math.abs(density));
    agree(p.interpretedGradient(expected), kernel.gradient(q, alone), Math.abs(density));
    double scale = 0;
    for (double g : expected) scale = Math.max(scale, Math.abs(g));
    for (int i = 0; i < q.length; i++) agree(expected[i], alone[i], scale);
    try (var crew = new Crew(threads)) {
      var team = team(kernel.fork(), crew);
      for (int repeat = 0; repeat < 3; repeat++) {
        assertEquals(kernel.gradient(q, alone), team.gradient(q, helped));
        assertArrayEquals(alone, helped);
        assertEquals(kernel.logDensity(q), team.logDensity(q));
      }
    }
  }

  /// A class with routines whose loops are in parts as they stand.
  public interface Slope extends Kernel {
    double energy(double[] q);

    double slope(double[] q, double[] gradient);
  }

  @Property(tries = 300)
  void plainLoopsAreDividedToo(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int most, @ForAll @IntRange(min = 1, max = 5) int threads) {
    var p = Programs.of(seed);
    var routines = p.unit().routines();
    var unit = new Unit(p.unit().name(), p.unit().data(), p.unit().prepared(), p.unit().prepare(), List.of(
        new Unit.Routine("energy", routines.get(0).arguments(), false, routines.get(0).body()),
        new Unit.Routine("slope", routines.get(1).arguments(), false, routines.get(1).body())));
    var kernel = (Slope) p.bind(Emit.toClass(unit, Slope.class, Split.MOST, new Shape(1, 1, 9, 1, new Sharing(1, 0, most), Zeros.USUAL)));
    var q = p.program().start();
    var expected = new double[q.length];
    var alone = expected.clone();
    var helped = expected.clone();
    double density = p.interpretedDensity();
    agree(density, kernel.energy(q), Math.abs(density));
    agree(p.interpretedGradient(expected), kernel.slope(q, alone), Math.abs(density));
    double scale = 0;
    for (double g : expected) scale = Math.max(scale, Math.abs(g));
    for (int i = 0; i < q.length; i++) agree(expected[i], alone[i], scale);
    try (var crew = new Crew(threads)) {
      var team = (Slope) team(kernel.fork(), crew);
      for (int repeat = 0; repeat < 3; repeat++) {
        assertEquals(kernel.slope(q, alone), team.slope(q.clone(), helped));
        assertArrayEquals(alone, helped);
        assertEquals(kernel.energy(q), team.energy(q.clone()));
      }
    }
  }

  /// Several positions in one pass have the bits that they have one by one, also where there is no density or no number.
  @Property(tries = 200)
  void positionsInOnePassAreThoseOneByOne(@ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int parts,
      @ForAll @IntRange(min = 1, max = 5) int threads, @ForAll @IntRange(min = 2, max = 5) int most,
      @ForAll @IntRange(min = 2, max = 9) int count) {
    var p = Programs.of(seed);
    var kernel = p.bind(Emit.toClass(p.unit(), Split.MOST, new Shape(1, 1, 9, 1, new Sharing(1, 0, parts), Zeros.USUAL)));
    var q = positions(p.program().start(), count, new Random(seed));
    int d = q[0].length;
    var alone = new KernelTarget(kernel, d, List.of(), List.of());
    var slopes = new double[count][d];
    var values = new double[count];
    var slope = new double[d];
    try (var crew = new Crew(threads)) {
      for (var target : List.of(alone.inPassesOf(most), alone.helpedBy(crew).inPassesOf(most).fork()))
        for (int repeat = 0; repeat < 3; repeat++) {
          target.gradients(count, q, slopes, values);
          for (int k = 0; k < count; k++) {
            assertEquals(alone.gradient(q[k], slope), values[k]);
            assertArrayEquals(slope, slopes[k]);
          }
          target.logDensities(count, q, values);
          for (int k = 0; k < count; k++) assertEquals(alone.logDensity(q[k]), values[k]);
        }
    }
  }

  private static double[][] positions(double[] start, int count, Random random) {
    var q = new double[count][];
    for (int k = 0; k < count; k++) {
      q[k] = start.clone();
      for (int i = 0; i < start.length; i++) q[k][i] += 0.3 * k * random.nextGaussian();
      if (random.nextInt(4) == 0)
        q[k][random.nextInt(start.length)] = List.of(Double.NaN, Double.NEGATIVE_INFINITY, 1e300, -1e3).get(random.nextInt(4));
    }
    return q;
  }

  private static Kernel team(Kernel kernel, Crew crew) {
    if (kernel instanceof Divided d) d.hands(new Team(d, crew));
    return kernel;
  }

  private static void agree(double expected, double actual, double scale) {
    if (expected == actual || Double.isNaN(expected) && Double.isNaN(actual)) return;
    assertEquals(expected, actual, PRECISION * Math.max(1, scale));
  }
}
