package ppl.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import ppl.math.NormalQuantile;

class ConvergenceProperties {
  /// Autoregressive chains with standard normal margins.
  private static double[][] chains(int count, int n, double phi, long seed) {
    var random = new Random(seed);
    var x = new double[count][n];
    for (var c : x) {
      double state = random.nextGaussian();
      for (int i = 0; i < n; i++) {
        c[i] = state;
        state = phi * state + Math.sqrt(1 - phi * phi) * random.nextGaussian();
      }
    }
    return x;
  }

  @Property(tries = 20)
  void effectiveSizeOfAnAutoregression(@ForAll @DoubleRange(min = -0.4, max = 0.9) double phi, @ForAll long seed) {
    var x = chains(4, 4000, phi, seed);
    double expected = 16000 * (1 - phi) / (1 + phi);
    assertEquals(1, Convergence.of(x).essBulk() / expected, 0.3);
    assertEquals(Math.sqrt(1 / expected), Convergence.of(x).mcseMean(), 0.25 * Math.sqrt(1 / expected));
    assertTrue(Convergence.of(x).rhat() < 1.03);
  }

  @Property(tries = 20)
  void autocorrelationsOfEveryLagAreTheirSums(@ForAll @DoubleRange(min = 0, max = 0.99) double phi, @ForAll long seed) {
    var x = chains(3, 500, phi, seed);
    var lags = new Autocorrelation(3, 500);
    lags.of(PlainSummary.pooled(x), new int[] {0, 500, 1000});
    var means = Arrays.stream(x).mapToDouble(Quantiles::mean).toArray();
    double within = Arrays.stream(x).mapToDouble(Quantiles::variance).average().orElseThrow();
    double total = within * 499 / 500 + Quantiles.variance(means);
    for (int lag = 0; lag < 500; lag++) {
      double s = 0;
      for (int c = 0; c < 3; c++)
        for (int i = 0; i + lag < 500; i++) s += (x[c][i] - means[c]) * (x[c][i + lag] - means[c]);
      assertEquals(1 - (within - s / 1500) / total, lags.at(lag), 1e-10);
    }
  }

  @Property(tries = 20)
  void ranksDoNotCareAboutScale(@ForAll @DoubleRange(min = 0, max = 0.9) double phi, @ForAll long seed) {
    var x = chains(3, 200, phi, seed);
    var y = PlainSummary.map(x, v -> Math.exp(3 * v));
    assertEquals(Convergence.of(x).essBulk(), Convergence.of(y).essBulk(), 1e-9 * Convergence.of(x).essBulk());
    assertEquals(Convergence.of(x).essTail(), Convergence.of(y).essTail(), 1e-9 * Convergence.of(x).essTail());
  }

  @Property(tries = 20)
  void aDisplacedChainShows(@ForAll long seed) {
    var x = chains(4, 500, 0.3, seed);
    for (int i = 0; i < 500; i++) x[2][i] += 2;
    assertTrue(Convergence.of(x).rhat() > 1.2);
    assertTrue(Convergence.of(x).essBulk() < 20);
  }

  @Property(tries = 20)
  void aWiderChainShowsInTheFoldedRanks(@ForAll long seed) {
    var x = chains(4, 500, 0, seed);
    for (int i = 0; i < 500; i++) x[2][i] *= 4;
    assertTrue(Convergence.of(x).rhat() > 1.05);
  }

  @Property(tries = 20)
  void aTrendWithinASingleChainShows(@ForAll long seed) {
    var x = chains(1, 500, 0, seed);
    for (int i = 0; i < 500; i++) x[0][i] += i / 100.0;
    assertTrue(Convergence.of(x).rhat() > 1.2);
  }

  @Example
  void smallCaseByHand() {
    // One chain, split in (1, 2) and (3, 4): too short for autocorrelations, R-hat from z-scores of ranks 1 to 4.
    double[][] x = {{1, 2, 3, 4}};
    double[] z = new double[4];
    for (int i = 0; i < 4; i++) z[i] = NormalQuantile.inv_Phi((i + 1 - 0.375) / 4.25);
    double within = (Math.pow(z[1] - z[0], 2) + Math.pow(z[3] - z[2], 2)) / 4;
    double between = Math.pow((z[2] + z[3] - z[0] - z[1]) / 2, 2) / 2;
    assertEquals(Math.sqrt(0.5 + between / within), Convergence.of(x).rhat(), 1e-12);
  }

  @Example
  void undefinedWhereItHasNoMeaning() {
    assertTrue(Double.isNaN(Convergence.of(new double[][] {{1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1}}).rhat()));
    assertTrue(Double.isNaN(Convergence.of(new double[][] {{1, 2, Double.NaN, 4, 5, 6}}).essBulk()));
    assertTrue(Double.isNaN(Convergence.of(new double[][] {{1, 2, 3}}).essTail()));
    assertTrue(Double.isNaN(Convergence.of(new double[0][]).rhat()));
  }
}
