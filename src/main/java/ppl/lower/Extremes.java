package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.dist.Support;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TStmt;

/// The least and the greatest value that any element of a discrete unknown can take, from what its priors and its
/// declaration say of them. A bound that depends on other unknowns is none.
final class Extremes {
  private record Frame(Index index, Expr from, Expr to) {}

  private final Symbol symbol;
  private final List<Expr> dims;
  private final List<Frame> frames = new ArrayList<>();
  private final List<Optional<Expr>> lower = new ArrayList<>();
  private final List<Optional<Expr>> upper = new ArrayList<>();

  /// @param dims extents of the unknown's array
  Extremes(Symbol symbol, List<Expr> dims) {
    this.symbol = symbol;
    this.dims = dims;
  }

  Symbol symbol() {
    return symbol;
  }

  /// A loop begins.
  void enter(Index index, Expr from, Expr to) {
    frames.add(new Frame(index, from, to));
  }

  /// The innermost loop ends.
  void leave() {
    frames.removeLast();
  }

  /// A prior of some elements, in the loops that were entered.
  void prior(Laws laws, TStmt.Place place, TDist dist, Build b, Scope scope) {
    prior(laws, laws.expressions().subscripts(place.subs(), dims, b, scope), dist, b, scope);
  }

  void prior(Laws laws, Subscripts subs, TDist dist, Build b, Scope scope) {
    var expressions = laws.expressions();
    int batch = subs.dims().size() - Laws.eventRank(dist);
    var indices = IntStream.range(0, batch).mapToObj(d -> new Index("n")).toList();
    List<Expr> at = indices.stream().map(i -> var(i)).toList();
    var event = subs.dims().subList(batch, subs.dims().size());
    for (int d = 0; d < batch; d++) enter(indices.get(d), integer(0), subs.dims().get(d));
    var support = laws.family(dist, b, scope).at(at, event).support();
    var declared = Unknowns.Declared.of(symbol, expressions, b, scope);
    var full = subs.full(Stream.concat(at.stream(), event.stream().map(d -> integer(0))).toList());
    lower.add(bound(declared.lower(full), support.lower(), Prim.IMAX).map(e -> over(e, Expr.Reducer.MIN)));
    upper.add(bound(declared.upper(full), support.upper(), Prim.IMIN).map(e -> over(e, Expr.Reducer.MAX)));
    for (int d = 0; d < batch; d++) leave();
  }

  /// The tighter of two bounds that are known before inference.
  private static Optional<Expr> bound(Optional<Expr> declared, Optional<Expr> own, Prim tighter) {
    Predicate<Expr> known = e -> e.kind() == Kind.INT
        && Graph.reads(List.of(e)).stream().allMatch(a -> a.role() == Array.Role.DATA);
    var d = declared.filter(known);
    var o = own.filter(known);
    return d.isPresent() && o.isPresent() ? Optional.of(either(d.get(), o.get(), tighter)) : d.or(() -> o);
  }

  private static Expr either(Expr a, Expr b, Prim which) {
    return same(a, b) ? a : apply(which, a, b);
  }

  private Expr over(Expr bound, Expr.Reducer reducer) {
    var e = bound;
    for (var f : frames.reversed())
      if (new Graph.Free().of(e).contains(f.index)) e = new Expr.Reduce(reducer, f.index, f.from, f.to, e);
    return e;
  }

  /// @param gaps of the unknown, if it has any
  Model.Discrete found(Optional<Array> gaps) {
    var from = all(lower, Prim.IMIN);
    var to = all(upper, Prim.IMAX);
    return new Model.Discrete(from, from.isPresent() && to.isPresent()
        ? Optional.of(atLeastZero(add(sub(to.get(), from.get()), integer(1))))
        : Optional.empty(), gaps);
  }

  private static Optional<Expr> all(List<Optional<Expr>> bounds, Prim looser) {
    if (bounds.isEmpty() || bounds.stream().anyMatch(Optional::isEmpty)) return Optional.empty();
    return bounds.stream().map(Optional::get).reduce((a, b) -> either(a, b, looser));
  }

  private static Expr atLeastZero(Expr e) {
    return e instanceof Expr.Int || e instanceof Expr.Read ? e : apply(Prim.IMAX, e, integer(0));
  }

  /// Whether `support` surely is all that a discrete unknown's elements may be.
  static boolean isWhole(Support support, Model.Discrete of) {
    if (support.lower().isEmpty() || of.lower().isEmpty() || of.count().isEmpty()) return false;
    var count = atLeastZero(add(sub(support.upper().orElseThrow(), support.lower().get()), integer(1)));
    return same(support.lower().get(), of.lower().get()) && same(count, of.count().get());
  }

  /// Whether both surely have the same value.
  static boolean same(Expr a, Expr b) {
    var interner = new Interner();
    return interner.intern(a) == interner.intern(b);
  }
}
