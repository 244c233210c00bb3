package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import ppl.dist.Ability;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Kind;
import ppl.ir.Prune;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.typed.Abilities;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// Forward simulation: what is generated for each draw, and replicates of what is observed.
///
/// @param shown what data are called in results
record Forward(Typed typed, Expressions expressions, Scope scope, Function<Symbol, String> shown) {
  /// @param inner where names of `generate` are bound
  Stmt.Block generate(List<Model.Output> generated, Scope inner) {
    for (var s : typed.generated()) {
      var array = Array.computed(s.name(), Expressions.kind(s.type()), expressions.dims(s.type(), new Build(), scope));
      inner.bind(s, array);
      generated.add(Lowering.output(s, s.name(), Arr.of(array), Model.Output.Kind.GENERATED));
    }
    var block = Build.block(b -> new Statements(expressions, Statements.Part.DRAWS).all(typed.generate(), b, inner));
    var arrays = new ArrayList<>(block.arrays());
    generated.forEach(g -> arrays.add(inner.array(g.symbol())));
    return new Stmt.Block(arrays, block.statements());
  }

  /// Whether every distribution of an observed name can be drawn from.
  private static boolean drawn(Symbol s, List<TStmt> body) {
    var all = new boolean[] {true};
    body.forEach(x -> Names.observations(x, o ->
        all[0] &= !Statements.observed(o.left()).equals(Optional.of(s)) || Abilities.of(o.dist()).contains(Ability.DRAW)));
    return all[0];
  }

  List<Model.Replicate> replicates(List<TStmt> body) {
    var all = new ArrayList<Model.Replicate>();
    for (var s : typed.data()) if (drawn(s, body)) replicate(s, body).ifPresent(all::add);
    return all;
  }

  /// Elements that are never observed, such as the first ones of a series, keep their values.
  private Optional<Model.Replicate> replicate(Symbol s, List<TStmt> body) {
    var into = Array.computed(shown.apply(s) + "_rep", Expressions.kind(s.type()), scope.get(s).dims());
    var seen = wholly(s, body) ? Optional.<Array>empty() : Optional.of(Array.computed("seen", Kind.REAL, into.dims()));
    var block = Build.block(b -> {
      seen.ifPresent(a -> b.add(new Stmt.Fill(a, ZERO)));
      for (var x : body) {
        seen.ifPresent(a ->
            new Statements(expressions, new Statements.Part.Count(Map.of(s, a))).one(x, b, scope.inner()));
        new Statements(expressions, new Statements.Part.Replicate(s, into)).one(x, b, scope.inner());
      }
    });
    var wanted = new HashSet<>(Set.of(into));
    seen.ifPresent(wanted::add);
    var needed = Prune.to(wanted, block);
    if (!Stmts.allWritten(needed).contains(into)) return Optional.empty();
    var known = scope.get(s);
    var value = seen.map(a -> new Arr(into.kind(), into.dims(), at ->
        select(eq(a.read(at), ZERO), known.at(at), into.read(at)))).orElse(Arr.of(into));
    return Optional.of(new Model.Replicate(Lowering.output(s, shown.apply(s) + "_rep", value, Model.Output.Kind.REPLICATE), needed));
  }

  /// Whether a name is observed just once and as a whole.
  private static boolean wholly(Symbol s, List<TStmt> body) {
    var all = new ArrayList<TStmt.Observe>();
    body.forEach(x -> Names.observations(x, o -> {
      if (Statements.observed(o.left()).equals(Optional.of(s))) all.add(o);
    }));
    return all.size() == 1 && body.contains(all.getFirst()) && all.getFirst().left() instanceof TExpr.Ref;
  }
}
