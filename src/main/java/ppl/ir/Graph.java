package ppl.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Walks over shared expression graphs: every node once, operands first, the last operand before the others. Deep
/// graphs are walked with a stack of its own, so that neither sharing nor depth matters.
public final class Graph {
  /// Operands within operands beyond which the stack of the thread is not relied on.
  private static final int DEEP = 100;

  private Graph() {}

  /// Calls `visit` on each node under `root` that is not `done`, after all its operands that were not; `visit` must
  /// make its node done.
  static void walk(Expr root, Function<Expr, List<Expr>> operands, Predicate<Expr> done, Consumer<Expr> visit) {
    walk(root, operands, done, visit, 0);
  }

  private static void walk(
      Expr e, Function<Expr, List<Expr>> operands, Predicate<Expr> done, Consumer<Expr> visit, int depth) {
    if (done.test(e)) return;
    if (depth == DEEP) {
      walkDeep(e, operands, done, visit);
      return;
    }
    var under = operands.apply(e);
    for (int i = under.size() - 1; i >= 0; i--) walk(under.get(i), operands, done, visit, depth + 1);
    visit.accept(e);
  }

  private static void walkDeep(Expr root, Function<Expr, List<Expr>> operands, Predicate<Expr> done, Consumer<Expr> visit) {
    var stack = new ArrayDeque<Expr>();
    stack.push(root);
    while (!stack.isEmpty()) {
      var node = stack.peek();
      int before = stack.size();
      if (!done.test(node)) {
        for (var child : operands.apply(node)) if (!done.test(child)) stack.push(child);
        if (stack.size() > before) continue;
        visit.accept(node);
      }
      stack.pop();
    }
  }

  /// All nodes under the roots, each once, operands before users.
  public static List<Expr> nodes(Iterable<? extends Expr> roots) {
    var seen = identitySet();
    var order = new ArrayList<Expr>();
    for (var root : roots) nodes(root, seen, order, 0);
    return order;
  }

  private static void nodes(Expr e, Set<Expr> seen, List<Expr> order, int depth) {
    if (depth == DEEP) {
      walkDeep(e, Expr::children, seen::contains, x -> {
        seen.add(x);
        order.add(x);
      });
      return;
    }
    if (!seen.add(e)) return;
    var under = e.children();
    for (int i = under.size() - 1; i >= 0; i--) nodes(under.get(i), seen, order, depth + 1);
    order.add(e);
  }

  /// How many distinct nodes stand under `root`.
  public static int size(Expr root) {
    return nodes(List.of(root)).size();
  }

  /// The arrays that are read anywhere under the roots.
  public static Set<Array> reads(Iterable<? extends Expr> roots) {
    var arrays = Stmts.arraySet();
    reads(roots, arrays);
    return arrays;
  }

  /// Adds the arrays that are read anywhere under the roots.
  static void reads(Iterable<? extends Expr> roots, Set<Array> arrays) {
    var seen = identitySet();
    for (var root : roots) reads(root, seen, arrays, 0);
  }

  /// Leaves are looked at as often as they are met, which costs less than to remember them.
  private static void reads(Expr e, Set<Expr> seen, Set<Array> arrays, int depth) {
    var under = e.children();
    if (!under.isEmpty()) {
      if (depth == DEEP) {
        walkDeep(e, Expr::children, seen::contains, x -> {
          seen.add(x);
          if (x instanceof Expr.Read r) arrays.add(r.array());
        });
        return;
      }
      if (!seen.add(e)) return;
      for (int i = under.size() - 1; i >= 0; i--) reads(under.get(i), seen, arrays, depth + 1);
    }
    if (e instanceof Expr.Read r) arrays.add(r.array());
  }

  /// Whether the value of `root` depends on one of `arrays`.
  public static boolean dependsOn(Expr root, Set<Array> arrays) {
    return !arrays.isEmpty() && !Collections.disjoint(reads(List.of(root)), arrays);
  }

  static Set<Expr> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /// The index variables that occur free in expressions; remembers what it has seen.
  public static final class Free {
    private final Map<Expr, Set<Index>> known = new IdentityHashMap<>();

    public Set<Index> of(Expr root) {
      walk(root, Expr::children, known::containsKey, e -> known.put(e, compute(e)));
      return known.get(root);
    }

    private Set<Index> compute(Expr e) {
      return switch (e) {
        case Expr.Var(Index i) -> Set.of(i);
        case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) ->
            union(List.of(known.get(from), known.get(to), without(known.get(body), i)));
        case Expr.Int n -> Set.of();
        case Expr.Real x -> Set.of();
        case Expr.Read(Array a, var at) -> union(at.stream().map(known::get).toList());
        case Expr.Apply(Prim p, var args) -> union(args.stream().map(known::get).toList());
        case Expr.Select s -> union(s.children().stream().map(known::get).toList());
      };
    }

    private static Set<Index> without(Set<Index> set, Index i) {
      if (!set.contains(i)) return set;
      var rest = new java.util.HashSet<>(set);
      rest.remove(i);
      return Set.copyOf(rest);
    }

    private static Set<Index> union(List<Set<Index>> sets) {
      Set<Index> all = Set.of();
      for (var s : sets) {
        if (all.containsAll(s)) continue;
        if (s.containsAll(all)) {
          all = s;
          continue;
        }
        var both = new java.util.HashSet<>(all);
        both.addAll(s);
        all = Set.copyOf(both);
      }
      return all;
    }
  }
}
