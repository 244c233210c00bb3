package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// Typed statements to index notation, one [Part] of their meaning at a time: a loop that gives values, states priors
/// and observes data becomes several loops, so that what depends on nothing but itself is seen to.
final class Statements {
  /// What of a statement is wanted. Names local to a block are given in every part.
  sealed interface Part {
    /// What `=` gives.
    record Values() implements Part {}

    /// What priors, likelihoods and `target` add to the log density.
    record Density() implements Part {}

    /// An unknown, from its unconstrained coordinates.
    record Constrain(Unknowns.Scalars unknown) implements Part {}

    /// Where the values of a discrete unknown lie, or those that are missing.
    record Support(Extremes unknown) implements Part {}

    /// Forward draws of what `~` declares inside `generate`, with the values between them.
    record Draws() implements Part {}

    /// How often each element of some names is given or observed: adds 1 to the element's count.
    ///
    /// @param of which observations count
    record Count(Map<Symbol, Array> counts, Predicate<TStmt.Observe> of) implements Part {
      Count(Map<Symbol, Array> counts) {
        this(counts, _ -> true);
      }
    }

    /// A replicate of one observed name.
    ///
    /// @param of the observations whose elements are drawn
    record Replicate(Symbol observed, Array into, Predicate<TStmt.Observe> of) implements Part {}

    /// A draw of one unknown from its prior, given all else.
    record Imagined(Symbol unknown, Array into) implements Part {}

    /// Draws of missing values of which nothing else depends.
    record Missing(Barren of) implements Part {}

    /// What has to hold for the log density to be finite.
    record Probe(Probing probing) implements Part {}

    /// What has to hold for draws and for functions of distributions to have a value, as far as data decide it.
    record Test(Probing probing) implements Part {}

    Part VALUES = new Values();
    Part DENSITY = new Density();
    Part DRAWS = new Draws();
  }

  private final Expressions expressions;
  private final Part part;

  Statements(Expressions expressions, Part part) {
    this.expressions = expressions;
    this.part = part;
  }

  /// A block's statements; names local to it are bound in `scope`.
  void all(List<TStmt> body, Build b, Scope scope) {
    all(body, Set.of(), b, scope);
  }

  /// @param after names that are used after the block
  void all(List<TStmt> body, Set<Symbol> after, Build b, Scope scope) {
    for (var s : Order.of(body)) {
      Names.gives(s, place -> {
        if (place.symbol().role() == Symbol.Role.LOCAL && !scope.knows(place.symbol()) && needsArray(place, body, after, s))
          declare(place.symbol(), b, scope);
      });
      one(s, b, scope);
    }
  }

