package ppl.check;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ppl.dist.Domain;
import ppl.lib.Function;
import ppl.lib.Functions;
import ppl.lib.Operators;
import ppl.typed.FunDef;
import ppl.typed.Interval;
import ppl.typed.Parts;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;
import ppl.typed.TypedPrinter;

/// Which matrices are seen to be symmetric and positive definite, or Cholesky factors of such: by what is declared, by
/// where they come from and by what they are made of.
final class Definite {
  private static final Function CHOLESKY = function("cholesky");
  private static final Function DIAG = function("diag");
  private static final Function IDENTITY = function("identity");
  private static final Function OUTER = function("outer");
  private static final Function QUAD_FORM_DIAG = function("quad_form_diag");
  private static final Function KRON = function("kron");
  private static final Function REPEAT = function("rep");
  private static final Function SYMMETRIZE = function("symmetrize");
  private static final Function INVERSE = function("inverse");
  private static final Function PERIODIC = function("gp_periodic");
  private static final Set<Function> KERNELS = Set.of(function("gp_exp_quad"), function("gp_matern32"),
      function("gp_matern52"), function("gp_exponential"));
  private static final Set<Function> TIMES = Set.of(Operators.MULTIPLY, Operators.TIMES);
  private static final Set<Function> OVER = Set.of(Operators.DIVIDE, Operators.OVER);

  private final Ranges ranges;
  private final GivenBy givers;
  private final Map<Symbol, Seen> known = new IdentityHashMap<>();
  private final Set<Symbol> open = new HashSet<>();

  Definite(Typed typed, Ranges ranges) {
    this(ranges, new GivenBy(typed));
  }

  private Definite(Ranges ranges, GivenBy givers) {
    this.ranges = ranges;
    this.givers = givers;
  }

  /// What one call of a function sees.
  ///
  /// @param ranges as they are in that call
  Definite inside(FunDef f, List<TExpr> args, Ranges ranges) {
    var inside = new Definite(ranges, givers);
    inside.known.putAll(known);
    for (int i = 0; i < args.size(); i++) inside.known.put(f.parameters().get(i), of(args.get(i)));
    givers.locals(f).forEach(inside.known::remove);
    return inside;
  }

  private static Function function(String name) {
    return Functions.find(name).orElseThrow();
  }

  Seen of(TExpr e) {
    if (e.type().rank() < 2) return Seen.NOTHING;
    return switch (e) {
      case TExpr.Ref r -> of(r.symbol());
      case TExpr.Index i -> part(i);
      case TExpr.Select s -> s.condition().type().isScalar() ? of(s.yes()).or(of(s.no())) : Seen.NOTHING;
      case TExpr.ArrayLit a -> e.type().rank() > 2 ? a.elements().stream().map(this::of).reduce(Seen::or).orElseThrow()
          : LiteralMatrix.of(a).map(m -> m.seen(ranges)).orElse(Seen.NOTHING);
      case TExpr.Comprehension c -> c.body().type().rank() < 2 ? Seen.NOTHING : of(c.body());
      case TExpr.CallFun c -> c.stretched() ? Seen.NOTHING : call(c.function(), c.args());
      case TExpr.OfDist o -> o.which() == TExpr.DistFunction.DRAW ? of(o.dist()) : Seen.NOTHING;
      case TExpr.Apply(var f, var args, var type, var span) -> apply(f, args, e);
      case TExpr.Num _, TExpr.Label _, TExpr.SizeOf _, TExpr.Range _, TExpr.Reduce _ -> Seen.NOTHING;
    };
  }

  private Seen of(Symbol s) {
    if (s.support() instanceof Support.Shaped(var shape)) return declared(shape);
    if (known.containsKey(s)) return known.get(s);
    if (givers.of(s).isEmpty() || !open.add(s)) return Seen.NOTHING;
    var seen = givers.of(s).stream().map(this::given).reduce(Seen::or).orElseThrow();
    open.remove(s);
    known.put(s, seen);
    return seen;
  }

  private static Seen declared(Support.Shape shape) {
    return Stream.of(Domain.values()).filter(d -> d.word().equals(shape.word())).findFirst().map(Seen::of).orElse(Seen.NOTHING);
  }

  private Seen given(TStmt s) {
    return switch (s) {
      case TStmt.Give g -> isWhole(g.place()) ? of(g.value()) : Seen.NOTHING;
      case TStmt.Prior p -> isWhole(p.place()) ? of(p.dist()) : Seen.NOTHING;
      case TStmt.Observe _, TStmt.For _, TStmt.If _, TStmt.Target _ -> Seen.NOTHING;
    };
  }

  /// Whether no matrix is given in parts.
  private static boolean isWhole(TStmt.Place place) {
    int rank = place.symbol().type().rank();
    return place.subs().isEmpty()
        || place.subs().subList(rank - 2, rank).stream().allMatch(s -> s instanceof TExpr.Sub.All);
  }

