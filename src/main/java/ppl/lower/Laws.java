package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.dist.Ability;
import ppl.dist.Law;
import ppl.dist.Support;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Method;
import ppl.ir.Prim;
import ppl.ir.Sampler;
import ppl.ir.Stmt;
import ppl.runtime.NoDrawException;
import ppl.typed.DistDef;
import ppl.typed.Parts;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// Typed distributions to laws of one event, and what `~` means with them.
final class Laws {
  /// The law of the event at some batch subscripts, of some extents. Arguments were lowered before.
  @FunctionalInterface
  interface Family {
    Law at(List<Expr> batch, List<Expr> event);
  }

  private static final Sampler NO_DISTRIBUTION = new Sampler("no distribution", List.of(), Kind.INT,
      (random, args) -> NoDrawException.draw(random), new Method("ppl/runtime/NoDrawException", "draw", "(Ljava/util/random/RandomGenerator;)I"));

  private final Expressions expressions;

  Laws(Expressions expressions) {
    this.expressions = expressions;
  }

  Expressions expressions() {
    return expressions;
  }

  /// How many trailing dimensions one event takes.
  static int eventRank(TDist dist) {
    return switch (dist) {
      case TDist.Named(var d, var form, var args, var span) -> d.eventRank();
      case TDist.User(var d, var args, var sizes, var span) -> d.on().rank();
      case TDist.Truncated t -> eventRank(t.inner());
      case TDist.Censored c -> eventRank(c.inner());
      case TDist.Mixture m -> eventRank(m.components().getFirst());
      case TDist.MixtureOver m -> eventRank(m.component());
      case TDist.ZeroInflated z -> eventRank(z.inner());
      case TDist.Hurdle h -> eventRank(h.inner());
    };
  }

  Family family(TDist dist, Build b, Scope scope) {
    return switch (dist) {
      case TDist.Named(var d, var form, var args, var span) -> {
        var lowered = args.stream().map(a -> expressions.lower(a, b, scope)).toList();
        var ranks = form.parameters().stream().map(p -> p.rank()).toList();
        yield (batch, event) -> form.law(
            IntStream.range(0, lowered.size()).mapToObj(i -> event(lowered.get(i), ranks.get(i), batch)).toList(), event);
      }
      case TDist.User(var def, var args, var sizes, var span) -> {
        var lowered = args.stream().map(a -> expressions.lower(a, b, scope)).toList();
        var extents = sizes.stream().map(s -> expressions.size(s, b, scope)).toList();
        var ranks = def.parameters().stream().map(p -> p.type().rank()).toList();
        yield (batch, event) -> user(def,
            IntStream.range(0, lowered.size()).mapToObj(i -> event(lowered.get(i), ranks.get(i), batch)).toList(),
            extents, event);
      }
      case TDist.Truncated(var inner, var lower, var upper, var span) -> {
        var of = family(inner, b, scope);
        var bounds = bounds(lower, upper, b, scope);
        yield (batch, event) -> ppl.dist.Truncated.of(of.at(batch, event), bounds.lower(batch), bounds.upper(batch));
      }
      case TDist.Censored(var inner, var lower, var upper, var span) -> {
        var of = family(inner, b, scope);
        var bounds = bounds(lower, upper, b, scope);
        yield (batch, event) -> ppl.dist.Censored.of(of.at(batch, event), bounds.lower(batch), bounds.upper(batch));
      }
      case TDist.Mixture(var weights, var components, var span) -> {
        var w = expressions.lower(weights, b, scope);
        var of = components.stream().map(c -> family(c, b, scope)).toList();
        yield (batch, event) -> ppl.dist.Mixture.of(
            event(w, 1, batch), of.stream().map(f -> f.at(batch, event)).toList());
      }
      case TDist.MixtureOver(var weights, var binder, var component, var span) -> {
        var w = expressions.lower(weights, b, scope);
        var from = expressions.scalar(binder.from(), b, scope);
        yield (batch, event) -> ppl.dist.Mixture.over(event(w, 1, batch), k -> family(
            component, b, scope.inner().bind(binder.variable(), Arr.of(add(from, k)))).at(batch, event));
      }
      case TDist.ZeroInflated(var p, var inner, var span) -> {
        var of = family(inner, b, scope);
        var zero = expressions.lower(p, b, scope);
        yield (batch, event) ->
            ppl.dist.ZeroInflated.of(event(zero, 0, batch).scalar(), of.at(batch, event));
      }
      case TDist.Hurdle(var p, var inner, var span) -> {
        var of = family(inner, b, scope);
        var zero = expressions.lower(p, b, scope);
        yield (batch, event) -> ppl.dist.Hurdle.of(event(zero, 0, batch).scalar(), of.at(batch, event));
      }
    };
  }

