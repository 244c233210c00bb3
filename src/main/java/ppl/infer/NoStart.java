package ppl.infer;

import java.util.Optional;
import ppl.runtime.Verdict;

/// An engine cannot begin: no starting position has a finite log density and gradient, or the engine is not made for the
/// model. The message is for the user.
public final class NoStart extends Exception {
  private static final long serialVersionUID = 1;

  private final double[] tried;
  private final transient Optional<Verdict> improper;

  NoStart(String message) {
    this(message, new double[0]);
  }

  /// There is no posterior.
  NoStart(Verdict improper) {
    super(improper.sentence() + " " + improper.advice());
    this.tried = new double[0];
    this.improper = Optional.of(improper);
  }

  /// @param tried the first position that was tried
  NoStart(String message, double[] tried) {
    super(message);
    this.tried = tried.clone();
    this.improper = Optional.empty();
  }

  /// The same about positions of another target than that of the run, which say nothing to the user.
  NoStart elsewhere() {
    return improper.map(NoStart::new).orElseGet(() -> new NoStart(getMessage()));
  }

  /// That there is no posterior, if that is why.
  public Optional<Verdict> improper() {
    return improper;
  }

  /// The first position that was tried, if it is one of the target's.
  public Optional<double[]> tried() {
    return tried.length == 0 ? Optional.empty() : Optional.of(tried.clone());
  }
}
