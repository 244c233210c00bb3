package ppl.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.ast.Expr;
import ppl.ast.Expr.BinaryOp;
import ppl.ast.Name;
import ppl.ast.TypeExpr;
import ppl.dist.Distributions;
import ppl.lib.Functions;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.TExpr;

/// What users of Stan, BUGS, R and Python write, answered in their own words.
final class Habits {
  private Habits() {}

  static Optional<Diagnostic> distribution(Expr.Call c) {
    var name = c.function().text();
    var at = c.function().span();
    var values = ForeignLaws.values(c);
    var random = ForeignLaws.ofR("r", name);
    if (random.isPresent())
      return Optional.of(Diagnostic.error("E0208", at, "`%s` draws random numbers in R; a model says the distribution",
          name).help("write `x ~ %s`", ForeignLaws.written(random.get(), values.isEmpty() ? values
              : values.subList(1, values.size()))));
    var foreign = ForeignLaws.named(name);
    if (foreign.isPresent()) {
      var law = foreign.get();
      var error = Diagnostic.error("E0208", at, "there is no distribution `%s`", name);
      var written = ForeignLaws.written(law, values);
      if (law.plain() || !law.here().takes(values.size())) return Optional.of(error.help("write `%s`", written));
      var inR = ForeignLaws.ofR("d", name).filter(r -> r.here().takes(values.size())).map(r -> r.here().with(values))
          .filter(r -> !r.equals(written)).map("; with the arguments of R it is `%s`"::formatted).orElse("");
      return Optional.of(error.help("`%s` is `%s`: write `%s`%s", law.call(), law.here().text(), written, inR));
    }
    return ForeignLaws.own(name).map(n -> Diagnostic
        .error("E0208", at, "names of distributions begin with a capital letter").help("write `%s`", n));
  }

  private static final Map<String, String> FUNCTIONS = Map.ofEntries(
      Map.entry("len", "size(x)"), Map.entry("length", "size(x)"), Map.entry("num_elements", "size(x)"),
          Map.entry("nrow", "rows(x)"), Map.entry("ncol", "cols(x)"),
      Map.entry("NROW", "rows(x)"), Map.entry("NCOL", "cols(x)"), Map.entry("ifelse", "condition ? a : b"),
          Map.entry("if_else", "condition ? a : b"),
      Map.entry("where", "condition ? a : b"), Map.entry("c", "[a, b]"), Map.entry("array", "[a, b]"),
          Map.entry("list", "[a, b]"),
      Map.entry("seq", "1..n"), Map.entry("seq_len", "1..n"), Map.entry("range", "1..n"),
          Map.entry("linspace", "linspaced(size, first, last)"),
      Map.entry("linspaced_vector", "linspaced(n, a, b)"), Map.entry("rep_vector", "rep(x, n)"),
          Map.entry("rep_row_vector", "rep(x, n)"), Map.entry("rep_array", "rep(x, n)"),
      Map.entry("rep_matrix", "rep(x, n, m)"), Map.entry("zeros", "rep(0, n)"), Map.entry("zeros_vector", "rep(0, n)"),
          Map.entry("ones", "rep(1, n)"),
      Map.entry("eye", "identity(n)"), Map.entry("identity_matrix", "identity(n)"),
          Map.entry("diag_matrix", "diag(x)"), Map.entry("add_diag", "K + diag(rep(x, n))"),
      Map.entry("sigmoid", "inv_logit(x)"), Map.entry("expit", "inv_logit(x)"), Map.entry("ilogit", "inv_logit(x)"),
          Map.entry("pnorm", "Phi(x)"), Map.entry("phi", "Phi(x)"),
      Map.entry("qnorm", "inv_Phi(p)"), Map.entry("probit", "inv_Phi(p)"), Map.entry("gammaln", "lgamma(x)"),
          Map.entry("loggam", "lgamma(x)"), Map.entry("lgam", "lgamma(x)"),
      Map.entry("logfact", "lfactorial(n)"), Map.entry("logsumexp", "log_sum_exp(x)"),
          Map.entry("cumsum", "cumulative_sum(x)"), Map.entry("cumprod", "cumulative_prod(x)"),
      Map.entry("inprod", "dot(x, y)"), Map.entry("inner", "dot(x, y)"), Map.entry("dot_product", "dot(x, y)"),
          Map.entry("matmul", "x * y"), Map.entry("multiply", "x * y"),
      Map.entry("inverse_spd", "inverse(x)"), Map.entry("cholesky_decompose", "cholesky(x)"),
          Map.entry("chol", "cholesky(x)"), Map.entry("log_det", "log_determinant(x)"),
      Map.entry("logdet", "log_determinant(x)"), Map.entry("mdivide_left", "solve(a, b)"),
          Map.entry("mdivide_left_tri_low", "solve_lower(l, b)"), Map.entry("std", "sd(x)"),
      Map.entry("variance", "var(x)"), Map.entry("fabs", "abs(x)"), Map.entry("fmax", "max(x, y)"),
          Map.entry("fmin", "min(x, y)"), Map.entry("ceiling", "ceil(x)"),
      Map.entry("append_row", "append(x, y)"), Map.entry("append_col", "append_columns(x, y)"),
          Map.entry("append_array", "append(x, y)"), Map.entry("concat", "append(x, y)"),
      Map.entry("concatenate", "append(x, y)"), Map.entry("cbind", "append_columns(x, y)"),
          Map.entry("rbind", "append(x, y)"), Map.entry("sort_asc", "sort(x)"),
      Map.entry("cov_exp_quad", "gp_exp_quad(x, alpha, rho)"),
          Map.entry("gp_exp_quad_cov", "gp_exp_quad(x, alpha, rho)"),
          Map.entry("gp_matern32_cov", "gp_matern32(x, alpha, rho)"),
      Map.entry("gp_matern52_cov", "gp_matern52(x, alpha, rho)"),
          Map.entry("lbinom", "lchoose(n, k)"),
          Map.entry("binomial_coefficient_log", "lchoose(n, k)"),
      Map.entry("t", "x'"), Map.entry("equals", "x == y"), Map.entry("integrate_ode_rk45", "ode(f, z0, t0, ts, p)"),
          Map.entry("ode_rk45", "ode(f, z0, t0, ts, p)"));

