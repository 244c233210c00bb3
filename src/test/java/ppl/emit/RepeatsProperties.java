package ppl.emit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.ir.Unit;
import ppl.runtime.Crew;
import ppl.runtime.Divided;
import ppl.runtime.Team;
import ppl.tile.Repeats;
import ppl.tile.Shape;
import ppl.tile.Sharing;
import ppl.tile.Zeros;

/// Rows that are the same, gone over once with how many there are, add up to what the interpreter computes of all.
class RepeatsProperties {
  /// However few rows become.
  private static final Repeats ALWAYS = new Repeats(1, 0, 1, 16);
  private static final Repeats[] RULES = {ALWAYS, new Repeats(2, 3, 4, 15), new Repeats(3, 100, 1, 8)};

  @Property(tries = 200)
  void repeatedIsInterpreted(@ForAll long seed, @ForAll @IntRange(max = 60) int size, @ForAll @IntRange(min = 1, max = 60) int distinct,
      @ForAll @IntRange(min = 1, max = 4) int rows, @ForAll @IntRange(max = 2) int rule, @ForAll boolean sparse,
      @ForAll boolean decimal) {
    var given = RepeatedRows.of(seed, size, distinct);
    var p = decimal ? given.rounded() : given;
    TilesProperties.agree(p, p, new Shape(rows, 2, 9, 1, Sharing.USUAL, sparse ? new Zeros(0, 0) : Zeros.USUAL, RULES[rule]));
  }

  /// Rows in which a loop does nothing are left out, whether others repeat or not.
  @Property(tries = 300)
  void someRowsAreInterpreted(@ForAll long seed, @ForAll @IntRange(max = 60) int size, @ForAll @IntRange(min = 1, max = 60) int distinct,
      @ForAll @IntRange(min = 1, max = 4) int rows, @ForAll @IntRange(max = 3) int rule, @ForAll @IntRange(min = 1, max = 5) int least) {
    var p = RepeatedRows.chosen(seed, size, distinct);
    var repeats = rule < RULES.length ? RULES[rule] : Repeats.NEVER;
    TilesProperties.agree(p, p, new Shape(rows, 2, 9, least, new Sharing(1, 0, 3), Zeros.USUAL, repeats));
  }

  /// And under a condition on data.
  @Property(tries = 40)
  void chosenByDataIsInterpreted(@ForAll long seed, @ForAll @IntRange(max = 20) int size,
      @ForAll @IntRange(min = 1, max = 9) int distinct, @ForAll boolean holds) {
    var p = RepeatedRows.of(seed, size, distinct);
    TilesProperties.agree(p, p.chosen(holds), new Shape(2, 2, 9, 1, Sharing.USUAL, Zeros.USUAL, ALWAYS));
  }

  /// The same bits whoever does the parts.
  @Property(tries = 80)
  void threadsChangeNothing(@ForAll long seed, @ForAll @IntRange(max = 60) int size, @ForAll @IntRange(min = 1, max = 40) int distinct,
      @ForAll @IntRange(min = 1, max = 5) int threads) {
    var p = RepeatedRows.of(seed, size, distinct);
    var shape = new Shape(1, 1, 9, 1, new Sharing(1, 0, 4), Zeros.USUAL, ALWAYS);
    TilesProperties.agree(p, p, shape);
    var kernel = p.bind(Emit.toClass(p.unit(), Split.MOST, shape));
    var q = p.program().start();
    var alone = new double[q.length];
    var helped = new double[q.length];
    double density = kernel.gradient(q, alone);
    try (var crew = new Crew(threads)) {
      var team = kernel.fork();
      if (team instanceof Divided d) d.hands(new Team(d, crew));
      for (int repeat = 0; repeat < 3; repeat++) {
        assertEquals(density, team.gradient(q, helped));
        assertArrayEquals(alone, helped);
      }
    }
  }

  /// Loops of routines without tiles, too.
  @Property(tries = 80)
  void plainLoopsToo(@ForAll long seed, @ForAll @IntRange(max = 60) int size, @ForAll @IntRange(min = 1, max = 40) int distinct,
      @ForAll @IntRange(min = 1, max = 4) int most) {
    var p = RepeatedRows.of(seed, size, distinct);
    var routines = p.unit().routines();
    var unit = new Unit(p.unit().name(), p.unit().data(), List.of(), p.unit().prepare(), List.of(
        new Unit.Routine("energy", routines.get(0).arguments(), false, routines.get(0).body()),
        new Unit.Routine("slope", routines.get(1).arguments(), false, routines.get(1).body())));
    var shape = new Shape(1, 1, 9, 1, new Sharing(1, 0, most), Zeros.USUAL, ALWAYS);
    var kernel = (PartsProperties.Slope) p.bind(Emit.toClass(unit, PartsProperties.Slope.class, Split.MOST, shape));
    var q = p.program().start();
    var expected = new double[q.length];
    var actual = new double[q.length];
    double density = p.interpretedDensity();
    TilesProperties.agree(density, kernel.energy(q), Math.abs(density));
    TilesProperties.agree(p.interpretedGradient(expected), kernel.slope(q, actual), Math.abs(density));
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < q.length; i++) TilesProperties.agree(expected[i], actual[i], scale);
  }
}
