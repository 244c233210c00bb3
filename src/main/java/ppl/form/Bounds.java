package ppl.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Prim;
import ppl.source.Span;

/// Conditions on unknowns as bounds of single elements by what is known.
record Bounds(Facts facts, List<Definitions.Frame> frames, Span span) {
  /// @param known what does not depend on unknowns
  record Found(List<Bound> bounds, List<Expr> known) {}

  /// What `condition` says; empty if that is no set of such bounds.
  Optional<Found> of(Expr condition) {
    var around = Definitions.Around.of(frames);
    var bounds = new ArrayList<Bound>();
    var known = new ArrayList<Expr>();
    for (var c : conjuncts(condition)) {
      if (facts.isKnown(c)) {
        known.add(c);
        continue;
      }
      var all = new ArrayList<>(around.ranges());
      var body = c;
      while (body instanceof Expr.Reduce r && r.reducer() == Expr.Reducer.PRODUCT && facts.isKnown(r.from()) && facts.isKnown(r.to())) {
        all.add(new Term.Range(r.index(), r.from(), r.to()));
        body = r.body();
      }
      if (!(body instanceof Expr.Apply(Prim p, var args)) || p != Prim.LT && p != Prim.LE) return Optional.empty();
      var found = compare(args.get(0), args.get(1), all, around.guards());
      if (found.isEmpty()) return Optional.empty();
      bounds.addAll(found.get());
    }
    return Optional.of(new Found(bounds, known));
  }

  /// What all has to hold, one by one; products of truth values are taken apart inside.
  private static List<Expr> conjuncts(Expr c) {
    if (c instanceof Expr.Apply(Prim p, var args) && p == Prim.AND) {
      var all = new ArrayList<>(conjuncts(args.get(0)));
      all.addAll(conjuncts(args.get(1)));
      return all;
    }
    if (c instanceof Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) && reducer == Expr.Reducer.PRODUCT)
      return conjuncts(body).stream().<Expr>map(b -> new Expr.Reduce(reducer, i, from, to, b)).toList();
    return List.of(c);
  }

  /// small <= large.
  private Optional<List<Bound>> compare(Expr small, Expr large, List<Term.Range> ranges, List<Expr> guards) {
    if (facts.isKnown(small) && large instanceof Expr.Read(Array a, var at) && isElement(a, at)) {
      if (small instanceof Expr.Real(double v) && v <= 0 && facts.isPositive(a)) return Optional.of(List.of());
      return Optional.of(List.of(new Bound(ranges, guards, a, at, false, small, span)));
    }
    if (facts.isKnown(large) && small instanceof Expr.Read(Array a, var at) && isElement(a, at)) {
      if (large instanceof Expr.Real(double v) && v >= 1 && facts.isUnit(a)) return Optional.of(List.of());
      return Optional.of(List.of(new Bound(ranges, guards, a, at, true, large, span)));
    }
    return Optional.empty();
  }

  private boolean isElement(Array a, List<Expr> at) {
    return facts.isUnknown(a) && facts.isKnown(at);
  }
}
