package ppl.bench;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import ppl.kernels.Maps;
import ppl.kernels.Specials;

/// Functions on tiles, in nanoseconds an element, over vectors and in plain Java. Run from the top of the project:
/// `java -jar benchmarks/jmh/target/benchmarks.jar Kernel`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dppl.vectors=true"})
public class KernelBenchmark {
  private static final int SIZE = 256;

  /// A kernel by its name.
  public enum Kernel {
    EXP(Maps::exp), LOG(Maps::log), LOG1P(Maps::log1p), EXPM1(Maps::expm1), TANH(Maps::tanh), SIGMOID(Maps::sigmoid),
    SOFTPLUS(Maps::softplus), ERF(Specials::erf), ERFC(Specials::erfc), PHI(Specials::phi), LOG_PHI(Specials::logPhi),
    LGAMMA(Specials::lgamma), DIGAMMA(Specials::digamma),
    POW((x, y, work, n) -> Specials.pow(x, x, y, work, n));

    private interface Map {
      void run(double[] x, double[] y, int n);
    }

    private interface Working {
      void run(double[] x, double[] y, double[] work, int n);
    }

    private final Working run;

    Kernel(Map f) {
      run = (x, y, work, n) -> f.run(x, y, n);
    }

    Kernel(Working f) {
      run = f;
    }
  }

  @Param
  public Kernel kernel;

  private final double[] x = new double[SIZE];
  private final double[] y = new double[SIZE];
  private final double[] work = new double[SIZE];

  @Setup
  public void draw() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    for (int i = 0; i < SIZE; i++) x[i] = random.nextDouble(0.05, 12);
  }

  @Benchmark
  @OperationsPerInvocation(SIZE)
  public double[] vectors() {
    kernel.run.run(x, y, work, SIZE);
    return y;
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = "-Dppl.vectors=false")
  @OperationsPerInvocation(SIZE)
  public double[] plain() {
    kernel.run.run(x, y, work, SIZE);
    return y;
  }
}
