package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import ppl.infer.Nuts;
import ppl.infer.Progress;
import ppl.runtime.Dataset;
import ppl.runtime.Quantity;
import ppl.runtime.Target;
import ppl.stats.Calibration;

/// NUTS on compiled models is calibrated, and a wrong Jacobian would be seen.
class CompiledCalibrationTest {
  /// A model with its prior and its simulator in Java.
  private record Story(Whole.Ready ready, String data, Function<RandomGenerator, double[]> prior,
      BiFunction<double[], RandomGenerator, Object> simulate) implements Calibration.Joint {
    @Override
    public double[] prior(RandomGenerator random) {
      return prior.apply(random);
    }

    @Override
    public Target posterior(double[] truth, RandomGenerator random) {
      Map<ppl.runtime.Schema.Slot, Dataset.Column> columns = new LinkedHashMap<>(ready.data().columns());
      columns.replaceAll((slot, c) ->
          slot.name().equals(data) ? new Dataset.Column(simulate.apply(truth, random), c.dims(), c.missing()) : c);
      var d = ready.data();
      return ready.program().bind(new Dataset(columns, d.levels(), d.sizes(), d.sources()));
    }
  }

  private static double exponential(RandomGenerator random, double rate) {
    return random.nextExponential() / rate;
  }

  private static final Story WAITING = new Story(Whole.ready(
      "data y : positive[2]\nrate : real ~ Exponential(1)\ny ~ Exponential(rate)\n", "{\"y\": [1, 1]}"), "y",
      random -> new double[] {random.nextExponential()},
      (truth, random) -> new double[] {exponential(random, truth[0]), exponential(random, truth[0])});

  private static final Story LINE = new Story(Whole.ready("""
      data x : real[4]
      data y : real[4]
      a : real ~ Normal(0, 1)
      b : real ~ Normal(0, 1)
      s : real ~ HalfNormal(1)
      y ~ Normal(a + b * x, s)
      """, "{\"x\": [-1, 0, 1, 2], \"y\": [0, 0, 0, 0]}"), "y",
      random -> new double[] {random.nextGaussian(), random.nextGaussian(), Math.abs(random.nextGaussian())},
      (truth, random) -> IntStream.range(0, 4)
          .mapToDouble(i -> truth[0] + truth[1] * (i - 1) + truth[2] * random.nextGaussian()).toArray());

  /// Shares of three categories, ordered locations and a bound that depends on another unknown.
  private static final Story SHARES = new Story(Whole.ready("""
      data k : int(1..3)[8]
      p : simplex[3] ~ Dirichlet([1, 1, 1])
      low : unit ~ Uniform(0, 1)
      high : real(low .. 1) ~ Uniform(low, 1)
      k ~ Categorical([p[1] * low, p[2] + p[1] * (1 - low) + p[3] * (1 - high), p[3] * high])
      """, "{\"k\": [1, 1, 1, 1, 1, 1, 1, 1]}"), "k",
      random -> {
        double e = random.nextExponential();
        double f = random.nextExponential();
        double g = random.nextExponential();
        double low = random.nextDouble();
        return new double[] {e / (e + f + g), f / (e + f + g), g / (e + f + g), low, low + (1 - low) * random.nextDouble()};
      },
      (t, random) -> IntStream.range(0, 8).map(i -> {
        double u = random.nextDouble();
        return u < t[0] * t[3] ? 1 : u < 1 - t[2] * t[4] ? 2 : 3;
      }).toArray());

  private static double[][] nuts(Target target, int count, long seed) throws Exception {
    int thin = 4;
    var posterior = new Nuts().run(target, Map.of("chains", "1", "warmup", "200", "paths", "1", "threads", "1",
        "draws", Integer.toString(count * thin)), seed, Progress.SILENT);
    var out = new double[count][target.outputSize()];
    for (int i = 0; i < count; i++) for (int k = 0; k < out[i].length; k++) out[i][k] = posterior.draws().get(0, i * thin, k);
    return out;
  }

  private static double pValue(Calibration.Joint joint) throws Exception {
    return Calibration.run(joint, CompiledCalibrationTest::nuts, 200, 63, new SplittableRandom(20)).pValue();
  }

  @Test
  void compiledModelsAreCalibrated() throws Exception {
    for (var story : List.of(WAITING, LINE, SHARES)) assertTrue(pValue(story) > 1e-4, story.data);
  }

  @Test
  void aWrongJacobianIsSeen() throws Exception {
    var wrong = new Calibration.Joint() {
      @Override
      public double[] prior(RandomGenerator random) {
        return WAITING.prior(random);
      }

      @Override
      public Target posterior(double[] truth, RandomGenerator random) {
        return new WithoutJacobian(WAITING.posterior(truth, random));
      }
    };
    assertTrue(pValue(wrong) < 1e-6);
  }

  /// The log Jacobian of `rate = exp(q)`, which is q, left out.
  private record WithoutJacobian(Target right) implements Target {
    public int dimension() {
      return 1;
    }

    public double logDensity(double[] q) {
      return right.logDensity(q) - q[0];
    }

    public double gradient(double[] q, double[] gradient) {
      double value = right.gradient(q, gradient) - q[0];
      gradient[0] -= 1;
      return value;
    }

    public List<Quantity> quantities() {
      return right.quantities();
    }

    public int outputSize() {
      return right.outputSize();
    }

    public void constrain(double[] q, RandomGenerator random, double[] out) {
      right.constrain(q, random, out);
    }

    public void start(RandomGenerator random, double[] q) {
      right.start(random, q);
    }

    public Target fork() {
      return new WithoutJacobian(right.fork());
    }
  }
}
