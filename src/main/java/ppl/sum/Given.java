package ppl.sum;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Prune;
import ppl.ir.Rename;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;
import ppl.lower.Model;

/// Deterministic values that depend on discrete unknowns. Where their elements are plain functions of these they are
/// put in place of what reads them; other ones are computed again for every value. What is drawn in a model, and values that
/// depend on it, reach no density.
final class Given {
  private final Set<Array> late;
  private final Map<Array, Subst.Rule> rules = new IdentityHashMap<>();
  private final List<Model.Step> steps = new ArrayList<>();
  private final List<Model.Step> early = new ArrayList<>();
  private final List<Model.Step> last = new ArrayList<>();

  private Given(Set<Array> late) {
    this.late = late;
  }

  static Given of(Model model) {
    var late = new HashSet<Array>();
    model.unknowns().forEach(u -> {
      if (u.discrete().isPresent()) late.add(u.array());
    });
    for (int before = -1; before < late.size(); ) {
      before = late.size();
      for (var step : model.steps())
        if (step instanceof Model.Step.Values || step instanceof Model.Step.Draws) spread(step.block(), false, late);
    }
    var g = new Given(late);
    var drawn = model.drawn();
    for (var step : model.steps()) g.step(step, drawn);
    return g;
  }

  private static void spread(Stmt s, boolean around, Set<Array> late) {
    boolean is = around || Stmts.expressions(s).stream().anyMatch(e -> ppl.ir.Graph.dependsOn(e, late))
        || s instanceof Stmt.Call c && c.inputs().stream().anyMatch(late::contains);
    if (is) for (var a : Stmts.written(s)) if (a.role() == Array.Role.COMPUTED) late.add(a);
    for (var c : Stmts.children(s)) spread(c, is, late);
  }

  /// @param drawn what is drawn in the model, and what was found to depend on it
  private void step(Model.Step step, Set<Array> drawn) {
    boolean follows = step instanceof Model.Step.Draws || !Collections.disjoint(Stmts.reads(step.block()), drawn);
    switch (step) {
      case Model.Step.Values v when follows -> {
        Stmts.writes(v.block()).stream().filter(a -> a.role() == Array.Role.COMPUTED).forEach(drawn::add);
        last.add(v);
      }
      case Model.Step.Values v when isLate(v.block()) || Stmts.writes(v.block()).stream().anyMatch(late::contains) -> {
        var written = Stmts.writes(v.block());
        var on = new HashSet<>(written);
        on.removeAll(late);
        var now = Prune.to(on, v.block());
        if (!now.isEmpty()) early.add(new Model.Step.Values(now, v.span()));
        written.retainAll(late);
        var then = Prune.to(written, v.block());
        steps.add(new Model.Step.Values(then, v.span()));
        definition(then);
      }
      case Model.Step.Values v -> early.add(v);
      case Model.Step.Constrain c -> early.add(c);
      case Model.Step.Density d -> {}
      case Model.Step.Draws d -> last.add(d);
    }
  }

  /// Notes a rule where the block sets one array in plain loops.
  private void definition(Stmt.Block block) {
    var loops = new ArrayList<Stmt.For>();
    Stmt s = block;
    while (!(s instanceof Stmt.Set)) {
      if (s instanceof Stmt.Block b && b.statements().size() == 1 && b.arrays().isEmpty()) s = b.statements().getFirst();
      else if (s instanceof Stmt.For f) {
        loops.add(f);
        s = f.body();
      } else return;
    }
    var set = (Stmt.Set) s;
    if (Stmts.reads(set).contains(set.array())) return;
    var seen = new LinkedHashSet<Index>();
    for (var e : set.at()) if (!(e instanceof Expr.Var(Index i)) || !seen.add(i)) return;
    if (seen.size() != loops.size() || !loops.stream().allMatch(f -> seen.contains(f.index()))) return;
    var value = inlined(set.value());
    rules.put(set.array(), at -> {
      var where = new HashMap<Index, Expr>();
      for (int d = 0; d < at.size(); d++) where.put(((Expr.Var) set.at().get(d)).index(), at.get(d));
      return Subst.indices(where).apply(value);
    });
  }

  private Expr inlined(Expr e) {
    return Subst.of(Map.of(), a -> Optional.ofNullable(rules.get(a))).apply(e);
  }

  Stmt.Block inlined(Stmt.Block b) {
    return Rename.of(b, Map.of(), a -> Optional.ofNullable(rules.get(a)));
  }

  boolean isLate(Stmt s) {
    return Stmts.reads(s).stream().anyMatch(late::contains);
  }

  /// What gives values that do not depend on discrete unknowns, in order.
  List<Model.Step> early() {
    return early;
  }

  /// What gives the others, in order: it is run when these have been drawn.
  List<Model.Step> late() {
    return Stream.concat(steps.stream(), last.stream()).toList();
  }

  /// The statements that give what no rule tells.
  Path.Given before() {
    var arrays = new ArrayList<Array>();
    var statements = new ArrayList<Stmt>();
    for (var s : steps) {
      var b = inlined(s.block());
      if (Stmts.writes(s.block()).stream().allMatch(rules::containsKey)) continue;
      arrays.addAll(b.arrays());
      for (var a : Stmts.writes(b)) arrays.add(a);
      statements.addAll(b.statements());
    }
    return new Path.Given(arrays, statements);
  }
}
