package ppl.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import ppl.typed.Mentions;
import ppl.typed.Symbol;
import ppl.typed.TStmt;

/// Brings things into an order in which everything is given before it is used; otherwise the order of the source.
final class Order {
  private Order() {}

  static List<TStmt> of(List<TStmt> source) {
    if (source.size() < 2) return source;
    return of(source.stream().map(Order::uses).toList(), source.stream().map(Order::gives).toList()).stream()
        .map(source::get).toList();
  }

  /// Positions in order. Of two things that give parts of one array from its other parts, the source decides; so it
  /// does in a cycle.
  static <K> List<Integer> of(List<Set<K>> uses, List<Set<K>> gives) {
    int n = uses.size();
    Map<K, List<Integer>> givers = new IdentityHashMap<>();
    for (int j = 0; j < n; j++) for (var k : gives.get(j)) givers.computeIfAbsent(k, x -> new ArrayList<>()).add(j);
    var followers = new ArrayList<Set<Integer>>();
    for (int i = 0; i < n; i++) followers.add(new TreeSet<>());
    var waiting = new int[n];
    for (int i = 0; i < n; i++)
      for (var k : uses.get(i))
        for (int j : givers.getOrDefault(k, List.of())) {
          boolean source = gives.get(i).contains(k) && uses.get(j).contains(k) && i < j;
          if (i != j && !source && followers.get(j).add(i)) waiting[i]++;
        }
    var ready = new PriorityQueue<Integer>();
    var left = new TreeSet<Integer>();
    for (int i = 0; i < n; i++) {
      left.add(i);
      if (waiting[i] == 0) ready.add(i);
    }
    var order = new ArrayList<Integer>();
    while (!left.isEmpty()) {
      int next = ready.isEmpty() ? left.first() : ready.poll();
      if (!left.remove(next)) continue;
      order.add(next);
      for (int i : followers.get(next)) if (--waiting[i] == 0) ready.add(i);
    }
    return order;
  }

  static Set<Symbol> uses(TStmt s) {
    Set<Symbol> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Mentions.all(s, found::add);
    return found;
  }

  static Set<Symbol> gives(TStmt s) {
    Set<Symbol> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Names.gives(s, place -> found.add(place.symbol()));
    return found;
  }
}
