package ppl.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.dist.Distribution;
import ppl.dist.Domain;
import ppl.dist.Form;
import ppl.dist.Parameter;
import ppl.ir.Kind;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.typed.Doubt;
import ppl.typed.Interval;
import ppl.typed.Parts;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// Arguments of distributions that may lie where there is no such distribution: a scale that nothing keeps positive,
/// weights that nothing makes a simplex. Matrices of functions that take them to be symmetric.
final class Outside {
  private final Env env;
  private final Ranges ranges;
  private final Simplexes simplexes;
  private final WholeValues values;
  private final Rising rising;
  private final Definite definite;
  private final List<TStmt> body;
  private final Triangles triangles;
  private final Dependence dependence;
  private final Set<String> told = new HashSet<>();
  private final List<Doubt> doubts = new ArrayList<>();

  private Outside(Typed typed, Dependence dependence, Env env) {
    this.env = env;
    this.dependence = dependence;
    this.ranges = Ranges.of(typed);
    this.simplexes = new Simplexes(typed, ranges);
    this.values = new WholeValues(typed);
    this.rising = new Rising(ranges, values);
    this.definite = new Definite(typed, ranges);
    this.triangles = new Triangles(env, new Triangles.View(ranges, definite, dependence), doubts);
    this.body = Stream.of(typed.body(), typed.generate()).flatMap(List::stream).toList();
  }

  /// Reports arguments that nothing keeps where they have to be, and gives them.
  static List<Doubt> check(Typed typed, Dependence dependence, Env env) {
    var o = new Outside(typed, dependence, env);
    o.body.forEach(o::statement);
    return o.doubts;
  }

  private void statement(TStmt s) {
    triangles.statement(s);
    parts(Parts.of(s));
  }

  private void parts(Parts p) {
    p.exprs().forEach(e -> {
      triangles.expr(e);
      parts(Parts.of(e));
    });
    p.dists().forEach(this::dist);
    p.statements().forEach(this::statement);
  }

  private void dist(TDist d) {
    switch (d) {
      case TDist.Named n -> {
        for (int i = 0; i < n.args().size(); i++) {
          var p = n.form().parameters().get(i);
          var other = new OtherFactor(n, i, definite.of(n.args().get(i))).trouble();
          other.ifPresent(env::report);
          if (other.isEmpty()) argument(p.domain(), "the `" + p.name() + "` of `" + n.distribution().name() + "`",
              n.args().get(i), link(n, i), swapped(n, i).or(() -> reordered(n, p)));
        }
        if (!Edges.told(n, env)) new Crossed(ranges, dependence).of(n).ifPresent(env::report);
      }
      case TDist.User u -> {
        for (int i = 0; i < u.args().size(); i++) {
          var p = u.definition().parameters().get(i);
          var what = "the `" + p.name() + "` of `" + u.definition().name() + "`";
          domain(p.support()).ifPresent(domain -> argument(domain, what, arg(u, p), Optional.empty()));
        }
      }
      case TDist.Mixture m -> argument(Domain.SIMPLEX, "the weights of a `mixture`", m.weights(), Optional.empty());
      case TDist.MixtureOver m -> {
        ranges.bind(List.of(m.binder()));
        argument(Domain.SIMPLEX, "the weights of a `mixture`", m.weights(), Optional.empty());
      }
      case TDist.ZeroInflated z -> argument(Domain.UNIT, "the probability of a zero", z.p(), Optional.empty());
      case TDist.Hurdle h -> argument(Domain.UNIT, "the probability of a zero", h.p(), Optional.empty());
      case TDist.Truncated _, TDist.Censored _ -> {}
    }
    parts(Parts.of(d));
  }

  private static TExpr arg(TDist.User u, Symbol parameter) {
    return u.args().get(u.definition().parameters().indexOf(parameter));
  }

