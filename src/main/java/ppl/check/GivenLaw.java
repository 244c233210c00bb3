package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.ast.Expr;
import ppl.ast.Expr.Argument;
import ppl.dist.Distributions;
import ppl.lib.Functions;
import ppl.source.Diagnostic;

/// A distribution after `=`, also as Python's languages draw from it: `mu = Normal("mu", 0, sigma = 1)`,
/// `sample("y", Normal(mu, 1), obs = y)`.
///
/// @param law      the distribution, without the name of the quantity, its shape and what is observed
/// @param observed the data that have it
/// @param shape    of the quantity, where it is said
record GivenLaw(Expr.Call law, Optional<String> observed, Optional<String> shape) {
  private static final Set<String> OBSERVED = Set.of("observed", "obs", "observations");
  private static final Set<String> SHAPES = Set.of("shape", "dims", "size", "sample_shape");

  static Optional<GivenLaw> of(Expr value, Env env) {
    if (!(value instanceof Expr.Call c) || env.globals().functions().containsKey(c.function().text())) return Optional.empty();
    boolean named = !c.arguments().isEmpty() && c.arguments().getFirst().value() instanceof Expr.StringLit;
    var name = c.function().text();
    boolean law = Laws.isDistribution(name, env)
        || named && Functions.find(name).isEmpty() && (ForeignLaws.named(name).isPresent() || ForeignLaws.own(name).isPresent());
    if (law) return Optional.of(read(c, c.arguments().subList(named ? 1 : 0, c.arguments().size()), c.arguments()));
    return name.equals("sample") && named && c.arguments().size() > 1 && c.arguments().get(1).value() instanceof Expr.Call inner
        ? Optional.of(read(inner, inner.arguments(), c.arguments())) : Optional.empty();
  }

  /// @param around where it may be said what is observed
  private static GivenLaw read(Expr.Call law, List<Argument> own, List<Argument> around) {
    var shaped = own.stream().filter(a -> !isNamed(a, OBSERVED)).toList();
    var plain = shaped.stream().filter(a -> !isNamed(a, SHAPES)).toList();
    boolean whole = call(new Expr.Call(law.function(), plain, law.span())).isPresent();
    var kept = whole || Distributions.find(law.function().text()).isEmpty() ? plain : shaped;
    var rest = new ArrayList<>(own);
    rest.addAll(around);
    rest.removeAll(kept);
    return new GivenLaw(new Expr.Call(law.function(), kept, law.span()), value(rest, OBSERVED),
        value(rest, SHAPES).map(s -> s.replaceAll("^[(\\[]|,?[)\\]]$|\"", "")));
  }

  private static boolean isNamed(Argument a, Set<String> names) {
    return a instanceof Argument.Named n && names.contains(n.name().text());
  }

  private static Optional<String> value(List<Argument> all, Set<String> names) {
    return all.stream().filter(a -> isNamed(a, names))
        .map(a -> a.value().span().text()).findFirst();
  }

  /// @param place    what is given, as written
  /// @param declares whether its type stands behind it
  Diagnostic error(String place, boolean declares, Expr value, Env env) {
    return Diagnostic.error("E0206", value.span(), "`=` gives a value, and `%s` is a distribution", law.function())
        .help("write `%s ~ %s`", observed.orElseGet(() -> declares ? place : place + " : " + type(env)), text());
  }

  /// As this language has it.
  private String text() {
    var values = ForeignLaws.values(law);
    return call(law).or(() -> ForeignLaws.named(law.function().text()).map(f -> ForeignLaws.written(f, values)))
        .orElse(law.function() + law.arguments().stream().map(GivenLaw::text).collect(Collectors.joining(", ", "(", ")")));
  }

  /// A call of a distribution of the library, where its arguments can be so read.
  private static Optional<String> call(Expr.Call law) {
    var d = Distributions.find(law.function().text());
    var named = law.arguments().stream().flatMap(a -> a instanceof Argument.Named n ? Stream.of(n) : Stream.empty()).toList();
    int positional = law.arguments().size() - named.size();
    var names = named.stream().map(n -> n.name().text()).collect(Collectors.toSet());
    if (d.isEmpty()) return Optional.empty();
    return d.get().form(positional, names).map(f -> law.arguments().stream().map(GivenLaw::text)
        .collect(Collectors.joining(", ", d.get().name() + "(", ")"))).or(() -> ForeignArguments.call(d.get(), law, positional, named));
  }

  private static String text(Argument a) {
    return (a instanceof Argument.Named n ? n.name() + " = " : "") + a.value().span().text();
  }

  /// By what the arguments tell; a number if they tell nothing.
  private String type(Env env) {
    var read = new Laws(new Expressions(env.quiet())).check(law);
    return read.map(f -> shape.map(s -> Variate.type(f, s)).orElseGet(() -> Variate.type(f, env)))
        .or(() -> Distributions.find(text().replaceAll("\\(.*", "")).map(d -> Variate.type(d, shape)))
        .orElseGet(() -> "real" + shape.map(s -> "[" + s + "]").orElse(""));
  }
}
