package ppl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.ast.Expr;
import ppl.ast.Expr.Argument;
import ppl.dist.Distribution;
import ppl.dist.Distributions;
import ppl.dist.Docs;
import ppl.dist.Domain;
import ppl.dist.Form;
import ppl.dist.Parameter;
import ppl.ir.Kind;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.typed.Dim;
import ppl.typed.Size;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// Checks the arguments of library distributions.
final class Arguments {
  private final Expressions exprs;
  private final Env env;

  Arguments(Expressions exprs) {
    this.exprs = exprs;
    this.env = exprs.env();
  }

  Optional<Family> of(Distribution d, Expr.Call c) {
    var positional = new ArrayList<Expr>();
    var named = new LinkedHashMap<String, Argument.Named>();
    boolean broken = false;
    for (var a : c.arguments())
      switch (a) {
        case Argument.Positional(var value) -> {
          if (named.isEmpty()) positional.add(value);
          else broken = fail(Diagnostic.error("E0220", value.span(),
              "arguments without names come before those with names").help("%s", signatureOf(d.name())));
        }
        case Argument.Named n -> {
          if (named.put(n.name().text(), n) != null)
            broken = fail(Diagnostic.error("E0220", n.name().span(), "`%s` is given twice", n.name()));
        }
        case Argument.Over o -> broken = fail(Diagnostic.error("E0220", o.value().span(),
            "`%s` does not run over indices", d.name())
            .help("a mixture does: `mixture(w, k in 1..K : %s(..))`", d.name()));
      }
    var form = d.form(positional.size(), named.keySet());
    if (!broken && form.isEmpty()) broken = fail(noForm(d, c, positional.size(), named));
    var values = new ArrayList<Optional<TExpr>>();
    if (broken || form.isEmpty()) {
      positional.forEach(exprs::number);
      named.values().forEach(n -> exprs.number(n.value()));
      return Optional.empty();
    }
    var parameters = form.get().parameters();
    for (int i = 0; i < parameters.size(); i++)
      values.add(exprs.number(i < positional.size() ? positional.get(i) : named.get(parameters.get(i).name()).value()));
    if (values.stream().anyMatch(Optional::isEmpty)) return Optional.empty();
    return family(d, form.get(), values.stream().flatMap(Optional::stream).toList(), c);
  }

  private boolean fail(Diagnostic d) {
    env.report(d);
    return true;
  }

  static String signatureOf(String name) {
    return Distributions.find(name).map(d -> "write " + Docs.calls(d)).orElse("write `" + name + "(..)`");
  }

  private Diagnostic noForm(Distribution d, Expr.Call c, int positional, Map<String, Argument.Named> named) {
    var all = new TreeSet<String>();
    d.forms().forEach(f -> all.addAll(f.names()));
    var signature = "write " + Docs.calls(d);
    var written = ForeignArguments.advice(d, c, positional, List.copyOf(named.values()));
    var strange = named.values().stream().filter(n -> !all.contains(n.name().text())).toList();
    if (!strange.isEmpty()) {
      var error = Diagnostic.error("E0220", strange.getFirst().name().span(), strange.size() == 1
          ? "`%s` has no argument %s" : "`%s` has no arguments %s", d.name(),
          listed(strange.stream().map(n -> "`" + n.name() + "`").toList()));
      var call = plain(d, c, positional, named);
      return error.help(written.or(() -> strange.stream().flatMap(n -> Habits.keyword(call, n).stream()).findFirst())
          .orElse(signature));
    }
    int most = d.forms().stream().mapToInt(f -> f.parameters().size()).max().orElse(0);
    int given = positional + named.size();
    if (named.isEmpty() && given == d.parameters().size() + 1 && Domain.NONNEGATIVE.includes(d.domain())
        && isZero(c.arguments().getFirst().value()))
      return Diagnostic.error("E0220", c.span(), "`%s` begins at 0 by itself and takes %s", d.name(),
          count(d.parameters().size())).help("write `%s`", c.arguments().stream().skip(1)
              .map(a -> a.value().span().text())
              .collect(Collectors.joining(", ", d.name() + "(", ")")));
    int own = d.parameters().size();
    if (named.isEmpty() && own > 0 && given > own && d.parameters().getLast().rank() == 1)
      return Diagnostic.error("E0220", c.span(), "`%s` takes %s, and here are %d", d.name(), count(own), given)
          .help("numbers that make up its `%s` stand in brackets: `%s`", d.parameters().getLast().name(),
              Stream.concat(texts(c).subList(0, own - 1).stream(),
                  Stream.of("[" + String.join(", ", texts(c).subList(own - 1, given)) + "]"))
                  .collect(Collectors.joining(", ", d.name() + "(", ")")));
    if (given > most || named.isEmpty() && given > d.parameters().size())
      return Diagnostic.error("E0220", c.span(), "`%s` takes %s, and here are %d", d.name(),
          count(d.parameters().size()), given).help(signature);
    if (named.isEmpty()) {
      var missing = d.parameters().subList(positional, d.parameters().size()).stream().map(p -> "`" + p.name() + "`")
          .toList();
      return Diagnostic.error("E0220", c.span(), "`%s` lacks its %s", d.name(), listed(missing))
          .help(signature);
    }
    return Diagnostic.error("E0220", c.span(), "these arguments of `%s` do not go together", d.name())
        .help(written.orElse(signature));
  }

