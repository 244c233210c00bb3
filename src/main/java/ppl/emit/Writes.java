package ppl.emit;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Stmt;

/// Which statements of a routine write which arrays, and which arrays are written more than by single assignment.
final class Writes {
  private enum Manner { SET, ONCE_WHOLE, MANY }

  private final Map<Stmt, Set<Array>> inside = new IdentityHashMap<>();
  private final Map<Array, Manner> manners = new IdentityHashMap<>();

  Writes(Stmt.Block body) {
    of(body);
    manners.put(Array.TARGET, Manner.MANY);
  }

  /// Arrays that `statement` writes, other than those that live in it, in order of appearance: so are they stored, and the
  /// code is the same in every run.
  Set<Array> in(Stmt statement) {
    return inside.get(statement);
  }

  /// Whether an element that was read may be overwritten.
  boolean changing(Array array) {
    return manners.get(array) == Manner.MANY;
  }

  boolean written(Array array) {
    return manners.containsKey(array);
  }

  private Set<Array> of(Stmt statement) {
    var arrays = new LinkedHashSet<Array>();
    switch (statement) {
      case Stmt.Set(Array a, var at, var v) -> add(arrays, a, Manner.SET);
      case Stmt.Draw(var sampler, Array a, var at, var args) -> add(arrays, a, Manner.SET);
      case Stmt.Add(Array a, var at, var v) -> add(arrays, a, Manner.MANY);
      case Stmt.Fill(Array a, var v) -> add(arrays, a, Manner.ONCE_WHOLE);
      case Stmt.Call call -> call.outputs().forEach(a -> add(arrays, a, Manner.ONCE_WHOLE));
      case Stmt.For loop -> arrays.addAll(of(loop.body()));
      case Stmt.If(var condition, var then, var otherwise) -> {
        arrays.addAll(of(then));
        arrays.addAll(of(otherwise));
      }
      case Stmt.Block(var own, var statements) -> {
        statements.forEach(s -> arrays.addAll(of(s)));
        own.forEach(arrays::remove);
      }
    }
    inside.put(statement, arrays);
    return arrays;
  }

  private void add(Set<Array> arrays, Array a, Manner manner) {
    arrays.add(a);
    manners.merge(a, manner, (old, now) -> old == Manner.SET && now == Manner.SET ? Manner.SET : Manner.MANY);
  }
}
