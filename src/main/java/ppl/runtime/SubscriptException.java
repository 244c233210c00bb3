package ppl.runtime;

/// A model computed a subscript that lies outside its array. The message counts from 1, as models do.
public final class SubscriptException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SubscriptException(String message) {
    super(message);
  }
}
