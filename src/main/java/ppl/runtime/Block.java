package ppl.runtime;

import java.util.List;

/// One factor of a posterior approximation q(x) = prod_b q_b(x_b): unknowns whose distribution given all others is in
/// an exponential family, `exp(eta' t(x_b) - A(eta))`. A block's values x_b, moments E[t(x_b)] and natural parameters
/// eta are flat vectors; moments and natural parameters have the same layout.
///
/// @param members the unknowns whose values, row-major and one after the other, are the block's values
public record Block(List<Member> members, Shape shape) {
  public Block {
    members = List.copyOf(members);
  }

  /// @param name the user's name
  /// @param size number of values
  public record Member(String name, int size) {}

  /// Number of values.
  public int size() {
    return members.stream().mapToInt(Member::size).sum();
  }

  /// The family and its layout.
  public sealed interface Shape {
    /// Length of the moments and of the natural parameters.
    int moments();
  }

  /// Independent events of one family. The moments are those of the first statistic for all events, then those of the
  /// second, and so on, each in the layout of [Statistic].
  ///
  /// @param space      what an event is
  /// @param statistics the statistics that occur; a family may have more
  /// @param count      number of events
  /// @param extent     elements of an event: 1 for a scalar, K for a simplex, K (of K x K) for a matrix
  /// @param lower      for scalars lower bounds of each event, or -infinity
  /// @param upper      for scalars upper bounds of each event, or infinity
  public record Independent(
      Space space, List<Statistic> statistics, int count, int extent, double[] lower, double[] upper) implements Shape {
    public Independent {
      statistics = List.copyOf(statistics);
    }

    /// Number of moments of one event that `statistic` has.
    public int width(Statistic statistic) {
      return switch (space) {
        case SCALAR, POLYA_GAMMA -> 1;
        case SIMPLEX -> extent;
        case COVARIANCE -> statistic instanceof Statistic.LogDeterminant ? 1 : extent * extent;
      };
    }

    public int moments() {
      return statistics.stream().mapToInt(s -> count * width(s)).sum();
    }
  }

  /// What an event is. Pólya-Gamma numbers are positive, and their densities are with respect to the Pólya-Gamma
  /// distribution without tilt of a shape that stands in place of the lower bound.
  public enum Space {
    SCALAR, POLYA_GAMMA, SIMPLEX, COVARIANCE;

    /// Whether an event is one number.
    public boolean isNumber() {
      return this == SCALAR || this == POLYA_GAMMA;
    }
  }

  /// One joint normal distribution of `size` values. Moments: E[x_i] for all values, E[x_i^2] for all values, then
  /// E[x_i x_j] for every pair (row[p], column[p]). The same pair may stand there more than once, and i may be j: what
  /// is said of it adds up. So with natural parameters (h, s, v) the log density is
  /// `sum_i h_i x_i + sum_i s_i x_i^2 + sum_p v_p x_row[p] x_column[p]` and a constant.
  public record Gaussian(int size, int[] row, int[] column) implements Shape {
    public int moments() {
      return 2 * size + row.length;
    }
  }

  /// Discrete values, dependent in pairs. Moments: P(x_i = lower[i] + k) for all values i and 0 <= k < categories[i],
  /// value after value; then for each pair p, P(x_row[p] = lower + rowValue[p], x_column[p] = lower + columnValue[p]).
  ///
  /// @param rowValue    counted from 0
  /// @param columnValue counted from 0
  public record Discrete(
      int[] lower, int[] categories, int[] row, int[] rowValue, int[] column, int[] columnValue) implements Shape {
    public int moments() {
      int n = row.length;
      for (int k : categories) n += k;
      return n;
    }
  }
}
