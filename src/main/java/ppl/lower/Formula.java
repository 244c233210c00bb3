package ppl.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Unit;
import ppl.runtime.Kernel;
import ppl.runtime.Rule;
import ppl.runtime.Schema;
import ppl.typed.Symbol;

/// Arrays over data, as the unit of a model without unknowns; see [Rule].
///
/// @param unit    its name stands for none
/// @param sources what its data slots take
/// @param ranks   number of dimensions of each array
public record Formula(Unit unit, List<Slots.Source> sources, List<Integer> ranks) {
  /// The formula run by `kernel`, made of its unit.
  ///
  /// @param columns the slots of data names
  public Rule.Computed rule(Supplier<Kernel> kernel, Map<Symbol, Schema.Slot> columns) {
    return new Rule.Computed(kernel, sources.stream().map(s -> s.input(columns)).toList(), ranks);
  }

  /// @param b     holds the statements that `values` need
  /// @param slots all data slots; those that are used are taken
  static Formula of(Build b, List<Arr> values, Slots slots) {
    var q = new Array("q", Kind.REAL, List.of(Exprs.integer(0)), Array.Role.ARGUMENT);
    var size = values.stream().map(v -> Build.count(v.dims())).reduce(Exprs.integer(0), (x, y) -> Exprs.add(x, y));
    var out = new Array("out", Kind.REAL, List.of(size), Array.Role.ARGUMENT);
    b.pour(out, values);
    var body = b.block();
    var extents = extents(values);
    var used = used(body, extents.body());
    var taken = slots.all().stream().filter(s -> used.contains(s.array())).toList();
    var unit = new Unit("rule", taken.stream().map(Slots.Slot::array).toList(), List.of(), Stmt.Block.EMPTY,
        List.of(extents, new Unit.Routine("constrain", List.of(q, out), true, body)));
    return new Formula(unit, taken.stream().map(Slots.Slot::source).toList(), values.stream().map(Arr::rank).toList());
  }

  private static Unit.Routine extents(List<Arr> values) {
    var all = new ArrayList<Expr>(List.of(Exprs.integer(0)));
    values.forEach(v -> all.addAll(v.dims()));
    var out = new Array("out", Kind.REAL, List.of(Exprs.integer(all.size())), Array.Role.ARGUMENT);
    return new Unit.Routine("extents", List.of(out), false,
        Build.block(b -> b.pour(out, all.stream().map(Arr::of).toList())));
  }

  private static Set<Array> used(Stmt.Block... blocks) {
    var seen = new HashSet<Array>();
    var needed = new ArrayList<Array>();
    for (var block : blocks) {
      needed.addAll(Stmts.reads(block));
      needed.addAll(Stmts.declared(block));
    }
    while (!needed.isEmpty()) {
      var array = needed.removeLast();
      if (seen.add(array)) needed.addAll(Graph.reads(array.dims()));
    }
    return seen;
  }
}
