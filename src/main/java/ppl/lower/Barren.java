package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.dist.Ability;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prune;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.typed.Abilities;
import ppl.typed.Parts;
import ppl.typed.Symbol;
import ppl.typed.TDist;

/// Missing values that occur nowhere in the log joint but as outcomes of their own laws: barren nodes (Shachter 1988,
/// *Probabilistic inference and influence diagrams*). Each law integrates to 1 whatever its arguments are, so that
/// nothing is learned from it: the density of all others is that of the rows that are there, and the values are drawn
/// forward, given a draw of the others.
///
/// Whether this is so shows only when the model is there. Until then it is supposed, and where it turns out to be wrong
/// the model is made again with values that are unknowns like others ([#isBarren]).
final class Barren {
  private final Symbol symbol;
  private final Arr seen;
  private final Array map;
  private final Array values;
  private boolean sums = true;

  /// @param seen   the data
  /// @param map    of the same extents: the position of each missing value from 1, 0 where there is a value
  /// @param values the missing ones, one after the other
  Barren(Symbol symbol, Arr seen, Array map, Array values) {
    this.symbol = symbol;
    this.seen = seen;
    this.map = map;
    this.values = values;
  }

  /// Whether all that is said of a name lets its missing values be barren: one statement with a law of single numbers that
  /// can be drawn from. What the model itself defines to be a density need not integrate to 1.
  static boolean mayBe(Symbol s, Stated stated) {
    var all = stated.observations(s);
    if (all.size() != 1) return false;
    var dist = all.getFirst().dist();
    return Laws.eventRank(dist) == 0 && Abilities.of(dist).contains(Ability.DRAW) && !isDefined(dist)
        && Abilities.isWhole(dist) == (Expressions.kind(s.type()) == Kind.INT);
  }

  private static boolean isDefined(TDist dist) {
    return dist instanceof TDist.User || Parts.of(dist).dists().stream().anyMatch(Barren::isDefined);
  }

  Symbol symbol() {
    return symbol;
  }

  Array values() {
    return values;
  }

  /// Adds the log density of what is there. Of a missing value it is left that its law must be one.
  void observe(Laws laws, Subscripts subs, TDist dist, Build b, Scope scope) {
    var part = subs.of(seen);
    var family = laws.family(dist, b, scope);
    var proper = Proper.of(dist, laws.expressions(), b, scope);
    var declared = Unknowns.Declared.of(symbol, laws.expressions(), b, scope);
    Laws.over(part, 0, b, (inner, at) -> {
      var law = family.at(at, List.of());
      var full = subs.full(at);
      sums &= declared.holds(law.support(), full);
      inner.add(new Stmt.If(not(isMissing(full)), Build.block(c -> Laws.observe(law, proper, at, part.slice(at), c)), Stmt.Block.EMPTY));
    });
    if (!proper.isCertain()) Laws.over(part, 0, b, (inner, at) -> inner.add(new Stmt.If(isMissing(subs.full(at)), Build.block(c -> {
      c.add(new Stmt.Add(Array.TARGET, List.of(), proper.of(c, at, ZERO)));
      proper.test(c, at);
    }), Stmt.Block.EMPTY)));
  }

  /// Draws the missing values.
  void draw(Laws laws, Subscripts subs, TDist dist, Build b, Scope scope) {
    laws.draw(dist, symbol, subs, new Laws.Into(values, at -> List.of(sub(map.read(at), integer(1))), at -> Optional.of(isMissing(at))), b, scope);
  }

  private Expr isMissing(List<Expr> at) {
    return lt(integer(0), map.read(at));
  }

  /// Whether the values are barren indeed: each has just one law, of which no value is ruled out by the declaration, and
  /// nothing reads one of them but quantities that only reports have.
  ///
  /// @param count    of the extents of the data
  /// @param counting adds to `count` how often each element is observed
  boolean isBarren(Array count, Stmt.Block counting, List<Model.Step> steps) {
    return sums && isOnce(Prune.to(Set.of(count), counting), count) && isOnlyReported(steps);
  }

  /// Whether no step but those that give deterministic values reads some, or what depends on them.
  private boolean isOnlyReported(List<Model.Step> steps) {
    var dependent = new HashSet<>(Set.of(values));
    for (int before = 0; before < dependent.size(); ) {
      before = dependent.size();
      for (var s : steps)
        if (s instanceof Model.Step.Values v && reads(v, dependent)) dependent.addAll(Stmts.writes(v.block()));
    }
    return steps.stream().noneMatch(s -> !(s instanceof Model.Step.Values) && reads(s, dependent));
  }

  private static boolean reads(Model.Step step, Set<Array> some) {
    return Stmts.reads(step.block()).stream().anyMatch(some::contains);
  }

  /// Whether a statement adds 1 to every element of `count`.
  private static boolean isOnce(Stmt s, Array count) {
    var loops = new IdentityHashMap<Index, Expr>();
    var inner = s;
    while (true) switch (inner) {
      case Stmt.Block b when b.statements().size() == 1 -> inner = b.statements().getFirst();
      case Stmt.For f when f.from() instanceof Expr.Int(int zero) && zero == 0 -> {
        loops.put(f.index(), f.to());
        inner = f.body();
      }
      case Stmt.Add(Array a, var at, Expr one) -> {
        return a == count && isAll(at, a.dims(), loops);
      }
      case Stmt _ -> {
        return false;
      }
    }
  }

  /// Whether subscripts take each place once in the turns of `loops`.
  private static boolean isAll(List<Expr> at, List<Expr> dims, Map<Index, Expr> loops) {
    var used = new HashSet<Index>();
    for (int d = 0; d < at.size(); d++)
      if (!(at.get(d) instanceof Expr.Var(Index i)) || !used.add(i) || !loops.containsKey(i)
          || !Extremes.same(loops.get(i), dims.get(d))) return false;
    return used.size() == loops.size();
  }
}
