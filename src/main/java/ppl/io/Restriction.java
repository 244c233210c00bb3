package ppl.io;

import java.util.Optional;

/// The restricted shapes of vectors and matrices, as checks with a tolerance for numbers rounded in files.
enum Restriction {
  SIMPLEX(1, "a simplex"), ORDERED(1, "increasing"), POSITIVE_ORDERED(1, "positive and increasing"),
  UNIT_VECTOR(1, "a unit vector"), SUM_TO_ZERO(1, "a vector of sum zero"), COV(2, "a covariance matrix"),
  CORR(2, "a correlation matrix"), COV_CHOLESKY(2, "a Cholesky factor of a covariance matrix"),
  CORR_CHOLESKY(2, "a Cholesky factor of a correlation matrix");

  /// Relative error that rounding to seven digits may bring.
  private static final double TOLERANCE = 1e-6;

  private final int rank;
  private final String words;

  Restriction(int rank, String words) {
    this.rank = rank;
    this.words = words;
  }

  static Restriction of(String word) {
    return valueOf(word.toUpperCase(java.util.Locale.ROOT));
  }

  /// Number of trailing dimensions of one event.
  int rank() {
    return rank;
  }

  /// What it should be, after "is".
  String words() {
    return words;
  }

  /// What `x` is instead, in words that follow "is"; empty where it is as it should be.
  ///
  /// @param x row-major
  /// @param n the last extent
  Optional<String> fault(double[] x, int n) {
    return switch (this) {
      case SIMPLEX -> first(x, v -> v < 0, "a vector with the negative element").or(() -> total(x, 1));
      case SUM_TO_ZERO -> total(x, 0);
      case UNIT_VECTOR -> norm(x, 0, x.length, "a vector");
      case ORDERED -> increasing(x);
      case POSITIVE_ORDERED -> first(x, v -> v <= 0, "a vector with the element").or(() -> increasing(x));
      case COV -> square(x, n).or(() -> symmetric(x, n)).or(() -> definite(x, n));
      case CORR -> square(x, n).or(() -> symmetric(x, n)).or(() -> unitDiagonal(x, n)).or(() -> definite(x, n));
      case COV_CHOLESKY -> square(x, n).or(() -> triangular(x, n));
      case CORR_CHOLESKY -> square(x, n).or(() -> triangular(x, n)).or(() -> unitRows(x, n));
    };
  }

  private static Optional<String> first(double[] x, java.util.function.DoublePredicate bad, String what) {
    for (double v : x) if (bad.test(v)) return Optional.of(what + " " + Numbers.show(v));
    return Optional.empty();
  }

  private static Optional<String> total(double[] x, double wanted) {
    double sum = 0;
    double size = wanted;
    for (double v : x) {
      sum += v;
      size = Math.max(size, Math.abs(v));
    }
    return Math.abs(sum - wanted) <= TOLERANCE * Math.max(size, wanted)
        ? Optional.empty() : Optional.of("a vector that sums to " + brief(sum));
  }

  private static Optional<String> norm(double[] x, int from, int to, String what) {
    double sum = 0;
    for (int i = from; i < to; i++) sum += x[i] * x[i];
    return Math.abs(Math.sqrt(sum) - 1) <= TOLERANCE
        ? Optional.empty() : Optional.of(what + " of length " + brief(Math.sqrt(sum)));
  }

  private static Optional<String> increasing(double[] x) {
    for (int i = 1; i < x.length; i++) {
      if (!(x[i] > x[i - 1]))
        return Optional.of("a vector that goes from %s to %s at element %d"
            .formatted(Numbers.show(x[i - 1]), Numbers.show(x[i]), i + 1));
    }
    return Optional.empty();
  }

  private static Optional<String> square(double[] x, int n) {
    return n * n == x.length ? Optional.empty() : Optional.of("a matrix of %d by %d".formatted(x.length / n, n));
  }

  private static Optional<String> symmetric(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double scale = Math.max(Math.abs(x[i * n + i]), Math.abs(x[j * n + j]));
        if (Math.abs(x[i * n + j] - x[j * n + i]) > TOLERANCE * scale)
          return Optional.of("a matrix whose elements [%d,%d] and [%d,%d] differ".formatted(i + 1, j + 1, j + 1, i + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> unitDiagonal(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      if (Math.abs(x[i * n + i] - 1) > TOLERANCE)
        return Optional.of("a matrix with %s on the diagonal".formatted(Numbers.show(x[i * n + i])));
    }
    return Optional.empty();
  }

  private static Optional<String> definite(double[] x, int n) {
    double[] l = x.clone();
    for (int j = 0; j < n; j++) {
      double d = l[j * n + j];
      for (int k = 0; k < j; k++) d -= l[j * n + k] * l[j * n + k];
      if (!(d > 0)) return Optional.of("a matrix that is not positive definite");
      l[j * n + j] = Math.sqrt(d);
      for (int i = j + 1; i < n; i++) {
        double s = l[i * n + j];
        for (int k = 0; k < j; k++) s -= l[i * n + k] * l[j * n + k];
        l[i * n + j] = s / l[j * n + j];
      }
    }
    return Optional.empty();
  }

  private static Optional<String> triangular(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      if (!(x[i * n + i] > 0))
        return Optional.of("a matrix with %s on the diagonal".formatted(Numbers.show(x[i * n + i])));
      for (int j = i + 1; j < n; j++) {
        if (x[i * n + j] != 0) return Optional.of("a matrix with %s above the diagonal".formatted(Numbers.show(x[i * n + j])));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> unitRows(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      var fault = norm(x, i * n, i * n + n, "a matrix whose row " + (i + 1) + " is");
      if (fault.isPresent()) return fault;
    }
    return Optional.empty();
  }

  private static String brief(double x) {
    return Numbers.show(Math.round(x * 1e7) / 1e7);
  }
}
