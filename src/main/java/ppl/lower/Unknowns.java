package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.dist.Law;
import ppl.dist.Support;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// How unknowns come from unconstrained coordinates.
final class Unknowns {
  private Unknowns() {}

  /// Unknowns whose elements are constrained one by one, by bounds that the prior and the declaration set.
  ///
  /// @param array  the constrained values
  /// @param raw    their coordinates, row-major
  /// @param inverse whether coordinates are computed from values
  /// @param bounds  where the bounds of each element go
  /// @param words   gathers what the coordinates are, for people
  /// @param relative whether coordinates are relative to the prior, where that has a frame
  /// @param moved    gathers the unknowns of which some coordinates are
  /// @param told     what of such coordinates is told
  record Scalars(Symbol symbol, Array array, Transform.Raw raw, boolean inverse, Ends bounds, Set<String> words, boolean relative,
      Set<Symbol> moved, Optional<Framed> told) {
    /// Sets the elements that one prior is about, and adds the log Jacobian.
    void constrain(Laws laws, TStmt.Place place, TDist dist, Build b, Scope scope) {
      var expressions = laws.expressions();
      var subs = expressions.subscripts(place.subs(), array.dims(), b, scope);
      var declared = Declared.of(symbol, expressions, b, scope);
      var part = subs.of(Arr.of(array));
      var family = laws.family(dist, b, scope);
      Laws.over(part, Laws.eventRank(dist), b, (inner, batch) -> {
        var dims = part.dims().subList(batch.size(), part.rank());
        var law = family.at(batch, dims);
        List<Expr> lead = batch;
        var vector = law.frame().flatMap(f -> f instanceof Law.Frame.Vector v ? Optional.of(v) : Optional.empty())
            .filter(_ -> declared.isNone())
            .map(f -> new Vector(f, dims, at -> subs.full(Stream.concat(lead.stream(), at.stream()).toList())));
        if (relative && vector.isPresent()) vector.get().constrain(inner, this);
        else elements(inner, law.support(), dims, (c, support, at) -> {
          var full = subs.full(Stream.concat(batch.stream(), at.stream()).toList());
          var bounds = declared.tighten(support, full);
          var frame = frame(declared.narrow(law, full), bounds);
          if (relative && frame.isPresent()) moved.add(symbol);
          element(c, full, relative ? new Transform.Between(bounds.lower(), bounds.upper(), frame) : bounds);
          told.ifPresent(t -> frame.ifPresent(f -> t.set(c, full, array, bounds, f)));
        });
        told.ifPresent(t -> vector.ifPresent(v -> v.tell(inner, array, t)));
      });
    }

    /// What the coordinates of an element may be relative to.
    private static Optional<Law.Frame.Scalar> frame(Law law, Transform.Between bounds) {
      return law.frame().filter(_ -> law.rank() == 0 && keeps(law.support(), bounds))
          .flatMap(f -> f instanceof Law.Frame.Scalar s ? Optional.of(s) : Optional.empty());
    }

    /// Sets all elements, with the declared bounds alone.
    void constrain(Declared declared, Build b) {
      Laws.over(Arr.of(array), 0, b, (inner, at) -> element(inner, at, declared.tighten(Support.REAL, at)));
    }

    /// Whether bounds are those of the law alone.
    private static boolean keeps(Support own, Transform.Between bounds) {
      return same(own.lower(), bounds.lower()) && same(own.upper(), bounds.upper());
    }

    private static boolean same(Optional<Expr> a, Optional<Expr> b) {
      return a.isPresent() == b.isPresent() && (a.isEmpty() || Extremes.same(toReal(a.get()), b.get()));
    }

    private void element(Build b, List<Expr> full, Transform.Between transform) {
      bounds.set(b, full, transform);
      words.add(transform.words());
      var own = new Transform.Raw(raw.array(), add(raw.offset(), flat(full, array.dims())));
      var event = new Transform.Event(array, full);
      if (inverse) transform.inverse(b, event, own, integer(1));
      else addTarget(b, transform.forward(b, own, event, integer(1)));
    }
  }

  /// An unbounded vector among an unknown's elements.
  ///
  /// @param dims  its extents
  /// @param place where an element of it is in the array
  private record Vector(Law.Frame.Vector frame, List<Expr> dims, UnaryOperator<List<Expr>> place) {
    private static final Transform.Between UNBOUNDED = new Transform.Between(Optional.empty(), Optional.empty());

