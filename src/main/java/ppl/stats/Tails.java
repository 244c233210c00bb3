package ppl.stats;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import ppl.runtime.Crew;
import ppl.runtime.Posterior;
import ppl.runtime.Summary;

/// Whether the tails of draws look as if their distribution had no standard deviation: a generalised Pareto distribution
/// is fitted to what exceeds a quantile, and has a variance where its shape is below a half, a mean where it is below 1
/// (Vehtari et al. 2024). Shapes are asked for at several quantiles, since parts of a mixture look heavy from some.
public final class Tails {
  /// Below so many independent draws nothing can be told.
  private static final int LEAST = 400;
  private static final double[] SHARES = {0.2, 0.05, 0.02};
  /// The shape beyond which there is no variance, and what the smaller tails have to show of that.
  private static final double NO_VARIANCE = 0.5;
  private static final double[] AT_LEAST = {NO_VARIANCE, 0.6, 0.4};
  /// Standard errors.
  private static final double SURE = 2;
  /// How much longer the last quarter of a quarter of the tail is than that before it; 4^k with a shape k.
  private static final double LONG = 1.6;

  /// How far the farthest draw is from the median at least, in distances of the 5 and 95 % quantiles.
  private static final double FAR = 4;

  private Tails() {}

  /// Columns of draws that look so.
  ///
  /// @param summaries of all columns
  public static BitSet heavy(Posterior p, List<Summary> summaries) {
    var all = new BitSet();
    all.set(0, summaries.size());
    try (var crew = new Crew(p.threads())) {
      var each = Elements.map(all, p.draws(), crew, (column, i) -> heavy(column, summaries.get(i)));
      for (int i = 0; i < each.size(); i++) all.set(i, each.get(i).orElse(false));
    }
    return all;
  }

  private static boolean heavy(Column column, Summary s) {
    double far = FAR * (s.q95() - s.q5());
    double effective = Double.isNaN(s.essTail()) ? column.draws().length : s.essTail();
    for (double x : column.draws()) if (Math.abs(x - s.q50()) > far) return heavySorted(column.sorted(), effective);
    return false;
  }

  /// @param effective how many independent draws they are worth
  static boolean heavy(double[] draws, double effective) {
    var sorted = draws.clone();
    Arrays.sort(sorted);
    return heavySorted(sorted, effective);
  }

  private static boolean heavySorted(double[] sorted, double effective) {
    if (!(effective >= LEAST)) return false;
    double size = Math.min(effective, sorted.length);
    if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) return false;
    if (heavyAbove(sorted, size)) return true;
    var mirrored = new double[sorted.length];
    for (int i = 0; i < mirrored.length; i++) mirrored[i] = -sorted[mirrored.length - 1 - i];
    return heavyAbove(mirrored, size);
  }

  private static boolean heavyAbove(double[] sorted, double size) {
    double near = Quantiles.ofSorted(sorted, 0.8);
    double far = Quantiles.ofSorted(sorted, 0.95);
    if (!(Quantiles.ofSorted(sorted, 0.9875) - far > LONG * (far - near)) || !(far > near)) return false;
    for (int i = 0; i < SHARES.length; i++) {
      double error = i > 0 ? 0 : (1 + NO_VARIANCE) / Math.sqrt(SHARES[0] * size);
      if (!(shape(sorted, SHARES[i]) > AT_LEAST[i] + SURE * error)) return false;
    }
    return true;
  }

  private static double shape(double[] sorted, double share) {
    int m = (int) (share * sorted.length);
    double cut = sorted[sorted.length - m - 1];
    var excess = Arrays.stream(sorted, sorted.length - m, sorted.length).map(x -> Math.max(x - cut, Double.MIN_NORMAL)).toArray();
    return Psis.Pareto.fit(excess).k();
  }
}
