package ppl.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Exprs;
import ppl.ir.Kind;
import ppl.ir.Prune;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.typed.Symbol;
import ppl.typed.TStmt;

/// Makes a model's [Model.Audit].
final class Counting {
  private Counting() {}

  /// @param statements at top level, those of `generate` too
  /// @param steps      of the model, in order: conditions and subscripts may need their values
  static Model.Audit of(List<TStmt> statements, Expressions expressions, Scope scope, List<Model.Step> steps,
      Slots slots) {
    Map<Symbol, Array> counts = new LinkedHashMap<>();
    for (var s : statements) parts(s, symbol -> counts.computeIfAbsent(symbol, k -> Array.computed(
        k.name(), Kind.REAL, expressions.dims(k.type(), new Build(), scope))));
    if (counts.isEmpty()) return Model.Audit.NONE;
    var counting = new Statements(expressions, new Statements.Part.Count(counts));
    List<Model.Step> all = new ArrayList<>(steps.stream().filter(s -> s instanceof Model.Step.Values).toList());
    for (var s : statements)
      all.add(new Model.Step.Values(Build.block(b -> counting.one(s, b, scope.inner())), s.span()));
    var wanted = wanted(all, counts.values());
    var needed = all.stream().<Model.Step>map(s -> new Model.Step.Values(Prune.to(wanted, s.block()), s.span()))
        .filter(s -> !s.block().isEmpty()).toList();
    return new Model.Audit(counts.entrySet().stream().map(e -> new Model.Count(e.getKey(), e.getValue())).toList(), needed,
        List.of(), rule(List.copyOf(counts.values()), needed, slots), List.of(), List.of());
  }

  /// Empty where gaps in data decide what is given.
  private static Optional<Formula> rule(List<Array> counts, List<Model.Step> steps, Slots slots) {
    var b = new Build();
    for (var count : counts) {
      b.declare(count);
      b.add(new Stmt.Fill(count, Exprs.ZERO));
    }
    for (var step : steps) {
      step.block().arrays().forEach(b::declare);
      for (var a : Stmts.writes(step.block()))
        if (a.role() == Array.Role.COMPUTED && !counts.contains(a) && !b.block().arrays().contains(a)) b.declare(a);
      step.block().statements().forEach(b::add);
    }
    var formula = Formula.of(b, counts.stream().map(Arr::of).toList(), slots);
    boolean gaps = formula.sources().stream().anyMatch(
        s -> s instanceof Slots.Source.MissingMap || s instanceof Slots.Source.MissingCount);
    return gaps ? Optional.empty() : Optional.of(formula);
  }

  /// Calls `found` for the names that `s` gives, unless it gives one as a whole.
  private static void parts(TStmt s, java.util.function.Consumer<Symbol> found) {
    boolean whole = s instanceof TStmt.Give(var place, var value, var span) && place.subs().isEmpty()
        || s instanceof TStmt.Prior(var where, var dist, var at) && where.subs().isEmpty();
    if (whole) return;
    Names.gives(s, p -> {
      if (p.symbol().role() != Symbol.Role.LOCAL) found.accept(p.symbol());
    });
    Names.priors(s, p -> found.accept(p.place().symbol()));
  }

  private static Set<Array> wanted(List<Model.Step> steps, Iterable<Array> counts) {
    var wanted = new HashSet<Array>();
    counts.forEach(wanted::add);
    var whole = new Stmt.Block(
        steps.stream().flatMap(s -> s.block().arrays().stream()).toList(),
        steps.stream().flatMap(s -> s.block().statements().stream()).toList());
    wanted.addAll(Stmts.allWritten(Prune.to(wanted, whole)));
    return wanted;
  }
}
