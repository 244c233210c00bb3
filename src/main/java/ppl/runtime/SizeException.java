package ppl.runtime;

/// A model's array cannot have the size that its data ask for: it is negative.
public final class SizeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SizeException(String message) {
    super(message);
  }
}
