package ppl.ir;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Products with reciprocals in the place of divisions, where the reciprocal is taken less often: once when data are
/// bound, outside of the innermost loop that the quotient changes in, or for several quotients.
///
/// Such a product may differ from the quotient in its last bit. So quotients stay where bits matter: what whole numbers
/// and data give, and what is compared, as for the element that is the maximum.
public final class Reciprocals {
  private final Set<Array> data = new HashSet<>();
  private final Map<Index, Integer> depths = new HashMap<>();
  private final Map<Index, Set<Array>> changing = new HashMap<>();
  private final Graph.Free free = new Graph.Free();
  private final Set<Expr> late = Graph.identitySet();
  private final Set<Expr> compared = Graph.identitySet();
  private final Map<Expr, Integer> divisors = new IdentityHashMap<>();
  private final Map<Expr, Expr> inverses = new IdentityHashMap<>();
  private final Map<Expr, Expr> done = new IdentityHashMap<>();

  private Reciprocals(Collection<Array> known) {
    data.addAll(known);
  }

  /// Of the same value up to rounding; not to be simplified again, which brings the divisions back.
  ///
  /// @param known data, and what is computed when these are bound
  public static Stmt.Block of(Stmt.Block block, Collection<Array> known) {
    var r = new Reciprocals(known);
    var body = new Interner().intern(block);
    r.loops(body, 1);
    Stmts.walk(body, s -> {
      var nodes = Graph.nodes(Stmts.expressions(s));
      nodes.forEach(r::look);
      r.compare(nodes);
    });
    return Stmts.map(body, r::apply);
  }

  private void loops(Stmt s, int depth) {
    if (s instanceof Stmt.For f) {
      depths.merge(f.index(), depth, Math::max);
      changing.computeIfAbsent(f.index(), i -> new HashSet<>()).addAll(Stmts.allWritten(f.body()));
    }
    for (var c : Stmts.children(s)) loops(c, s instanceof Stmt.For ? depth + 1 : depth);
  }

  /// Sees a node after all under it, possibly several times.
  private void look(Expr e) {
    if (e instanceof Expr.Reduce r) depths.putIfAbsent(r.index(), 1 + depth(r));
    boolean own = e instanceof Expr.Read(Array a, var at) && !data.contains(a);
    if (!own && e.children().stream().noneMatch(late::contains)) return;
    if (late.add(e) && e instanceof Expr.Apply(Prim p, var args) && p == Prim.DIV) divisors.merge(args.get(1), 1, Integer::sum);
  }

  private void compare(List<Expr> nodes) {
    for (var e : nodes.reversed()) {
      boolean compares = switch (e) {
        case Expr.Apply(Prim p, var args) -> p.result() == Kind.INT || !p.smooth();
        case Expr.Reduce r -> r.reducer() == Expr.Reducer.MAX || r.reducer() == Expr.Reducer.MIN;
        case Expr.Select s -> false;
        case Expr.Read r -> false;
        case Expr.Var v -> false;
        case Expr.Int n -> false;
        case Expr.Real x -> false;
      };
      if (compares || compared.contains(e)) compared.addAll(e.children());
      if (e instanceof Expr.Select s) compared.add(s.condition());
    }
  }

  /// How deep the innermost loop is that the value changes in, as far as its variables tell.
  private int depth(Expr e) {
    return free.of(e).stream().mapToInt(i -> depths.getOrDefault(i, 0)).max().orElse(0);
  }

  private Expr apply(Expr root) {
    Graph.walk(root, Expr::children, done::containsKey, e -> done.put(e, rebuilt(e)));
    return done.get(root);
  }

  private Expr rebuilt(Expr e) {
    if (e instanceof Expr.Apply(Prim p, var args) && p == Prim.DIV && late.contains(e) && !compared.contains(e)
        && isCheaper(args.get(0), args.get(1))) return product(done.get(args.get(0)), inverse(args.get(1)));
    return switch (e) {
      case Expr.Int n -> n;
      case Expr.Real x -> x;
      case Expr.Var v -> v;
      case Expr.Read(Array a, var at) -> new Expr.Read(a, all(at));
      case Expr.Apply(Prim p, var args) -> new Expr.Apply(p, all(args));
      case Expr.Select(Expr c, Expr yes, Expr no) -> new Expr.Select(done.get(c), done.get(yes), done.get(no));
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) ->
          new Expr.Reduce(reducer, i, done.get(from), done.get(to), done.get(body));
    };
  }

  /// Constants stand first.
  private static Expr product(Expr x, Expr inverse) {
    return new Expr.Apply(Prim.MUL, inverse instanceof Expr.Real ? List.of(inverse, x) : List.of(x, inverse));
  }

  private List<Expr> all(List<Expr> list) {
    return list.stream().map(done::get).toList();
  }

  private Expr inverse(Expr d) {
    return inverses.computeIfAbsent(d, x -> x instanceof Expr.Real(double c) ? new Expr.Real(1 / c)
        : new Expr.Apply(Prim.DIV, List.of(Exprs.ONE, done.get(x))));
  }

  private boolean isCheaper(Expr x, Expr d) {
    if (Simplify.isReal(x, 1)) return false;
    if (d instanceof Expr.Real(double c)) return Double.isFinite(1 / c) && Math.abs(1 / c) > Double.MIN_NORMAL;
    return divisors.get(d) > 1 || isData(d) || isSteady(x, d);
  }

  /// Whether it is computed when data are bound.
  private boolean isData(Expr d) {
    return !late.contains(d) && free.of(d).size() <= 1
        && Graph.nodes(List.of(d)).stream().allMatch(e -> !(e instanceof Expr.Read(Array a, var at))
            || at.isEmpty() || at.size() == 1 && at.getFirst() instanceof Expr.Var);
  }

  /// Whether `x` changes in a loop inside of all loops in which `d` changes.
  private boolean isSteady(Expr x, Expr d) {
    int outer = depth(d);
    var reads = Graph.reads(List.of(d));
    return free.of(x).stream().anyMatch(i -> depths.getOrDefault(i, 0) > outer
        && changing.getOrDefault(i, Set.of()).stream().noneMatch(reads::contains));
  }
}
