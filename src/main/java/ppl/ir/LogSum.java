package ppl.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// log(sum_i exp(term)) among summands: m + log(sum_i exp(term - m)), whatever m is.
///
/// @param others the other summands
record LogSum(Index index, Expr count, Expr term, List<Expr> others) {
  /// All that there are.
  static List<LogSum> in(List<Expr> terms) {
    var found = new ArrayList<LogSum>();
    for (var e : terms) {
      var others = new ArrayList<>(terms);
      others.remove(e);
      if (e instanceof Expr.Select(Expr c, Expr.Real(double never), Expr sum) && never == Double.NEGATIVE_INFINITY)
        guarded(c, sum).ifPresent(s -> found.add(new LogSum(s.index, s.count, s.term, others)));
      shifted(e, others).ifPresent(found::add);
    }
    return found;
  }

  /// A sum of nothing that can be is known without exponentials: the condition compares m.
  private static Optional<LogSum> guarded(Expr condition, Expr sum) {
    if (!(condition instanceof Expr.Apply(Prim p, var of)) || p != Prim.EQ) return Optional.empty();
    var terms = new ArrayList<Expr>();
    terms(sum, false, terms);
    return in(terms).stream().filter(s -> s.others.isEmpty() && terms.stream().anyMatch(of::contains)).findFirst();
  }

  private static Optional<LogSum> shifted(Expr log, List<Expr> others) {
    if (!(log instanceof Expr.Apply(Prim p, var of)) || p != Prim.LOG
        || !(of.getFirst() instanceof Expr.Reduce r) || r.reducer() != Expr.Reducer.SUM
        || !(r.from() instanceof Expr.Int(int from)) || from != 0
        || !(r.body() instanceof Expr.Apply(Prim q, var in)) || q != Prim.EXP
        || !(in.getFirst() instanceof Expr.Apply(Prim minus, var both)) || minus != Prim.SUB
        || !others.contains(both.get(1)) || new Graph.Free().of(both.get(1)).contains(r.index()))
      return Optional.empty();
    var rest = new ArrayList<>(others);
    rest.remove(both.get(1));
    return Optional.of(new LogSum(r.index(), r.to(), both.get(0), rest));
  }

  /// Adds the summands of `e` to `to`, signs inside.
  static void terms(Expr e, boolean negative, List<Expr> to) {
    if (e instanceof Expr.Apply(Prim p, var args)) {
      switch (p) {
        case ADD, SUB -> {
          terms(args.get(0), negative, to);
          terms(args.get(1), negative ^ p == Prim.SUB, to);
          return;
        }
        case NEG -> {
          terms(args.get(0), !negative, to);
          return;
        }
        default -> {}
      }
    }
    to.add(negative ? Exprs.neg(e) : e);
  }
}
