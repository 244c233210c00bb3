package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Graphs of every depth, nodes shared: each is visited once, operands before users.
class GraphProperties {
  @Property(tries = 30)
  void nodesStandBehindTheirOperands(@ForAll @IntRange(min = 1, max = 2_000) int size, @ForAll boolean deep, @ForAll long seed) {
    var all = graph(size, deep, new Random(seed));
    var nodes = Graph.nodes(all);
    var place = new IdentityHashMap<Expr, Integer>();
    for (var e : nodes) {
      for (var c : e.children()) assertTrue(place.containsKey(c));
      assertEquals(null, place.put(e, place.size()));
    }
    assertTrue(place.keySet().containsAll(all));
    var walked = new ArrayList<Expr>();
    var seen = Graph.identitySet();
    for (var e : all)
      Graph.walk(e, Expr::children, seen::contains, x -> {
        seen.add(x);
        walked.add(x);
      });
    assertEquals(nodes, walked);
  }

  @Property(tries = 30)
  void readsAreThoseOfTheNodes(@ForAll @IntRange(min = 1, max = 2_000) int size, @ForAll boolean deep, @ForAll long seed) {
    var all = graph(size, deep, new Random(seed));
    var roots = List.of(all.getLast(), all.get(size / 2));
    var expected = new LinkedHashSet<Array>();
    for (var e : Graph.nodes(roots)) if (e instanceof Expr.Read r) expected.add(r.array());
    assertEquals(List.copyOf(expected), List.copyOf(Graph.reads(roots)));
  }

  /// Sums of what stands before, right before if the graph is deep, and elements of arrays.
  private static List<Expr> graph(int size, boolean deep, Random random) {
    var all = new ArrayList<Expr>();
    Expr at = new Expr.Int(0);
    for (int i = 0; i <= size; i++) {
      var leaf = Array.computed("a" + i, Kind.REAL, List.of(Exprs.integer(9))).read(at);
      Expr one = all.isEmpty() ? leaf : deep ? all.getLast() : all.get(random.nextInt(all.size()));
      Expr other = all.isEmpty() || random.nextInt(3) == 0 ? leaf : all.get(random.nextInt(all.size()));
      all.add(new Expr.Apply(Prim.ADD, random.nextBoolean() ? List.of(one, other) : List.of(other, one)));
    }
    return all;
  }
}
