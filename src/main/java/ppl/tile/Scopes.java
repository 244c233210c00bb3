package ppl.tile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;

/// The parts of a loop's body that are being written, from outside in, and what has its value in which of them: each
/// expression is computed in the outermost where it can be.
final class Scopes {
  /// A part of the body that is being written, and what is known in it.
  ///
  /// @param index   its loop variable, if it is a loop's body
  /// @param written arrays that it writes
  /// @param apart   whether it may not run, so that nothing in it is to be computed before
  /// @param current values of elements that change, until the next change
  /// @param stored  arrays that hold expressions of a lane, which are interned
  private record Scope(Build build, Map<Expr, Expr> known, Optional<Index> index, Set<Array> written, boolean apart,
      Map<Expr, Expr> current, Map<Expr, Array> stored) {
    Scope(Build build, Optional<Index> index, Set<Array> written, boolean apart) {
      this(build, new IdentityHashMap<>(), index, written, apart, new IdentityHashMap<>(), new IdentityHashMap<>());
    }
  }

  private final List<Scope> scopes = new ArrayList<>();
  private final Graph.Free free = new Graph.Free();

  /// Enters what runs if something else holds.
  void enterArm(Build build) {
    scopes.add(new Scope(build, Optional.empty(), Set.of(), true));
  }

  /// Enters the body of a loop that writes the arrays `written`.
  void enterLoop(Build build, Index index, Set<Array> written) {
    scopes.add(new Scope(build, Optional.of(index), written, false));
  }

  void leave() {
    scopes.removeLast();
  }

  Build build() {
    return scopes.getLast().build;
  }

  /// What has the value of `e`, made where it is first wanted; `e` does not change in the body.
  Expr value(Expr e, UnaryOperator<Expr> make) {
    for (var s : scopes) if (s.known.containsKey(e)) return s.known.get(e);
    var inner = suspend(home(e));
    var value = make.apply(e);
    know(e, value);
    scopes.addAll(inner);
    return value;
  }

  /// What has the value of `e` here, which changes in the body.
  Expr current(Expr e, UnaryOperator<Expr> make) {
    return scopes.getLast().current.computeIfAbsent(e, make);
  }

  /// Takes notice of what has the value of `e` here.
  void know(Expr e, Expr value) {
    scopes.getLast().known.put(e, value);
  }

  /// An array that holds `e`, an expression of a lane that never changes; it is made if there is none.
  Array stored(Expr e, Function<Expr, Array> make) {
    for (var s : scopes) if (s.stored.containsKey(e)) return s.stored.get(e);
    var array = make.apply(e);
    scopes.getLast().stored.put(e, array);
    return array;
  }

  /// The outermost scope in which `e` has its value already.
  private int home(Expr e) {
    int home = scopes.size() - 1;
    while (home > 0 && !needs(e, scopes.get(home))) home--;
    return home;
  }

  private boolean needs(Expr e, Scope s) {
    return s.apart || s.index.isPresent() && free.of(e).contains(s.index.get()) || Graph.dependsOn(e, s.written);
  }

  /// Whether `e` has its value nowhere further out.
  boolean isHome(Expr e) {
    return home(e) == scopes.size() - 1 && scopes.stream().noneMatch(s -> s.known.containsKey(e));
  }

  /// Goes back to the scope `home`; gives those inside.
  private List<Scope> suspend(int home) {
    var inside = scopes.subList(home + 1, scopes.size());
    var inner = List.copyOf(inside);
    inside.clear();
    return inner;
  }

  /// An array has changed.
  void changed(Array a) {
    for (var s : scopes) s.current.keySet().removeIf(e -> Graph.dependsOn(e, Set.of(a)));
  }
}