  /// What needs no function here.
  private static final Map<String, String> NEEDLESS = Map.of(
      "to_vector", "an array needs no conversion: write `%s`", "as_vector", "an array needs no conversion: write `%s`",
      "to_matrix", "an array needs no conversion: write `%s`", "to_array_1d", "an array needs no conversion: write `%s`",
      "print", "every named quantity is reported: write `%s`",
      "Deterministic", "every named quantity is reported: write `%s`",
      "reject", "a declared support is checked: `x : positive = ..`",
      "Potential", "write `target += %s`", "factor", "write `target += %s`");

  static Optional<Diagnostic> function(Expr.Call c) {
    var name = c.function().text();
    var at = c.function().span();
    if (NEEDLESS.containsKey(name))
      return Optional.of(Diagnostic.error("E0207", at, "there is no function `%s`", name).help(NEEDLESS.get(name),
          c.arguments().isEmpty() ? ".." : c.arguments().getLast().value().span().text()));
    var density = densities(c);
    if (density.isPresent()) return density;
    if (FUNCTIONS.containsKey(name)) return Optional.of(Diagnostic.error("E0207", at, "there is no function `%s`", name)
        .help("write `%s`", filled(FUNCTIONS.get(name), c)));
    return distribution(c).map(d -> Diagnostic.error("E0206", c.span(),
        "a distribution is not a value").help("it stands after `~`, or in `logpdf(D, x)`; %s", d.help().orElse("")));
  }

  private static final Map<String, String> SUFFIXES = Map.of("_lpdf", "logpdf", "_lpmf", "logpdf", "_lupdf", "logpdf",
      "_lupmf", "logpdf", "_log", "logpdf", "_lcdf", "logcdf", "_lccdf", "logccdf", "_cdf", "cdf", "_rng", "");

