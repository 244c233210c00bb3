package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.ir.Subst;

/// Values of factors that are stored for all states.
final class Potentials {
  private Potentials() {}

  /// What factors of single elements, of which several may be about the same element, add up to by element and state.
  /// Turns add to the same places: their order is kept.
  static Array gathered(Build b, Variable v, List<Factor> factors) {
    var dims = Stream.concat(v.dims().stream(), Stream.of(v.count())).toList();
    var potential = Array.computed("potential", Kind.REAL, dims);
    b.add(new Stmt.Fill(potential, ZERO));
    for (var f : factors) {
      var slot = f.slots().getFirst();
      Nest.over(b, f.loops(), true, (outer, where) -> {
        var to = Subst.indices(where);
        var inner = new Build();
        var k = new Index("k");
        var state = new Build();
        var value = f.body().in(inner, state, new Place(where, Map.of(slot.mark(), add(var(k), v.lower()))));
        var at = new ArrayList<>(to.apply(slot.at()));
        at.add(var(k));
        state.add(new Stmt.Add(potential, at, LogSpace.possible(value)));
        inner.add(new Stmt.For(k, integer(0), v.count(), false, true, state.block()));
        var all = Factor.where(to.apply(f.guards()), inner.block());
        all.arrays().forEach(outer::declare);
        all.statements().forEach(outer::add);
      });
    }
    return potential;
  }

  /// A factor whose value is the same in every turn of its loops, looked up in a table over its states.
  static Factor table(Build b, Factor f, Map<Array, Variable> variables) {
    if (!(f.body() instanceof Body.Written w) || f.loops().isEmpty() || w.isPlain()) return f;
    var indices = f.loops().stream().map(Loop::index).toList();
    if (w.expressions().stream().anyMatch(e -> Alignment.dependsOn(e, indices))) return f;
    var counts = f.slots().stream().map(s -> variables.get(s.unknown()).count()).toList();
    var table = Array.computed("table", Kind.REAL, counts);
    var own = new ArrayList<Index>();
    var states = new HashMap<Array, Expr>();
    var at = new ArrayList<Expr>();
    for (var s : f.slots()) {
      var k = new Index("k");
      own.add(k);
      var lower = variables.get(s.unknown()).lower();
      states.put(s.mark(), add(var(k), lower));
      at.add(sub(s.mark().read(), lower));
    }
    List<Expr> to = own.stream().map(k -> var(k)).toList();
    var inner = new Build();
    inner.add(LogSpace.set(table, to, w.in(b, inner, new Place(Map.of(), states))));
    b.loops(own, counts, x -> inner.block());
    return new Factor(f.loops(), f.guards(), f.slots(), new Body.Written(Stmt.Block.EMPTY, table.read(at)), f.span());
  }
}
