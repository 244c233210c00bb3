package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import ppl.runtime.Target;
import ppl.stats.Calibration;

/// NUTS is calibrated on three models written by hand, and the harness sees a wrong Jacobian.
class CalibrationTest {
  private static final int SIMULATIONS = 400;

  private static double[][] nuts(Target target, int count, long seed) throws NoStart {
    int thin = 4;
    var posterior = new Nuts().run(target, Map.of("chains", "1", "warmup", "200", "paths", "1", "threads", "1",
        "draws", Integer.toString(count * thin)), seed, Progress.SILENT);
    var out = new double[count][target.outputSize()];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < out[i].length; k++) out[i][k] = posterior.draws().get(0, i * thin, k);
    }
    return out;
  }

  private static double pValue(Calibration.Joint joint) throws Exception {
    return Calibration.run(joint, CalibrationTest::nuts, SIMULATIONS, 63, Streams.of(1, 1)[0]).pValue();
  }

  /// rate ~ Exponential(1), two waiting times ~ Exponential(rate); the Jacobian of q = log rate is q.
  private static Calibration.Joint exponential(double jacobian) {
    return new Calibration.Joint() {
      @Override
      public double[] prior(RandomGenerator random) {
        return new double[] {random.nextExponential()};
      }

      @Override
      public Target posterior(double[] truth, RandomGenerator random) {
        double sum = (random.nextExponential() + random.nextExponential()) / truth[0];
        return new Models.Plain(1, (q, g) -> {
          double rate = Math.exp(q[0]);
          g[0] = -rate * (1 + sum) + 2 + jacobian;
          return -rate * (1 + sum) + 2 * q[0] + jacobian * q[0];
        }, List.of(Models.scalar("rate")), (q, out) -> out[0] = Math.exp(q[0]), 2);
      }
    };
  }

  /// p ~ Uniform(0, 1), k of 6 successes; q = logit p, so the Jacobian is log p (1 - p).
  private static final Calibration.Joint BINOMIAL = new Calibration.Joint() {
    @Override
    public double[] prior(RandomGenerator random) {
      return new double[] {random.nextDouble()};
    }

    @Override
    public Target posterior(double[] truth, RandomGenerator random) {
      int k = (int) IntStream.range(0, 6).filter(i -> random.nextDouble() < truth[0]).count();
      return new Models.Plain(1, (q, g) -> {
        double p = 1 / (1 + Math.exp(-q[0]));
        g[0] = k + 1 - 8 * p;
        return (k + 1) * q[0] + 8 * Math.log1p(-p);
      }, List.of(Models.scalar("p")), (q, out) -> out[0] = 1 / (1 + Math.exp(-q[0])), 2);
    }
  };

  /// A line: a, b ~ Normal(0, 1), y ~ Normal(a + b x, 0.5) at x = 1, 2, 3.
  private static final Calibration.Joint LINE = new Calibration.Joint() {
    @Override
    public double[] prior(RandomGenerator random) {
      return new double[] {random.nextGaussian(), random.nextGaussian()};
    }

    @Override
    public Target posterior(double[] truth, RandomGenerator random) {
      var y = new double[3];
      for (int i = 0; i < 3; i++) y[i] = truth[0] + truth[1] * (i + 1) + 0.5 * random.nextGaussian();
      return Models.plain(2, (q, g) -> {
        double lp = -0.5 * (q[0] * q[0] + q[1] * q[1]);
        g[0] = -q[0];
        g[1] = -q[1];
        for (int i = 0; i < 3; i++) {
          double r = y[i] - q[0] - q[1] * (i + 1);
          lp -= 2 * r * r;
          g[0] += 4 * r;
          g[1] += 4 * r * (i + 1);
        }
        return lp;
      });
    }
  };

  @Test
  void nutsIsCalibrated() throws Exception {
    for (var joint : List.of(exponential(1), BINOMIAL, LINE)) assertTrue(pValue(joint) > 1e-4);
  }

  @Test
  void aForgottenJacobianIsSeen() throws Exception {
    assertTrue(pValue(exponential(0)) < 1e-6);
  }
}
