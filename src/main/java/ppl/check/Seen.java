package ppl.check;

import ppl.dist.Domain;

/// What is seen of every matrix in the last two dimensions of a value.
///
/// @param semidefinite symmetric, and no quadratic form is negative
/// @param definite     symmetric and positive definite
/// @param factor       lower triangular with a positive diagonal
/// @param unit         a diagonal of 1; of a factor, rows of length 1
record Seen(boolean semidefinite, boolean definite, boolean factor, boolean unit) {
  static final Seen NOTHING = new Seen(false, false, false, false);
  static final Seen SEMIDEFINITE = new Seen(true, false, false, false);
  static final Seen DEFINITE = new Seen(true, true, false, false);
  static final Seen FACTOR = new Seen(false, false, true, false);
  /// A matrix with positive numbers on its diagonal and nothing elsewhere.
  static final Seen DIAGONAL = new Seen(true, true, true, false);
  static final Seen IDENTITY = new Seen(true, true, true, true);

  /// What the values of a domain are.
  static Seen of(Domain domain) {
    return switch (domain) {
      case COV -> DEFINITE;
      case CORR -> new Seen(true, true, false, true);
      case COV_CHOLESKY -> FACTOR;
      case CORR_CHOLESKY -> new Seen(false, false, true, true);
      case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT, SIMPLEX, ORDERED -> NOTHING;
    };
  }

  /// Whether all such matrices lie in a domain of matrices.
  boolean has(Domain domain) {
    return switch (domain) {
      case COV -> definite;
      case CORR -> definite && unit;
      case COV_CHOLESKY -> factor;
      case CORR_CHOLESKY -> factor && unit;
      case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT, SIMPLEX, ORDERED -> false;
    };
  }

  /// Whether it surely has an inverse.
  boolean isRegular() {
    return definite || factor;
  }

  /// What is seen of either of two.
  Seen or(Seen that) {
    return new Seen(semidefinite && that.semidefinite, definite && that.definite, factor && that.factor, unit && that.unit);
  }

  /// The sum of two.
  Seen plus(Seen that) {
    boolean both = semidefinite && that.semidefinite;
    return new Seen(both, both && (definite || that.definite), factor && that.factor, false);
  }

  /// Times a positive number.
  Seen scaled() {
    return new Seen(semidefinite, definite, factor, false);
  }

  Seen transposed() {
    return semidefinite ? this : NOTHING;
  }
}
