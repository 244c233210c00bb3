package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.lib.Sizes;
import ppl.typed.Size;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TExpr.Sub;
import ppl.typed.Type;

/// Which elements of an array a part covers, one set a dimension, as far as it can be told.
record Region(List<Span1> dims) {
  /// Elements of one dimension.
  sealed interface Span1 {
    Span1 WHOLE = new All(Optional.empty());

    /// From the first to the last; with the loop variable that it moves with, if one: it is at `ahead` plus the
    /// variable,
    /// or minus the variable if it falls.
    record Run(Size first, Size last, Optional<Symbol> with, Size ahead, boolean falling) implements Span1 {
      static Run fixed(Size first, Size last) {
        return new Run(first, last, Optional.empty(), Size.of(0), false);
      }
    }

    /// One level.
    record Level(String label) implements Span1 {}

    /// All, or the level that a loop variable stands for.
    record All(Optional<Symbol> with) implements Span1 {}

    /// Not to be told.
    record Some() implements Span1 {}
  }

  /// What `subs` of an array of type `type` cover inside `loops`.
  static Region of(Type type, List<Sub> subs, List<TExpr.Binder> loops) {
    var dims = new ArrayList<Span1>();
    for (int d = 0; d < type.rank(); d++) {
      dims.add(d >= subs.size() ? Span1.WHOLE : switch (subs.get(d)) {
        case Sub.All() -> Span1.WHOLE;
        case Sub.Slice(var from, var to) -> slice(from, to, loops);
        case Sub.At(TExpr.Label(var text, var t, var s)) -> new Span1.Level(text);
        case Sub.At(var e) when e.type().isScalar() -> point(e, loops);
        case Sub.At(TExpr.Range(var from, var to, var t, var s)) -> slice(from, to, loops);
        case Sub.At a -> new Span1.Some();
      });
    }
    return new Region(dims);
  }

  private static Span1 slice(TExpr from, TExpr to, List<TExpr.Binder> loops) {
    var a = Sizes.of(from);
    var b = Sizes.of(to);
    return loops.stream().noneMatch(l -> mentions(a, l.variable()) || mentions(b, l.variable()))
        ? Span1.Run.fixed(a, b)
        : new Span1.Some();
  }

  private static Span1 point(TExpr e, List<TExpr.Binder> loops) {
    var at = Sizes.of(e);
    var moving = loops.stream().filter(l -> mentions(at, l.variable())).toList();
    if (moving.isEmpty()) return Span1.Run.fixed(at, at);
    if (moving.size() > 1) return new Span1.Some();
    var loop = moving.getFirst();
    var variable = Size.of(new Size.Atom.Scalar(loop.variable()));
    var start = at.plus(variable);
    if (!mentions(start, loop.variable()))
      return new Span1.Run(start.minus(Sizes.of(loop.to())), start.minus(Sizes.of(loop.from())),
          Optional.of(loop.variable()), start, true);
    var ahead = at.minus(variable);
    if (mentions(ahead, loop.variable())) return new Span1.Some();
    if (loop.variable().type().level().isPresent()
        && ahead.equals(Size.of(0))) return new Span1.All(Optional.of(loop.variable()));
    return new Span1.Run(Sizes.of(loop.from()).plus(ahead), Sizes.of(loop.to()).plus(ahead),
        Optional.of(loop.variable()), ahead, false);
  }

  static boolean mentions(Size s, Symbol symbol) {
    var found = new boolean[1];
    ppl.typed.Mentions.of(s, x -> found[0] |= x == symbol);
    return found[0];
  }

  /// The sign of a size, every name in it taken to be large; empty where it depends on which is larger.
  static Optional<Integer> sign(Size s) {
    if (s.terms().isEmpty()) return Optional.of(0);
    var signs = s.terms().entrySet().stream().filter(e -> !e.getKey().isEmpty())
        .map(e -> Long.signum(e.getValue().coefficient())).distinct().toList();
    if (signs.isEmpty()) return Optional.of(Long.signum(s.terms().get("").coefficient()));
    return signs.size() == 1 ? Optional.of(signs.getFirst()) : Optional.empty();
  }

  /// Whether the two surely have no element in common.
  boolean apart(Region that) {
    for (int d = 0; d < dims.size(); d++) if (compare(dims.get(d), that.dims.get(d)) == Common.NONE) return true;
    return false;
  }

  /// Whether the two surely have an element in common.
  boolean meets(Region that) {
    for (int d = 0; d < dims.size(); d++) if (compare(dims.get(d), that.dims.get(d)) != Common.SOME) return false;
    return true;
  }

  private enum Common { NONE, SOME, UNKNOWN }

  private static Common compare(Span1 a, Span1 b) {
    if (a instanceof Span1.Some || b instanceof Span1.Some) return Common.UNKNOWN;
    if (a instanceof Span1.All || b instanceof Span1.All) return Common.SOME;
    if (a instanceof Span1.Level(var x) && b instanceof Span1.Level(var y)) return x.equals(y) ? Common.SOME
        : Common.NONE;
    if (!(a instanceof Span1.Run r && b instanceof Span1.Run s)) return Common.UNKNOWN;
    var before = sign(r.last().minus(s.first()));
    var after = sign(s.last().minus(r.first()));
    if (before.filter(x -> x < 0).isPresent() || after.filter(x -> x < 0).isPresent()) return Common.NONE;
    return before.isPresent() && after.isPresent() ? Common.SOME : Common.UNKNOWN;
  }
}
