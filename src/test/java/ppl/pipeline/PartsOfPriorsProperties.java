package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import ppl.infer.Exact;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.runtime.Verdict;
import ppl.stats.Summaries;

/// Numbers that are integrated out where their priors are mixtures, the parts of which no scan of the line would find.
class PartsOfPriorsProperties {
  private static final String MODEL = """
      data y : real
      t : real ~ mixture([%s, %s], Normal(%s, %s), Normal(%s, %s))
      m : real ~ Normal(0, 1)
      y ~ Normal(m + %s * t, 0.5)
      """;

  /// The parts stay normal when y is given: evidence, mean and standard deviation are those of a mixture of two.
  @Property(tries = 12)
  void narrowPartsAreFound(@ForAll @DoubleRange(min = 0.1, max = 0.9) double share, @ForAll @DoubleRange(min = -3, max = 6) double size,
      @ForAll @DoubleRange(min = -6, max = 0) double narrow, @ForAll @DoubleRange(min = -3, max = 3) double shift) throws NoStart {
    double[] weight = {share, 1 - share};
    double scale = Math.pow(10, size);
    double[] mean = {0, shift * scale};
    double[] sd = {scale, scale * Math.pow(10, narrow)};
    double slope = 0.5 / scale;
    double y = 1.2;
    var ready = Whole.ready(MODEL.formatted(weight[0], weight[1], mean[0], sd[0], mean[1], sd[1], slope), Map.of("y", "" + y));
    var posterior = new Exact().run(ready.program().bind(ready.data()), Map.of("draws", "10"), 1, Progress.SILENT);
    var part = new double[2];
    var centre = new double[2];
    var spread = new double[2];
    for (int k = 0; k < 2; k++) {
      double variance = 1.25 + slope * slope * sd[k] * sd[k];
      double miss = y - slope * mean[k];
      part[k] = weight[k] * Math.exp(-0.5 * miss * miss / variance) / Math.sqrt(2 * Math.PI * variance);
      centre[k] = mean[k] + slope * sd[k] * sd[k] / variance * miss;
      spread[k] = 1.25 * sd[k] * sd[k] / variance;
    }
    double evidence = part[0] + part[1];
    double expected = (part[0] * centre[0] + part[1] * centre[1]) / evidence;
    double square = 0;
    for (int k = 0; k < 2; k++) square += part[k] / evidence * (spread[k] + Math.pow(centre[k] - expected, 2));
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), posterior.verdicts().toString());
    assertEquals(Math.log(evidence), posterior.diagnostics().get("log_evidence"), 1e-6);
    var t = Summaries.of(posterior).getFirst();
    assertEquals(expected, t.mean(), 1e-5 * scale);
    assertEquals(Math.sqrt(square), t.sd(), 1e-5 * scale);
  }

  /// A part between bounds, in a positive number that also falls off slowly: jumps, whose places draws tell nearly.
  @Property(tries = 8)
  void aNarrowIntervalIsFound(@ForAll @DoubleRange(min = 0.5, max = 30) double from, @ForAll @DoubleRange(min = -4, max = -0.5) double narrow)
      throws NoStart {
    double to = from + Math.pow(10, narrow);
    var ready = Whole.ready("""
        data y : real
        t : positive ~ mixture([0.7, 0.3], HalfCauchy(5), Uniform(%s, %s))
        m : real ~ Normal(0, 1)
        y ~ Normal(m + 0 * t, 0.5)
        """.formatted(from, to), Map.of("y", "0.3"));
    var posterior = new Exact().run(ready.program().bind(ready.data()), Map.of("draws", "10"), 1, Progress.SILENT);
    double evidence = -0.5 * Math.log(2 * Math.PI * 1.25) - 0.5 * 0.09 / 1.25;
    assertEquals(evidence, posterior.diagnostics().get("log_evidence"), 1e-5);
  }

  /// Where nothing can be drawn nobody knows where parts lie.
  @Property(tries = 3)
  void whatCannotBeDrawnIsDoubtful(@ForAll @DoubleRange(min = -50, max = 50) double far) throws NoStart {
    var ready = Whole.ready("""
        dist Narrow(at : real) on real {
          logpdf(x) = logpdf(Normal(at, 0.001), x)
        }
        data y : real
        t : real ~ mixture([0.5, 0.5], Normal(0, 10), Narrow(%s))
        m : real ~ Normal(0, 1)
        y ~ Normal(m + 0 * t, 0.5)
        """.formatted(far), Map.of("y", "0.3"));
    var posterior = new Exact().run(ready.program().bind(ready.data()), Map.of("draws", "10"), 1, Progress.SILENT);
    assertEquals(Verdict.Level.DOUBTFUL, posterior.level(), posterior.verdicts().toString());
  }
}
