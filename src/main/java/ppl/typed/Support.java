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

  /// One element of a type with this support, as a user would write it.
  default String word(Type type) {
    var plain = type.element().toString();
    return switch (this) {
      case All() -> plain;
      case Shaped(var shape) -> shape.word();
      case Between(var lower, var upper, var strict) -> {
        boolean zero = lower.filter(l -> l instanceof TExpr.Num n && n.value() == 0).isPresent();
        boolean one = upper.filter(u -> u instanceof TExpr.Num n && n.value() == 1).isPresent();
        if (zero && upper.isEmpty()) yield strict ? "positive" : type.isReal() ? "nonnegative" : "count";
        if (zero && one) yield type.isReal() ? "unit" : "binary";
        yield plain + (lower.isPresent() && upper.isPresent()
            ? "(" + text(lower.get()) + ".." + text(upper.get()) + ")"
            : lower.map(l -> "(lower = " + text(l) + ")")
                .orElseGet(() -> "(upper = " + text(upper.orElseThrow()) + ")"));
      }
    };
  }

  private static String text(TExpr e) {
    return e instanceof TExpr.Num n && n.value() == (long) n.value() ? String.valueOf((long) n.value())
        : e.span().text();
  }

  Support ALL = new All();
}
