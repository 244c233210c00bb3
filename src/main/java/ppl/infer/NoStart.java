package ppl.infer;

/// No starting position with a finite log density and gradient was found. The message is for the user.
public final class NoStart extends Exception {
  public NoStart(String message) {
    super(message);
  }
}