  void one(TStmt s, Build b, Scope scope) {
    switch (s) {
      case TStmt.Give g -> give(g, b, scope);
      case TStmt.Prior(var place, var dist, var span) -> {
        switch (part) {
          case Part.Density() -> laws().prior(dist, place.symbol(), subscripts(place, b, scope), b, scope);
          case Part.Constrain(var unknown) -> {
            if (unknown.symbol() == place.symbol()) unknown.constrain(laws(), place, dist, b, scope);
          }
          case Part.Support(var unknown) -> {
            if (unknown.symbol() == place.symbol()) unknown.prior(laws(), place, dist, b, scope);
          }
          case Part.Draws() -> laws().draw(
              dist, place.symbol(), scope.array(place.symbol()), subscripts(place, b, scope), b, scope);
          case Part.Count(var counts, var _) -> count(place, counts, b, scope);
          case Part.Probe(var probing) ->
              probing.prior(place.symbol(), subscripts(place, b, scope), dist, b, scope);
          case Part.Test(var probing) -> {
            if (place.symbol().role() == Symbol.Role.UNKNOWN)
              laws().test(dist, subscripts(place, b, scope).of(scope.get(place.symbol())), b, scope);
            else laws().family(dist, b, scope);
            if (place.symbol().role() == Symbol.Role.GENERATED)
              probing.draw(place.symbol(), subscripts(place, b, scope), dist, b, scope);
          }
          case Part.Values() -> {}
          case Part.Imagined(var unknown, var into) -> {
            if (unknown == place.symbol()) laws().draw(dist, unknown, into, subscripts(place, b, scope), b, scope);
          }
          case Part.Replicate r -> {}
          case Part.Missing _ -> {}
        }
      }
      case TStmt.Observe o -> {
        var left = o.left();
        var dist = o.dist();
        switch (part) {
          case Part.Density() -> {
            var barren = observed(left).flatMap(expressions::barren);
            if (barren.isPresent()) barren.get().observe(laws(), observedPart(left, barren.get().symbol(), b, scope), dist, b, scope);
            else laws().observe(dist, expressions.lower(left, b, scope), observed(left), b, scope);
          }
          case Part.Missing(var barren) -> {
            var subs = observedPart(left, barren.symbol(), b, scope);
            if (subs != null) barren.draw(laws(), subs, dist, b, scope);
          }
          case Part.Replicate(var observed, var into, var of) -> {
            var subs = of.test(o) ? observedPart(left, observed, b, scope) : null;
            if (subs != null) laws().draw(dist, observed, into, subs, b, scope);
          }
          case Part.Values() -> {}
          case Part.Constrain c -> {}
          case Part.Support(var unknown) -> {
            var subs = observedPart(left, unknown.symbol(), b, scope);
            if (subs != null) unknown.prior(laws(), subs, dist, b, scope);
          }
          case Part.Count(var counts, var of) -> observed(left).filter(symbol -> counts.containsKey(symbol) && of.test(o)).ifPresent(symbol ->
              count(counts.get(symbol), observedPart(left, symbol, b, scope), b));
          case Part.Probe(var probing) -> probing.observation(left, observed(left).map(of ->
              observedPart(left, of, b, scope)), dist, b, scope);
          case Part.Draws() -> {}
          case Part.Imagined _ -> {}
          case Part.Test _ -> laws().test(dist, expressions.lower(left, b, scope), b, scope);
        }
      }
      case TStmt.Target(var value, var span) -> {
        if (part instanceof Part.Density) target(expressions.lower(value, b, scope), b);
        if (part instanceof Part.Probe(var probing)) probing.target(value, b, scope);
        if (part instanceof Part.Test) expressions.lower(value, b, scope);
      }
      case TStmt.For f -> loop(f, b, scope);
      case TStmt.If(var condition, var then, var otherwise, var span) -> {
        var c = expressions.scalar(condition, b, scope);
        var yes = Build.block(inner -> all(then, inner, scope.inner()));
        var no = Build.block(inner -> all(otherwise, inner, scope.inner()));
        if (!yes.isEmpty() || !no.isEmpty()) b.add(new Stmt.If(c, yes, no));
      }
    }
  }

  private void give(TStmt.Give g, Build b, Scope scope) {
    var symbol = g.place().symbol();
    boolean local = symbol.role() == Symbol.Role.LOCAL;
    if (!local && part instanceof Part.Count(var counts, var _)) count(g.place(), counts, b, scope);
    boolean tested = part instanceof Part.Test;
    if (!local && !tested && !(part instanceof Part.Values) && !(part instanceof Part.Draws)) return;
    var value = expressions.lower(g.value(), b, scope);
    if (!local && tested) return;
    var kind = Expressions.kind(symbol.type());
    if (local && !scope.knows(symbol)) {
      var typed = stretch(value, expressions.dims(symbol.type(), b, scope), kind);
      scope.bind(symbol, Expressions.store(symbol.name(), typed, b));
      return;
    }
    var array = scope.array(symbol);
    var subs = subscripts(g.place(), b, scope);
    var part = stretch(value, subs.dims(), kind);
    b.loops(part.indices("i"), part.dims(), at -> new Stmt.Set(array, subs.full(at), part.at(at)));
  }

  private void count(TStmt.Place place, Map<Symbol, Array> counts, Build b, Scope scope) {
    var count = counts.get(place.symbol());
    if (count != null) count(count, subscripts(place, b, scope), b);
  }

