package ppl.typed;

import ppl.source.Span;

/// Something about sizes that can only be said when data are bound.
///
/// @param what one sentence for the user who bound data of other sizes, without the values
public record SizeCheck(Must must, Size left, Size right, String what, Span span) {
  /// What has to hold.
  public enum Must {
    /// The two are equal.
    EQUAL,
    /// `left` is a size: not negative. `right` says nothing.
    EXIST
  }

  /// Two sizes that must be equal.
  public SizeCheck(Size left, Size right, String what, Span span) {
    this(Must.EQUAL, left, right, what, span);
  }

  /// What the left one is compared with, for people.
  public String other() {
    return switch (must) {
      case EQUAL -> right.toString();
      case EXIST -> "the least size";
    };
  }
}
