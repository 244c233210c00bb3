package ppl.typed;

import java.util.Optional;
import java.util.stream.Collectors;
import ppl.source.Span;

/// A declared name. Two are the same only if they are the same object.
public final class Symbol {
  /// What kind of thing the name stands for.
  public enum Role {
    /// Bound by the user.
    DATA,
    /// A number known at compile time, settable with `--set`.
    CONSTANT,
    /// Has a prior.
    UNKNOWN,
    /// Declared by `learn`: point-estimated.
    LEARNED,
    /// Given by `=`, at top level.
    DETERMINISTIC,
    /// A loop or comprehension variable; its value counts from 1 or is a level.
    LOOP,
    /// Given by `=` inside a block.
    LOCAL,
    /// An argument of a user function or distribution.
    PARAMETER,
    /// A size that an argument's type binds inside a function.
    SIZE,
    /// Declared inside `generate`.
    GENERATED
  }

  private final String name;
  private final Role role;
  private final Type type;
  private final Support support;
  private final Optional<Domain> table;
  private final String doc;
  private final Span span;

  /// @param support the declared support
  /// @param table   the table that this data column belongs to
  public Symbol(String name, Role role, Type type, Support support, Optional<Domain> table, String doc, Span span) {
    this.name = name;
    this.role = role;
    this.type = type;
    this.support = support;
    this.table = table;
    this.doc = doc;
    this.span = span;
  }

  public String name() {
    return name;
  }

  public Role role() {
    return role;
  }

  public Type type() {
    return type;
  }

  public Support support() {
    return support;
  }

  public Optional<Domain> table() {
    return table;
  }

  public String doc() {
    return doc;
  }

  public Span span() {
    return span;
  }

  /// The type with its support, as a user would write it: `positive[N]`, `int(1..K)`, `simplex[3]`.
  public String written() {
    int own = support instanceof Support.Shaped(var shape) && shape.rank() == 2 ? 1 : 0;
    var dims = type.dims().subList(0, type.rank() - own).stream().map(Dim::toString).collect(Collectors.joining(", "));
    return support.word(type) + (dims.isEmpty() ? "" : "[" + dims + "]");
  }

  @Override
  public String toString() {
    return name;
  }
}
