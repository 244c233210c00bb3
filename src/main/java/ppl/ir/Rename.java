package ppl.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A copy of a statement in which everything that it declares, arrays and loop variables, is new.
public final class Rename {
  private final Map<Array, Array> arrays = new IdentityHashMap<>();
  private final Map<Index, Expr> indices = new HashMap<>();
  private final Set<Array> declared;
  private final Function<Array, Optional<Subst.Rule>> reads;
  private final Subst subst;

  private Rename(Stmt statement, Map<Index, Expr> free, Function<Array, Optional<Subst.Rule>> reads) {
    this.reads = reads;
    indices.putAll(free);
    declared = Stmts.declared(statement);
    Stmts.walk(statement, s -> {
      if (s instanceof Stmt.For f) indices.put(f.index(), Exprs.var(new Index(f.index().name())));
    });
    subst = Subst.of(indices, a -> declared.contains(a) ? Optional.of(at -> to(a).read(at)) : reads.apply(a));
  }

  public static Stmt of(Stmt statement) {
    return new Rename(statement, Map.of(), a -> Optional.empty()).apply(statement);
  }

  /// The copy with expressions in place of free loop variables, and of elements of those arrays for which `reads` has
  /// a rule.
  public static Stmt.Block of(
      Stmt.Block block, Map<Index, Expr> free, Function<Array, Optional<Subst.Rule>> reads) {
    return new Rename(block, free, reads).block(block);
  }

  public static Stmt.Block of(Stmt.Block block) {
    return of(block, Map.of(), a -> Optional.empty());
  }

  private Stmt apply(Stmt statement) {
    return switch (statement) {
      case Stmt.Set(Array a, var at, Expr value) -> new Stmt.Set(to(a), subst.apply(at), subst.apply(value));
      case Stmt.Add(Array a, var at, Expr value) -> new Stmt.Add(to(a), subst.apply(at), subst.apply(value));
      case Stmt.Fill(Array a, Expr value) -> new Stmt.Fill(to(a), subst.apply(value));
      case Stmt.For s -> new Stmt.For(own(s.index()), subst.apply(s.from()),
          subst.apply(s.to()), s.reverse(), s.independent(), block(s.body()));
      case Stmt.If s -> new Stmt.If(subst.apply(s.condition()), block(s.then()), block(s.otherwise()));
      case Stmt.Call s -> new Stmt.Call(s.op(), to(s.inputs()), to(s.outputs()), subst.apply(s.sizes()));
      case Stmt.Draw s -> new Stmt.Draw(s.sampler(), to(s.array()), subst.apply(s.at()), subst.apply(s.args()));
      case Stmt.Block s -> block(s);
    };
  }

  private Stmt.Block block(Stmt.Block b) {
    var statements = new ArrayList<Stmt>();
    for (var s : b.statements()) statements.add(apply(s));
    return new Stmt.Block(to(b.arrays()), statements);
  }

  private Index own(Index declared) {
    if (indices.get(declared) instanceof Expr.Var(Index i)) return i;
    throw new IllegalStateException("not declared: " + declared);
  }

  private Array to(Array a) {
    if (!declared.contains(a)) return a;
    var known = arrays.get(a);
    if (known != null) return known;
    var fresh = Array.computed(a.name(), a.kind(), a.varies() ? extents(a) : a.dims());
    arrays.put(a, fresh);
    return fresh;
  }

  /// Apart from `subst`, which may be at work on what reads the array.
  private List<Expr> extents(Array a) {
    return Subst.of(indices, x -> declared.contains(x) ? Optional.of(at -> to(x).read(at)) : reads.apply(x)).apply(a.dims());
  }

  private List<Array> to(List<Array> list) {
    return list.stream().map(this::to).toList();
  }
}
