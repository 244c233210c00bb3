package ppl.dist;

import java.util.List;
import java.util.Optional;
import ppl.ir.Kind;

/// The values that an argument or a variate may take, as far as they can be told without other values. Where a
/// domain has rank 1 or 2 it constrains a whole vector or matrix; one of rank 0 constrains every element.
public enum Domain {
  REAL(Kind.REAL, 0, "real"),
  POSITIVE(Kind.REAL, 0, "positive"),
  NONNEGATIVE(Kind.REAL, 0, "nonnegative"),
  UNIT(Kind.REAL, 0, "unit"),
  INT(Kind.INT, 0, "int"),
  BINARY(Kind.INT, 0, "binary"),
  COUNT(Kind.INT, 0, "count"),
  POSITIVE_INT(Kind.INT, 0, "int(lower = 1)"),
  SIMPLEX(Kind.REAL, 1, "simplex"),
  ORDERED(Kind.REAL, 1, "ordered"),
  COV(Kind.REAL, 2, "cov"),
  CORR(Kind.REAL, 2, "corr"),
  COV_CHOLESKY(Kind.REAL, 2, "cov_cholesky"),
  CORR_CHOLESKY(Kind.REAL, 2, "corr_cholesky");

  private final Kind kind;
  private final int rank;
  private final String word;

  Domain(Kind kind, int rank, String word) {
    this.kind = kind;
    this.rank = rank;
    this.word = word;
  }

  public Kind kind() {
    return kind;
  }

  /// Number of dimensions that the constraint is about.
  public int rank() {
    return rank;
  }

  /// As written in a model.
  public String word() {
    return word;
  }

  /// The lower-triangular factors of the matrices of this domain.
  public Optional<Domain> cholesky() {
    return switch (this) {
      case COV -> Optional.of(COV_CHOLESKY);
      case CORR -> Optional.of(CORR_CHOLESKY);
      case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT, SIMPLEX, ORDERED, COV_CHOLESKY,
          CORR_CHOLESKY -> Optional.empty();
    };
  }

  /// The domains whose values all lie in this one.
  public boolean includes(Domain other) {
    return this == other || switch (this) {
      case REAL -> true;
      case NONNEGATIVE -> List.of(POSITIVE, UNIT, BINARY, COUNT, POSITIVE_INT, SIMPLEX).contains(other);
      case POSITIVE -> other == POSITIVE_INT;
      case UNIT -> other == BINARY || other == SIMPLEX;
      case INT -> other.kind == Kind.INT;
      case COUNT -> other == POSITIVE_INT || other == BINARY;
      case COV -> other == CORR;
      case COV_CHOLESKY -> other == CORR_CHOLESKY;
      case BINARY, POSITIVE_INT, SIMPLEX, ORDERED, CORR, CORR_CHOLESKY -> false;
    };
  }
}