  /// The argument of one event: its own dimensions are the last `rank`, those before broadcast over the batch.
  private static Arr event(Arr arg, int rank, List<Expr> batch) {
    int lead = arg.rank() - rank;
    return arg.slice(batch.subList(batch.size() - lead, batch.size()));
  }

  private record Bounds(Optional<Arr> lower, Optional<Arr> upper) {
    Optional<Expr> lower(List<Expr> batch) {
      return lower.map(a -> event(a, 0, batch).scalar());
    }

    Optional<Expr> upper(List<Expr> batch) {
      return upper.map(a -> event(a, 0, batch).scalar());
    }
  }

  private Bounds bounds(Optional<TExpr> lower, Optional<TExpr> upper, Build b, Scope scope) {
    return new Bounds(lower.map(e -> expressions.lower(e, b, scope)), upper.map(e -> expressions.lower(e, b, scope)));
  }

  private Law user(DistDef def, List<Arr> args, List<Expr> sizes, List<Expr> event) {
    var kind = Expressions.kind(def.on());
    var law = Law.event(kind, event, support(def, args), (b, x) ->
        expressions.inline(def.logpdf(), with(args, x), sizes, b).scalar());
    if (def.cdf().isPresent()) {
      var cdf = def.cdf().get();
      law = law.withTails(new Law.Tails(
          (b, x) -> log(expressions.inline(cdf, with(args, Arr.of(x)), sizes, b).scalar()),
          (b, x) -> apply(Prim.LOG1P, neg(expressions.inline(cdf, with(args, Arr.of(x)), sizes, b).scalar()))));
    }
    if (def.sample().isPresent()) law = law.withDraws(b -> expressions.inline(def.sample().get(), args, sizes, b));
    return law;
  }

  private Support support(DistDef def, List<Arr> args) {
    return switch (def.support()) {
      case ppl.typed.Support.All all -> def.on().isReal()
          ? Support.REAL
          : new Support.Ints(Optional.empty(), Optional.empty());
      case ppl.typed.Support.Between(var lower, var upper, var strict) -> {
        var scope = expressions.globals().inner();
        for (int i = 0; i < args.size(); i++) scope.bind(def.parameters().get(i), args.get(i));
        var l = lower.map(e -> expressions.scalar(e, new Build(), scope));
        var u = upper.map(e -> expressions.scalar(e, new Build(), scope));
        yield def.on().isReal() ? new Support.Reals(l, u, strict) : new Support.Ints(l, u);
      }
      case ppl.typed.Support.Shaped shaped -> Support.REAL;
    };
  }

  private static List<Arr> with(List<Arr> args, Arr x) {
    return Stream.concat(args.stream(), Stream.of(x)).toList();
  }

  /// Adds the log density of observed events; values outside the support make it negative infinity.
  void observe(TDist dist, Arr x, Optional<Symbol> name, Build b, Scope scope) {
    boolean factor = name.filter(Laws::isFactor).isPresent();
    var family = family(dist, b, scope);
    var proper = Proper.of(dist, expressions, b, scope);
    over(x, eventRank(dist), b, (inner, batch) -> {
      var event = x.slice(batch);
      observe(of(family.at(batch, event.dims()), factor), proper, batch, event, inner);
    });
  }

  /// The same for one event.
  static void observe(Law law, Proper proper, List<Expr> batch, Arr event, Build b) {
    var value = fit(law, event);
    b.add(new Stmt.Add(Array.TARGET, List.of(), proper.of(b, batch, law.density().of(b, value))));
    proper.test(b, batch);
    var inside = law.support().contains(value);
    if (!(inside instanceof Expr.Int(int c) && c != 0))
      b.add(new Stmt.Add(Array.TARGET, List.of(), select(inside, ZERO, real(Double.NEGATIVE_INFINITY))));
  }

