package ppl.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The local rewrites that [Exprs] applies while it builds. A rewrite looks at an operation and at the operations of
/// its operands, never further, so that building stays linear. It keeps the value wherever the original has one, up
/// to rounding that is no worse, and gives a value nowhere else but at infinities.
final class Simplify {
  /// How many nodes are looked at to see that a reduction's body does not depend on its variable.
  private static final int GLANCE = 50;

  private Simplify() {}

  static Expr apply(Prim prim, List<Expr> args) {
    return fold(prim, args).or(() -> rewrite(prim, args)).orElseGet(() -> new Expr.Apply(prim, args));
  }

  private static Optional<Expr> rewrite(Prim prim, List<Expr> args) {
    var a = args.get(0);
    if (args.size() == 1) return SimplifyFunctions.of(prim, a);
    if (args.size() > 2) return Optional.empty();
    var b = args.get(1);
    return prim.parameters().get(0) == Kind.INT ? SimplifyInts.of(prim, a, b) : SimplifyReals.of(prim, a, b);
  }

  static Expr select(Expr condition, Expr yes, Expr no) {
    if (condition instanceof Expr.Int(int c)) return c != 0 ? yes : no;
    if (same(yes, no)) return yes;
    if (condition instanceof Expr.Apply(Prim p, var args) && p == Prim.NOT)
      return new Expr.Select(args.get(0), no, yes);
    return new Expr.Select(condition, yes, no);
  }

  static Expr reduce(Expr.Reducer reducer, Index i, Expr from, Expr to, Expr body) {
    if (from instanceof Expr.Int(int f) && to instanceof Expr.Int(int t)) {
      var unit = unit(reducer, body.kind());
      if (t <= f && unit.isPresent()) return unit.get();
      if (t == f + 1) return Subst.indices(Map.of(i, from)).apply(body);
    }
    if (body.kind() == Kind.REAL && !mayDependOn(body, i)) {
      var once = constant(reducer, from, to, body);
      if (once.isPresent()) return once.get();
    }
    if (reducer == Expr.Reducer.SUM && body instanceof Expr.Apply(Prim p, var args)) {
      if (p == Prim.NEG) return Exprs.neg(reduce(reducer, i, from, to, args.get(0)));
      if (p == Prim.MUL && args.get(0) instanceof Expr.Real)
        return Exprs.mul(args.get(0), reduce(reducer, i, from, to, args.get(1)));
    }
    return new Expr.Reduce(reducer, i, from, to, body);
  }

  private static Optional<Expr> unit(Expr.Reducer reducer, Kind kind) {
    if (kind == Kind.REAL) return Optional.of(Exprs.real(reducer.unit()));
    return Double.isFinite(reducer.unit()) ? Optional.of(Exprs.integer((int) reducer.unit())) : Optional.empty();
  }

  /// The same body again and again.
  private static Optional<Expr> constant(Expr.Reducer reducer, Expr from, Expr to, Expr body) {
    var some = Exprs.lt(from, to);
    var unit = Exprs.real(reducer.unit());
    return switch (reducer) {
      case SUM -> Optional.of(Exprs.select(some, Exprs.mul(Exprs.toReal(Exprs.sub(to, from)), body), unit));
      case MAX, MIN -> Optional.of(Exprs.select(some, body, unit));
      case PRODUCT -> Optional.empty();
    };
  }

  private static boolean mayDependOn(Expr body, Index i) {
    var seen = Graph.identitySet();
    var todo = new ArrayList<Expr>();
    todo.add(body);
    while (!todo.isEmpty()) {
      var e = todo.removeLast();
      if (!seen.add(e)) continue;
      if (seen.size() > GLANCE || e instanceof Expr.Var(Index j) && j == i) return true;
      todo.addAll(e.children());
    }
    return false;
  }

  private static Optional<Expr> fold(Prim prim, List<Expr> args) {
    var values = new double[args.size()];
    for (int i = 0; i < values.length; i++) {
      var value = constant(args.get(i));
      if (value.isEmpty()) return Optional.empty();
      values[i] = value.get();
    }
    var y = prim.at(values);
    if (y.isEmpty()) return Optional.empty();
    return Optional.of(prim.result() == Kind.REAL ? Exprs.real(y.getAsDouble()) : Exprs.integer((int) y.getAsDouble()));
  }

  private static Optional<Double> constant(Expr e) {
    return switch (e) {
      case Expr.Int(int v) -> Optional.of((double) v);
      case Expr.Real(double v) -> Optional.of(v);
      case Expr.Var v -> Optional.empty();
      case Expr.Read r -> Optional.empty();
      case Expr.Apply a -> Optional.empty();
      case Expr.Reduce r -> Optional.empty();
      case Expr.Select s -> Optional.empty();
    };
  }

  static boolean isReal(Expr e, double v) {
    return e instanceof Expr.Real(double w) && w == v;
  }

  /// Whether both are obviously the same value: one node, equal constants, or the same element of an array.
  static boolean same(Expr a, Expr b) {
    if (a == b) return true;
    return switch (a) {
      case Expr.Int(int v) -> b instanceof Expr.Int(int w) && v == w;
      case Expr.Real(double v) -> b instanceof Expr.Real(double w) && Double.compare(v, w) == 0;
      case Expr.Var(Index i) -> b instanceof Expr.Var(Index j) && i == j;
      case Expr.Read(Array x, var at) -> b instanceof Expr.Read(Array y, var to) && x == y && sameLeaves(at, to);
      case Expr.Apply x -> false;
      case Expr.Reduce x -> false;
      case Expr.Select x -> false;
    };
  }

  private static boolean sameLeaves(List<Expr> a, List<Expr> b) {
    for (int i = 0; i < a.size(); i++)
      if (a.get(i) != b.get(i) && (a.get(i) instanceof Expr.Read || !same(a.get(i), b.get(i)))) return false;
    return true;
  }
}