    /// Sets it by coordinates relative to its prior.
    void constrain(Build b, Scalars unknown) {
      unknown.moved.add(unknown.symbol);
      unknown.words.add("unbounded, relative to its prior");
      var raw = unknown.raw;
      var z = Arr.of(b.store("z", new Arr(Kind.REAL, dims,
          at -> raw.array().read(add(raw.offset(), flat(place.apply(at), unknown.array.dims()))))));
      var factor = frame.factor().apply(b);
      var moved = factor.times(b, z);
      b.loops(z.indices("e"), dims, at -> Build.block(c -> {
        unknown.bounds.set(c, place.apply(at), UNBOUNDED);
        c.add(new Stmt.Set(unknown.array, place.apply(at), add(frame.location().at(at), moved.at(at))));
      }));
      addTarget(b, sum(dims.getFirst(), factor::logScale));
    }

    /// Tells of it what [Framed] has.
    void tell(Build b, Array array, Framed told) {
      var x = new Arr(Kind.REAL, dims, at -> array.read(place.apply(at)));
      var factor = frame.factor().apply(b);
      var z = factor.solve(b, new Arr(Kind.REAL, dims, at -> sub(x.at(at), frame.location().at(at))));
      b.loops(x.indices("e"), dims, at -> Build.block(c -> {
        c.add(new Stmt.Set(told.own(), place.apply(at), x.at(at)));
        c.add(new Stmt.Set(told.relative(), place.apply(at), z.at(at)));
        c.add(new Stmt.Set(told.logScale(), place.apply(at), factor.logScale(at.getFirst())));
      }));
    }
  }

  /// Arrays for the bounds of an unknown's elements, of its extents.
  record Ends(Array lower, Array upper) {
    static Ends of(Array unknown) {
      return new Ends(Array.computed("lower", Kind.REAL, unknown.dims()), Array.computed("upper", Kind.REAL, unknown.dims()));
    }

    void set(Build b, List<Expr> at, Transform.Between between) {
      b.add(new Stmt.Set(lower, at, between.lower().orElse(real(Double.NEGATIVE_INFINITY))));
      b.add(new Stmt.Set(upper, at, between.upper().orElse(real(Double.POSITIVE_INFINITY))));
    }
  }

  /// Arrays for what coordinates of an unknown's elements are and would be relative to its prior, of its extents.
  ///
  /// @param own      as they are
  /// @param relative as they would be
  /// @param logScale the logarithm of how much longer a step in the latter is
  record Framed(Array own, Array relative, Array logScale) {
    static Framed of(Array unknown) {
      return new Framed(Array.computed(unknown.name() + "_own", Kind.REAL, unknown.dims()),
          Array.computed(unknown.name() + "_relative", Kind.REAL, unknown.dims()),
          Array.computed(unknown.name() + "_scale", Kind.REAL, unknown.dims()));
    }

    List<Array> all() {
      return List.of(own, relative, logScale);
    }

    private void set(Build b, List<Expr> at, Array unknown, Transform.Between bounds, Law.Frame.Scalar frame) {
      var event = new Transform.Event(unknown, at);
      b.add(new Stmt.Set(own, at, bounds.coordinate(event)));
      b.add(new Stmt.Set(relative, at, new Transform.Between(bounds.lower(), bounds.upper(), Optional.of(frame)).coordinate(event)));
      b.add(new Stmt.Set(logScale, at, log(frame.scale())));
    }
  }

  /// Unknowns whose events are constrained as a whole.
  record Events(Symbol symbol, Array array, Transform.Raw raw, boolean inverse, Transform transform, int rank) {
    void constrain(Build b) {
      var n = array.dims().getLast();
      Laws.over(Arr.of(array), rank, b, (inner, lead) -> {
        var own = new Transform.Raw(raw.array(),
            add(raw.offset(), mul(flat(lead, array.dims().subList(0, lead.size())), transform.rawSize(n))));
        var event = new Transform.Event(array, lead);
        if (inverse) transform.inverse(inner, event, own, n);
        else addTarget(inner, transform.forward(inner, own, event, n));
      });
    }
  }

  /// The declared bounds of a name, for the elements of its array.
  record Declared(Optional<Arr> lower, Optional<Arr> upper) {
    static Declared of(Symbol symbol, Expressions expressions, Build b, Scope scope) {
      return switch (symbol.support()) {
        case ppl.typed.Support.Between(var lower, var upper, var strict) ->
            new Declared(
                finite(lower, symbol, expressions, b, scope), finite(upper, symbol, expressions, b, scope));
        case ppl.typed.Support.All a -> new Declared(Optional.empty(), Optional.empty());
        case ppl.typed.Support.Shaped(var shape) -> new Declared(
            shape == ppl.typed.Support.Shape.POSITIVE_ORDERED ? Optional.of(Arr.of(ZERO)) : Optional.empty(),
            Optional.empty());
      };
    }

