package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.runtime.Quantity;
import ppl.runtime.Verdict;

/// Chains of independent draws whose modes are mirror images: `loading` has the sign of its chain, `sigma` does not, nor has
/// the generated `product`.
class MixingProperties {
  private static final int CHAINS = 4;
  private static final int LENGTH = 500;

  private static Quantity named(String name, int size, Quantity.Role role) {
    return new Quantity(name, List.of(size), List.of(Optional.empty()), role, false);
  }

  private static final List<Quantity> MIRRORED = List.of(named("loading", 2, Quantity.Role.UNKNOWN));
  private static final List<Quantity> ALL = List.of(named("loading", 2, Quantity.Role.UNKNOWN),
      named("sigma", 1, Quantity.Role.UNKNOWN), named("product", 1, Quantity.Role.GENERATED));

  /// @param apart how far modes are from 0, in standard deviations
  /// @param lower how much lower the mode of the last chain is, in standard deviations of the log density
  private record Made(Mixing mixing, List<Verdict> verdicts) {
    static Made of(List<Quantity> quantities, double apart, double lower, long seed) {
      var random = new Random(seed);
      int width = quantities.stream().mapToInt(Quantity::size).sum();
      var chains = new ArrayList<double[]>();
      var heights = new double[CHAINS][LENGTH];
      for (int c = 0; c < CHAINS; c++) {
        var chain = new double[LENGTH * width];
        for (int k = 0; k < LENGTH; k++) {
          double sign = c % 2 == 0 ? apart : -apart;
          var row = new double[] {sign + random.nextGaussian(), 2 * sign + random.nextGaussian(), random.nextGaussian(), 0};
          row[3] = row[0] * row[1];
          System.arraycopy(row, 0, chain, k * width, width);
          heights[c][k] = random.nextGaussian() - (c == CHAINS - 1 ? lower : 0);
        }
        chains.add(chain);
      }
      var verdicts = new ArrayList<Verdict>();
      try (var crew = new Crew(2)) {
        return new Made(Mixing.of(quantities, new Draws(width, chains), heights, new HashMap<>(), verdicts, crew), verdicts);
      }
    }

    Verdict.Level level() {
      return verdicts.stream().map(Verdict::level).max(Verdict.Level::compareTo).orElse(Verdict.Level.TRUSTWORTHY);
    }
  }

  @Property(tries = 20)
  void copiesAreToldFromWhatAllHave(@ForAll @DoubleRange(min = 1, max = 20) double apart, @ForAll long seed) {
    var made = Made.of(ALL, apart, 0, seed);
    assertEquals(Verdict.Level.DOUBTFUL, made.level(), made.verdicts::toString);
    assertEquals(1, made.verdicts.size(), made.verdicts::toString);
    var said = made.verdicts.getFirst();
    assertTrue(said.sentence().contains("agree about sigma, product, and do not about loading (R-hat"), said::toString);
    assertTrue(said.advice().startsWith("Use sigma, product. Of loading,"), said::toString);
    assertTrue(made.mixing.rhat() < 1.03, made.mixing::toString);
  }

  @Property(tries = 20)
  void modesOfOtherHeightsAreNoCopies(@ForAll @DoubleRange(min = 1, max = 20) double apart,
      @ForAll @DoubleRange(min = 3, max = 20) double lower, @ForAll long seed) {
    assertEquals(Verdict.Level.NOT_TO_BE_USED, Made.of(ALL, apart, lower, seed).level());
  }

  @Property(tries = 20)
  void whereAllIsMirroredNothingIsLeft(@ForAll @DoubleRange(min = 1, max = 20) double apart, @ForAll long seed) {
    var made = Made.of(MIRRORED, apart, 0, seed);
    assertEquals(Verdict.Level.NOT_TO_BE_USED, made.level());
    assertTrue(Stream.of("loading[1]", "loading[2]").anyMatch(made.verdicts.getFirst().sentence()::contains));
  }

  @Property(tries = 20)
  void oneModeIsInOrder(@ForAll long seed) {
    var made = Made.of(ALL, 0, 0, seed);
    assertEquals(List.of(), made.verdicts);
    assertTrue(!made.mixing.needsMore(CHAINS));
  }
}