  /// `normal_lpdf(x, mu, sigma)` of Stan, `dnorm(x, mu, sigma)` of R.
  private static Optional<Diagnostic> densities(Expr.Call c) {
    var name = c.function().text();
    var at = c.function().span();
    var values = ForeignLaws.values(c);
    var rest = values.isEmpty() ? values : values.subList(1, values.size());
    for (var suffix : SUFFIXES.entrySet()) {
      if (!name.endsWith(suffix.getKey())) continue;
      var stem = name.substring(0, name.length() - suffix.getKey().length());
      if (suffix.getValue().isEmpty()) {
        var drawn = ForeignLaws.written(stem, values);
        if (drawn.isPresent()) return Optional.of(Diagnostic.error("E0207", at, "random draws are declared")
            .help("in `generate` write `x : real ~ %s`", drawn.get()));
      }
      var law = ForeignLaws.written(stem, rest);
      if (law.isPresent()) return Optional.of(wanted(suffix.getValue(), law.get(), values, at, false));
    }
    var r = ForeignLaws.ofR("d", name);
    boolean log = c.arguments().stream().anyMatch(a -> a instanceof Expr.Argument.Named(var n, var v)
        && n.text().equals("log"));
    var given = rest.subList(0, rest.size() - (log ? 1 : 0));
    if (r.isPresent() && r.get().here().takes(given.size()))
      return Optional.of(wanted("logpdf", r.get().here().with(given), values, at, !log));
    var p = ForeignLaws.ofR("p", name);
    return p.filter(l -> l.here().takes(rest.size()))
        .map(l -> wanted("cdf", l.here().with(rest), values, at, false));
  }

  private static Diagnostic wanted(String function, String law, List<Expr> values, Span at, boolean plain) {
    var call = "%s(%s, %s)".formatted(function, law, values.isEmpty() ? "x" : values.getFirst().span().text());
    return Diagnostic.error("E0207", at, "%s are written with `%s`",
        function.equals("logpdf") ? "densities" : "cumulative probabilities", function)
        .help("write `%s`", plain ? "exp(" + call + ")" : call);
  }

  /// An inner product of something that is one number.
  static Optional<Diagnostic> multiplied(Expr.Call c, List<TExpr> args) {
    if (!c.function().text().equals("dot") || args.size() != 2) return Optional.empty();
    var matrix = args.stream().filter(a -> a.type().rank() == 2).findFirst();
    if (matrix.isPresent()) {
      var error = Wrong.origin(Diagnostic.error("E0210", matrix.get().span(),
          "`dot` is of two arrays of one dimension, and %s is a matrix", Shapes.name(matrix.get())), matrix.get());
      return Optional.of(Turned.product(args).map(p -> error.help("write `%s`", p)).orElse(error));
    }
    return args.stream().anyMatch(a -> a.type().isScalar())
        ? args.stream().filter(a -> a.type().isScalar()).findFirst().map(a -> Diagnostic.error("E0210", a.span(),
            "`dot` is of two arrays, and %s is one number", Shapes.name(a))
            .help("write `%s`", new Template(List.of("x", "y"), "x * y").with(ForeignLaws.values(c))))
        : Optional.empty();
  }

  private static final Pattern CALL = Pattern.compile("\\w+\\((\\w+(?:, \\w+)*)\\)");
  private static final Pattern PLACE = Pattern.compile("\\b(condition|[a-zA-Z])\\b");

  /// The advice with the arguments of the call in their places, where there are as many.
  private static String filled(String advice, Expr.Call c) {
    var values = ForeignLaws.values(c);
    if (advice.startsWith("condition") && c.arguments().size() == 3
        && c.arguments().getFirst() instanceof Expr.Argument.Named(var name, var value))
      return "%s == %s ? %s : %s".formatted(name, value.span().text(), values.get(1).span().text(), values.get(2).span().text());
    if (advice.equals("[a, b]"))
      return values.stream().map(v -> v.span().text()).collect(Collectors.joining(", ", "[", "]"));
    var call = CALL.matcher(advice);
    var places = call.matches() ? List.of(call.group(1).split(", ")) : PLACE.matcher(advice).results().map(m -> m.group()).distinct().toList();
    var template = new Template(places, advice);
    return template.takes(values.size()) && (!advice.contains(":") || advice.contains("?")) ? template.with(values)
        : advice;
  }

  private static final Map<String, String> VALUES = Map.ofEntries(
      Map.entry("Inf", "infinity"), Map.entry("inf", "infinity"), Map.entry("positive_infinity", "infinity"),
          Map.entry("negative_infinity", "-infinity"),
      Map.entry("e", "exp(1)"), Map.entry("Infinity", "infinity"), Map.entry("Pi", "pi"), Map.entry("PI", "pi"), Map.entry("NULL", ""), Map.entry("None", ""), Map.entry("NA", ""),
          Map.entry("NaN", ""), Map.entry("nan", ""));

  static Optional<Diagnostic> value(Name name) {
    var here = VALUES.get(name.text());
    if (here == null) return Optional.empty();
    var error = Diagnostic.error("E0201", name.span(), "there is no `%s`", name);
    return Optional.of(here.isEmpty() ? error.help("missing values belong in the data; nothing in a model is missing")
        : error.help("write `%s`", here));
  }

