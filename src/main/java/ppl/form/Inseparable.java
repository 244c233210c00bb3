package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;

/// Sums that stay one value: sum_k x[k] w^(n - k) has no statistics, and multiplied out its square would be a sum over
/// all pairs of k for each n.
///
/// In sum_k X[n, k] exp(b[k]) data come between n and k: multiplied out, they are summed over n when they are bound,
/// and pairs of k are all that is left. Such a sum is taken apart.
final class Inseparable {
  private final Facts facts;
  private final Algebra algebra;
  private final Graph.Free free = new Graph.Free();

  Inseparable(Facts facts, Algebra algebra) {
    this.facts = facts;
    this.algebra = algebra;
  }

  /// The monomial summed over a range, with a factor that stands for the sum; empty where it is better taken apart.
  Optional<Monomial> over(Term.Range range, Monomial m) {
    var k = range.index();
    var inner = new ArrayList<Atom.Power>();
    var outer = new ArrayList<Atom>();
    for (var a : m.atoms())
      switch (a) {
        case Atom.Power p -> {
          if (varies(p.base(), k)) inner.add(p);
          else outer.add(p);
        }
        case Atom.Stat s -> {
          if (s.at().stream().anyMatch(e -> varies(e, k))) return Optional.empty();
          outer.add(s);
        }
        case Atom.Element _, Atom.LogDiagonal _ -> {
          return Optional.empty();
        }
      }
    boolean ranged = m.ranges().stream().anyMatch(r -> varies(r.from(), k) || varies(r.to(), k));
    var within = m.guards().stream().filter(g -> varies(g, k)).toList();
    boolean weighted = varies(m.coefficient(), k);
    if (inner.isEmpty() || ranged) return Optional.empty();
    if (!together(range, inner, weighted ? with(within, m.coefficient()) : within)) return Optional.empty();
    Expr value = weighted ? m.coefficient() : ONE;
    for (var p : inner) value = mul(value, algebra.value(p));
    for (var g : within.reversed()) value = select(g, value, ZERO);
    var sum = algebra.intern(new Expr.Reduce(Expr.Reducer.SUM, k, range.from(), range.to(), value));
    outer.add(new Atom.Power(sum, 1, false, inner.getFirst().why()));
    var guards = m.guards().stream().filter(g -> !within.contains(g)).toList();
    return Optional.of(algebra.intern(new Monomial(m.ranges(), guards, weighted ? ONE : m.coefficient(), outer)));
  }

  /// Whether nothing is gained by taking the sum apart: no data tie its index to one that the summands know of by way
  /// of data at most, or they could not be summed over that.
  private boolean together(Term.Range range, List<Atom.Power> inner, List<Expr> weights) {
    if (!free.of(range.from()).isEmpty() || !free.of(range.to()).isEmpty()) return true;
    var plain = new HashSet<Index>();
    for (var p : inner) plain.addAll(plain(p.base()));
    plain.add(range.index());
    return weights.stream().allMatch(w -> plain.containsAll(free.of(w)));
  }

  private boolean varies(Expr e, Index k) {
    return free.of(e).contains(k);
  }

  private static List<Expr> with(List<Expr> all, Expr one) {
    var out = new ArrayList<>(all);
    out.add(one);
    return out;
  }

  /// Variables that `e` depends on otherwise than by what is looked up by data.
  private Set<Index> plain(Expr e) {
    if (facts.isKnown(e)) return free.of(e);
    var all = new HashSet<Index>();
    var parts = e instanceof Expr.Read r
        ? r.at().stream().filter(at -> !Rows.readsData(at)).toList()
        : e.children();
    for (var c : parts) all.addAll(plain(c));
    if (e instanceof Expr.Reduce r) all.remove(r.index());
    return all;
  }
}
