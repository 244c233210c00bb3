package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.Verdict;

/// Importance sampling from heavy tails about every mode that was found.
class WeightedProperties {
  /// Two peaks that are each other's mirror images: the answer has both.
  @Property(tries = 20)
  void modesThatMirrorEachOtherAreBothInTheAnswer(@ForAll @IntRange(min = 1, max = 6) int d,
      @ForAll @DoubleRange(min = 5, max = 20) double apart, @ForAll long seed) throws NoStart {
    var random = new Random(seed);
    var axis = new double[d];
    double size = 0;
    for (int i = 0; i < d; i++) size += Math.pow(axis[i] = random.nextGaussian(), 2);
    for (int i = 0; i < d; i++) axis[i] *= apart / Math.sqrt(size);
    var target = Models.plain(d, (q, g) -> {
      double t = 0;
      double square = apart * apart;
      for (int i = 0; i < d; i++) {
        t += axis[i] * q[i];
        square += q[i] * q[i];
      }
      // log of exp(t) + exp(-t)
      double lp = Math.abs(t) + Math.log1p(Math.exp(-2 * Math.abs(t))) - 0.5 * square;
      for (int i = 0; i < d; i++) g[i] = -q[i] + axis[i] * Math.tanh(t);
      return lp;
    });
    var posterior = new Advi().run(target, Map.of("family", "fullrank", "correct", "yes"), seed, Progress.SILENT);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), () -> posterior.verdicts().toString());
    assertEquals(Math.log(2) + 0.5 * d * Math.log(2 * Math.PI), posterior.diagnostics().get("log_evidence"), 0.2);
    int above = 0;
    for (int k = 0; k < posterior.draws().total(); k++) {
      double t = 0;
      for (int i = 0; i < d; i++) t += axis[i] * posterior.draws().chains().getFirst().all()[k * d + i];
      if (t > 0) above++;
    }
    assertEquals(0.5, (double) above / posterior.draws().total(), 0.12);
  }

  /// More modes than there are starts to begin with.
  @Example
  void manyModesAreAllMet() throws NoStart {
    int modes = 6;
    double sd = 0.03;
    var target = Models.plain(1, (q, g) -> {
      var z = new double[modes];
      for (int k = 0; k < modes; k++) z[k] = (q[0] + 1.75 - 0.7 * k) / sd;
      int best = 0;
      for (int k = 0; k < modes; k++) if (Math.abs(z[k]) < Math.abs(z[best])) best = k;
      double top = -0.5 * z[best] * z[best];
      double sum = 0;
      g[0] = 0;
      for (int k = 0; k < modes; k++) {
        double p = Math.exp(-0.5 * z[k] * z[k] - top);
        sum += p;
        g[0] -= p * z[k] / sd;
      }
      g[0] /= sum;
      return top + Math.log(sum);
    });
    for (long seed = 1; seed <= 4; seed++) {
      var posterior = new Advi().run(target, Map.of("family", "fullrank", "correct", "yes"), seed, Progress.SILENT);
      assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), posterior.verdicts().toString());
      assertEquals(modes, posterior.diagnostics().get("modes"));
      assertEquals(Math.log(modes * sd * Math.sqrt(2 * Math.PI)), posterior.diagnostics().get("log_evidence"), 0.1);
    }
  }

  /// A slope with a Student t prior where outcomes are separated: the posterior is its prior's tail on one side.
  @Property(tries = 15)
  void tailsThatAFitHardlyReachesAreInTheAnswer(@ForAll long seed, @ForAll @IntRange(min = 2, max = 10) int rows) throws NoStart {
    var random = new Random(seed);
    var x = random.doubles(rows, 0.2, 3).toArray();
    Models.Density density = (q, g) -> {
      double lp = -2 * Math.log1p(q[0] * q[0] / 300);
      g[0] = -4 * q[0] / (300 + q[0] * q[0]);
      for (double v : x) {
        lp -= Math.log1p(Math.exp(-v * q[0]));
        g[0] += v / (1 + Math.exp(v * q[0]));
      }
      return lp;
    };
    double[] beyond = new double[200_000];
    double step = 0.02;
    double sum = 0;
    for (int i = beyond.length - 1; i >= 0; i--) {
      double b = -50 + step * i;
      double lp = -2 * Math.log1p(b * b / 300);
      for (double v : x) lp -= b > 0 ? Math.log1p(Math.exp(-v * b)) : Math.log1p(Math.exp(v * b)) - v * b;
      beyond[i] = sum += Math.exp(lp);
    }
    int i = 0;
    while (beyond[i] > 0.05 * sum) i++;
    double high = -50 + step * i;
    var posterior = new Advi().run(Models.plain(1, density), Map.of("family", "fullrank", "correct", "yes", "draws", "4000"), seed, Progress.SILENT);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), () -> posterior.verdicts().toString());
    double above = Arrays.stream(posterior.draws().chains().getFirst().all()).filter(b -> b > high).count() / 4000.0;
    assertEquals(0.05, above, 0.022, () -> posterior.verdicts().toString());
  }
}
