package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.math.DenseMatrix;
import ppl.math.Eigen;

class MetricAdaptationProperties {
  private static Metric.Dense exact(Gaussians g) {
    int d = g.mean().length;
    return Metric.Dense.of(d, DenseMatrix.cholesky(g.covariance(), d).orElseThrow());
  }

  private static Metric learn(Gaussians g, MetricShape shape, Metric frame, int draws, long seed) {
    int d = g.mean().length;
    var adaptation = new MetricAdaptation(shape, frame, d);
    var factor = exact(g).factor();
    var random = new Random(seed);
    var noise = new double[d];
    var q = new double[d];
    for (int t = 0; t < draws; t++) {
      for (int i = 0; i < d; i++) noise[i] = random.nextGaussian();
      DenseMatrix.multiply(factor, d, noise, q);
      for (int i = 0; i < d; i++) q[i] += g.mean()[i];
      adaptation.add(q);
    }
    return adaptation.finish();
  }

  private static Metric unit(int d) {
    var ones = new double[d];
    Arrays.fill(ones, 1);
    return new Metric.Diagonal(ones);
  }

  /// The root of the condition number of the posterior in the metric's coordinates.
  private static double left(Gaussians g, Metric metric) {
    int d = g.mean().length;
    var columns = DenseMatrix.transpose(exact(g).factor(), d);
    var rows = new double[d * d];
    for (int j = 0; j < d; j++) {
      var column = Arrays.copyOfRange(columns, j * d, (j + 1) * d);
      metric.whiten(column);
      System.arraycopy(column, 0, rows, j * d, d);
    }
    var values = new double[d];
    Eigen.symmetric(DenseMatrix.product(DenseMatrix.transpose(rows, d), rows, d), d, values, new double[d * d]);
    Arrays.sort(values);
    return Math.sqrt(values[d - 1] / values[0]);
  }

  @Property(tries = 30)
  void theGainIsTheRootOfTheConditionNumber(
      @ForAll @IntRange(min = 2, max = 12) int d, @ForAll @DoubleRange(min = 0, max = 4) double decades,
      @ForAll long seed) {
    var g = Gaussians.rotated(d, decades, seed);
    double truth = left(g, exact(g).diagonal());
    double gain = exact(g).gain();
    assertTrue(gain <= truth * (1 + 1e-6) && gain > 0.7 * truth, gain + " against " + truth);
  }

  @Property(tries = 30)
  void whiteningUndoesTheFactor(@ForAll @IntRange(min = 1, max = 8) int d, @ForAll long seed) {
    var g = Gaussians.rotated(d, 2, seed);
    assertEquals(1, left(g, exact(g)), 1e-6);
    var k = DenseMatrix.cholesky(Gaussians.rotated(d, 1, seed + 1).covariance(), d).orElseThrow();
    for (var frame : new Metric[] {exact(g), exact(g).diagonal()}) {
      var dense = frame.unwhitened(k);
      var columns = DenseMatrix.transpose(dense.factor(), d);
      for (int j = 0; j < d; j++) {
        var column = Arrays.copyOfRange(columns, j * d, (j + 1) * d);
        frame.whiten(column);
        for (int i = 0; i < d; i++) assertEquals(k[i * d + j], column[i], 1e-8);
      }
    }
  }

  @Property(tries = 10)
  void correlatedPosteriorsGetAMatrix(@ForAll @IntRange(min = 4, max = 30) int d, @ForAll long seed) {
    var g = Gaussians.rotated(d, 4, seed);
    var metric = learn(g, MetricShape.AUTO, unit(d), 20 * d, seed);
    assertInstanceOf(Metric.Dense.class, metric);
    assertTrue(left(g, metric) < 0.3 * left(g, exact(g).diagonal()));
  }

  @Property(tries = 10)
  void independentCoordinatesDoNot(@ForAll @IntRange(min = 2, max = 60) int d, @ForAll long seed) {
    var g = Gaussians.rotated(d, 0, seed);
    assertInstanceOf(Metric.Diagonal.class, learn(g, MetricShape.AUTO, unit(d), 100, seed));
    assertInstanceOf(Metric.Dense.class, learn(g, MetricShape.DENSE, unit(d), 100, seed));
  }

  /// Fewer draws than dimensions, which say nothing of most directions.
  @Property(tries = 10)
  void aShortWindowDoesNotSpoilAGoodMetric(@ForAll @IntRange(min = 20, max = 60) int d, @ForAll long seed) {
    var g = Gaussians.rotated(d, 6, seed);
    var metric = learn(g, MetricShape.AUTO, exact(g), 25, seed);
    assertTrue(left(g, metric) < 4, left(g, metric) + " is left");
  }

  @Example
  void tooFewDrawsTeachNothing() {
    var before = unit(3);
    assertEquals(before, learn(Gaussians.rotated(3, 1, 1), MetricShape.AUTO, before, 1, 1));
  }
}
