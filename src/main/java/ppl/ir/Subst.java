package ppl.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Replaces free index variables and array reads by expressions, all at once, and simplifies on the way.
///
/// Nothing is captured: a reduction that changes gets a new index variable. Replacements are not looked into again.
/// One object remembers what it has seen, so that shared nodes stay shared, also between several calls.
public final class Subst {
  /// What stands for an element of an array, given the subscripts.
  public interface Rule extends Function<List<Expr>, Expr> {}

  private final Map<Index, Expr> indices;
  private final Function<Array, Optional<Rule>> reads;
  private final Map<Expr, Expr> done = new IdentityHashMap<>();
  private final Map<Expr, Boolean> touched = new IdentityHashMap<>();
  private final Optional<Subst> outer;

  private Subst(Map<Index, Expr> indices, Function<Array, Optional<Rule>> reads, Optional<Subst> outer) {
    this.indices = indices;
    this.reads = reads;
    this.outer = outer;
  }

  /// Replaces index variables.
  public static Subst indices(Map<Index, Expr> indices) {
    return of(indices, a -> Optional.empty());
  }

  /// Replaces index variables, and reads of those arrays for which `reads` has a rule.
  public static Subst of(Map<Index, Expr> indices, Function<Array, Optional<Rule>> reads) {
    return new Subst(new IdentityHashMap<>(indices), reads, Optional.empty());
  }

  public Expr apply(Expr root) {
    Graph.walk(root, this::operands, done::containsKey, e -> done.put(e, rebuild(e)));
    return done.get(root);
  }

  public List<Expr> apply(List<Expr> roots) {
    return roots.stream().map(this::apply).toList();
  }

  private List<Expr> operands(Expr e) {
    if (!isTouched(e)) return List.of();
    return e instanceof Expr.Reduce r ? List.of(r.from(), r.to()) : e.children();
  }

  private Expr rebuild(Expr e) {
    if (!isTouched(e)) return outer.map(o -> o.apply(e)).orElse(e);
    return switch (e) {
      case Expr.Int n -> n;
      case Expr.Real x -> x;
      case Expr.Var(Index i) -> indices.getOrDefault(i, e);
      case Expr.Read(Array a, var at) -> {
        var to = all(at);
        yield reads.apply(a).map(rule -> rule.apply(to)).orElseGet(() -> a.read(to));
      }
      case Expr.Apply(Prim p, var args) -> Exprs.apply(p, all(args));
      case Expr.Select(var condition, var yes, var no) ->
          Exprs.select(done.get(condition), done.get(yes), done.get(no));
      case Expr.Reduce(var reducer, Index i, var from, var to, var body) -> {
        var fresh = new Index(i.name());
        var newBody = within(i, fresh).apply(body);
        yield Simplify.reduce(reducer, fresh, done.get(from), done.get(to), newBody);
      }
    };
  }

  private List<Expr> all(List<Expr> list) {
    var all = new ArrayList<Expr>(list.size());
    for (var e : list) all.add(done.get(e));
    return all;
  }

  /// The same with `i` renamed; what does not depend on `i` is still looked up here.
  Subst within(Index i, Index fresh) {
    return new Subst(Map.of(i, Exprs.var(fresh)), reads, Optional.of(this));
  }

  private boolean isTouched(Expr root) {
    Graph.walk(root, Expr::children, touched::containsKey, e -> touched.put(e, computeTouched(e)));
    return touched.get(root);
  }

  private boolean computeTouched(Expr e) {
    return switch (e) {
      case Expr.Var(Index i) -> indices.containsKey(i);
      case Expr.Read(Array a, var at) -> outer.isEmpty() && reads.apply(a).isPresent() || anyTouched(at);
      case Expr.Reduce r -> anyTouched(r.children());
      case Expr.Select s -> anyTouched(s.children());
      case Expr.Apply(Prim p, var args) -> anyTouched(args);
      case Expr.Int n -> false;
      case Expr.Real x -> false;
    };
  }

  private boolean anyTouched(List<Expr> children) {
    for (var c : children) if (touched.get(c)) return true;
    return false;
  }
}
