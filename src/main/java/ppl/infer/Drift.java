package ppl.infer;

import java.util.random.RandomGenerator;
import ppl.math.DenseMatrix;
import ppl.runtime.Quantity;
import ppl.runtime.Target;

/// Checks an approximation by Markov chains that start in it: if its means are right, the chains' means stay. Bias of
/// a mean shows within a few transitions, long before the chains could replace the approximation.
///
/// @param worst largest significant drift of a reported quantity's mean, in standard deviations; 0 if there is none
/// @param element which
/// @param wider largest ratio of a quantity's standard deviation along the chains to that of the approximation
/// @param widerElement which
/// @param divergent share of divergent transitions
record Drift(double worst, String element, double wider, String widerElement, double divergent) {
  private static final int CHAINS = 32;
  private static final int TRANSITIONS = 12;
  private static final int SKIPPED = 4;
  private static final int MAX_DEPTH = 6;
  private static final double SIGNIFICANT = 4;

  /// Runs chains from the first draws of `sample`, with the metric of `whitening`.
  static Drift of(Target target, Approximation.Sample sample, Whitening whitening, RandomGenerator random,
      Progress progress) {
    return new Check(target, sample, random).run(whitening, progress);
  }

  private static final class Check {
    private final Target target;
    private final Approximation.Sample sample;
    private final RandomGenerator random;
    private final int chains;
    private final int width;
    private final double[][] start;
    private final double[][] sum;
    private final double[][] square;
    private int divergent;

    Check(Target target, Approximation.Sample sample, RandomGenerator random) {
      this.target = target;
      this.sample = sample;
      this.random = random;
      chains = Math.min(CHAINS, sample.size() / 2 * 2);
      width = target.outputSize();
      start = new double[chains][width];
      sum = new double[chains][width];
      square = new double[chains][width];
    }

    Drift run(Whitening whitening, Progress progress) {
      int d = target.dimension();
      var space = new PhaseSpace(target, metric(whitening), MAX_DEPTH);
      var tree = new Tree(MAX_DEPTH);
      var steps = new StepSizeAdaptation(0.8);
      space.stepSize(Math.pow(d, -0.25));
      steps.restart(space.stepSize() / 5);
      var q = new double[chains][d];
      for (int c = 0; c < chains; c++) {
        System.arraycopy(sample.z(), c * d, q[c], 0, d);
        target.constrain(q[c], random, start[c]);
      }
      for (int t = 0; t < TRANSITIONS; t++) {
        if (!progress.report(0, t + 1, TRANSITIONS, Progress.Phase.CHECKING)) break;
        for (int c = 0; c < chains; c++) {
          if (!space.place(q[c])) continue;
          space.refresh(random);
          tree.grow(space, random);
          if (tree.broken() && t >= SKIPPED) divergent++;
          space.stepSize(t < SKIPPED ? steps.next(space.acceptance()) : steps.finish());
          System.arraycopy(space.position(), 0, q[c], 0, d);
          if (t >= SKIPPED) collect(c, q[c]);
        }
      }
      return judge();
    }

    private Metric metric(Whitening whitening) {
      int d = target.dimension();
      var scale = whitening.scales();
      if (whitening.dense()) {
        var covariance = whitening.covariance();
        var factor = DenseMatrix.cholesky(covariance, d);
        if (factor.isPresent()) return new Metric.Dense(d, covariance, factor.get());
      }
      var variance = new double[d];
      for (int i = 0; i < d; i++) variance[i] = scale[i] * scale[i];
      return new Metric.Diagonal(variance);
    }

    private void collect(int c, double[] q) {
      var out = new double[width];
      target.constrain(q, random, out);
      for (int i = 0; i < width; i++) {
        sum[c][i] += out[i];
        square[c][i] += out[i] * out[i];
      }
    }

    private Drift judge() {
      double worst = 0;
      String element = "";
      double wider = 0;
      String widerElement = "";
      int column = 0;
      for (var quantity : target.quantities()) {
        boolean judged = quantity.role() == Quantity.Role.UNKNOWN || quantity.role() == Quantity.Role.DETERMINISTIC;
        for (int e = 0; e < quantity.size(); e++, column++) {
          if (!judged) continue;
          var moments = new Moments(column);
          if (moments.drift() > worst) {
            worst = moments.drift();
            element = quantity.element(e);
          }
          if (moments.wider() > wider) {
            wider = moments.wider();
            widerElement = quantity.element(e);
          }
        }
      }
      double share = (double) divergent / (chains * (TRANSITIONS - SKIPPED));
      return new Drift(worst, element, wider, widerElement, share);
    }

    /// Moments of one output over the chains.
    private final class Moments {
      private final int column;
      private final int n = TRANSITIONS - SKIPPED;

      Moments(int column) {
        this.column = column;
      }

      private double chainMean(int c) {
        return sum[c][column] / n;
      }

      double sd() {
        double s = 0;
        double ss = 0;
        for (int c = 0; c < chains; c++) {
          s += sum[c][column];
          ss += square[c][column];
        }
        double m = s / (chains * n);
        return Math.sqrt(Math.max(0, ss / (chains * n) - m * m));
      }

      double startSd() {
        double s = 0;
        double ss = 0;
        for (int c = 0; c < chains; c++) {
          s += start[c][column];
          ss += start[c][column] * start[c][column];
        }
        return Math.sqrt(Math.max(0, ss / chains - s / chains * s / chains));
      }

      /// The drift in standard deviations if it is significant, else 0. Each chain's start is subtracted, which
      /// takes away the noise of the starts where chains move slowly.
      double drift() {
        double s = 0;
        double ss = 0;
        for (int c = 0; c < chains; c++) {
          double x = chainMean(c) - start[c][column];
          s += x;
          ss += x * x;
        }
        double mean = s / chains;
        double error = Math.sqrt(Math.max(0, ss / chains - mean * mean) / (chains - 1));
        double unit = Math.max(sd(), startSd());
        return Math.abs(mean) > SIGNIFICANT * error && unit > 0 ? Math.abs(mean) / unit : 0;
      }

      double wider() {
        return startSd() > 0 ? sd() / startSd() : 0;
      }
    }
  }
}
