package ppl.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// Observations of one name, by what is seen of their subscripts.
final class Apart {
  private Apart() {}

  /// In groups, none of which is seen to name an element twice; they are as few as a first fit makes them, and in their order
  /// each observation comes behind those that may share an element with it and stand before it.
  static List<Set<TStmt.Observe>> groups(List<TStmt.Observe> all) {
    var groups = new ArrayList<Set<TStmt.Observe>>();
    for (var o : all) {
      int free = groups.size();
      while (free > 0 && groups.get(free - 1).stream().allMatch(p -> apart(o.left(), p.left()))) free--;
      if (free == groups.size()) groups.add(Collections.newSetFromMap(new IdentityHashMap<>()));
      groups.get(free).add(o);
    }
    return groups;
  }

  /// Whether some dimension has two subscripts that are different numbers.
  private static boolean apart(TExpr a, TExpr b) {
    return a instanceof TExpr.Index x && b instanceof TExpr.Index y && IntStream.range(0, Math.min(x.subs().size(), y.subs().size()))
        .anyMatch(d -> x.subs().get(d) instanceof TExpr.Sub.At(TExpr.Num m) && y.subs().get(d) instanceof TExpr.Sub.At(TExpr.Num n)
            && m.value() != n.value());
  }
}
