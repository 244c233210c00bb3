package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Collections;
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
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// Forward simulation: what is generated for each draw, replicates of what is observed, and draws from priors.
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

  /// Of every observed name whose distributions can all be drawn from.
  List<Model.Replicate> replicates(Stated stated) {
    var all = new ArrayList<Model.Replicate>();
    for (var s : typed.data()) {
      var observations = stated.observations(s);
      if (!observations.isEmpty() && Undrawn.among(observations).isEmpty())
        replicate(s, stated).ifPresent(all::add);
    }
    return all;
  }

  /// Of every unknown number with a mixture for a prior; infinite where nothing can be drawn from that.
  List<Model.Replicate> priors(Stated stated) {
    var all = new ArrayList<Model.Replicate>();
    for (var s : typed.unknowns()) {
      var said = stated.priors(s).stream().map(TStmt.Prior::dist).toList();
      if (Expressions.kind(s.type()) == Kind.REAL && !(s.support() instanceof Support.Shaped)
          && said.stream().anyMatch(Forward::mixes))
        all.add(prior(s, stated, said.stream().allMatch(d -> Abilities.of(d).contains(Ability.DRAW))));
    }
    return all;
  }

  private Model.Replicate prior(Symbol s, Stated stated, boolean drawn) {
    var into = Array.computed(s.name(), Kind.REAL, scope.get(s).dims());
    var b = new Build();
    if (!drawn) b.add(new Stmt.Fill(into, real(Double.POSITIVE_INFINITY)));
    else for (var x : stated.statements(s)) new Statements(expressions, new Statements.Part.Imagined(s, into)).one(x, b, scope.inner());
    return new Model.Replicate(Lowering.output(s, s.name(), Arr.of(into), Model.Output.Kind.UNKNOWN),
        Prune.to(Set.of(into), b.block()));
  }

  private static boolean mixes(TDist dist) {
    return switch (dist) {
      case TDist.Mixture _, TDist.MixtureOver _ -> true;
      case TDist.Truncated t -> mixes(t.inner());
      case TDist.Censored c -> mixes(c.inner());
      case TDist.ZeroInflated z -> mixes(z.inner());
      case TDist.Hurdle h -> mixes(h.inner());
      case TDist.Named _, TDist.User _ -> false;
    };
  }

  /// Elements that are never observed, such as the first ones of a series, keep their values. An element that several
  /// statements observe is drawn by the last of them.
  private Optional<Model.Replicate> replicate(Symbol s, Stated stated) {
    var name = shown.apply(s) + "_rep";
    var known = scope.get(s);
    // whole numbers that a law of reals describes are drawn as reals
    var kind = stated.observations(s).stream().allMatch(o -> Abilities.isWhole(o.dist())) ? Expressions.kind(s.type()) : Kind.REAL;
    boolean wholly = wholly(s, stated);
    var drawn = new HashSet<Array>();
    var wanted = new HashSet<Array>();
    var b = new Build();
    var value = known;
    for (var group : Apart.groups(stated.observations(s))) {
      var into = Array.computed(name, kind, known.dims());
      var seen = Array.computed("seen", Kind.REAL, known.dims());
      drawn.add(into);
      if (!wholly) {
        wanted.add(seen);
        b.add(new Stmt.Fill(seen, ZERO));
      }
      for (var x : stated.statements(s)) {
        if (!wholly) new Statements(expressions, new Statements.Part.Count(Map.of(s, seen), group::contains)).one(x, b, scope.inner());
        new Statements(expressions, new Statements.Part.Replicate(s, into, group::contains)).one(x, b, scope.inner());
      }
      var before = value;
      value = wholly ? Arr.of(into) : new Arr(kind, known.dims(), at ->
          select(eq(seen.read(at), ZERO), Expressions.as(kind, before.at(at)), into.read(at)));
    }
    wanted.addAll(drawn);
    var needed = Prune.to(wanted, b.block());
    if (Collections.disjoint(Stmts.allWritten(needed), drawn)) return Optional.empty();
    return Optional.of(new Model.Replicate(Lowering.output(s, name, value, Model.Output.Kind.REPLICATE), needed));
  }

  /// Whether a name is observed just once and as a whole.
  private static boolean wholly(Symbol s, Stated stated) {
    var all = stated.observations(s);
    return all.size() == 1 && stated.statements(s).getFirst() == all.getFirst() && all.getFirst().left() instanceof TExpr.Ref;
  }
}