  private Seen of(TDist d) {
    return switch (d) {
      case TDist.Named n -> Seen.of(n.distribution().domain());
      case TDist.User u -> u.definition().support() instanceof Support.Shaped(var shape) ? declared(shape) : Seen.NOTHING;
      case TDist.Truncated _, TDist.Censored _, TDist.Mixture _, TDist.MixtureOver _, TDist.ZeroInflated _, TDist.Hurdle _ ->
          Parts.of(d).dists().stream().map(this::of).reduce(Seen::or).orElseThrow();
    };
  }

  /// A matrix of several, or the same rows and columns of one.
  private Seen part(TExpr.Index i) {
    var last = i.subs().subList(i.subs().size() - 2, i.subs().size());
    if (last.stream().allMatch(s -> s instanceof TExpr.Sub.All)) return of(i.base());
    if (!(last.get(0) instanceof TExpr.Sub.Slice(var a, var b) && last.get(1) instanceof TExpr.Sub.Slice(var c, var d)
        && isSame(a, c) && isSame(b, d))) return Seen.NOTHING;
    var all = of(i.base());
    return new Seen(all.semidefinite(), all.definite(), all.factor(), all.unit() && all.semidefinite());
  }

  private Seen call(FunDef f, List<TExpr> args) {
    var seen = args.stream().map(this::of).toList();
    for (int i = 0; i < args.size(); i++) known.put(f.parameters().get(i), seen.get(i));
    givers.locals(f).forEach(known::remove);
    return of(f.result());
  }

  private Seen apply(Function f, List<TExpr> args, TExpr e) {
    var x = args.getFirst();
    if (args.size() == 1) {
      if (f == DIAG) return isPositive(x) ? Seen.DIAGONAL : Seen.NOTHING;
      if (f == IDENTITY) return Seen.IDENTITY;
      if (f == CHOLESKY) return new Seen(false, false, true, of(x).unit());
      if (f == INVERSE) return of(x).definite() ? Seen.DEFINITE : Seen.NOTHING;
      if (f == SYMMETRIZE) return of(x).transposed();
      if (f == Operators.ADD) return of(x);
    }
    if (f == Operators.ADD) return sum(x, args.get(1));
    if (OVER.contains(f)) return args.get(1).type().isScalar() && isPositive(args.get(1)) ? of(x).scaled() : Seen.NOTHING;
    if (TIMES.contains(f) && (x.type().isScalar() || args.get(1).type().isScalar())) {
      boolean first = x.type().isScalar();
      return isPositive(args.get(first ? 0 : 1)) ? of(args.get(first ? 1 : 0)).scaled() : Seen.NOTHING;
    }
    if (f == Operators.TIMES) return schur(x, args.get(1));
    if (f == QUAD_FORM_DIAG) return isPositive(args.get(1)) ? new Seen(of(x).semidefinite(), of(x).definite(), of(x).factor(), false)
        : new Seen(of(x).semidefinite(), false, false, false);
    if (f == KRON) return kron(of(x), of(args.get(1)));
    if (f == REPEAT) return of(x);
    if (f == OUTER) return isSame(x, args.get(1)) ? Seen.SEMIDEFINITE : Seen.NOTHING;
    if (KERNELS.contains(f) && args.size() == 3 || f == PERIODIC) return Seen.SEMIDEFINITE;
    return MatrixProduct.isProduct(f) ? MatrixProduct.of(e, this).seen() : Seen.NOTHING;
  }

  /// A number that is added to all elements is one of `outer(rep(1, n), rep(1, n))`.
  private Seen sum(TExpr x, TExpr y) {
    if (x.type().isScalar()) return isPositive(x) ? Seen.SEMIDEFINITE.plus(of(y)) : Seen.NOTHING;
    if (y.type().isScalar()) return isPositive(y) ? of(x).plus(Seen.SEMIDEFINITE) : Seen.NOTHING;
    return of(x).plus(of(y));
  }

  /// The elementwise product, by Schur's theorem.
  private Seen schur(TExpr x, TExpr y) {
    var a = of(x);
    var b = of(y);
    boolean semi = a.semidefinite() && b.semidefinite();
    boolean definite = semi && (a.definite() && isFilled(y, b) || b.definite() && isFilled(x, a));
    return new Seen(semi, definite, a.factor() && b.factor(), semi && a.unit() && b.unit());
  }

  /// Whether the diagonal is positive.
  private boolean isFilled(TExpr e, Seen seen) {
    return seen.definite() || seen.unit() || e instanceof TExpr.Apply a && a.function() == OUTER && isPositive(a.args().getFirst());
  }

  private static Seen kron(Seen a, Seen b) {
    return new Seen(a.semidefinite() && b.semidefinite(), a.definite() && b.definite(), a.factor() && b.factor(), a.unit() && b.unit());
  }

  /// As far as intervals, which hold their ends, tell.
  boolean isPositive(TExpr e) {
    return Interval.NONNEGATIVE.includes(ranges.closely(e));
  }

  static boolean isSame(TExpr a, TExpr b) {
    return TypedPrinter.expr(a).equals(TypedPrinter.expr(b));
  }
}
