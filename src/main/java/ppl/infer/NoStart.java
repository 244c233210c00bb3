package ppl.infer;

import java.util.Optional;

/// An engine cannot begin: no starting position has a finite log density and gradient, or the engine is not made for the
/// model. The message is for the user.
public final class NoStart extends Exception {
  private static final long serialVersionUID = 1;

  private final double[] tried;

  NoStart(String message) {
    this(message, new double[0]);
  }

  /// @param tried the first position that was tried
  NoStart(String message, double[] tried) {
    super(message);
    this.tried = tried.clone();
  }

  /// The same about positions of another target than that of the run, which say nothing to the user.
  NoStart elsewhere() {
    return new NoStart(getMessage());
  }

  /// The first position that was tried, if it is one of the target's.
  public Optional<double[]> tried() {
    return tried.length == 0 ? Optional.empty() : Optional.of(tried.clone());
  }
}
