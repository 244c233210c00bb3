package ppl.check;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import ppl.ir.Expr;
import ppl.ir.Prim;
import ppl.lib.Function;
import ppl.typed.FunDef;
import ppl.typed.Interval;
import ppl.typed.Parts;
import ppl.typed.Size;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// Where the numbers in a model lie: for every expression an interval that holds each of its elements, from declared
/// supports, from distributions and, through all definitions, from the functions applied.
final class Ranges {
  private static final int ROUNDS = 60;
  private static final int PATIENT = 4;

  private final Map<Symbol, Interval> known = new IdentityHashMap<>();
  private boolean changed;
  private int round;

  /// Knows no more than what is declared.
  Ranges() {}

  /// Knows what the statements of a checked model give.
  static Ranges of(Typed typed) {
    var r = new Ranges();
    typed.data().forEach(d -> r.sizes(d.type().dims().stream().map(x -> x.size()).toList()));
    typed.unknowns().forEach(u -> r.sizes(u.type().dims().stream().map(x -> x.size()).toList()));
    var body = new ArrayList<>(typed.body());
    body.addAll(typed.generate());
    r.solve(body);
    return r;
  }

  /// What is used as a size is not negative.
  private void sizes(List<Size> sizes) {
    for (var s : sizes)
      for (var term : s.terms().values())
        if (term.coefficient() == 1 && term.atoms().size() == 1
            && term.atoms().getFirst() instanceof Size.Atom.Scalar(var symbol)) {
          long rest = s.minus(Size.of(term.atoms().getFirst())).constant().orElse(Integer.MAX_VALUE);
          if (rest <= 0) known.merge(symbol, Interval.from(-rest).and(declared(symbol)), Interval::and);
        }
  }

  /// The least intervals that the statements agree with: every name begins with nothing and grows by what gives it, in
  /// jumps where it goes on growing.
  private void solve(List<TStmt> body) {
    var given = new IdentityHashMap<Symbol, Boolean>();
    body.forEach(s -> gives(s, given));
    given.keySet().forEach(s -> known.put(s, Interval.NONE));
    for (round = 0, changed = true; changed && round < ROUNDS; round++) {
      changed = false;
      body.forEach(this::take);
    }
    if (changed) given.keySet().forEach(s -> known.put(s, declared(s)));
  }

  private static void gives(TStmt s, Map<Symbol, Boolean> given) {
    if (s instanceof TStmt.Give g) given.put(g.place().symbol(), true);
    if (s instanceof TStmt.Prior p) given.put(p.place().symbol(), true);
    Parts.statements(s).forEach(b -> gives(b, given));
  }

  private void take(TStmt s) {
    switch (s) {
      case TStmt.Give(var place, var value, var span) -> grow(place.symbol(), closely(value));
      case TStmt.Prior(var place, var dist, var span) -> grow(place.symbol(), of(dist));
      case TStmt.For f -> bind(List.of(f.binder()));
      case TStmt.If _, TStmt.Observe _, TStmt.Target _ -> {}
    }
    Parts.statements(s).forEach(this::take);
  }

  private void grow(Symbol s, Interval more) {
    var before = known.getOrDefault(s, Interval.NONE);
    if (before.includes(more)) return;
    var all = before.or(more);
    var jump = round < PATIENT || before.isEmpty() ? all
        : new Interval(all.low() < before.low() ? below(all.low()) : all.low(),
            all.high() > before.high() ? -below(-all.high()) : all.high());
    var grown = jump.and(declared(s));
    changed |= !before.includes(grown);
    known.put(s, grown);
  }

  /// The nearest of the numbers that ranges are about.
  private static double below(double x) {
    return x >= 1 ? 1 : x >= 0 ? 0 : x >= -1 ? -1 : Double.NEGATIVE_INFINITY;
  }

  void bind(List<TExpr.Binder> binders) {
    for (var b : binders)
      known.put(b.variable(), b.variable().type().level().isPresent() ? Interval.from(1) : of(b.from()).or(of(b.to())));
  }

