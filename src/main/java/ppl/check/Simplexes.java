package ppl.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ppl.dist.Domain;
import ppl.lib.Function;
import ppl.lib.Functions;
import ppl.lib.Operators;
import ppl.typed.Interval;
import ppl.typed.Parts;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Type;
import ppl.typed.Typed;
import ppl.typed.TypedPrinter;

/// Which vectors, and rows of arrays, are seen to have elements from 0 with sum 1.
final class Simplexes {
  private static final Function SOFTMAX = function("softmax");
  private static final Function STICKS = function("stick_breaking");
  private static final Function SUM = function("sum");
  private static final Function REPEAT = function("rep");
  private static final Function APPEND = function("append");
  private static final Set<Function> ORDERS = Set.of(function("reverse"), function("sort"),
      function("sort_descending"));
  private static final Set<Function> TIMES = Set.of(Operators.MULTIPLY, Operators.TIMES);
  private static final Set<Function> OVER = Set.of(Operators.DIVIDE, Operators.OVER);

  private final Ranges ranges;
  private final GivenBy givers;
  private final Set<Symbol> open = new HashSet<>();

  Simplexes(Typed typed, Ranges ranges) {
    this.ranges = ranges;
    this.givers = new GivenBy(typed);
  }

  private static Function function(String name) {
    return Functions.find(name).orElseThrow();
  }

  /// Whether every vector along the last dimension of `e` is a simplex.
  boolean has(TExpr e) {
    if (e.type().isScalar()) return false;
    return isOne(e) || e.type().rank() == 1 && total(e).isOne() && Interval.NONNEGATIVE.includes(ranges.closely(e));
  }

  /// What the elements add up to, where that is a number and not 1.
  Optional<String> sum(TExpr e) {
    if (e.type().rank() != 1) return Optional.empty();
    var value = total(e).number();
    return value.isEmpty() || total(e).isOne() ? Optional.empty()
        : Optional.of(Types.text(new TExpr.Num(Math.round(value.getAsDouble() * 1e9) / 1e9, Type.REAL, e.span())));
  }

  /// By where it comes from.
  private boolean isOne(TExpr e) {
    return switch (e) {
      case TExpr.Ref(var symbol, var span) -> isSimplex(symbol);
      case TExpr.Index i -> i.subs().getLast() instanceof TExpr.Sub.All && has(i.base());
      case TExpr.Select s -> has(s.yes()) && has(s.no());
      case TExpr.ArrayLit a -> e.type().rank() > 1 ? a.elements().stream().allMatch(this::has)
          : condition(a).filter(c -> has(branch(a, c, true)) && has(branch(a, c, false))).isPresent();
      case TExpr.Comprehension c -> !c.body().type().isScalar() && has(c.body());
      case TExpr.CallFun c -> {
        givers.locals(c.function());
        yield !c.stretched() && has(c.function().result());
      }
      case TExpr.OfDist o -> o.which() == TExpr.DistFunction.DRAW && has(o.dist());
      case TExpr.Apply(var f, var args, var type, var span) -> f == SOFTMAX
          || f == STICKS && Interval.UNIT.includes(ranges.closely(args.getFirst()))
          || (ORDERS.contains(f) || f == REPEAT) && has(args.getFirst())
          || f == Operators.MULTIPLY && !args.get(0).type().isScalar() && args.get(1).type().rank() == 2
              && has(args.get(0)) && has(args.get(1));
      case TExpr.Num _, TExpr.Label _, TExpr.SizeOf _, TExpr.Range _, TExpr.Reduce _ -> false;
    };
  }

  /// What the first element that is a choice depends on.
  private static Optional<TExpr> condition(TExpr.ArrayLit a) {
    return a.elements().stream().flatMap(x -> x instanceof TExpr.Select s ? Stream.of(s.condition()) : Stream.empty()).findFirst();
  }

  /// The elements where a condition holds, or where it does not.
  private static TExpr branch(TExpr.ArrayLit a, TExpr condition, boolean holds) {
    return new TExpr.ArrayLit(a.elements().stream().map(x -> x instanceof TExpr.Select s && Definite.isSame(s.condition(), condition)
        ? holds ? s.yes() : s.no() : x).toList(), a.type(), a.span());
  }

