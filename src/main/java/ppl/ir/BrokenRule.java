package ppl.ir;

import java.util.Optional;

/// Data broke a rule that index notation takes for granted: a subscript lies outside its array, or an extent is
/// negative. The message counts from 1, as models do.
public final class BrokenRule extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /// An element of data that a subscript comes from.
  ///
  /// @param array   the data
  /// @param at      which element, row-major from 0
  /// @param into    the array that it is no subscript of
  /// @param along   in which dimension, from 0
  /// @param exactly whether the element is the subscript, counted from 1
  public record Origin(Array array, int at, Array into, int along, boolean exactly) {}

  private final transient Optional<Origin> origin;

  BrokenRule(String message) {
    this(message, Optional.empty());
  }

  BrokenRule(String message, Optional<Origin> origin) {
    super(message);
    this.origin = origin;
  }

  /// Where a subscript comes from, if that is one element of data.
  public Optional<Origin> origin() {
    return origin;
  }
}
