package ppl.infer;

/// No starting position with a finite log density and gradient was found. The message is for the user.
public final class NoStart extends Exception {
  private static final long serialVersionUID = 1;

  private final double[] tried;

  /// @param tried the first position that was tried
  public NoStart(String message, double[] tried) {
    super(message);
    this.tried = tried.clone();
  }

  /// The first position that was tried.
  public double[] tried() {
    return tried.clone();
  }
}