  /// The domain that a parameter of a user distribution is declared to have.
  private static Optional<Domain> domain(Support s) {
    return switch (s) {
      case Support.Shaped(var shape) -> switch (shape) {
        case SIMPLEX -> Optional.of(Domain.SIMPLEX);
        case ORDERED -> Optional.of(Domain.ORDERED);
        case COV -> Optional.of(Domain.COV);
        case CORR -> Optional.of(Domain.CORR);
        case COV_CHOLESKY -> Optional.of(Domain.COV_CHOLESKY);
        case CORR_CHOLESKY -> Optional.of(Domain.CORR_CHOLESKY);
        case POSITIVE_ORDERED, UNIT_VECTOR, SUM_TO_ZERO -> Optional.empty();
      };
      case Support.Between(var lower, var upper, var strict) -> lower.isPresent() && isNumber(lower.get(), 0)
          ? upper.isEmpty() ? Optional.of(strict ? Domain.POSITIVE : Domain.NONNEGATIVE)
              : Optional.of(Domain.UNIT).filter(d -> isNumber(upper.get(), 1))
          : Optional.empty();
      case Support.All() -> Optional.empty();
    };
  }

  private static boolean isNumber(TExpr e, double value) {
    return e instanceof TExpr.Num n && n.value() == value;
  }

  /// The arguments in another order, where a sum stands in the place of a scale and a scale in that of a location.
  private Optional<String> swapped(TDist.Named n, int i) {
    var parameters = n.form().parameters();
    if (parameters.get(i).domain() != Domain.POSITIVE || root(n.args().get(i)).isPresent()) return Optional.empty();
    return IntStream.range(0, parameters.size()).filter(k -> parameters.get(k).domain() == Domain.REAL
            && root(n.args().get(k)).isPresent() && ranges.closely(n.args().get(k)).low() >= 0).boxed().findFirst()
        .map(k -> IntStream.range(0, parameters.size())
            .mapToObj(j -> n.args().get(j == i ? k : j == k ? i : j).span().text())
            .collect(Collectors.joining(", ", n.distribution().name() + "(", ")")));
  }

  /// Another order in which every argument fits.
  private Optional<String> reordered(TDist.Named n, Parameter at) {
    return at.rank() > 0 ? Optional.empty() : Orders.of(n.distribution(), n.form(), n.args(), (p, arg) ->
        arg.type().rank() >= p.rank() && (p.kind() == Kind.REAL || !arg.type().isReal()) && fits(p.domain(), arg));
  }

  private void argument(Domain domain, String what, TExpr arg, Optional<String> link) {
    argument(domain, what, arg, link, Optional.empty());
  }

  private void argument(Domain domain, String what, TExpr arg, Optional<String> link, Optional<String> swapped) {
    if (fits(domain, arg)) return;
    doubts.add(new Doubt(arg, dependence.unknown(arg).isPresent()));
    var at = root(arg);
    if (!told.add(at.map(System::identityHashCode).map(String::valueOf).orElse(arg.span().text()) + domain)) return;
    var trouble = isCertain(domain, arg)
        ? Diagnostic.error("E0225", arg.span(), "%s %s", what, trouble(domain, arg))
        : Diagnostic.warning("W0211", arg.span(), "%s %s", what, trouble(domain, arg));
    var noted = at.map(s -> trouble.note(s.span(), "`%s` is declared here", s)).orElse(trouble);
    var help = swapped.map(s -> "the order is `" + s + "`, if these are swapped; else ").orElse("")
        + help(domain, arg, at, link);
    env.report(never(domain, arg) || isCertain(domain, arg) && domain.rank() != 1 ? noted : noted.help("%s", help));
  }

  /// Whether no value of any name could help.
  private boolean isCertain(Domain domain, TExpr arg) {
    var range = ranges.closely(arg);
    return isLiteral(values.behind(arg)) || domain == Domain.SIMPLEX && simplexes.sum(values.behind(arg)).isPresent()
        || range.low() == range.high() && never(domain, arg);
  }

  private boolean isLiteral(TExpr e) {
    return e instanceof TExpr.Num || e instanceof TExpr.ArrayLit a && a.elements().stream().allMatch(this::isLiteral);
  }

