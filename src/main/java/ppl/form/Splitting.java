package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.runtime.Statistic;

/// Takes expressions apart by what they choose by: f(z) = sum_k [z = k] f(k) for an element z of a discrete unknown,
/// and one case each for a condition on data.
final class Splitting {
  private final Facts facts;
  private final Algebra algebra;
  private final Normaliser normaliser;

  Splitting(Facts facts, Algebra algebra, Normaliser normaliser) {
    this.facts = facts;
    this.algebra = algebra;
    this.normaliser = normaliser;
  }

  /// What `e` can be taken apart by: discrete unknowns, and conditions on data.
  Set<Object> splits(Expr e) {
    var all = new LinkedHashSet<Object>();
    for (var node : splitters(e))
      all.add(node instanceof Expr.Read(Array a, var at) ? a : ((Expr.Select) node).condition());
    return all;
  }

  /// Elements of discrete unknowns, and choices by data between values that depend on unknowns, that do not depend on
  /// variables bound within `e`.
  private List<Expr> splitters(Expr e) {
    var nodes = Graph.nodes(List.of(e));
    var bound = new HashSet<Index>();
    for (var n : nodes) if (n instanceof Expr.Reduce r) bound.add(r.index());
    var free = new Graph.Free();
    var found = new ArrayList<Expr>();
    for (var n : nodes) {
      boolean splits = switch (n) {
        case Expr.Read(Array a, var at) -> facts.isDiscrete(a) && facts.isKnown(at) && outside(free, bound, n)
            && facts.categories(a).isPresent();
        case Expr.Select(Expr c, Expr yes, Expr no) -> facts.isKnown(c) && !facts.isKnown(n) && outside(free, bound, c);
        case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Apply _, Expr.Reduce _ -> false;
      };
      if (splits) found.add(n);
    }
    return found;
  }

  private static boolean outside(Graph.Free free, Set<Index> bound, Expr e) {
    return bound.isEmpty() || free.of(e).stream().noneMatch(bound::contains);
  }

  Optional<Sum> split(Expr e) {
    var found = splitters(e);
    if (found.isEmpty()) return Optional.empty();
    return Optional.of(switch (found.getFirst()) {
      case Expr.Read(Array z, var at) -> {
        var range = facts.categories(z).orElseThrow();
        var k = new Index("k");
        var to = algebra.intern(range.count());
        var value = add(range.lower(), var(k));
        var part = normaliser.again(Rewrite.of(e, Map.of(found.getFirst(), value)));
        var where = new ArrayList<>(at);
        where.add(algebra.intern(var(k)));
        var one = Algebra.of(new Atom.Stat(z, new Statistic.Indicator(), where));
        yield algebra.over(new Term.Range(k, integer(0), to), normaliser.checked(e, algebra.products(one, part)));
      }
      case Expr.Select(Expr c, Expr yes, Expr no) -> algebra.add(
          algebra.when(c, normaliser.again(Rewrite.of(e, Map.of(c, integer(1))))),
          algebra.when(algebra.intern(not(c)), normaliser.again(Rewrite.of(e, Map.of(c, integer(0))))));
      case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Apply _, Expr.Reduce _ -> throw new IllegalStateException();
    });
  }
}
