package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.dist.Domain;
import ppl.dist.Support;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.lib.Symmetry;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// Makes the [Probe]s of one statement, in the order in which a fault explains those after it: arguments, then the
/// value, then the density.
final class Probing {
  private final Expressions expressions;
  private final Laws laws;
  private final List<Probe> probes = new ArrayList<>();

  Probing(Expressions expressions) {
    this.expressions = expressions;
    this.laws = new Laws(expressions);
  }

  List<Probe> probes() {
    return List.copyOf(probes);
  }

  /// @param part which part of the observed name `left` is; empty for an expression
  void observation(TExpr left, Optional<Subscripts> part, TDist dist, Build b, Scope scope) {
    var x = expressions.lower(left, b, scope);
    var name = Statements.observed(left);
    var family = laws.family(dist, b, scope);
    var arguments = arguments(dist, b, scope);
    over(x, Laws.eventRank(dist), b, (inner, batch) -> {
      var value = x.slice(batch);
      var law = Laws.of(family.at(batch, value.dims()), name.filter(Laws::isFactor).isPresent());
      var event = event(name, left.span().text(), part, batch, value.rank());
      var known = arguments.at(inner, batch, event);
      var fit = Laws.fit(law, value);
      if (law.support() instanceof Support.Reals(var lower, var upper, var open) && lower.isPresent() && upper.isPresent())
        probe(event, new Probe.Must.Room(lower.get(), upper.get())).that(inner, le(lower.get(), upper.get()));
      var lie = new Probe.Must.Lie(title(dist), value, law.support());
      lies(inner, event, lie, law.support(), fit);
      finite(inner, event, new Probe.Must.Finite(law.density().of(inner, fit), Optional.of(value), known, Optional.of(lie)));
    });
  }

  void prior(Symbol unknown, Subscripts subs, TDist dist, Build b, Scope scope) {
    var x = subs.of(scope.get(unknown));
    var family = laws.family(dist, b, scope);
    var arguments = arguments(dist, b, scope);
    var declared = Unknowns.Declared.of(unknown, expressions, b, scope);
    over(x, Laws.eventRank(dist), b, (inner, batch) -> {
      var value = x.slice(batch);
      var first = subs.full(Stream.concat(batch.stream(), value.dims().stream().map(d -> (Expr) integer(0))).toList());
      var whole = Laws.of(family.at(batch, value.dims()), Laws.isFactor(unknown));
      var event = event(Optional.of(unknown), unknown.name(), Optional.of(subs), batch, value.rank());
      var known = arguments.at(inner, batch, event);
      if (value.rank() == 0) room(inner, event, declared.tighten(whole.support(), first));
      finite(inner, event, new Probe.Must.Finite(declared.narrow(whole, first).density().of(inner, Laws.fit(whole, value)),
          Optional.of(value), known, Optional.empty()));
    });
  }

  void target(TExpr term, Build b, Scope scope) {
    var value = expressions.lower(term, b, scope);
    over(value, 0, b, (inner, at) -> finite(inner,
        new Probe.Event(Optional.empty(), term.span().text(), at.stream().map(Optional::of).toList()),
        new Probe.Must.Finite(toReal(value.at(at)), Optional.empty(), List.of(), Optional.empty())));
  }

  /// Arguments of a function of a distribution, each event for itself.
  ///
  /// @param lead extents of the events
  void function(TExpr.OfDist o, List<Arguments.Argument> arguments, List<Expr> lead, Build b) {
    over(new Arr(Kind.INT, lead, at -> integer(0)), 0, b, (inner, at) -> {
      var event = new Probe.Event(Optional.empty(), o.span().text(), at.stream().map(Optional::of).toList());
      for (var a : arguments) argue(inner, a, at, event);
    });
  }

  /// A matrix of which `function` reads one triangle.
  void symmetric(String function, Symmetry wanted, String text, Arr value, Build b) {
    var event = new Probe.Event(Optional.empty(), text, List.of());
    var real = Statements.stretch(value, value.dims(), Kind.REAL);
    var probe = probe(event, new Probe.Must.Symmetric(real, function, wanted.words()));
    switch (wanted) {
      case SYMMETRIC -> Restrictions.symmetric(b, real, probe);
      case DEFINITE -> Restrictions.shaped(ppl.typed.Support.Shape.COV, real, b, probe);
    }
  }