  /// As a type says.
  Interval declared(Symbol s) {
    if (s.type().level().isPresent()) return Interval.from(1);
    return s.role() == Symbol.Role.SIZE ? Interval.NONNEGATIVE : declared(s.support());
  }

  private Interval declared(Support support) {
    return switch (support) {
      case Support.All() -> Interval.ALL;
      case Support.Between(var lower, var upper, var strict) -> new Interval(
          lower.map(e -> of(e).low()).orElse(Double.NEGATIVE_INFINITY),
          upper.map(e -> of(e).high()).orElse(Double.POSITIVE_INFINITY));
      case Support.Shaped(var shape) -> switch (shape) {
        case SIMPLEX -> Interval.UNIT;
        case POSITIVE_ORDERED -> Interval.NONNEGATIVE;
        case UNIT_VECTOR, CORR, CORR_CHOLESKY -> new Interval(-1, 1);
        case ORDERED, SUM_TO_ZERO, COV, COV_CHOLESKY -> Interval.ALL;
      };
    };
  }

  /// The range of a value that has a name or is an argument, where it pays to look closer: names that stand in it more
  /// than once are the same number each time. Two ways to a number may differ by rounding.
  Interval closely(TExpr e) {
    var plain = of(e);
    var both = plain.and(Polynomial.of(e).range(this));
    return both.isEmpty() ? plain : both;
  }

  Interval of(TExpr e) {
    return switch (e) {
      case TExpr.Num n -> Interval.at(n.value());
      case TExpr.Label _ -> Interval.from(1);
      case TExpr.Ref(var s, var span) -> known.containsKey(s) ? known.get(s) : declared(s);
      case TExpr.SizeOf s -> s.size().constant().isPresent() ? Interval.at(s.size().constant().getAsInt())
          : Interval.NONNEGATIVE;
      case TExpr.Apply(var f, var args, var type, var span) -> range(f, args);
      case TExpr.CallFun c -> call(c.function(), c.args());
      case TExpr.Select s -> of(s.yes()).or(of(s.no()));
      case TExpr.Index i -> isDiagonal(i) ? Interval.NONNEGATIVE : of(i.base());
      case TExpr.Range r -> of(r.from()).or(of(r.to()));
      case TExpr.ArrayLit a -> a.elements().stream().map(this::of).reduce(Interval.NONE, Interval::or);
      case TExpr.Comprehension c -> {
        bind(c.binders());
        yield of(c.body());
      }
      case TExpr.Reduce r -> {
        bind(r.binders());
        yield r.function().range().of(new Function.Operands(List.of(of(r.body())), List.of(r.binders().size()), true));
      }
      case TExpr.OfDist o -> switch (o.which()) {
        case LOGPDF -> Interval.ALL;
        case CDF -> Interval.UNIT;
        case LOGCDF, LOGCCDF -> Interval.to(0);
        case MEAN, DRAW -> of(o.dist());
        case SD -> Interval.NONNEGATIVE;
      };
    };
  }

  private Interval range(Function f, List<TExpr> args) {
    var texts = args.stream().map(ppl.typed.TypedPrinter::expr).distinct().count();
    return f.range().of(new Function.Operands(args.stream().map(this::of).toList(),
        args.stream().map(a -> a.type().rank()).toList(), texts == 1));
  }

  /// `S[i, i]` of a covariance matrix or of a Cholesky factor.
  private static boolean isDiagonal(TExpr.Index i) {
    if (!(i.base() instanceof TExpr.Ref(var s, var span) && s.support() instanceof Support.Shaped(var shape)
        && shape.rank() == 2)) return false;
    var last = i.subs().subList(i.subs().size() - 2, i.subs().size());
    return last.get(0) instanceof TExpr.Sub.At(var a) && last.get(1) instanceof TExpr.Sub.At(var b)
        && ppl.typed.TypedPrinter.expr(a).equals(ppl.typed.TypedPrinter.expr(b));
  }