  /// Adds the log density of the part `subs` of an unknown, which lies in its support by its transform; a discrete one
  /// may lie outside that of this element.
  void prior(TDist dist, Symbol unknown, Subscripts subs, Build b, Scope scope) {
    var x = subs.of(scope.get(unknown));
    var family = family(dist, b, scope);
    var proper = Proper.of(dist, expressions, b, scope);
    var declared = Unknowns.Declared.of(unknown, expressions, b, scope);
    boolean factor = isFactor(unknown);
    over(x, eventRank(dist), b, (inner, batch) -> {
      var event = x.slice(batch);
      var whole = family.at(batch, event.dims());
      var law = declared.narrow(of(whole, factor), subs.full(
          Stream.concat(batch.stream(), event.dims().stream().map(d -> (Expr) integer(0))).toList()));
      inner.add(new Stmt.Add(Array.TARGET, List.of(), proper.of(inner, batch, law.density().of(inner, fit(law, event)))));
      proper.test(inner, batch);
      if (expressions.discrete(unknown).filter(d -> !Extremes.isWhole(law.support(), d)).isPresent()) inner.add(new Stmt.Add(
          Array.TARGET, List.of(), select(law.support().contains(event), ZERO, real(Double.NEGATIVE_INFINITY))));
    });
    if (unknown.support() instanceof ppl.typed.Support.Shaped(var shape)
        && (shape == ppl.typed.Support.Shape.ORDERED || shape == ppl.typed.Support.Shape.POSITIVE_ORDERED)
        && eventRank(dist) == 0 && x.rank() > 0 && alike(dist)) arrangements(x, b);
  }

  /// Whether a library distribution states its tails, so that bounds normalise it.
  static boolean hasTails(TDist dist) {
    return dist instanceof TDist.Named(var d, var form, var args, var span)
        && form.abilities(d.shape()).contains(Ability.TAILS);
  }

  /// Whether a name holds Cholesky factors: a law of matrices is then that of their factors.
  static boolean isFactor(Symbol s) {
    return s.support() instanceof ppl.typed.Support.Shaped(var shape)
        && (shape == ppl.typed.Support.Shape.CORR_CHOLESKY || shape == ppl.typed.Support.Shape.COV_CHOLESKY);
  }

  static Law of(Law law, boolean factor) {
    return factor ? law.cholesky().orElse(law) : law;
  }

  /// Whether a distribution is the same for all elements of what it is about.
  static boolean alike(TDist dist) {
    return dist instanceof TDist.Named(var d, var form, var args, var span)
        && IntStream.range(0, args.size()).allMatch(i -> args.get(i).type().rank() == form.parameters().get(i).rank());
  }

  /// log n! for each ordered event: its elements stand for every arrangement of alike ones.
  private void arrangements(Arr x, Build b) {
    over(x, 1, b, (inner, batch) -> inner.add(new Stmt.Add(Array.TARGET, List.of(),
        apply(Prim.LGAMMA, toReal(add(x.dims().getLast(), integer(1)))))));
  }

  static Arr fit(Law law, Arr x) {
    return law.kind() == Kind.REAL && x.kind() == Kind.INT ? new Arr(Kind.REAL, x.dims(), at -> toReal(x.at(at))) : x;
  }

  /// What the arguments of a distribution need, and of one that the model defines its density: nothing is added.
  void test(TDist dist, Arr x, Build b, Scope scope) {
    var family = family(dist, b, scope);
    if (isDefined(dist)) over(x, eventRank(dist), b, (inner, batch) -> {
      var event = x.slice(batch);
      var law = family.at(batch, event.dims());
      law.density().of(inner, fit(law, event));
    });
  }

  private static boolean isDefined(TDist dist) {
    return dist instanceof TDist.User || Parts.of(dist).dists().stream().anyMatch(Laws::isDefined);
  }

  /// Where draws go.
  ///
  /// @param where what has to hold of an event for it to be drawn, by its first element's subscripts in the whole
  /// @param place where an element of `array` is that stands for one of the whole
  record Into(Array array, UnaryOperator<List<Expr>> place, Function<List<Expr>, Optional<Expr>> where) {
    static Into all(Array array) {
      return new Into(array, at -> at, _ -> Optional.empty());
    }
  }

  /// Draws all events of the part `subs` of `array`.
  void draw(TDist dist, Symbol name, Array array, Subscripts subs, Build b, Scope scope) {
    draw(dist, name, subs, Into.all(array), b, scope);
  }

  /// Draws events of the part `subs` of a name.
  void draw(TDist dist, Symbol name, Subscripts subs, Into into, Build b, Scope scope) {
    boolean factor = isFactor(name);
    var array = into.array;
    int rank = eventRank(dist);
    var family = family(dist, b, scope);
    var proper = Proper.of(dist, expressions, b, scope);
    var shape = new Arr(array.kind(), subs.dims(), _ -> integer(0));
    over(shape, rank, b, (inner, batch) -> {
      var dims = subs.dims().subList(batch.size(), subs.dims().size());
      UnaryOperator<List<Expr>> full = at -> subs.full(Stream.concat(batch.stream(), at.stream()).toList());
      var drawn = Build.block(c -> {
        var event = of(family.at(batch, dims), factor).draw().orElseThrow().in(c);
        c.loops(event.indices("j"), dims, at -> new Stmt.Set(array, into.place.apply(full.apply(at)),
            Expressions.as(array.kind(), event.at(at))));
      });
      var holds = proper.holds(inner, batch);
      var all = holds.map(h -> Build.block(c -> c.add(new Stmt.If(h, drawn, nothing(array, dims, at -> into.place.apply(full.apply(at)))))))
          .orElse(drawn);
      var where = into.where.apply(full.apply(dims.stream().map(d -> (Expr) integer(0)).toList()));
      if (where.isPresent()) inner.add(new Stmt.If(where.get(), all, Stmt.Block.EMPTY));
      else {
        all.arrays().forEach(inner::declare);
        all.statements().forEach(inner::add);
      }
    });
  }

