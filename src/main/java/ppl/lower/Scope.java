package ppl.lower;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.typed.Symbol;

/// What names stand for, inner scopes before outer ones.
final class Scope {
  private final Optional<Scope> outer;
  private final Map<Symbol, Arr> here = new IdentityHashMap<>();
  private final Map<Symbol, Array> stored = new IdentityHashMap<>();

  private Scope(Optional<Scope> outer) {
    this.outer = outer;
  }

  static Scope global() {
    return new Scope(Optional.empty());
  }

  Scope inner() {
    return new Scope(Optional.of(this));
  }

  Scope bind(Symbol symbol, Arr value) {
    here.put(symbol, value);
    return this;
  }

  /// Binds a name to an array that statements write.
  Scope bind(Symbol symbol, Array array) {
    stored.put(symbol, array);
    return bind(symbol, Arr.of(array));
  }

  /// The array that a name is written to.
  Array array(Symbol symbol) {
    var array = stored.get(symbol);
    return array != null ? array : outer.orElseThrow().array(symbol);
  }

  boolean knows(Symbol symbol) {
    return here.containsKey(symbol) || outer.isPresent() && outer.get().knows(symbol);
  }

  Arr get(Symbol symbol) {
    var value = here.get(symbol);
    if (value != null) return value;
    return outer.orElseThrow(() -> new IllegalStateException("'" + symbol + "' was not lowered before its use"))
        .get(symbol);
  }
}