  /// Arguments of a draw that data decide.
  void draw(Symbol drawn, Subscripts subs, TDist dist, Build b, Scope scope) {
    var known = Proper.of(dist, expressions, b, scope).known();
    if (known.isEmpty()) return;
    var x = new Arr(Kind.INT, subs.dims(), at -> integer(0));
    over(x, Laws.eventRank(dist), b, (inner, batch) -> {
      var event = event(Optional.of(drawn), drawn.name(), Optional.of(subs), batch, Laws.eventRank(dist));
      for (var a : known) argue(inner, a, batch, event);
    });
  }

  /// A deterministic quantity where it is declared to be.
  void declared(Symbol symbol, Arr value, Build b, Scope scope) {
    switch (symbol.support()) {
      case ppl.typed.Support.All all -> {}
      case ppl.typed.Support.Between(var lower, var upper, var strict) -> {
        var limits = Unknowns.Declared.of(symbol, expressions, b, scope);
        over(value, 0, b, (inner, at) -> {
          var support = new Support.Reals(limits.lower(at), limits.upper(at), strict && upper.isEmpty());
          boolean bounded = support.lower().isPresent() || support.upper().isPresent();
          if (bounded) lies(inner, event(symbol, at), new Probe.Must.Lie("", value.slice(at), support), support, value.slice(at));
        });
      }
      case ppl.typed.Support.Shaped(var shape) -> over(value, shape.rank(), b, (inner, at) -> Restrictions.shaped(shape,
          value.slice(at), inner, probe(event(symbol, at), new Probe.Must.Shape(value.slice(at), shape.word()))));
    }
  }

  private static Probe.Event event(Symbol symbol, List<Expr> at) {
    return new Probe.Event(Optional.of(symbol), symbol.name(), at.stream().map(Optional::of).toList());
  }

  private static Probe.Event event(
      Optional<Symbol> name, String text, Optional<Subscripts> part, List<Expr> batch, int rank) {
    if (part.isEmpty()) return new Probe.Event(Optional.empty(), text, batch.stream().map(Optional::of).toList());
    var within = IntStream.range(0, rank).mapToObj(d -> new Index("e")).toList();
    var full = part.get().full(Stream.concat(batch.stream(), within.stream().map(Exprs::var)).toList());
    var free = new Graph.Free();
    return new Probe.Event(name, name.map(Symbol::name).orElse(text), full.stream()
        .map(e -> Optional.of(e).filter(x -> free.of(x).stream().noneMatch(within::contains))).toList());
  }

  // Arguments

  /// What is probed of the arguments of one event; gives those that messages may show.
  @FunctionalInterface
  private interface Argued {
    List<Probe.Argument> at(Build b, List<Expr> batch, Probe.Event event);
  }

  private Argued arguments(TDist dist, Build b, Scope scope) {
    var all = new Arguments(expressions, e -> true).of(dist, b, scope);
    var rooms = rooms(dist, b, scope).toList();
    return (inner, batch, event) -> {
      var known = new ArrayList<Probe.Argument>();
      for (var a : all) {
        var argument = argue(inner, a, batch, event);
        if (a.over().isEmpty()) known.add(argument);
      }
      for (var r : rooms) room(inner, event, new Transform.Between(
          Optional.of(toReal(Expressions.stretched(r.getFirst(), batch))),
          Optional.of(toReal(Expressions.stretched(r.getLast(), batch)))));
      return known;
    };
  }

  private Probe.Argument argue(Build b, Arguments.Argument a, List<Expr> batch, Probe.Event event) {
    var argument = new Probe.Argument(a.law(), a.name(), a.source(), a.isAlike(), a.at(batch), a.support(),
        a.of().none());
    var block = Build.block(c -> lies(c, event, new Probe.Must.Argue(argument), probed(a), argument.value()));
    for (var f : a.over().reversed()) block = new Stmt.Block(List.of(),
        List.of(new Stmt.For(f.component(), integer(0), f.count(), false, true, block)));
    b.add(block);
    return argument;
  }

  /// What is looked at: the sum of what is a simplex by its making is 1 but for rounding.
  private Support probed(Arguments.Argument a) {
    return a.support() instanceof Support.Whole(var domain) && domain == Domain.SIMPLEX
        && expressions.doubt(a.text()).isEmpty() ? Support.NONNEGATIVE : a.support();
  }