    private static Optional<Arr> finite(
        Optional<TExpr> bound, Symbol symbol, Expressions expressions, Build b, Scope scope) {
      var kind = Expressions.kind(symbol.type());
      return bound.map(e -> expressions.lower(e, b, scope))
          .filter(a -> !(a.rank() == 0 && a.scalar() instanceof Expr.Real(double v) && Double.isInfinite(v)))
          .map(a -> new Arr(kind, a.dims(), at -> kind == Kind.INT ? whole(a.at(at)) : toReal(a.at(at))));
    }

    /// A bound of whole numbers.
    private static Expr whole(Expr bound) {
      return bound instanceof Expr.Real(double v) ? integer((int) v) : bound;
    }

    boolean isNone() {
      return lower.isEmpty() && upper.isEmpty();
    }

    Optional<Expr> lower(List<Expr> at) {
      return lower.map(a -> Expressions.stretched(a, at));
    }

    Optional<Expr> upper(List<Expr> at) {
      return upper.map(a -> Expressions.stretched(a, at));
    }

    /// The bounds that remain of a law's own support.
    Transform.Between tighten(Support own, List<Expr> at) {
      return new Transform.Between(tighter(lower(at), own.lower(), true), tighter(upper(at), own.upper(), false));
    }

    private static Optional<Expr> tighter(Optional<Expr> declared, Optional<Expr> own, boolean lower) {
      if (declared.isEmpty() || own.isEmpty()) return declared.or(() -> own).map(Exprs::toReal);
      var d = declared.get();
      var o = toReal(own.get());
      if (d instanceof Expr.Real(double x) && o instanceof Expr.Real(double y)) return Optional.of((x > y) == lower ? d : o);
      return Optional.of(lower ? select(lt(d, o), o, d) : select(lt(d, o), d, o));
    }

    /// `law` restricted and normalised where the declaration is narrower than its support. An improper flat law keeps
    /// its density.
    Law narrow(Law law, List<Expr> at) {
      if (law.rank() > 0) return law;
      var l = lower(at).filter(d -> !implied(d, law.support().lower(), true));
      var u = upper(at).filter(d -> !implied(d, law.support().upper(), false));
      return l.isEmpty() && u.isEmpty() || law.tails().isEmpty() ? law : ppl.dist.Truncated.of(law, l, u);
    }

    /// Whether the declaration allows all of a law's support, as far as this can be told.
    boolean holds(Support own, List<Expr> at) {
      return lower(at).filter(d -> !implied(d, own.lower(), true)).isEmpty()
          && upper(at).filter(d -> !implied(d, own.upper(), false)).isEmpty();
    }

    private static boolean implied(Expr declared, Optional<Expr> own, boolean lower) {
      if (own.isEmpty()) return false;
      if (toReal(declared) instanceof Expr.Real(double d) && toReal(own.get()) instanceof Expr.Real(double o))
        return lower ? d <= o : d >= o;
      return declared.kind() == own.get().kind() && Extremes.same(declared, own.get());
    }
  }

  private interface EachElement {
    void at(Build b, Support support, List<Expr> at);
  }

  /// The elements of one event, each with its own support.
  private static void elements(Build b, Support support, List<Expr> dims, EachElement each) {
    if (support instanceof Support.Elements(var parts)) {
      for (int i = 0; i < parts.size(); i++) each.at(b, parts.get(i), List.of(integer(i)));
      return;
    }
    var indices = IntStream.range(0, dims.size()).mapToObj(d -> new Index("e")).toList();
    List<Expr> at = indices.stream().map(Exprs::var).toList();
    Expressions.nest(b, indices, dims, Build.block(inner -> each.at(inner, support, at)));
  }

  /// The row-major position of an element.
  static Expr flat(List<Expr> at, List<Expr> dims) {
    Expr flat = integer(0);
    for (int d = 0; d < at.size(); d++) flat = add(mul(flat, dims.get(d)), at.get(d));
    return flat;
  }

  static Expr product(List<Expr> dims) {
    var n = new ArrayList<>(dims);
    return n.stream().reduce(integer(1), Exprs::mul);
  }

  private static void addTarget(Build b, Expr jacobian) {
    if (!(jacobian instanceof Expr.Real(double v) && v == 0)) b.add(new Stmt.Add(Array.TARGET, List.of(), jacobian));
  }
}
