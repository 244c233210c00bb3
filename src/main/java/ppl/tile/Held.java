package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.ir.Unit;

/// The matrices of data that are held in forms that loops multiply with, from which they can be had again: then nobody
/// need keep them as they were given.
///
/// @param data  all data
/// @param forms of such a matrix; which of them is there is known when data are bound
record Held(List<Array> data, Map<Array, List<Laid>> forms) {
  static Held of(List<Array> data, List<Matrices> all) {
    var forms = new LinkedHashMap<Array, List<Laid>>();
    for (var x : data)
      if (!x.isOffHeap()) for (var matrices : all) {
        var laid = matrices.held().get(x);
        if (laid != null) forms.computeIfAbsent(x, _ -> new ArrayList<>()).add(laid);
      }
    return new Held(data, forms);
  }

  List<Array> matrices() {
    return List.copyOf(forms.keySet());
  }

  /// Two, if there are such matrices. `held` writes 1 to the element of `out` that belongs to the slot of a matrix which is held
  /// in another form. `restore` writes the matrix of slot `slot[0]` to `out`.
  Stream<Unit.Routine> routines() {
    return forms.isEmpty() ? Stream.of() : Stream.of(held(), restore());
  }

  private Unit.Routine held() {
    var out = argument("out", integer(data.size()));
    var statements = new ArrayList<Stmt>();
    forms.forEach((matrix, all) -> {
      var any = all.stream().map(Laid::holds).reduce((a, b) -> or(a, b)).orElseThrow();
      statements.add(new Stmt.Set(out, List.of(integer(data.indexOf(matrix))), select(any, ONE, ZERO)));
    });
    return new Unit.Routine("held", List.of(out), false, new Stmt.Block(List.of(), statements));
  }

  private Unit.Routine restore() {
    var slot = argument("slot", integer(1));
    var out = argument("out", integer(0));
    var statements = new ArrayList<Stmt>();
    forms.forEach((matrix, all) -> {
      Stmt from = Stmt.Block.EMPTY;
      for (var l : all.reversed())
        from = new Stmt.If(l.holds(), block(l.restore(out, matrix.dims().getFirst())), block(from));
      statements.add(new Stmt.If(eq(slot.read(integer(0)), real(data.indexOf(matrix))), block(from), Stmt.Block.EMPTY));
    });
    return new Unit.Routine("restore", List.of(slot, out), false, new Stmt.Block(List.of(), statements));
  }

  private static Array argument(String name, Expr size) {
    return new Array(name, Kind.REAL, List.of(size), Array.Role.ARGUMENT);
  }

  private static Stmt.Block block(Stmt s) {
    return new Stmt.Block(List.of(), List.of(s));
  }
}