  /// Lower and upper bounds that stand together, but for those in components of mixtures.
  private Stream<List<Arr>> rooms(TDist dist, Build b, Scope scope) {
    return switch (dist) {
      case TDist.Truncated(var inner, var lower, var upper, var span) ->
          Stream.concat(rooms(inner, b, scope), room(lower, upper, b, scope));
      case TDist.Censored(var inner, var lower, var upper, var span) ->
          Stream.concat(rooms(inner, b, scope), room(lower, upper, b, scope));
      case TDist.ZeroInflated z -> rooms(z.inner(), b, scope);
      case TDist.Hurdle h -> rooms(h.inner(), b, scope);
      case TDist.Mixture m -> m.components().stream().flatMap(c -> rooms(c, b, scope));
      case TDist.MixtureOver _, TDist.Named _, TDist.User _ -> Stream.empty();
    };
  }

  private Stream<List<Arr>> room(Optional<TExpr> lower, Optional<TExpr> upper, Build b, Scope scope) {
    return lower.stream().flatMap(l -> upper.stream().map(u ->
        List.of(expressions.lower(l, b, scope), expressions.lower(u, b, scope))));
  }

  // Conditions

  private void lies(Build b, Probe.Event event, Probe.Must must, Support support, Arr value) {
    var probe = probe(event, must);
    var real = Statements.stretch(value, value.dims(), Kind.REAL);
    switch (support) {
      case Support.Whole(var domain) -> Shapes.of(domain).ifPresent(s -> Restrictions.shaped(s, real, b, probe));
      case Support.Reals(var lower, var upper, var open) -> {
        if (lower.isEmpty() && upper.isEmpty()) everywhere(b, real, x -> le(x, real(Double.POSITIVE_INFINITY)), probe);
        else probe.that(b, support.contains(real));
      }
      case Support.Ints i -> probe.that(b, support.contains(value));
      case Support.Counts c -> probe.that(b, support.contains(value));
      case Support.Elements e -> probe.that(b, support.contains(value));
    }
  }

  private static void everywhere(Build b, Arr x, java.util.function.UnaryOperator<Expr> condition,
      Restrictions.Require require) {
    over(x, 0, b, (inner, at) -> require.that(inner, condition.apply(x.at(at))));
  }

  private void room(Build b, Probe.Event event, Transform.Between between) {
    if (between.lower().isEmpty() || between.upper().isEmpty()) return;
    var lower = between.lower().get();
    var upper = between.upper().get();
    probe(event, new Probe.Must.Room(lower, upper)).that(b, lt(lower, upper));
  }

  private void finite(Build b, Probe.Event event, Probe.Must.Finite must) {
    probe(event, must).that(b, lt(apply(Prim.ABS, must.density()), real(Double.POSITIVE_INFINITY)));
  }

  /// A new probe, as what is done with its conditions.
  private Restrictions.Require probe(Probe.Event event, Probe.Must must) {
    var fault = Array.computed("fault", Kind.REAL, List.of());
    probes.add(new Probe(fault, event, must));
    return (b, condition) -> {
      boolean holds = condition instanceof Expr.Int(int c) && c != 0;
      if (!holds) b.add(new Stmt.Add(fault, List.of(), select(condition, ZERO, ONE)));
    };
  }

  /// Loops that keep their index variables, unlike those of [Laws#over].
  private static void over(Arr x, int eventRank, Build b, Laws.EachEvent each) {
    var lead = x.dims().subList(0, x.rank() - eventRank);
    var indices = IntStream.range(0, lead.size()).mapToObj(d -> new Index("n")).toList();
    var body = Build.block(inner -> each.at(inner, indices.stream().map(Exprs::var).toList()));
    for (int d = lead.size() - 1; d >= 0; d--)
      body = new Stmt.Block(List.of(),
          List.of(new Stmt.For(indices.get(d), integer(0), lead.get(d), false, true, body)));
    b.add(body);
  }

  // What is known of values

  /// What a law is called.
  private static String title(TDist dist) {
    return switch (dist) {
      case TDist.Named n -> n.distribution().name();
      case TDist.User u -> u.definition().name();
      case TDist.Truncated t -> "the truncated " + title(t.inner());
      case TDist.Censored c -> "the censored " + title(c.inner());
      case TDist.Mixture m -> "the mixture";
      case TDist.MixtureOver m -> "the mixture";
      case TDist.ZeroInflated z -> "the zero-inflated " + title(z.inner());
      case TDist.Hurdle h -> "the hurdle";
    };
  }
}
