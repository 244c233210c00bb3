package ppl.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a statement or expression stands in, from outside in: loops, reductions, conditions.
record Frames(List<Frame> frames) {
  static final Frames NONE = new Frames(List.of());

  sealed interface Frame {}

  /// A loop or reduction.
  record Loop(Index index, Expr from, Expr to) implements Frame {}

  /// Something that has to hold.
  record Guard(Expr condition) implements Frame {}

  Frames in(Frame frame) {
    var more = new ArrayList<>(frames);
    more.add(frame);
    return new Frames(List.copyOf(more));
  }

  Stream<Loop> loops() {
    return frames.stream().filter(Loop.class::isInstance).map(Loop.class::cast);
  }

  List<Index> indices() {
    return loops().map(Loop::index).toList();
  }

  /// The variables of those loops in whose turns `e`, the conditions or the ends of other loops differ.
  Set<Index> needed(Expr e, Early early) {
    var all = new HashSet<>(early.indices(e));
    for (var frame : frames)
      switch (frame) {
        case Loop l -> {
          all.addAll(early.indices(l.from));
          all.addAll(early.indices(l.to));
        }
        case Guard g -> all.addAll(early.indices(g.condition));
      }
    all.retainAll(indices());
    return all;
  }

  /// Whether whatever stands in `this` also stands in `outer`.
  boolean isWithin(Frames outer) {
    if (outer.frames.size() > frames.size()) return false;
    for (int i = 0; i < outer.frames.size(); i++) if (frames.get(i) != outer.frames.get(i)) return false;
    return true;
  }

  /// The statement in loops over `over`, run where the original place is reached at all, and `otherwise` where it is not;
  /// empty if that takes more than data to know.
  Optional<Stmt> around(Stmt statement, Stmt.Block otherwise, Set<Index> over, Early early) {
    var s = statement;
    var not = otherwise;
    for (var frame : frames.reversed()) {
      boolean isKnown = switch (frame) {
        case Loop l -> known(over, early, l.from, l.to);
        case Guard g -> known(over, early, g.condition);
      };
      if (!isKnown) return Optional.empty();
      s = switch (frame) {
        case Loop l when over.contains(l.index) -> turns(l, block(s));
        case Loop l -> new Stmt.If(Exprs.lt(l.from, l.to), block(s), not);
        case Guard g -> new Stmt.If(g.condition, block(s), not);
      };
      if (frame instanceof Loop l && over.contains(l.index) && !not.isEmpty()) not = block(turns(l, not));
    }
    return Optional.of(s);
  }

  private static Stmt turns(Loop l, Stmt.Block body) {
    return new Stmt.For(l.index, l.from, l.to, false, true, body);
  }

  private static boolean known(Set<Index> over, Early early, Expr... list) {
    return Stream.of(list).allMatch(e -> early.of(e) && over.containsAll(early.indices(e)));
  }

  private static Stmt.Block block(Stmt s) {
    return new Stmt.Block(List.of(), List.of(s));
  }
}
