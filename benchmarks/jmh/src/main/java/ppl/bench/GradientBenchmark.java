package ppl.bench;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import ppl.Models;
import ppl.runtime.Target;

/// Log density and gradient of the models of `models/`. Run from the top of the project:
/// `java -jar benchmarks/jmh/target/benchmarks.jar Gradient -prof gc`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GradientBenchmark {
  @Param({"eight_schools", "logistic", "varying_slopes", "mixture_four", "gp", "poisson", "hmm", "conjugate_regression"})
  public String model;

  private Target target;
  private double[] q;
  private double[] gradient;

  @Setup
  public void bind() {
    target = Models.load(Path.of("models", model)).bind();
    q = new double[target.dimension()];
    gradient = new double[q.length];
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    for (int i = 0; i < q.length; i++) q[i] = 0.1 * random.nextGaussian();
  }

  @Benchmark
  public double gradient() {
    return target.gradient(q, gradient);
  }

  @Benchmark
  public double logDensity() {
    return target.logDensity(q);
  }
}
