package ppl.plan;

/// Moments of a block that cannot be laid out side by side, such as those of pairs over ranges that depend on one another.
/// The block is left to gradients.
final class NoLayout extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoLayout(String message) {
    super(message);
  }
}
