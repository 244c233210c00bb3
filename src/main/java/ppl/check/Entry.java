package ppl.check;

import java.util.Optional;
import java.util.function.Supplier;
import ppl.source.Span;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// A declared name whose meaning is found when it is first wanted, so that the order of statements does not matter.
final class Entry {
  /// What a value's name means.
  ///
  /// @param inline what a mention of the name becomes, where that is not the name itself: a constant, a size
  /// @param give   the statement that gives the name as a whole where it is declared
  record Value(Symbol symbol, Optional<TExpr> inline, Optional<TStmt> give) {
    static Value of(Symbol symbol) {
      return new Value(symbol, Optional.empty(), Optional.empty());
    }
  }

  private enum State { NEW, RUNNING, DONE }

  private final String name;
  private final Span span;
  private final Resolving resolving;
  private final Supplier<Optional<Value>> resolver;
  /// Declared by its type alone: given elsewhere.
  private final boolean open;
  private State state = State.NEW;
  private Optional<Value> value = Optional.empty();

  Entry(String name, Span span, boolean open, Resolving resolving, Supplier<Optional<Value>> resolver) {
    this.name = name;
    this.span = span;
    this.open = open;
    this.resolving = resolving;
    this.resolver = resolver;
  }

  /// A name whose meaning is known.
  static Entry of(Symbol symbol, Resolving resolving) {
    return new Entry(symbol.name(), symbol.span(), false, resolving, () -> Optional.of(Value.of(symbol)));
  }

  String name() {
    return name;
  }

  Span span() {
    return span;
  }

  boolean open() {
    return open;
  }

  /// The meaning, or nothing if an error in it has been reported.
  Optional<Value> value() {
    if (state == State.RUNNING) {
      resolving.cycle(this);
      return Optional.empty();
    }
    if (state == State.NEW) {
      state = State.RUNNING;
      resolving.enter(this);
      value = resolver.get();
      resolving.leave();
      state = State.DONE;
    }
    return value;
  }
}
