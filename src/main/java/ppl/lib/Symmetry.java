package ppl.lib;

import java.util.List;
import java.util.Optional;

/// What functions that read one triangle of a matrix take for granted: nothing that they compute would tell.
public enum Symmetry {
  /// The other triangle is the same.
  SYMMETRIC("symmetric"),
  /// And the matrix is positive definite.
  DEFINITE("symmetric and positive definite");

  private static final List<String> OF_DEFINITE = List.of("cholesky", "solve_spd", "log_determinant_spd");
  private static final List<String> OF_SYMMETRIC = List.of("eigenvalues_sym", "eigenvectors_sym");

  private final String words;

  Symmetry(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /// Of the first argument of `f`.
  public static Optional<Symmetry> of(Function f) {
    return OF_DEFINITE.contains(f.name()) ? Optional.of(DEFINITE)
        : OF_SYMMETRIC.contains(f.name()) ? Optional.of(SYMMETRIC) : Optional.empty();
  }
}
