package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
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
        return new Made(Mixing.of(quantities, Draws.of(width, chains), heights, new HashMap<>(), verdicts, crew), verdicts);
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

  /// What is said of autoregressive chains of `quantities` independent numbers.
  ///
  /// @param apart how far every other chain is from those between, in standard deviations
  private static List<Verdict> said(int chains, int length, int quantities, double memory, double apart, Random random) {
    var all = new ArrayList<double[]>();
    for (int c = 0; c < chains; c++) {
      var chain = new double[length * quantities];
      for (int j = 0; j < quantities; j++) {
        double x = random.nextGaussian();
        for (int k = 0; k < length; k++) {
          x = memory * x + Math.sqrt(1 - memory * memory) * random.nextGaussian();
          chain[k * quantities + j] = x + (c % 2 == 1 ? apart : 0);
        }
      }
      all.add(chain);
    }
    var heights = new double[chains][length];
    for (var h : heights) for (int k = 0; k < length; k++) h[k] = random.nextGaussian();
    var verdicts = new ArrayList<Verdict>();
    try (var crew = new Crew(1)) {
      Mixing.of(List.of(named("x", quantities, Quantity.Role.UNKNOWN)), Draws.of(quantities, all), heights, new HashMap<>(), verdicts, crew);
    }
    return verdicts;
  }

  /// Of chains that agree hardly any run is doubted for its R-hat, however short they are.
  @Property(tries = 6)
  void chanceIsNoDisagreement(@ForAll @IntRange(min = 2, max = 4) int chains, @ForAll @IntRange(min = 1, max = 20) int quantities,
      @ForAll @DoubleRange(min = 0, max = 0.6) double memory, @ForAll long seed) {
    var random = new Random(seed);
    int runs = 200;
    int doubted = 0;
    for (int i = 0; i < runs; i++)
      if (said(chains, 600, quantities, memory, 0, random).stream().anyMatch(v -> v.sentence().contains("disagree"))) doubted++;
    assertTrue(doubted <= 0.05 * runs, doubted + " of " + runs);
  }

  /// Chains that are 0.3 standard deviations apart show in a thousand draws.
  @Property(tries = 30)
  void smallDifferencesAreDoubted(@ForAll @DoubleRange(min = 0.3, max = 1) double apart, @ForAll @IntRange(min = 1, max = 20) int quantities,
      @ForAll long seed) {
    assertTrue(!said(4, 1000, quantities, 0, apart, new Random(seed)).isEmpty());
  }

  /// What is called too much is less than what is called so.
  @Property(tries = 100)
  void disagreementNamesTheLimitThatWasPassed(@ForAll @DoubleRange(min = 0.05, max = 0.4) double apart,
      @ForAll @IntRange(min = 1, max = 20) int quantities, @ForAll @IntRange(min = 200, max = 1000) int length, @ForAll long seed) {
    for (var v : said(4, length, quantities, 0, apart, new Random(seed))) {
      var figures = Pattern.compile("R-hat of x\\[\\d+] is ([\\d.]+) \\(1 is perfect, (?:more than|and chance explains up to) ([\\d.]+)")
          .matcher(v.sentence());
      if (figures.find()) assertTrue(Double.parseDouble(figures.group(1)) >= Double.parseDouble(figures.group(2)), v::sentence);
      else assertTrue(!v.sentence().contains("R-hat"), v::sentence);
    }
  }

  /// An R-hat that other texts call too much does not stand alone beside a good verdict.
  @Property(tries = 200)
  void agreementExcusesWhatItShows(@ForAll @DoubleRange(min = 0.99, max = 1.03) double rhat) {
    var said = Mixing.agreement(rhat);
    var shown = Double.parseDouble(said.replaceFirst("^R-hat at most ([\\d.]+).*", "$1"));
    assertEquals(shown > 1.01, said.contains("above 1.01, by no more than chance explains"), said);
  }

  /// Chains that walk slowly through a funnel: what they are worth is not told as another numbering.
  @Property(tries = 20)
  void funnelsAreNoCopies(@ForAll @IntRange(min = 5, max = 50) int scaled, @ForAll long seed) {
    var random = new Random(seed);
    var chains = new ArrayList<double[]>();
    var heights = new double[CHAINS][LENGTH];
    for (int c = 0; c < CHAINS; c++) {
      var chain = new double[LENGTH * 2];
      double log = random.nextGaussian();
      for (int k = 0; k < LENGTH; k++) {
        log = 0.995 * log + Math.sqrt(1 - 0.995 * 0.995) * random.nextGaussian();
        chain[2 * k] = Math.exp(log);
        chain[2 * k + 1] = random.nextGaussian();
        heights[c][k] = -scaled * log - 0.5 * random.nextGaussian() * random.nextGaussian();
      }
      chains.add(chain);
    }
    var verdicts = new ArrayList<Verdict>();
    var quantities = List.of(named("tau", 1, Quantity.Role.UNKNOWN), named("mu", 1, Quantity.Role.UNKNOWN));
    try (var crew = new Crew(1)) {
      Mixing.of(quantities, Draws.of(2, chains), heights, new HashMap<>(), verdicts, crew);
    }
    assertTrue(verdicts.stream().noneMatch(v -> v.sentence().contains("numbering")), verdicts::toString);
    assertTrue(verdicts.stream().anyMatch(v -> v.sentence().startsWith("tau[1] mixes badly")), verdicts::toString);
  }
}
