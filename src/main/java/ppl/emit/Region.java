package ppl.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A place where code stands: a routine, a loop's guarded entry, a loop's body, or one arm of a choice.
///
/// A loop is a guard around a body: the guard is entered only if the body runs at least once, so what the body needs
/// and does not change is computed there.
final class Region {
  enum Form { ROUTINE, GUARD, BODY, ARM }

  final Form form;
  final Optional<Owner> owner;
  private final Region parent;
  final int depth;
  final int loops;
  /// The loop variable of a body.
  final Optional<Node> variable;
  /// Statements, in order.
  final List<Item> items = new ArrayList<>();
  /// Values computed here.
  final List<Val> values = new ArrayList<>();
  /// Statements and values in the order of execution.
  List<Entry> code = List.of();

  private Region(Form form, Optional<Owner> owner, Optional<Region> parent, Optional<Node> variable) {
    this.form = form;
    this.owner = owner;
    this.parent = parent.orElse(this);
    this.depth = parent.map(p -> p.depth + 1).orElse(0);
    this.loops = parent.map(p -> p.loops).orElse(0) + (form == Form.BODY ? 1 : 0);
    this.variable = variable;
  }

  static Region routine() {
    return new Region(Form.ROUTINE, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Region arm(Region parent, Owner owner) {
    return new Region(Form.ARM, Optional.of(owner), Optional.of(parent), Optional.empty());
  }

  static Region guard(Region parent, Owner owner) {
    return new Region(Form.GUARD, Optional.of(owner), Optional.of(parent), Optional.empty());
  }

  static Region body(Region guard, Node variable) {
    return new Region(Form.BODY, guard.owner, Optional.of(guard), Optional.of(variable));
  }

  /// The region around this one; a routine is its own.
  Region parent() {
    return parent;
  }

  boolean isRoutine() {
    return parent == this;
  }

  /// Whether `this` is `inner` or around it.
  boolean encloses(Region inner) {
    return inner.ancestor(depth) == this;
  }

  /// The enclosing region at `depth`, or this one if it is not so deep.
  Region ancestor(int depth) {
    var r = this;
    while (r.depth > depth) r = r.parent;
    return r;
  }

  /// The innermost region that encloses both.
  static Region common(Region a, Region b) {
    while (a != b) {
      if (a.depth >= b.depth) a = a.parent;
      else b = b.parent;
    }
    return a;
  }

  /// Position in this region of what happens at `position` in `inner`.
  int position(Region inner, int position) {
    if (inner == this) return position;
    var child = inner.ancestor(depth + 1);
    return child.form == Form.BODY ? 0 : child.owner.orElseThrow().position();
  }
}
