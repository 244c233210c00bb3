package ppl.check;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import ppl.typed.Interval;
import ppl.typed.TExpr;

/// A square matrix whose elements are written one by one.
record LiteralMatrix(List<List<Polynomial>> rows) {
  /// Empty where rows are names, or there are not as many as columns.
  static Optional<LiteralMatrix> of(TExpr.ArrayLit a) {
    int n = a.elements().size();
    boolean square = a.elements().stream().allMatch(r -> r instanceof TExpr.ArrayLit row && row.elements().size() == n);
    return square ? Optional.of(new LiteralMatrix(a.elements().stream()
        .map(r -> ((TExpr.ArrayLit) r).elements().stream().map(Polynomial::of).toList()).toList())) : Optional.empty();
  }

  Seen seen(Ranges ranges) {
    boolean filled = along(i -> isPositive(at(i, i), ranges));
    boolean symmetric = below((i, j) -> at(i, j).isSame(at(j, i)));
    boolean lower = below((i, j) -> at(j, i).isNumber(0));
    boolean definite = symmetric && (isNumbers() ? isDefinite() : filled && (lower || rows.size() == 2 && isPositive(determinant(ranges), ranges)));
    boolean unit = symmetric ? along(i -> at(i, i).isOne()) : along(i -> squares(i).isOne());
    return new Seen(definite, definite, filled && lower, unit);
  }

  private Polynomial at(int i, int j) {
    return rows.get(i).get(j);
  }

  private boolean along(java.util.function.IntPredicate holds) {
    return IntStream.range(0, rows.size()).allMatch(holds);
  }

  /// Of all places below the diagonal.
  private boolean below(BiPredicate<Integer, Integer> holds) {
    return along(i -> IntStream.range(0, i).allMatch(j -> holds.test(i, j)));
  }

  /// Numbers are known to be above 0, others as far as intervals tell.
  private static boolean isPositive(Polynomial p, Ranges ranges) {
    return p.number().isPresent() ? p.number().getAsDouble() > 0 : Interval.NONNEGATIVE.includes(p.range(ranges));
  }

  private boolean isNumbers() {
    return rows.stream().flatMap(List::stream).allMatch(p -> p.number().isPresent());
  }

  /// Whether elimination finds positive pivots only.
  private boolean isDefinite() {
    int n = rows.size();
    var a = rows.stream().map(r -> r.stream().mapToDouble(p -> p.number().orElseThrow()).toArray()).toArray(double[][]::new);
    for (int k = 0; k < n; k++) {
      if (!(a[k][k] > 0)) return false;
      for (int i = k + 1; i < n; i++)
        for (int j = n - 1; j >= k; j--) a[i][j] -= a[i][k] / a[k][k] * a[k][j];
    }
    return true;
  }

  /// Of two by two elements, but for positive factors.
  private Polynomial determinant(Ranges ranges) {
    return at(0, 0).times(at(1, 1)).minus(at(0, 1).times(at(1, 0))).primitive(ranges);
  }

  private Polynomial squares(int i) {
    return rows.get(i).stream().map(p -> p.times(p)).reduce(Polynomial.of(0), Polynomial::plus);
  }
}
