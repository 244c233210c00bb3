package ppl.emit;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// A routine in the order in which it will run, cut into methods.
///
/// @param result what it returns
/// @param own    arrays that it writes and others read
record Routine(String name, Signature signature, Optional<Kind> result, List<Entry> code, Set<Array> own) {
  /// Brings what `statements` lowers into order.
  ///
  /// @param most estimated bytes of a method
  /// @param body what is done, to know what is written; empty where `statements` only arranges storage
  /// @param own    arrays that are written for others
  /// @param stored what stands for an expression, because it was computed before
  static Routine of(String name, Signature signature, Optional<Kind> result, Layout layout, int most,
      Stmt.Block body, List<Array> own, Map<Expr, Expr> stored, Consumer<Lowering> statements) {
    var lowering = new Lowering(layout, body, stored);
    statements.accept(lowering);
    Set<Array> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    kept.addAll(own);
    var leaves = new Leaves(layout, lowering.writes());
    Liveness.mark(lowering.routine(), kept);
    Placement.place(lowering.graph(), lowering.routine(), leaves);
    Sequence.of(lowering.routine());
    Split.of(lowering.routine(), most);
    return new Routine(name, signature, result, lowering.routine().code, kept);
  }

  /// Writes its methods.
  void write(Asm asm, Layout layout, boolean visible) {
    var root = Body.of(code);
    var variables = new Variables(name + "$", root);
    for (var body : Variables.all(root)) {
      var returned = body == root ? result : Optional.<Kind>empty();
      var out = asm.method(visible && body == root, method(body.outline), signature.descriptor(returned));
      new MethodWriter(out, layout, this, variables, body).write(returned);
    }
    variables.declare(asm);
  }

  /// The name of the method that holds an outlined part, or the whole.
  String method(Optional<Entry.Outline> part) {
    return part.map(p -> name + "$" + p.id()).orElse(name);
  }
}
