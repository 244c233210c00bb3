package ppl.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A node at the place where it is computed.
final class Val implements Owner, Entry {
  final Node node;
  final Region region;
  private final int position;
  final List<Val> args;
  private List<Region> inner = List.of();
  /// Whether it is at hand without being computed.
  final boolean leaf;
  /// Whether its single use takes it from the stack.
  boolean inline;
  /// Bytes of its code, arguments on the stack included.
  int size;
  /// Nesting of arguments on the stack.
  int height;

  Val(Node node, Region region, int position, boolean leaf) {
    this.node = node;
    this.leaf = leaf;
    this.region = region;
    this.position = position;
    this.args = new ArrayList<>(Collections.nCopies(node.args.size(), null));
    switch (node.op) {
      case Op.Select s -> inner = List.of(Region.arm(region, this), Region.arm(region, this));
      case Op.Reduce(var r, var variable) -> {
        var guard = Region.guard(region, this);
        inner = List.of(guard, Region.body(guard, variable));
      }
      default -> {}
    }
  }

  /// What stands for the value in a method's variables: leaves are one, wherever they are used.
  Object name() {
    return leaf ? node : this;
  }

  /// Where argument `index` is needed.
  Region place(int index) {
    return switch (node.op) {
      case Op.Select s when index > 0 -> inner.get(index - 1);
      case Op.Reduce r when index == 2 -> inner.get(1);
      default -> region;
    };
  }

  public int position() {
    return position;
  }

  public List<Region> inner() {
    return inner;
  }

  public void bind(int index, Val value) {
    args.set(index, value);
  }
}
