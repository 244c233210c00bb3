package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.math.DenseMatrix;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// The judgement of normal approximations of normals, whose faults are known: means that are off by a known distance,
/// standard deviations that are too small by a known factor.
class SampleCheckProperties {
  /// Standard deviations are called too small from here on.
  private static final double TOO_SMALL = 1.2;
  private static final double SHIFTED = 0.25;
  private static final double SLACK = 0.06;

  /// What a judgement says.
  private record Said(Map<String, Double> numbers, List<Verdict> verdicts) {
    boolean mentions(String words) {
      return verdicts.stream().anyMatch(v -> v.sentence().contains(words));
    }
  }

  private record Equicorrelated(int d, double rho, Target target, Whitening whitening) {
    static Equicorrelated of(int d, double rho) {
      var covariance = new double[d * d];
      var precision = new double[d * d];
      double off = -rho / ((1 - rho) * (1 + (d - 1) * rho));
      for (int i = 0; i < d; i++)
        for (int j = 0; j < d; j++) {
          covariance[i * d + j] = i == j ? 1 : rho;
          precision[i * d + j] = (i == j ? 1 / (1 - rho) : 0) + off;
        }
      var factor = DenseMatrix.cholesky(covariance, d).orElseThrow();
      return new Equicorrelated(d, rho, Models.gaussian(new double[d], precision), new Whitening(d, true, factor, logs(factor)));
    }

    private static double logs(double[] factor) {
      int d = (int) Math.sqrt(factor.length);
      double log = 0;
      for (int i = 0; i < d; i++) log += Math.log(factor[i * d + i]);
      return log;
    }

    /// The standard deviation of a coordinate given the others: that of the closest independent coordinates.
    double conditional() {
      return Math.sqrt((1 - rho) * (1 + (d - 1) * rho) / (1 + (d - 2) * rho));
    }

    /// Independent coordinates that scale the conditional standard deviations by `scale`, moved by `shift`.
    Said judge(double scale, double shift, long seed) {
      var sd = new double[d];
      java.util.Arrays.fill(sd, scale * conditional());
      var mean = new double[d];
      mean[d - 1] = shift;
      var q = new Approximation(mean, sd, new double[0], d * Math.log(sd[0]));
      return judge(q, new Whitening(d, whitening.dense(), whitening.t(), whitening.logDeterminant()), seed);
    }

    private Said judge(Approximation q, Whitening spread, long seed) {
      var numbers = new LinkedHashMap<String, Double>();
      var verdicts = new ArrayList<Verdict>();
      var streams = Streams.of(seed, 3);
      try (var gang = new Gang(target, 1)) {
        var sample = q.sample(gang, streams[0], 1000);
        var draws = Pushed.draws(target, sample, streams[1], Progress.SILENT);
        new SampleCheck(gang, q, sample, draws, "advice", "remedy", numbers, verdicts)
            .judge(Optional.empty(), spread, 0, streams[2], Progress.SILENT);
      }
      return new Said(numbers, verdicts);
    }
  }

  /// The factor by which independent coordinates miss the standard deviations of correlated ones is measured by draws
  /// with the full covariance, and doubted from 1.2 on.
  @Property(tries = 60)
  void standardDeviationsAreJudgedByDrawsWithTheFullCovariance(@ForAll @IntRange(min = 2, max = 6) int d,
      @ForAll @DoubleRange(min = 0.3, max = 0.97) double rho, @ForAll long seed) {
    var normal = Equicorrelated.of(d, rho);
    double factor = 1 / normal.conditional();
    var said = normal.judge(1, 0, seed);
    assertEquals(factor, said.numbers.get("max_sd_ratio"), SLACK * factor);
    assertTrue(said.numbers.get("max_mean_shift") < SHIFTED);
    assertTrue(said.numbers.containsKey("khat_wide"));
    assertTrue(said.mentions("draws with the posterior's full covariance"), () -> said.verdicts.toString());
    if (Math.abs(factor / TOO_SMALL - 1) < SLACK) return;
    assertEquals(factor > TOO_SMALL, said.mentions("Standard deviations are too small"), () -> "a factor of " + factor);
    assertEquals(factor > TOO_SMALL ? Verdict.Level.DOUBTFUL : Verdict.Level.TRUSTWORTHY,
        said.verdicts.stream().map(Verdict::level).max(java.util.Comparator.naturalOrder()).orElseThrow());
  }

  /// The name of the element whose standard deviation is worst, with its factor.
  @Property(tries = 20)
  void theWorstElementIsNamed(@ForAll @IntRange(min = 2, max = 5) int d, @ForAll long seed) {
    var precision = DenseMatrix.identity(d);
    int worst = new Random(seed).nextInt(d);
    precision[worst * d + worst] = 1 / 9.0;
    var spread = DenseMatrix.identity(d);
    spread[worst * d + worst] = 3;
    var normal = new Equicorrelated(d, 0, Models.gaussian(new double[d], precision), new Whitening(d, true, spread, Math.log(3)));
    var said = normal.judge(1, 0, seed);
    assertTrue(said.mentions("that of x[" + (worst + 1) + "] by a factor of about "), () -> said.verdicts.toString());
    assertEquals(3, said.numbers.get("max_sd_ratio"), 0.3);
  }

  /// A mean that is off is moved back by the weights of draws with the full covariance.
  @Property(tries = 40)
  void meansAreJudgedByDrawsWithTheFullCovariance(@ForAll @DoubleRange(min = 0, max = 0.6) double shift, @ForAll long seed) {
    var said = Equicorrelated.of(2, 0.5).judge(1, shift, seed);
    Assume.that(said.mentions("draws with the posterior's full covariance"));
    assertEquals(shift, said.numbers.get("max_mean_shift"), 0.12);
    if (Math.abs(shift - SHIFTED) > 0.12)
      assertEquals(shift > SHIFTED, said.mentions("move the mean of"), () -> "a shift of " + shift + ": " + said.verdicts);
  }

  /// A full covariance is judged by its own draws: right, it is close; too small, that is said with the factor.
  @Property(tries = 30)
  void fullCovariancesAreJudgedByTheirOwnDraws(@ForAll @DoubleRange(min = 0.65, max = 1) double scale, @ForAll long seed) {
    var normal = Equicorrelated.of(3, 0.7);
    var factor = normal.whitening.t().clone();
    for (int i = 0; i < factor.length; i++) factor[i] *= scale;
    var sd = new double[] {scale, scale, scale};
    var q = new Approximation(new double[3], sd, factor, normal.whitening.logDeterminant() + 3 * Math.log(scale));
    var said = normal.judge(q, normal.whitening, seed);
    assertTrue(!said.numbers.containsKey("khat_wide"));
    assertTrue(!said.mentions("full covariance"));
    if (scale > 0.97) assertTrue(said.mentions("The approximation is close to the posterior"), () -> said.verdicts.toString());
    if (scale > 0.92) assertTrue(!said.mentions("Standard deviations are too small"), () -> said.verdicts.toString());
  }
}
