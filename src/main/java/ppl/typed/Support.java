package ppl.typed;

import java.util.Optional;

/// Where the values of a quantity lie, as declared. Bounds are scalars, or arrays that stretch over the quantity, and
/// may
/// depend on data and on other unknowns.
public sealed interface Support {
  /// No restriction.
  record All() implements Support {}

  /// Numbers between bounds; an absent bound is infinite. `strictLower` excludes the bound itself (for data).
  record Between(Optional<TExpr> lower, Optional<TExpr> upper, boolean strictLower) implements Support {}

  /// A restriction of the last dimension or of the last two.
  record Shaped(Shape shape) implements Support {}

  /// The named restrictions; `rank` is how many trailing dimensions one event takes.
  enum Shape {
    SIMPLEX(1, "simplex"), ORDERED(1, "ordered"), POSITIVE_ORDERED(1, "positive_ordered"),
        UNIT_VECTOR(1, "unit_vector"),
    SUM_TO_ZERO(1, "sum_to_zero"), COV(2, "cov"), CORR(2, "corr"), COV_CHOLESKY(2, "cov_cholesky"),
    CORR_CHOLESKY(2, "corr_cholesky");

    private final int rank;
    private final String word;

    Shape(int rank, String word) {
      this.rank = rank;
      this.word = word;
    }

    public int rank() {
      return rank;
    }

    public String word() {
      return word;
    }
  }

  Support ALL = new All();
}
