package ppl.family;

import ppl.runtime.Block;

/// Names of a block's values, for messages.
final class Elements {
  private Elements() {}

  /// `theta[3]` for the third value of theta; `theta` if it is the only one.
  static String name(Block block, int value) {
    int at = value;
    for (var member : block.members()) {
      if (at < member.size()) return member.size() == 1 ? member.name() : member.name() + "[" + (at + 1) + "]";
      at -= member.size();
    }
    throw new IndexOutOfBoundsException(value);
  }
}
