package ppl.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;

/// What stands for an element of an array that is set in one place, whatever its subscripts: `mu[i] = a + b * x[i]` for
/// each i says it for `mu`.
final class Elementwise {
  private record Definition(List<Index> at, Expr value) {}

  private final Map<Array, Optional<Definition>> found = new IdentityHashMap<>();

  /// The definitions in blocks that follow each other.
  static Elementwise of(List<Stmt.Block> blocks) {
    var d = new Elementwise();
    blocks.forEach(b -> d.visit(b, List.of(), new IdentityHashMap<>(), false));
    return d;
  }

  Optional<Subst.Rule> of(Array a) {
    return found.getOrDefault(a, Optional.empty()).map(d -> at -> {
      var indices = new IdentityHashMap<Index, Expr>();
      for (int i = 0; i < at.size(); i++) indices.put(d.at.get(i), at.get(i));
      return Subst.indices(indices).apply(d.value);
    });
  }

  /// @param loops    around, from outside in
  /// @param declared how many of them stand around the declaration of an array
  private void visit(Stmt s, List<Index> loops, Map<Array, Integer> declared, boolean guarded) {
    switch (s) {
      case Stmt.Set(Array a, var at, Expr value) -> define(a, guarded ? Optional.empty() : written(value, declared)
          .flatMap(v -> plain(a, at, v, loops.subList(declared.getOrDefault(a, 0), loops.size()))));
      case Stmt.For f -> {
        var inner = new ArrayList<>(loops);
        inner.add(f.index());
        visit(f.body(), inner, declared, guarded || !f.independent());
      }
      case Stmt.If i -> {
        visit(i.then(), loops, declared, true);
        visit(i.otherwise(), loops, declared, true);
      }
      case Stmt.Block b -> {
        b.arrays().forEach(a -> declared.put(a, loops.size()));
        b.statements().forEach(x -> visit(x, loops, declared, guarded));
      }
      case Stmt.Add x -> define(x.array(), Optional.empty());
      case Stmt.Fill x -> define(x.array(), Optional.empty());
      case Stmt.Draw x -> define(x.array(), Optional.empty());
      case Stmt.Call x -> Stmts.written(x).forEach(a -> define(a, Optional.empty()));
    }
  }

  /// A value with the arrays that are declared within loops written out: the indices of these loops mean nothing where the
  /// value is put to use. Empty if one of them has no definition.
  private Optional<Expr> written(Expr value, Map<Array, Integer> declared) {
    var local = Graph.reads(List.of(value)).stream().filter(a -> declared.getOrDefault(a, 0) > 0).toList();
    if (local.stream().anyMatch(a -> of(a).isEmpty())) return Optional.empty();
    return Optional.of(local.isEmpty() ? value
        : Subst.of(Map.of(), a -> local.contains(a) ? of(a) : Optional.empty()).apply(value));
  }

  /// An array that is written in two places has no definition.
  private void define(Array a, Optional<Definition> d) {
    found.merge(a, d, (first, second) -> Optional.empty());
  }

  private static Optional<Definition> plain(Array a, List<Expr> at, Expr value, List<Index> loops) {
    var indices = new ArrayList<Index>();
    for (var e : at) if (e instanceof Expr.Var(Index i)) indices.add(i);
    Set<Index> distinct = new HashSet<>(indices);
    if (indices.size() < at.size() || distinct.size() < at.size() || !distinct.equals(Set.copyOf(loops))) return Optional.empty();
    return Graph.dependsOn(value, Set.of(a)) ? Optional.empty() : Optional.of(new Definition(indices, value));
  }
}
