package ppl.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Names of values, inner scopes before outer ones.
final class Scope {
  /// What opens a scope.
  enum Kind { TOP, FOR, IF, BINDER, FUNCTION, SAMPLE, GENERATE, GUIDE }

  private final Optional<Scope> outer;
  private final Kind kind;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Scope(Optional<Scope> outer, Kind kind) {
    this.outer = outer;
    this.kind = kind;
  }

  static Scope top() {
    return new Scope(Optional.empty(), Kind.TOP);
  }

  Scope inner(Kind kind) {
    return new Scope(Optional.of(this), kind);
  }

  Kind kind() {
    return kind;
  }

  Optional<Scope> outer() {
    return outer;
  }

  void put(Entry e) {
    entries.putIfAbsent(e.name(), e);
  }

  Optional<Entry> here(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  Optional<Entry> find(String name) {
    var mine = here(name);
    return mine.isPresent() ? mine : outer.flatMap(o -> o.find(name));
  }

  /// Whether `name` comes from outside of a function that this scope is in.
  boolean crossesFunction(String name) {
    if (entries.containsKey(name)) return false;
    return kind == Kind.FUNCTION || outer.map(o -> o.crossesFunction(name)).orElse(false);
  }

  boolean within(Kind wanted) {
    return kind == wanted || outer.map(o -> o.within(wanted)).orElse(false);
  }

  Set<String> names() {
    var all = new LinkedHashSet<>(entries.keySet());
    outer.ifPresent(o -> all.addAll(o.names()));
    return all;
  }
}