  private Interval call(FunDef f, List<TExpr> args) {
    return inside(f, args).closely(f.result());
  }

  /// What one call of a function knows.
  Ranges inside(FunDef f, List<TExpr> args) {
    var inside = inside(f.parameters(), args);
    inside.solve(f.lets());
    return inside;
  }

  private Ranges inside(List<Symbol> parameters, List<TExpr> args) {
    var inside = new Ranges();
    inside.known.putAll(known);
    for (int i = 0; i < args.size(); i++) {
      var p = parameters.get(i);
      inside.known.put(p, of(args.get(i)).and(declared(p)));
    }
    return inside;
  }

  /// Where the values of a distribution lie, or the elements of its vectors and matrices.
  Interval of(TDist d) {
    return switch (d) {
      case TDist.Named n -> support(n.form().support(n.distribution().shape()), n);
      case TDist.User u -> inside(u.definition().parameters(), u.args()).declared(u.definition().support());
      case TDist.Truncated t -> within(of(t.inner()), t.lower(), t.upper());
      case TDist.Censored c -> within(of(c.inner()), c.lower(), c.upper());
      case TDist.Mixture m -> m.components().stream().map(this::of).reduce(Interval.NONE, Interval::or);
      case TDist.MixtureOver m -> {
        bind(List.of(m.binder()));
        yield of(m.component());
      }
      case TDist.ZeroInflated z -> of(z.inner()).or(Interval.at(0));
      case TDist.Hurdle h -> of(h.inner()).or(Interval.at(0));
    };
  }

  private Interval within(Interval i, Optional<TExpr> lower, Optional<TExpr> upper) {
    return i.and(new Interval(lower.map(e -> of(e).low()).orElse(Double.NEGATIVE_INFINITY),
        upper.map(e -> of(e).high()).orElse(Double.POSITIVE_INFINITY)));
  }

  private Interval support(ppl.dist.Support s, TDist.Named n) {
    return switch (s) {
      case ppl.dist.Support.Reals(var lower, var upper, var open) -> ends(lower, upper, n);
      case ppl.dist.Support.Ints(var lower, var upper) -> ends(lower, upper, n);
      case ppl.dist.Support.Counts(var total) -> Interval.NONNEGATIVE;
      case ppl.dist.Support.Elements(var parts) -> parts.stream().map(p -> support(p, n))
          .reduce(Interval.NONE, Interval::or);
      case ppl.dist.Support.Whole(var domain) -> switch (domain) {
        case SIMPLEX -> Interval.UNIT;
        case CORR, CORR_CHOLESKY -> new Interval(-1, 1);
        case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT, ORDERED, COV, COV_CHOLESKY ->
            Interval.ALL;
      };
    };
  }

  private Interval ends(Optional<Expr> lower, Optional<Expr> upper, TDist.Named n) {
    return new Interval(lower.map(e -> argument(e, n).low()).orElse(Double.NEGATIVE_INFINITY),
        upper.map(e -> argument(e, n).high()).orElse(Double.POSITIVE_INFINITY));
  }

  /// A bound of a law: a number, or an argument.
  private Interval argument(Expr e, TDist.Named n) {
    return switch (e) {
      case Expr.Int(int v) -> Interval.at(v);
      case Expr.Real(double v) -> Interval.at(v);
      case Expr.Read(var array, var at) -> IntStream.range(0, n.args().size())
          .filter(i -> n.form().names().get(i).equals(array.name())).mapToObj(i -> of(n.args().get(i)))
          .findFirst().orElse(Interval.ALL);
      case Expr.Apply(var prim, var args) when prim == Prim.REAL_OF -> argument(args.getFirst(), n);
      case Expr.Apply _, Expr.Var _, Expr.Reduce _, Expr.Select _ -> Interval.ALL;
    };
  }
}
