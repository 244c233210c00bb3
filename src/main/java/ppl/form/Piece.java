package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Early;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Subst;

/// A summand of a log density: over `loops`, where the guards hold, a product.
///
/// @param loops    from outside in; later bounds may use earlier variables
/// @param positive data that must be above 0 for the piece to say what was written
record Piece(List<Term.Range> loops, List<Expr> guards, List<Expr> positive, Factors factors) {
  /// More pieces than this are not worth it.
  private static final int MOST = 200;

  /// `value` as a sum of pieces. Of the factors of a piece that are no data, all are free of its rows, but for one
  /// square of a linear form; empty if there is no such sum.
  static Optional<List<Piece>> of(Piece whole, Early early, Graph.Free free) {
    var todo = new ArrayDeque<Piece>();
    todo.push(whole);
    var found = new ArrayList<Piece>();
    while (!todo.isEmpty()) {
      if (todo.size() + found.size() > MOST) return Optional.empty();
      var next = todo.pop();
      var rows = next.rows(early, free);
      var left = next.factors.exponents().keySet().stream().filter(f -> !early.of(f) && !rows.isFree(f)).toList();
      if (left.isEmpty() && rows.isEmpty()) {
        var sums = next.factors.exponents().entrySet().stream().filter(f -> f.getValue() == 1 && isSum(f.getKey(), early)).findFirst();
        if (sums.isPresent()) next.parts(sums.get().getKey(), rows).forEach(todo::push);
        else found.add(next);
      } else if (left.isEmpty()) found.add(next);
      else if (left.size() > 1) return Optional.empty();
      else switch (next.factors.exponents().get(left.getFirst())) {
        case 1 -> {
          var parts = next.parts(left.getFirst(), rows);
          if (parts.isEmpty()) return Optional.empty();
          parts.reversed().forEach(todo::push);
        }
        case 2 -> {
          if (next.choices(left.getFirst(), rows).noneMatch(c -> gathers(c, rows))) found.add(next);
          else {
            var parts = next.cases(left.getFirst(), 2, rows, c -> gathers(c, rows));
            if (parts.isEmpty()) return Optional.empty();
            parts.reversed().forEach(todo::push);
          }
        }
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(found);
  }

  private static boolean isSum(Expr e, Early early) {
    return !early.of(e) && e instanceof Expr.Reduce r && r.reducer() == Expr.Reducer.SUM;
  }

  /// A value in loops.
  static Piece of(List<Term.Range> loops, List<Expr> guards, Expr value) {
    return new Piece(loops, guards, List.of(), Factors.of(new Interner().intern(value)));
  }

  Rows rows(Early early, Graph.Free free) {
    return Rows.of(loops.stream().map(Term.Range::index).toList(),
        factors.exponents().keySet().stream().filter(f -> !early.of(f)).toList(), early, free);
  }

  private Piece with(Factors others) {
    return new Piece(loops, guards, positive, others);
  }

  private Piece where(Expr guard, Factors others) {
    return new Piece(loops, plus(guards, guard), positive, others);
  }

  private Piece given(Expr above, Factors others) {
    return new Piece(loops, guards, plus(positive, above), others);
  }

  /// The same with `e`, one of its factors, taken apart; nothing if there is no way.
  private List<Piece> parts(Expr e, Rows rows) {
    var rest = factors.without(e);
    if (e instanceof Expr.Apply(Prim p, var args)) {
      var a = args.getFirst();
      var b = args.getLast();
      var parts = switch (p) {
        case ADD -> List.of(with(rest.times(a)), with(rest.times(b)));
        case SUB -> List.of(with(rest.times(a)), with(rest.times(b).times(real(-1))));
        case LOG -> logarithm(Factors.of(a), rest, rows);
        case LMULTIPLY -> multiple(p, a, b, log(b), b, rest, rows);
        case XLOG1PY -> multiple(p, a, b, apply(Prim.LOG1P, b), add(ONE, b), rest, rows);
        default -> List.<Piece>of();
      };
      return parts.isEmpty() ? cases(e, 1, rows, _ -> true) : parts;
    }
    return switch (e) {
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) when reducer == Expr.Reducer.SUM
          && rows.isData(from) && rows.isData(to) -> {
        var k = new Index(i.name());
        var inner = new Interner().intern(Subst.indices(Map.of(i, var(k))).apply(body));
        var more = Stream.concat(loops.stream(), Stream.of(new Term.Range(k, from, to))).toList();
        yield List.of(new Piece(more, guards, positive, rest.times(inner)));
      }
      case Expr.Select s -> cases(e, 1, rows, _ -> true);
      case Expr.Reduce _, Expr.Apply _, Expr.Int _, Expr.Real _, Expr.Var _, Expr.Read _ -> List.of();
    };
  }

  /// The log of a product: what is data apart.
  private List<Piece> logarithm(Factors of, Factors rest, Rows rows) {
    var known = of.where(rows::isData);
    var others = of.where(f -> !rows.isData(f));
    if (known.exponents().isEmpty() || others.exponents().isEmpty()) return List.of();
    return List.of(with(rest.times(log(others.product()))), given(known.product(), rest.times(log(known.product()))));
  }

  /// `a` times `logarithm`, which is 0 where `a` is: the primitive `p` of `a` and `b`.
  ///
  /// @param above is above 0 where the logarithm exists
  private List<Piece> multiple(Prim p, Expr a, Expr b, Expr logarithm, Expr above, Factors rest, Rows rows) {
    if (rows.isData(b)) return List.of(given(above, rest.times(a).times(logarithm)));
    if (rows.isData(a) && rows.isFree(b)) return List.of(with(rest.times(a).times(apply(p, ONE, b))));
    return a instanceof Expr.Real ? List.of(with(rest.times(a).times(logarithm))) : List.of();
  }

  /// Choices by data, one by one: the same without the first that is `wanted`, for either way that it may go.
  ///
  /// @param e        a factor
  /// @param exponent its exponent
  private List<Piece> cases(Expr e, int exponent, Rows rows, Predicate<Expr.Select> wanted) {
    var nodes = Graph.nodes(List.of(e));
    var bound = nodes.stream().filter(Expr.Reduce.class::isInstance).map(x -> ((Expr.Reduce) x).index()).toList();
    return choices(e, rows).filter(wanted).map(Expr.Select::condition).filter(c -> bound.stream().noneMatch(rows.free(c)::contains))
        .findFirst().map(c -> List.of(where(c, powered(chosen(e, nodes, c, true), e, exponent)),
            where(not(c), powered(chosen(e, nodes, c, false), e, exponent)))).orElse(List.of());
  }

  /// Choices by data that differ from row to row, between values that are no data.
  private Stream<Expr.Select> choices(Expr e, Rows rows) {
    return Graph.nodes(List.of(e)).stream().filter(Expr.Select.class::isInstance).map(Expr.Select.class::cast)
        .filter(s -> rows.isData(s.condition()) && rows.vary(s.condition()) && !rows.isData(s));
  }

  /// Whether subscripts that vary with rows may lie outside of their arrays where the choice goes the other way.
  private static boolean gathers(Expr.Select choice, Rows rows) {
    return Graph.nodes(List.of(choice.yes(), choice.no())).stream()
        .anyMatch(x -> x instanceof Expr.Read r && !rows.isData(r) && r.at().stream().anyMatch(rows::vary));
  }

  /// With a power of `by` in place of the factor `e`.
  private Factors powered(Expr by, Expr e, int exponent) {
    var all = factors.without(e);
    for (int n = 0; n < exponent; n++) all = all.times(by);
    return all;
  }

  private static Expr chosen(Expr e, List<Expr> nodes, Expr condition, boolean yes) {
    var by = new IdentityHashMap<Expr, Expr>();
    for (var x : nodes) if (x instanceof Expr.Select s && s.condition() == condition) by.put(x, yes ? s.yes() : s.no());
    return new Interner().intern(Rewrite.of(e, by));
  }

  /// The statement that adds it to the log density.
  Stmt statement() {
    return Table.nest(loops, guards, new Stmt.Add(Array.TARGET, List.of(), factors.product()));
  }

  /// Whether data are such that it says what was written.
  Expr isSound() {
    return positive.stream().map(e -> lt(ZERO, least(e, real(Double.POSITIVE_INFINITY))))
        .reduce(integer(1), (a, b) -> and(a, b));
  }

  /// The least of `e` over the loops, where the guards hold.
  Expr least(Expr e, Expr otherwise) {
    Expr least = guards.reversed().stream().reduce(e, (x, g) -> select(g, x, otherwise), (a, b) -> b);
    for (var r : loops.reversed()) least = new Expr.Reduce(Expr.Reducer.MIN, r.index(), r.from(), r.to(), least);
    return least;
  }

  static List<Expr> plus(List<Expr> list, Expr more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }
}
