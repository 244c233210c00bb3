package ppl.ir;

import java.util.ArrayList;
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

  /// Whether whatever stands in `this` also stands in `outer`.
  boolean isWithin(Frames outer) {
    if (outer.frames.size() > frames.size()) return false;
    for (int i = 0; i < outer.frames.size(); i++) if (frames.get(i) != outer.frames.get(i)) return false;
    return true;
  }

  /// The statement in loops over `over`, run where the original place is reached at all; empty if that takes more than
  /// data to know.
  Optional<Stmt> around(Stmt statement, Set<Index> over, Early early) {
    var s = statement;
    for (var frame : frames.reversed()) {
      var next = switch (frame) {
        case Loop l when over.contains(l.index) -> known(over, early, l.from, l.to)
            ? new Stmt.For(l.index, l.from, l.to, false, true, block(s))
            : null;
        case Loop l -> known(over, early, l.from, l.to)
            ? new Stmt.If(Exprs.lt(l.from, l.to), block(s), Stmt.Block.EMPTY)
            : null;
        case Guard g -> known(over, early, g.condition) ? new Stmt.If(g.condition, block(s), Stmt.Block.EMPTY) : null;
      };
      if (next == null) return Optional.empty();
      s = next;
    }
    return Optional.of(s);
  }

  private static boolean known(Set<Index> over, Early early, Expr... list) {
    return Stream.of(list).allMatch(e -> early.of(e) && over.containsAll(early.indices(e)));
  }

  private static Stmt.Block block(Stmt s) {
    return new Stmt.Block(List.of(), List.of(s));
  }
}