  private boolean isSimplex(Symbol s) {
    if (s.support() instanceof Support.Shaped(var shape)) return shape == Support.Shape.SIMPLEX;
    if (givers.of(s).isEmpty() || !open.add(s)) return false;
    boolean all = givers.of(s).stream().allMatch(g -> switch (g) {
      case TStmt.Give give -> has(give.value());
      case TStmt.Prior prior -> has(prior.dist());
      case TStmt.Observe _, TStmt.For _, TStmt.If _, TStmt.Target _ -> false;
    });
    open.remove(s);
    return all;
  }

  private boolean has(TDist d) {
    return d instanceof TDist.Named n ? n.distribution().domain() == Domain.SIMPLEX
        : !Parts.of(d).dists().isEmpty() && Parts.of(d).dists().stream().allMatch(this::has);
  }

  /// The sum of the elements of a vector.
  private Polynomial total(TExpr e) {
    return switch (e) {
      case TExpr.ArrayLit a -> a.elements().stream().map(this::term).reduce(Polynomial.of(0), (x, y) -> x.plus(y, e));
      case TExpr.Apply(var f, var args, var type, var span) when f == REPEAT && args.getFirst().type().isScalar() ->
          term(args.getFirst()).times(Polynomial.of(args.get(1)), e);
      case TExpr.Apply(var f, var args, var type, var span) when f == APPEND ->
          total(args.get(0)).plus(total(args.get(1)), e);
      case TExpr.Apply(var f, var args, var type, var span) when TIMES.contains(f)
          && args.get(0).type().isScalar() != args.get(1).type().isScalar() ->
          total(args.get(0)).times(total(args.get(1)), e);
      case TExpr.Apply(var f, var args, var type, var span) when OVER.contains(f) && args.get(1).type().isScalar() ->
          total(args.get(0)).over(term(args.get(1)), e);
      case TExpr.Comprehension c when c.binders().size() == 1 -> each(c.binders().getFirst(), c.body(), e);
      default -> has1(e) ? Polynomial.of(1) : e.type().isScalar() ? term(e) : unknown(e);
    };
  }

  private boolean has1(TExpr e) {
    return !e.type().isScalar() && isOne(e);
  }

  /// A number, where it is the sum of something, as that sum; names stand for their definitions.
  private Polynomial term(TExpr e) {
    return switch (e) {
      case TExpr.Apply(var f, var args, var type, var span) when f == SUM && args.getFirst().type().rank() == 1 ->
          total(args.getFirst());
      case TExpr.Reduce r when r.function() == SUM && r.binders().size() == 1 ->
          each(r.binders().getFirst(), r.body(), e);
      case TExpr.Ref(var s, var span) when givers.of(s).size() == 1
          && givers.of(s).getFirst() instanceof TStmt.Give g && g.place().subs().isEmpty()
          && g.value() instanceof TExpr.Apply a && a.function() == SUM -> term(a);
      default -> Polynomial.of(e);
    };
  }

  private static Polynomial unknown(TExpr e) {
    return Polynomial.atom("sum of " + TypedPrinter.expr(e), e);
  }

  /// The sum of `body` over a binder: a factor that does not change stands before it.
  private Polynomial each(TExpr.Binder b, TExpr body, TExpr whole) {
    if (body instanceof TExpr.Apply(var f, var args, var type, var span) && OVER.contains(f)
        && !mentions(args.get(1), b.variable())) return each(b, args.get(0), whole).over(term(args.get(1)), whole);
    if (!mentions(body, b.variable())) return term(body).times(Polynomial.of(b.to()), whole);
    if (body instanceof TExpr.Index(var base, var subs, var type, var span) && base.type().rank() == 1
        && subs.getFirst() instanceof TExpr.Sub.At(TExpr.Ref(var s, var at)) && s == b.variable()
        && base.type().dims().getFirst().size().equals(Expressions.dim(b).size())) return total(base);
    var text = TypedPrinter.expr(new TExpr.Comprehension(List.of(b), body, Type.REAL, whole.span()));
    return Polynomial.atom("sum of " + text.replaceAll("\\b" + java.util.regex.Pattern.quote(b.variable().name()) + "\\b",
        "#"), whole);
  }

  private static boolean mentions(TExpr e, Symbol symbol) {
    var found = new boolean[1];
    ppl.typed.Mentions.of(e, s -> found[0] |= s == symbol);
    return found[0];
  }
}