  /// What a draw from no distribution gives: no number. No whole number is none, so that there a draw ends the evaluation.
  private static Stmt.Block nothing(Array array, List<Expr> dims, UnaryOperator<List<Expr>> full) {
    return Build.block(b -> b.loops(dims.stream().map(d -> new Index("j")).toList(), dims, at -> {
      var place = full.apply(at);
      return array.kind() == Kind.REAL ? new Stmt.Set(array, place, real(Double.NaN))
          : new Stmt.Draw(NO_DISTRIBUTION, array, place, List.of());
    }));
  }

  /// What is done at one batch position.
  @FunctionalInterface
  interface EachEvent {
    void at(Build b, List<Expr> batch);
  }

  /// Loops over the dimensions of `x` before those of an event.
  static void over(Arr x, int eventRank, Build b, EachEvent each) {
    var lead = x.dims().subList(0, x.rank() - eventRank);
    var indices = IntStream.range(0, lead.size()).mapToObj(d -> new Index("n")).toList();
    List<Expr> at = indices.stream().map(Exprs::var).toList();
    Expressions.nest(b, indices, lead, Build.block(inner -> each.at(inner, at)));
  }

  /// `logpdf(D, x)` and its like.
  Arr function(TExpr.OfDist o, Build b, Scope scope) {
    var family = family(o.dist(), b, scope);
    int rank = eventRank(o.dist());
    var proper = Proper.of(o.dist(), expressions, b, scope);
    expressions.tests().filter(_ -> !proper.known().isEmpty()).ifPresent(t -> {
      var dims = expressions.dims(o.type(), b, scope);
      boolean number = o.x().isPresent();
      t.function(o, proper.known(), number ? dims : dims.subList(0, dims.size() - rank), b);
    });
    return switch (o.which()) {
      case MEAN -> moment(o, family, proper, rank, b, scope, law -> law.mean().orElseThrow());
      case SD -> moment(o, family, proper, rank, b, scope, law -> law.sd().orElseThrow());
      case DRAW -> {
        var dims = expressions.dims(o.type(), b, scope);
        int lead = dims.size() - rank;
        yield Expressions.family(Expressions.kind(o.type()), dims.subList(0, lead), rank, b, (inner, batch) ->
            family.at(batch, dims.subList(lead, dims.size())).draw().orElseThrow().in(inner));
      }
      case LOGPDF, CDF, LOGCDF, LOGCCDF -> {
        var x = expressions.lower(o.x().orElseThrow(), b, scope);
        var lead = expressions.dims(o.type(), b, scope);
        yield Expressions.family(Kind.REAL, lead, 0, b, (inner, batch) -> {
          var value = x.slice(batch.subList(batch.size() - (x.rank() - rank), batch.size()));
          var law = family.at(batch, value.dims());
          return Arr.of(switch (o.which()) {
            case LOGPDF -> proper.wholly(inner, batch, law.logpdf(inner, fit(law, value)));
            case CDF -> proper.number(inner, batch, law.cdf(inner, fit(law, value).scalar()));
            case LOGCDF -> proper.number(inner, batch, law.logcdf(inner, fit(law, value).scalar()));
            case LOGCCDF -> proper.number(inner, batch, law.logccdf(inner, fit(law, value).scalar()));
            case MEAN, SD, DRAW -> throw new IllegalStateException();
          });
        });
      }
    };
  }

  private Arr moment(TExpr.OfDist o, Family family, Proper proper, int rank, Build b, Scope scope,
      Function<Law, Arr> of) {
    var dims = expressions.dims(o.type(), b, scope);
    var event = dims.subList(dims.size() - rank, dims.size());
    return Expressions.family(Kind.REAL, dims.subList(0, dims.size() - rank), rank, b, (inner, batch) -> {
      var holds = proper.holds(inner, batch);
      var moment = of.apply(family.at(batch, event));
      return new Arr(Kind.REAL, event, at -> {
        var value = toReal(moment.at(at));
        return holds.map(c -> select(c, value, real(Double.NaN))).orElse(value);
      });
    });
  }
}
