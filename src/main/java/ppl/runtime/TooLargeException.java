package ppl.runtime;

/// The arrays that a model needs for its data do not fit into memory. The message says how much they take.
public final class TooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooLargeException(String message) {
    super(message);
  }
}
