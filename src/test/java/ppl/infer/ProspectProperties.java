package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.Crew;
import ppl.stats.Quantiles;

/// What windows promise, by chains of which it is known.
class ProspectProperties {
  private static final int CHAINS = 4;
  private static final int D = 3;

  /// Autoregressive chains of `length` positions, and energies that are so as well.
  private static List<Recent> chains(int length, int apart, double memory, double energyMemory, RandomGenerator random) {
    return IntStream.range(0, CHAINS).mapToObj(_ -> {
      var recent = new Recent(D, length, apart);
      var q = new double[D];
      for (int j = 0; j < D; j++) q[j] = random.nextGaussian();
      double energy = random.nextGaussian();
      for (int i = 0; i < length; i++) {
        for (int j = 0; j < D; j++) q[j] = next(q[j], j == 1 ? memory : 0, random);
        energy = next(energy, energyMemory, random);
        recent.add(q, energy);
      }
      return recent;
    }).toList();
  }

  private static double next(double x, double memory, RandomGenerator random) {
    return memory * x + Math.sqrt(1 - memory * memory) * random.nextGaussian();
  }

  private static Prospect prospect(List<Recent> chains) {
    try (var crew = new Crew(1)) {
      return Prospect.of(D, chains, crew);
    }
  }

  private static NutsSettings settings(int draws) {
    return NutsSettings.of(Values.of(NutsSettings.KNOBS, Map.of("draws", "" + draws)));
  }

  /// A draw of an autoregressive chain is worth `(1 - memory) / (1 + memory)`, however far apart positions are kept.
  @Property(tries = 40)
  void slowCoordinatesAreSeen(@ForAll @DoubleRange(min = 0.5, max = 0.95) double memory, @ForAll @IntRange(min = 1, max = 3) int apart,
      @ForAll long seed) {
    var p = prospect(chains(4000, apart, memory, 0.5, new SplittableRandom(seed)));
    double worth = Math.min(1.0 / apart, (1 - memory) / (1 + memory));
    assertEquals(0, Math.log(p.worth() / worth), 0.7, p::toString);
    assertEquals(2 * (1 - 0.5), p.energyFraction(), 0.15);
  }

  /// A thousand draws of four chains are asked for the worth of 400, and for an energy fraction of 0.3.
  @Example
  void poorIsWhatMixesSlowlyForItsEnergy() {
    assertTrue(new Prospect(0.04, 0.25).isPoor(settings(1000)));
    assertFalse(new Prospect(0.06, 0.25).isPoor(settings(1000)));
    assertFalse(new Prospect(0.04, 0.35).isPoor(settings(1000)));
    assertFalse(new Prospect(0.04, 0.25).isPoor(settings(2000)));
    assertTrue(new Prospect(1, 0.1).isPoor(settings(1000)));
    assertFalse(new Prospect(Double.NaN, Double.NaN).isPoor(settings(1000)));
  }

  @Property(tries = 40)
  void energiesAreThoseOfTheirFormula(@ForAll @IntRange(min = 3, max = 50) int n, @ForAll long seed) {
    var random = new SplittableRandom(seed);
    var energies = random.doubles(n).toArray();
    var recent = new Recent(1, n, 2);
    double change = 0;
    for (int i = 0; i < n; i++) {
      recent.add(new double[] {i}, energies[i]);
      if (i > 0) change += (energies[i] - energies[i - 1]) * (energies[i] - energies[i - 1]);
    }
    assertEquals(change / (n - 1) / Quantiles.variance(energies), recent.energyFraction(), 1e-12);
    assertEquals(IntStream.range(0, n).filter(i -> i % 2 == 0).mapToObj(i -> (double) i).toList(),
        recent.each().stream().map(q -> q[0]).toList());
  }
}
