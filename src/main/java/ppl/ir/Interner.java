package ppl.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings structurally equal nodes together, so that equality is identity from then on. What becomes simpler by it is
/// simplified. Reductions are equal if they differ in the name of their index variable alone: of such, the first stands
/// for all.
public final class Interner {
  /// Reductions around more reductions than this are equal only if they share their index variable.
  private static final int DEEPEST = 4;

  /// What a node is, operands apart (and those are interned, so that their equality is identity).
  private record Key(Object what, Object more, List<Expr> operands) {}

  /// Index variables of reductions.
  private final Set<Index> owned = new HashSet<>();
  private final Map<Key, Expr> known = new HashMap<>();
  private final Map<Expr, Expr> done = new IdentityHashMap<>();
  /// How many reductions stand inside each other in an interned node.
  private final Map<Expr, Integer> nested = new IdentityHashMap<>();
  /// Index variables that stand for the bound ones in keys, by nesting.
  private final List<Index> bound = new ArrayList<>();

  public Expr intern(Expr root) {
    Graph.walk(root, Expr::children, done::containsKey, this::visit);
    return done.get(root);
  }

  public List<Expr> intern(List<Expr> roots) {
    return roots.stream().map(this::intern).toList();
  }

  /// All expressions of a statement.
  public Stmt intern(Stmt statement) {
    return Stmts.map(statement, this::intern);
  }

  public Stmt.Block intern(Stmt.Block block) {
    return Stmts.map(block, this::intern);
  }

  private void visit(Expr e) {
    var built = rebuild(e);
    var result = built == e || !changed(built) ? first(built) : intern(built);
    done.put(e, result);
    done.put(result, result);
  }

  private Expr first(Expr e) {
    int inner = 0;
    for (var c : e.children()) inner = Math.max(inner, nested.get(c));
    var key = e instanceof Expr.Reduce r && inner < DEEPEST ? key(r, inner) : key(e);
    var first = known.get(key);
    if (first != null) return first;
    var own = e instanceof Expr.Reduce r && !owned.add(r.index()) ? renamed(r) : e;
    known.put(key, own);
    nested.put(own, own instanceof Expr.Reduce ? inner + 1 : inner);
    return own;
  }

  /// With an index of its own: what two reductions share would else seem to stand in both.
  private Expr renamed(Expr.Reduce r) {
    var fresh = new Index(r.index().name());
    owned.add(fresh);
    var body = intern(Subst.indices(Map.of(r.index(), Exprs.var(fresh))).apply(r.body()));
    return new Expr.Reduce(r.reducer(), fresh, r.from(), r.to(), body);
  }

  /// The key of a reduction, whatever its index variable is called. No variable is captured: those of the reductions
  /// inside stand at lower places.
  private Key key(Expr.Reduce r, int inner) {
    while (bound.size() <= inner) bound.add(new Index("bound" + bound.size()));
    var body = intern(Subst.indices(Map.of(r.index(), Exprs.var(bound.get(inner)))).apply(r.body()));
    return new Key(r.reducer(), "", List.of(r.from(), r.to(), body));
  }

  private Expr rebuild(Expr e) {
    return switch (e) {
      case Expr.Int n -> n;
      case Expr.Real x -> x;
      case Expr.Var v -> v;
      case Expr.Read(Array a, var at) -> changed(e) ? a.read(to(at)) : e;
      case Expr.Apply(Prim p, var args) -> Exprs.apply(p, to(args));
      case Expr.Select(Expr c, Expr yes, Expr no) -> Exprs.select(done.get(c), done.get(yes), done.get(no));
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) ->
          Simplify.reduce(reducer, i, done.get(from), done.get(to), done.get(body));
    };
  }

  private boolean changed(Expr e) {
    for (var c : e.children()) if (done.get(c) != c) return true;
    return false;
  }

  private List<Expr> to(List<Expr> list) {
    var all = new ArrayList<Expr>(list.size());
    for (var e : list) all.add(done.get(e));
    return all;
  }

  private static Key key(Expr e) {
    return switch (e) {
      case Expr.Int(int v) -> new Key(Expr.Int.class, v, List.of());
      case Expr.Real(double v) -> new Key(Expr.Real.class, Double.doubleToRawLongBits(v), List.of());
      case Expr.Var(Index i) -> new Key(Expr.Var.class, i, List.of());
      case Expr.Read(Array a, var at) -> new Key(Expr.Read.class, a, at);
      case Expr.Apply(Prim p, var args) -> new Key(Expr.Apply.class, p, args);
      case Expr.Select s -> new Key(Expr.Select.class, "", s.children());
      case Expr.Reduce r -> new Key(r.reducer(), r.index(), r.children());
    };
  }
}
