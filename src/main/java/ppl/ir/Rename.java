package ppl.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A copy of a statement in which everything that it declares, arrays and loop variables, is new.
public final class Rename {
  private final Map<Array, Array> arrays = new IdentityHashMap<>();
  private final Map<Index, Expr> indices = new HashMap<>();
  private final Subst subst;

  private Rename(Stmt statement, Map<Index, Expr> free, Function<Array, Optional<Subst.Rule>> reads) {
    indices.putAll(free);
    var declared = Stmts.declared(statement);
    Stmts.walk(statement, s -> {
      if (s instanceof Stmt.For f) indices.put(f.index(), Exprs.var(new Index(f.index().name())));
    });
    subst = Subst.of(indices, a -> declared.contains(a) ? Optional.of(at -> arrays.get(a).read(at)) : reads.apply(a));
    for (var a : declared) arrays.put(a, Array.computed(a.name(), a.kind(), subst.apply(a.dims())));
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
    return arrays.getOrDefault(a, a);
  }

  private List<Array> to(List<Array> list) {
    return list.stream().map(this::to).toList();
  }
}
