package ppl.runtime;

import java.util.random.RandomGenerator;

/// A whole number was to be drawn from a distribution whose arguments have no meaning.
public final class NoDrawException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  private NoDrawException() {
    super("a whole number is drawn from no distribution");
  }

  /// Such a draw, for generated code.
  public static int draw(RandomGenerator random) {
    throw new NoDrawException();
  }
}