  /// The call without what says elsewhere what is observed or of what shape a quantity is.
  private static String plain(Distribution d, Expr.Call c, int positional, Map<String, Argument.Named> named) {
    var rest = named.values().stream().filter(n -> Habits.keyword("", n).isEmpty()).toList();
    var names = rest.stream().map(n -> n.name().text()).collect(Collectors.toSet());
    var kept = c.arguments().stream().filter(a -> !(a instanceof Argument.Named n) || rest.contains(n))
        .map(a -> a instanceof Argument.Named n ? n.name() + " = " + n.value().span().text() : a.value().span().text());
    return d.form(positional, names).map(f -> kept.collect(Collectors.joining(", ", d.name() + "(", ")")))
        .or(() -> ForeignArguments.call(d, c, positional, rest)).orElse(d.name() + "(..)");
  }

  private static List<String> texts(Expr.Call c) {
    return c.arguments().stream().map(a -> a.value().span().text()).toList();
  }

  private static boolean isZero(Expr e) {
    return e instanceof Expr.IntLit i && i.value() == 0 || e instanceof Expr.RealLit r && r.value() == 0;
  }

  private static String listed(List<String> words) {
    return words.size() == 1 ? words.getFirst()
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }

  private static String count(int n) {
    return n == 0 ? "no arguments" : n == 1 ? "1 argument" : n + " arguments";
  }

  private Optional<Family> family(Distribution d, Form form, List<TExpr> args, Expr.Call c) {
    Map<String, Family.Extent> letters = new HashMap<>();
    var parts = new ArrayList<Family.Part>();
    for (int i = 0; i < args.size(); i++) {
      var p = form.parameters().get(i);
      var arg = args.get(i);
      var misfit = kind(d, p, arg);
      if (misfit.isPresent()) {
        boolean ordered = c.arguments().stream().allMatch(a -> a instanceof Argument.Positional);
        var order = ordered ? Orders.of(d, form, args, (q, a) -> kind(d, q, a).isEmpty()) : Optional.<String>empty();
        env.report(order.map(o -> misfit.get().help("the order is `%s`", o)).orElse(misfit.get()));
        return Optional.empty();
      }
      var wrong = constant(d, p, arg).or(() -> bounds(d, form, args, c));
      if (wrong.isPresent()) {
        env.report(wrong.get());
        return Optional.empty();
      }
      if (!extents(d, p, arg, letters)) return Optional.empty();
      parts.add(new Family.Part(arg, arg.type().rank() - p.rank()));
    }
    Mixups.check(d, form, args, env);
    var event = d.shape().stream().map(s -> Optional.ofNullable(switch (s) {
      case ppl.dist.Size.Named(var letter) -> letters.get(letter);
      case ppl.dist.Size.Fixed(var n) -> new Family.Extent(Dim.of(Size.of(n)),
          new TExpr.Num(0, ppl.typed.Type.REAL, c.span()));
    })).toList();
    return Optional.of(new Family(new TDist.Named(d, form, args, c.span()), d.kind() == Kind.INT, event, parts,
        Optional.of(d.domain())));
  }

  private static Optional<Diagnostic> kind(Distribution d, Parameter p, TExpr arg) {
    if (p.kind() == Kind.INT && arg.type().isReal())
      return Optional.of(Wrong.whole(Diagnostic.error("E0221", arg.span(),
          "the `%s` of `%s` is a whole number, and %s is real", p.name(),
          d.name(), Shapes.name(arg)).help("the order is `%s`", Docs.signature(d)), arg));
    if (arg.type().rank() >= p.rank()) return Optional.empty();
    return Optional.of(Wrong.origin(Diagnostic.error("E0221", arg.span(), "the `%s` of `%s` is %s, and %s is %s",
        p.name(), d.name(),
        p.rank() == 1 ? "a vector" : "a matrix", Shapes.name(arg),
            arg.type().isScalar() ? "one number" : "an array of one dimension"), arg)
        .help(p.rank() == 1 ? "for equal elements write `rep(" + arg.span().text() + ", K)`"
            : arg.type().isScalar() ? "for a multiple of the identity write `diag(rep(" + arg.span().text() + ", K))`"
            : "for a diagonal matrix write `diag(" + arg.span().text() + ")`"));
  }

