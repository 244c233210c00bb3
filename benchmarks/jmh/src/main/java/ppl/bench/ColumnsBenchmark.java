package ppl.bench;

import java.util.Arrays;
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
import ppl.kernels.Columns;
import ppl.kernels.Lookups;

/// What a regression does with its rows beside the link: the product of 10,000 rows with coefficients and of their
/// transpose with residuals, 128 rows at a time, and look-ups in 100 groups of sorted rows.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Dppl.vectors=true"})
public class ColumnsBenchmark {
  private static final int TILE = 2 * Columns.ROWS;
  private static final int ROWS = 80 * TILE;
  private static final int GROUPS = 100;

  @Param({"5", "25"})
  public int columns;

  private double[] blocks;
  private double[] b;
  private double[] sums;
  private final double[] out = new double[TILE];
  private final double[] groups = new double[GROUPS];
  private final double[] work = new double[8];
  private final int[] places = new int[ROWS];

  @Setup
  public void draw() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    blocks = random.doubles((long) ROWS * columns, -1, 1).toArray();
    b = random.doubles(columns, -1, 1).toArray();
    sums = new double[8 * columns];
    Arrays.setAll(places, _ -> random.nextInt(GROUPS));
    Arrays.sort(places);
  }

  @Benchmark
  public double[] products() {
    for (int first = 0; first < ROWS; first += TILE) {
      Columns.multiply(blocks, b, out, first, columns, Columns.ROWS, TILE);
      Columns.addTransposed(blocks, out, sums, first, columns, Columns.ROWS, TILE);
    }
    return sums;
  }

  @Benchmark
  public double[] lookups() {
    for (int first = 0; first < ROWS; first += TILE) {
      Lookups.gatherSorted(groups, places, out, 0, 1, first, TILE);
      Lookups.scatterSorted(out, places, groups, work, 0, 1, first, TILE);
    }
    return groups;
  }
}
