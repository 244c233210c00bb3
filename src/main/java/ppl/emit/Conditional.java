package ppl.emit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Interner;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// Prepared arrays that are written, and read by what else is prepared, only where one condition holds: there is room made
/// for them only there.
///
/// @param first for such a choice the arrays that it has to do with before any other
/// @param arrays all of them
record Conditional(Map<Stmt, List<Array>> first, Set<Array> arrays) {
  static Conditional of(Stmt.Block prepare, Collection<Array> prepared) {
    var interner = new Interner();
    Map<Array, Stmt.If> found = new IdentityHashMap<>();
    Set<Array> others = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var s : prepare.statements()) {
      var touched = Stmts.reads(s);
      touched.addAll(Stmts.allWritten(s));
      for (var a : touched) {
        var before = found.get(a);
        if (!(s instanceof Stmt.If i) || !i.otherwise().isEmpty()
            || before != null && interner.intern(before.condition()) != interner.intern(i.condition())) others.add(a);
        else if (before == null) found.put(a, i);
      }
    }
    Map<Stmt, List<Array>> first = new IdentityHashMap<>();
    Set<Array> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    for (var a : prepared) {
      var i = found.get(a);
      if (i != null && !others.contains(a) && !a.varies() && a.rank() > 0 && arrays.add(a))
        first.computeIfAbsent(i, _ -> new ArrayList<>()).add(a);
    }
    return new Conditional(first, arrays);
  }

  /// The arrays for which `choice` makes room.
  List<Array> first(Stmt choice) {
    return first.getOrDefault(choice, List.of());
  }
}
