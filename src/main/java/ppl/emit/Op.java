package ppl.emit;

import ppl.ir.Array;
import ppl.ir.Expr.Reducer;
import ppl.ir.Prim;

/// What a [Node] computes from its arguments.
sealed interface Op {
  record IntConst(int value) implements Op {}

  record RealConst(double value) implements Op {}

  /// The variable of one loop.
  record Var(String name, int id) implements Op {}

  /// The storage of an array.
  record Ref(Array array) implements Op {}

  /// An element, of `(storage, flat subscript)`. A version ends where the array may be written.
  record Element(Array array, int version) implements Op {}

  /// A scalar that lives in a variable.
  record Cell(Array array, int version) implements Op {}

  record Apply(Prim prim) implements Op {}

  /// Of `(condition, yes, no)`; only the chosen one is computed.
  record Select() implements Op {}

  /// Of `(from, to, body)`; `body` is computed in a loop over `variable`.
  record Reduce(Reducer reducer, Node variable) implements Op {}

  /// Of `(subscript, extent)`: the subscript, or a [ppl.runtime.SubscriptException].
  record Check(Array array, int dimension) implements Op {}

  /// What a statement with effects gives, such as a random draw.
  record Result(int id) implements Op {}
}
