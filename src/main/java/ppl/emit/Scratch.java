package ppl.emit;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Stmt;
import ppl.ir.Unit;

/// Arrays that only routines with random numbers need, such as replicates of all data. Most runs call these routines for
/// few instances, or for none: they make room when they are first called, the others before.
record Scratch(Set<Array> early) {
  static Scratch of(Unit unit) {
    Set<Array> early = Collections.newSetFromMap(new IdentityHashMap<>());
    declared(unit.prepare()).forEach(early::add);
    unit.routines().stream().filter(r -> !isLate(r)).flatMap(r -> declared(r.body())).forEach(early::add);
    return new Scratch(early);
  }

  private static boolean isLate(Unit.Routine routine) {
    return !Signature.of(routine).references().isEmpty();
  }

  /// What the routine makes room for itself.
  List<Array> late(Unit.Routine routine, Layout layout) {
    return isLate(routine)
        ? declared(routine.body()).filter(a -> !early.contains(a) && !layout.isCell(a)).distinct().toList() : List.of();
  }

  private static Stream<Array> declared(Stmt statement) {
    return switch (statement) {
      case Stmt.Block(var arrays, var statements) -> Stream.concat(arrays.stream(), statements.stream().flatMap(Scratch::declared));
      case Stmt.For loop -> declared(loop.body());
      case Stmt.If(_, var then, var otherwise) -> Stream.concat(declared(then), declared(otherwise));
      case Stmt.Set _, Stmt.Add _, Stmt.Fill _, Stmt.Draw _, Stmt.Call _ -> Stream.empty();
    };
  }
}