  private static final Set<String> NAMESPACES = Set.of("np", "numpy", "math", "torch", "jnp", "tf", "pm", "pt", "tt",
      "dist", "stats", "scipy", "pyro", "numpyro", "tfd", "Math");

  static boolean isNamespace(String name) {
    return NAMESPACES.contains(name);
  }

  static Diagnostic namespace(Name table, Name column, Span span) {
    return Diagnostic.error("E0205", span, "functions have no `%s.` before them", table).help("write `%s`", column);
  }

  private static final Map<String, String> ATTRIBUTES = Map.of("T", "%s'", "mT", "%s'", "shape", "size(%s, 1)", "size", "size(%s)",
      "length", "size(%s)", "len", "size(%s)", "values", "%s", "value", "%s");

  /// What stands behind a point and a value: an attribute of an array of Python or Julia, or a function without its
  /// parentheses.
  static Optional<Diagnostic> attribute(Name value, Name attribute, Span span) {
    var name = attribute.text();
    var here = Optional.ofNullable(ATTRIBUTES.get(name)).or(() -> Optional.of(name + "(%s)").filter(_ -> Functions.find(name).isPresent()));
    return here.map(h -> Diagnostic.error("E0205", span, "`%s` is not a table: it has no `%s`", value, name)
        .help("write `%s`", h.formatted(value)));
  }

  static Optional<Diagnostic> type(TypeExpr t) {
    var sizes = t.dimensions().isEmpty() ? "[K]"
        : t.dimensions().stream().map(d -> d.span().text()).collect(Collectors.joining(", ", "[", "]"));
    var help = switch (t.name().text()) {
      case "float", "double", "number", "numeric" -> "write `real`";
      case "integer", "long" -> "write `int`";
      case "string", "str", "text", "category", "categorical", "enum" -> "labelled categories are `factor`";
      case "boolean", "logical" -> "write `bool`";
      case "array", "list" -> "write the element's type and the sizes: `real[N]`";
      case "row_vector" -> "write `vector[n]` or `real[n]`";
      case "cov_matrix" -> "write `cov" + sizes + "`";
      case "corr_matrix" -> "write `corr" + sizes + "`";
      case "cholesky_factor_corr" -> "write `corr_cholesky" + sizes + "`";
      case "cholesky_factor_cov" -> "write `cov_cholesky" + sizes + "`";
      case "sum_to_zero_vector" -> "write `sum_to_zero" + sizes + "`";
      case "probability", "proportion" -> "numbers from 0 to 1 are `unit`";
      case "natural", "nat", "uint" -> "counts 0, 1, .. are `count`";
      default -> "";
    };
    return help.isEmpty() ? Optional.empty()
        : Optional.of(Diagnostic.error("E0209", t.name().span(), "there is no type `%s`", t.name()).help(help));
  }

  /// Advice for arguments that say elsewhere what is observed or of what shape a quantity is.
  ///
  /// @param call the distribution without it
  static Optional<String> keyword(String call, Expr.Argument.Named n) {
    var value = n.value().span().text();
    return Optional.ofNullable(switch (n.name().text()) {
      case "observed", "obs", "observations" -> "data are observed on the left: `%s ~ %s`".formatted(value, call);
      case "shape", "dims", "size", "sample_shape", "dim" ->
          "the shape stands with the type on the left: `x : real[%s] ~ %s`".formatted(value.replaceAll("^[(\\[]|[)\\]]$|\"", ""), call);
      case "lower", "upper" -> "bounds stand with the type, `x : real(%s = %s) ~ ..`, or in `truncated(%s, %1$s = %2$s)`"
          .formatted(n.name(), value, call);
      default -> null;
    });
  }

  /// The distributions in sums and products.
  private static List<String> laws(Expr e) {
    return switch (e) {
      case Expr.Binary b -> Stream.concat(laws(b.left()).stream(), laws(b.right()).stream()).toList();
      case Expr.Paren p -> laws(p.inner());
      case Expr.Call c when Distributions.find(c.function().text()).isPresent() -> List.of(c.span().text());
      default -> List.of();
    };
  }