  /// A number that the argument can never be.
  private static Optional<Diagnostic> constant(Distribution d, Parameter p, TExpr arg) {
    return switch (arg) {
      case TExpr.Num n when Double.isInfinite(n.value()) -> Optional.of(finite(d, p, n));
      case TExpr.Num n when !allowed(p.domain(), n.value()) ->
          Optional.of(order(d, Diagnostic.error("E0225", arg.span(), "the `%s` of `%s` is %s, and %s is not", p.name(),
              d.name(), words(p.domain()), Types.text(n))));
      case TExpr.ArrayLit(var elements, var type, var span) -> elements.stream().map(e -> constant(d, p, e))
          .flatMap(Optional::stream).findFirst();
      default -> Optional.empty();
    };
  }

  /// Bounds of a law that leave nothing between them.
  private static Optional<Diagnostic> bounds(Distribution d, Form form, List<TExpr> args, Expr.Call c) {
    var support = form.support(d.shape());
    for (int i = 0; i < args.size(); i++)
      for (int k = 0; k < args.size(); k++)
        if (isBy(support.lower(), form.parameters().get(i)) && isBy(support.upper(), form.parameters().get(k))
            && args.get(i) instanceof TExpr.Num low && args.get(k) instanceof TExpr.Num high && low.value() > high.value()) {
          int from = i;
          int to = k;
          var swapped = IntStream.range(0, args.size()).mapToObj(j -> args.get(j == from ? to : j == to ? from : j))
              .map(a -> a.span().text()).collect(Collectors.joining(", ", d.name() + "(", ")"));
          var error = Diagnostic.error("E0225", c.span(), "the `%s` of `%s` is less than its `%s`, and %s is more than %s",
              form.parameters().get(i).name(), d.name(), form.parameters().get(k).name(), Types.text(low), Types.text(high));
          return Optional.of(c.arguments().stream().allMatch(a -> a instanceof Argument.Positional)
              ? error.help("write `%s`", swapped) : error);
        }
    return Optional.empty();
  }

  private static Diagnostic finite(Distribution d, Parameter p, TExpr.Num n) {
    var error = Diagnostic.error("E0225", n.span(), "the `%s` of `%s` is a finite number", p.name(), d.name());
    boolean bound = d.forms().stream().anyMatch(f -> isBy(f.support(d.shape()).lower(), p) || isBy(f.support(d.shape())
        .upper(), p));
    return bound && d.kind() == Kind.REAL ? error.help(
        "an unknown with a density of 1 everywhere is `x : real ~ Flat()`, on one side of a bound `x : real(lower = 0) ~ Flat()`")
        : error;
  }

  /// Whether a bound of a law is this argument.
  static boolean isBy(Optional<ppl.ir.Expr> bound, Parameter p) {
    return bound.filter(b -> b instanceof ppl.ir.Expr.Read r && r.array().name().equals(p.name())).isPresent();
  }

  private static Diagnostic order(Distribution d, Diagnostic error) {
    return d.parameters().size() < 2 ? error : error.help("the order is `%s`", Docs.signature(d));
  }

  private static boolean allowed(Domain domain, double v) {
    return switch (domain) {
      case POSITIVE, POSITIVE_INT -> v > 0;
      case NONNEGATIVE, COUNT -> v >= 0;
      case UNIT, BINARY, SIMPLEX -> v >= 0 && v <= 1;
      case REAL, INT, ORDERED, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> true;
    };
  }

  private static String words(Domain domain) {
    return switch (domain) {
      case POSITIVE, POSITIVE_INT -> "positive";
      case NONNEGATIVE, COUNT -> "not negative";
      case UNIT, BINARY, SIMPLEX -> "between 0 and 1";
      case REAL, INT, ORDERED, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> domain.word();
    };
  }

  private boolean extents(Distribution d, Parameter p, TExpr arg, Map<String, Family.Extent> letters) {
    int lead = arg.type().rank() - p.rank();
    for (int k = 0; k < p.rank(); k++) {
      var dim = arg.type().dims().get(lead + k);
      switch (p.shape().get(k)) {
        case ppl.dist.Size.Fixed(var n) -> {
          if (dim.size().match(Size.of(n)) == Size.Match.DIFFERENT)
            return !fail(Diagnostic.error("E0221", arg.span(), "the `%s` of `%s` has %d elements, and %s has %s",
                p.name(), d.name(), n,
                Shapes.name(arg), Shapes.count(dim)));
        }
        case ppl.dist.Size.Named(var letter) -> {
          var before = letters.putIfAbsent(letter, new Family.Extent(dim, arg));
          if (before == null) continue;
          if (before.of() == arg && before.dim().size().match(dim.size()) == Size.Match.DIFFERENT)
            return !fail(Wrong.origin(Diagnostic.error("E0221", arg.span(),
                "the `%s` of `%s` is a square matrix, and %s has type %s", p.name(),
                d.name(), Shapes.name(arg), arg.written()), arg));
          var apart = Shapes.agree(before.dim(), before.of(), dim, arg, env.checks());
          if (apart.isPresent())
            return !fail(Wrong.origin(Wrong.origin(Diagnostic.error("E0223", arg.span(),
                "arguments of `%s` do not fit: %s", d.name(), apart.get()),
                before.of()), arg));
        }
      }
    }
    return true;
  }
}
