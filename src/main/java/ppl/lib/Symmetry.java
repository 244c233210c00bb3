package ppl.lib;

/// What functions that read one triangle of a matrix take for granted: nothing that they compute would tell.
public enum Symmetry {
  /// The other triangle is the same.
  SYMMETRIC("symmetric"),
  /// And the matrix is positive definite.
  DEFINITE("symmetric and positive definite");

  private final String words;

  Symmetry(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