  /// A type or a distribution given by `=`.
  ///
  /// @param place    what is given, as written
  /// @param declares whether its type stands behind it
  static Optional<Diagnostic> given(String place, boolean declares, Expr value, Env env) {
    var type = typeWord(value).filter(n -> env.scope().find(n.text()).isEmpty() && Types.isWord(n.text())
        && Functions.find(n.text()).isEmpty());
    if (type.isPresent())
      return Optional.of(Diagnostic.error("E0206", value.span(), "`%s` is a type, not a value", type.get())
          .help("a declaration has a colon: `%s : %s`", place.replaceAll(" :.*", ""), value instanceof Expr.Call c
              ? c.function() + ForeignLaws.values(c).stream().map(v -> v.span().text())
                  .collect(Collectors.joining(", ", "[", "]")) : value.span().text()));
    return GivenLaw.of(value, env).map(l -> l.error(place, declares, value, env));
  }

  /// The model that a formula of R stands for.
  private static Optional<String> formula(Expr e) {
    var terms = terms(e);
    if (terms.size() < 2 || terms.stream().noneMatch(t -> t instanceof Expr.IntLit)
        && terms.stream().anyMatch(t -> !(t instanceof Expr.Ref))) return Optional.empty();
    var names = terms.stream().filter(t -> t instanceof Expr.Ref).map(t -> t.span().text()).toList();
    boolean through = terms.stream().anyMatch(t -> t instanceof Expr.IntLit i && i.value() == 0);
    var sum = IntStream.range(0, names.size()).mapToObj(i -> "b%s * %s".formatted(names.size() == 1 ? "" : i + 1,
        names.get(i))).collect(Collectors.joining(" + "));
    return Optional.of("a formula is written out: `Normal(%s%s, sigma)`, with a prior for each coefficient and for "
        .formatted(through ? "" : "a + ", sum) + "`sigma`; if this is the mean itself, `Normal(" + e.span().text() + ", sigma)`");
  }

  /// The names and whole numbers that make up a sum; nothing if there is anything else.
  private static List<Expr> terms(Expr e) {
    return switch (e) {
      case Expr.Ref _, Expr.IntLit _ -> List.of(e);
      case Expr.Paren p -> terms(p.inner());
      case Expr.Binary b when b.op() == BinaryOp.ADD -> {
        var left = terms(b.left());
        var right = terms(b.right());
        yield left.isEmpty() || right.isEmpty() ? List.of() : Stream.concat(left.stream(), right.stream()).toList();
      }
      default -> List.of();
    };
  }

  private static Optional<Name> typeWord(Expr e) {
    return switch (e) {
      case Expr.Ref(var name) -> Optional.of(name);
      case Expr.Index(Expr.Ref(var name), var subs, var span) -> Optional.of(name);
      case Expr.Call c -> Optional.of(c.function());
      default -> Optional.empty();
    };
  }

  static Optional<Diagnostic> notADistribution(Expr e) {
    return switch (e) {
      case Expr.Binary b when b.op() == BinaryOp.ADD && laws(e).size() > 1 -> Optional.of(Diagnostic.error("E0208",
          e.span(),
          "a distribution is no number to calculate with")
          .help("a mixture is `mixture(w, %s)`, its weights a simplex such as `[p, 1 - p]`", String.join(", ",
              laws(e))));
      case Expr.Binary b when laws(e).isEmpty() -> Optional.of(Diagnostic.error("E0208", e.span(),
          "after `~` stands a distribution, and this is a value")
          .help("%s", formula(e).orElse("if it is the mean, write `Normal(" + e.span().text() + ", sigma)`")));
      case Expr.Ref r -> Optional.of(Diagnostic.error("E0208", e.span(),
          "after `~` stands a distribution, and this is a value")
          .help("if it is the mean, write `Normal(%s, sigma)`; a value is given by `=`", e.span().text()));
      case Expr.Binary b -> Optional.of(Diagnostic.error("E0208", e.span(),
          "a distribution is no number to calculate with")
          .help("move and scale by its arguments, or name the parts: `z : real ~ Normal(0, 1)`, `x = mu + sigma * z`"));
      case Expr.Index(Expr.Call c, var subs, var span) when !laws(c).isEmpty() -> Optional.of(Diagnostic.error("E0208", span,
          "a size stands with the type, not with the distribution")
          .help("write `x : real[%s] ~ %s`", subs.stream().map(s -> s.span().text()).collect(Collectors.joining(", ")),
              c.span().text()));
      case Expr.Member(var table, var column, var span) when isNamespace(table.text()) ->
          Optional.of(namespace(table, column, span));
      default -> Optional.empty();
    };
  }
}