  private String trouble(Domain domain, TExpr arg) {
    var name = Shapes.name(arg);
    return switch (domain) {
      case SIMPLEX -> "are numbers from 0 with sum 1, and " + simplexes.sum(values.behind(arg)).map(s -> name + " has sum " + s)
          .orElse(isLiteral(values.behind(arg)) ? name + " are not" : "nothing says that " + name + " is a simplex");
      case ORDERED -> "rise, and " + (isLiteral(values.behind(arg)) ? name + " do not" : "nothing says that " + name + " are in order");
      case COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> "is " + words(domain) + ", and " + (isLiteral(values.behind(arg)) ? name + " is not"
          : domain == Domain.COV && definite.of(arg).semidefinite() ? name + " may be singular" : "nothing says that " + name + " is");
      case POSITIVE, NONNEGATIVE, UNIT, BINARY, COUNT, POSITIVE_INT, REAL, INT ->
          "is " + words(domain) + ", and " + beyond(domain, arg);
    };
  }

  private boolean fits(Domain domain, TExpr arg) {
    return switch (domain) {
      case POSITIVE, NONNEGATIVE, POSITIVE_INT, COUNT, UNIT, BINARY -> interval(domain).includes(ranges.closely(arg));
      case SIMPLEX -> simplexes.has(arg);
      case ORDERED -> rising.has(arg);
      case COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> definite.of(arg).has(domain);
      case REAL, INT -> true;
    };
  }

  private static Interval interval(Domain domain) {
    return domain == Domain.UNIT || domain == Domain.BINARY ? Interval.UNIT : Interval.NONNEGATIVE;
  }

  static String words(Domain domain) {
    return switch (domain) {
      case POSITIVE, POSITIVE_INT -> "positive";
      case UNIT, BINARY -> "between 0 and 1";
      case COV -> "symmetric and positive definite";
      case CORR -> "symmetric and positive definite with a diagonal of 1";
      case COV_CHOLESKY -> "lower triangular with a positive diagonal";
      case CORR_CHOLESKY -> "lower triangular with a positive diagonal and rows of length 1";
      case NONNEGATIVE, COUNT, REAL, INT, SIMPLEX, ORDERED -> "not negative";
    };
  }

  private String beyond(Domain domain, TExpr arg) {
    var range = ranges.closely(arg);
    var name = Shapes.name(arg);
    if (never(domain, arg)) return name + " never is";
    boolean low = range.low() < 0;
    boolean high = range.high() > interval(domain).high();
    return low && high ? name + " may be outside" : name + (low ? " may be negative" : " may be above 1");
  }

  private boolean never(Domain domain, TExpr arg) {
    if (domain.rank() > 0) return false;
    var range = ranges.closely(arg);
    return interval(domain).and(range).isEmpty() || domain == Domain.POSITIVE && range.high() <= 0;
  }

  static Optional<Symbol> root(TExpr e) {
    return switch (e) {
      case TExpr.Ref r -> Optional.of(r.symbol());
      case TExpr.Index i -> root(i.base());
      default -> Optional.empty();
    };
  }

  /// The same distribution with an argument that may be any number in place of argument `i`.
  private static Optional<String> link(TDist.Named n, int i) {
    Distribution d = n.distribution();
    return d.forms().stream().filter(f -> replaces(f, n.form(), i)).findFirst().map(f -> IntStream
        .range(0, n.args().size())
        .mapToObj(k -> (f.parameters().size() > 1 || k == i ? f.names().get(k) + " = "
            : "") + n.args().get(k).span().text())
        .collect(Collectors.joining(", ", d.name() + "(", ")")));
  }

  private static boolean replaces(Form f, Form by, int i) {
    return f.parameters().size() == by.parameters().size() && f.parameters().get(i).domain() == Domain.REAL
        && by.parameters().get(i).domain() != Domain.REAL
        && IntStream.range(0, f.parameters().size()).allMatch(k -> k == i
            || f.names().get(k).equals(by.names().get(k)));
  }

