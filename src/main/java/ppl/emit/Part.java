package ppl.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Index;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;
import ppl.ir.Unit;

/// The body of a loop whose iterations are handed out to threads: a method of its own. It reads nothing of the method
/// around it but arrays. Arguments stand in fields while the loop is at work.
///
/// @param number which of the unit's
/// @param body   for the iteration whose number is in a field
/// @param own    arrays that each instance has for itself
/// @param reads  arrays around the loop, data left out
/// @param writes arrays around the loop, which instances share
record Part(int number, Stmt.Block body, Set<Array> own, List<Array> reads, List<Array> writes) {
  /// The field of the instance that another does parts for.
  static final String LEADER = "leader";
  static final String HANDS = "hands";
  static final String HANDS_TYPE = "Lppl/runtime/Hands;";
  static final String DIVIDED = "ppl/runtime/Divided";
  static final String DIVIDED_TYPE = "L" + DIVIDED + ";";

  /// The bodies of all loops over the variables `indices`.
  ///
  /// @param place the number of the iteration that is done
  static Map<Index, Part> of(Unit unit, Set<Index> indices, Array place) {
    var parts = new IdentityHashMap<Index, Part>();
    Set<Array> fixed = Collections.newSetFromMap(new IdentityHashMap<>());
    fixed.addAll(unit.data());
    fixed.addAll(unit.prepared());
    for (var r : unit.routines())
      Stmts.walk(r.body(), s -> {
        if (s instanceof Stmt.For f && indices.contains(f.index())) parts.put(f.index(), of(f, parts.size(), fixed, place));
      });
    return parts;
  }

  private static Part of(Stmt.For loop, int number, Set<Array> fixed, Array place) {
    var own = Stmts.declared(loop);
    var reads = new ArrayList<>(Stmts.reads(loop));
    reads.removeAll(own);
    reads.removeAll(fixed);
    var writes = List.copyOf(Stmts.writes(loop));
    for (var arrays : List.of(reads, writes))
      for (var a : arrays)
        if (a.rank() == 0 || a.role() == Array.Role.TARGET)
          throw new IllegalStateException(a + " is not in an array that threads share");
    var subst = Subst.indices(Map.of(loop.index(), place.read()));
    return new Part(number, Stmts.map(loop.body(), subst::apply), own, List.copyOf(reads), writes);
  }

  /// The arguments of the method around the loop that it reads or writes.
  List<Array> arguments() {
    return Stream.concat(reads.stream(), writes.stream()).filter(a -> a.role() == Array.Role.ARGUMENT).distinct().toList();
  }

  String method() {
    return "part$" + number;
  }
}