  private static void count(Array count, Subscripts subs, Build b) {
    var each = Arr.of(count).indices("i").subList(0, subs.dims().size());
    b.loops(each, subs.dims(), at -> new Stmt.Add(count, subs.full(at), ppl.ir.Exprs.ONE));
  }

  /// `value` broadcast to `dims`.
  static Arr stretch(Arr value, List<Expr> dims, ppl.ir.Kind kind) {
    return new Arr(kind, dims, at -> Expressions.as(kind, Expressions.stretched(value, at)));
  }

  private void loop(TStmt.For f, Build b, Scope scope) {
    var from = sub(expressions.scalar(f.binder().from(), b, scope), integer(1));
    var to = expressions.scalar(f.binder().to(), b, scope);
    var i = new Index(f.binder().variable().name());
    if (part instanceof Part.Support(var unknown)) unknown.enter(i, from, to);
    var block = Build.block(inner ->
        all(f.body(), inner, scope.inner().bind(f.binder().variable(), Arr.of(add(var(i), integer(1))))));
    if (part instanceof Part.Support(var unknown)) unknown.leave();
    if (independent(block)) Invariants.loop(b, i, from, to, true, block);
    else if (!block.isEmpty()) b.add(new Stmt.For(i, from, to, false, false, block));
  }

  /// Whether no iteration needs what another gives: nothing that outlives an iteration is both written and read, be it a
  /// quantity, a local array or an unknown whose bound is the one before it. Draws have an order of their own.
  private boolean independent(Stmt.Block block) {
    return switch (part) {
      case Part.Draws _, Part.Replicate _, Part.Imagined _, Part.Missing _ -> false;
      case Part.Values _, Part.Density _, Part.Constrain _, Part.Count _, Part.Support _, Part.Probe _, Part.Test _ ->
          Collections.disjoint(Stmts.writes(block), Stmts.reads(block));
    };
  }

  /// A local name is an array of the outermost block that holds all its parts, unless it is given as a whole here.
  private static boolean needsArray(TStmt.Place place, List<TStmt> body, Set<Symbol> after, TStmt s) {
    if (s instanceof TStmt.Give) return !place.subs().isEmpty();
    if (after.contains(place.symbol())) return true;
    long mentions = body.stream()
        .filter(x -> Order.uses(x).contains(place.symbol()) || Order.gives(x).contains(place.symbol())).count();
    return mentions > 1;
  }

  private void declare(Symbol symbol, Build b, Scope scope) {
    scope.bind(symbol,
        b.array(symbol.name(), Expressions.kind(symbol.type()), expressions.dims(symbol.type(), b, scope)));
  }

  private Subscripts subscripts(TStmt.Place place, Build b, Scope scope) {
    return expressions.subscripts(place.subs(), expressions.dims(place.symbol().type(), b, scope), b, scope);
  }

  /// The name that an observation is about; empty where its left side is an expression.
  static Optional<Symbol> observed(TExpr left) {
    return switch (left) {
      case TExpr.Ref(var symbol, var span) -> Optional.of(symbol);
      case TExpr.Index(TExpr.Ref(var symbol, var inner), var subs, var type, var span) -> Optional.of(symbol);
      default -> Optional.empty();
    };
  }

  /// Which part of `observed` an observation's left side is; null where it is another name or an expression.
  private Subscripts observedPart(TExpr left, Symbol observed, Build b, Scope scope) {
    return switch (left) {
      case TExpr.Ref(var symbol, var span) when symbol == observed ->
          expressions.subscripts(List.of(), expressions.dims(symbol.type(), b, scope), b, scope);
      case TExpr.Index(TExpr.Ref(var symbol, var inner), var subs, var type, var span) when symbol == observed ->
          expressions.subscripts(subs, expressions.dims(symbol.type(), b, scope), b, scope);
      default -> null;
    };
  }

  private Laws laws() {
    return new Laws(expressions);
  }

  static void target(Arr value, Build b) {
    var real = stretch(value, value.dims(), ppl.ir.Kind.REAL);
    b.loops(real.indices("i"), real.dims(), at -> new Stmt.Add(Array.TARGET, List.of(), real.at(at)));
  }
}