  private String help(Domain domain, TExpr arg, Optional<Symbol> at, Optional<String> link) {
    var declare = mended(domain, arg).or(() -> at.flatMap(s -> declaration(domain, s)));
    boolean anything = ranges.closely(arg).equals(Interval.ALL);
    if (link.isPresent() && anything)
      return "write `" + link.get() + "` if it is on that scale" + declare.map(d -> "; else " + d).orElse("");
    if (declare.isPresent()) return declare.get();
    var text = arg.span().text();
    if (domain == Domain.ORDERED)
      return "name it with a type that is checked, `c : ordered[K] = ..`, or take `cumulative_sum` of positive steps";
    if (domain == Domain.SIMPLEX)
      return "name it with a type that is checked, `w : simplex[K] = ..`, or take `softmax`";
    if (domain.rank() == 2) return matrix(domain, arg);
    var named = "if it always is, name it with a type that is checked, `x : %s = ..`".formatted(domain.word());
    var inverse = interval(domain) == Interval.UNIT ? "inv_logit" : "exp";
    return anything ? "write `%s(%s)` if it is on that scale; %s".formatted(inverse, text, named) : named;
  }

  private String matrix(Domain domain, TExpr arg) {
    return mended(domain, arg).orElseGet(() -> named(domain, arg));
  }

  /// How a matrix gets a type that is checked.
  static String named(Domain domain, TExpr arg) {
    return "if it always is, name it with a type that is checked, `%s : %s[%s] = ..`"
        .formatted(domain.cholesky().isPresent() ? "S" : "L", domain.word(), arg.type().dims().getLast());
  }

  /// What makes a matrix definite that is seen to be almost so.
  private Optional<String> mended(Domain domain, TExpr arg) {
    return domain == Domain.COV && definite.of(arg).semidefinite()
        ? Optional.of("add a little to its diagonal: `%s + diag(rep(1e-8, %s))`".formatted(arg.span().text(), arg.type().dims().getLast()))
        : Optional.empty();
  }

  private Optional<String> declaration(Domain domain, Symbol s) {
    if (domain.rank() == 2) return matrix(domain, s);
    int own = domain.rank() > 0 && s.type().isScalar() ? -1 : 0;
    if (own < 0) return Optional.empty();
    var word = s.type().isReal() || domain.kind() == ppl.ir.Kind.INT ? domain.word() : Domain.COUNT.word();
    var declared = Wrong.declaration(s, word);
    return switch (s.role()) {
      case UNKNOWN, GENERATED -> Optional.of("declare `" + declared + (domain == Domain.SIMPLEX
          ? " ~ Dirichlet(rep(1, " + s.type().dims().getLast() + "))"
          : prior(s).map(d -> " ~ " + d.span().text()).orElse("")) + "`");
      case DETERMINISTIC, LOCAL -> Optional.of("if it always is, declare `" + declared
          + " = ..`, which is then checked");
      case DATA, PARAMETER, LEARNED -> Optional.of("declare `" + declared + "`");
      case CONSTANT, LOOP, SIZE -> Optional.empty();
    };
  }

  /// A declaration that makes a name such matrices.
  static Optional<String> matrix(Domain domain, Symbol s) {
    if (s.type().rank() < 2) return Optional.empty();
    var size = s.type().dims().getLast().toString();
    var declared = Wrong.declaration(s, domain.word(), s.type().dims().subList(0, s.type().rank() - 1));
    return switch (s.role()) {
      case UNKNOWN, GENERATED -> Optional.of("declare `" + declared + (domain == Domain.CORR || domain == Domain.CORR_CHOLESKY ? " ~ LKJ(2)"
          : " ~ InverseWishart(" + size + " + 1, identity(" + size + "))") + "`");
      case DETERMINISTIC, LOCAL -> Optional.of("if it always is, declare `" + declared + " = ..`, which is then checked");
      case DATA, PARAMETER, LEARNED -> Optional.of("declare `" + declared + "`");
      case CONSTANT, LOOP, SIZE -> Optional.empty();
    };
  }

  private Optional<TDist> prior(Symbol s) {
    return body.stream().flatMap(x -> x instanceof TStmt.Prior p && p.place().symbol() == s
        && p.place().subs().isEmpty()
        ? Stream.of(p.dist()) : Stream.empty()).findFirst();
  }
}
