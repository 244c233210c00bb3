package ppl.bench;

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
import ppl.math.ArrayKernels;

/// Operations on square matrices and their derivatives, as compiled models call them; right-hand sides are as many as
/// rows. Run from the top of the project:
/// `java -jar benchmarks/jmh/target/benchmarks.jar Matrix -prof gc`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dppl.vectors=true"})
public class MatrixBenchmark {
  @Param({"20", "200", "500"})
  public int n;

  private double[] a;
  private double[] b;
  private double[] bar;
  private double[] r;
  private double[] l;
  private double[] x;
  private double[] u;
  private double[] z;
  private double[] c;
  private double[] d;
  private double[] work;
  private double[] turned;
  private final double[] y = new double[2];
  private final double[] ybar = {-0.5, -1};

  @Setup
  public void fill() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    b = random.doubles((long) n * n, -1, 1).toArray();
    bar = random.doubles((long) n * n, -1, 1).toArray();
    r = random.doubles(n, -1, 1).toArray();
    a = new double[n * n];
    l = new double[n * n];
    x = new double[n * n];
    u = new double[n * n];
    z = new double[n];
    c = new double[n * n];
    d = new double[n * n];
    work = new double[(n + 16) * n];
    turned = new double[(n + 16) * n];
    ArrayKernels.multiplyAdjointLeft(b, b, a, work, n, n, n);
    for (int i = 0; i < n; i++) a[i * n + i] += 1;
    ArrayKernels.cholesky(a, l, n);
    ArrayKernels.solveLower(l, b, x, n, n);
    ArrayKernels.spdForm(a, r, y, z, u, n);
  }

  @Benchmark
  public void multiply() {
    ArrayKernels.multiply(a, b, c, n, n, n);
  }

  @Benchmark
  public void multiplyAdjoint() {
    ArrayKernels.multiplyAdjointLeft(b, bar, c, work, n, n, n);
    ArrayKernels.multiplyAdjointRight(a, bar, d, n, n, n);
  }

  @Benchmark
  public void solveLower() {
    ArrayKernels.solveLower(l, b, c, n, n);
  }

  @Benchmark
  public void solveLowerAdjoint() {
    ArrayKernels.solveLowerAdjoint(l, x, bar, c, d, work, turned, n, n);
  }

  @Benchmark
  public void cholesky() {
    ArrayKernels.cholesky(a, c, n);
  }

  @Benchmark
  public void choleskyAdjoint() {
    ArrayKernels.choleskyAdjoint(l, bar, c, work, n);
  }

  @Benchmark
  public void normalForm() {
    ArrayKernels.spdForm(a, r, y, z, u, n);
  }

  @Benchmark
  public void normalFormAdjoint() {
    ArrayKernels.spdFormAdjoint(u, z, ybar, c, d, work, n);
  }
}
