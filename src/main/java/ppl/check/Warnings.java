package ppl.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ppl.dist.Distributions;
import ppl.source.Diagnostic;
import ppl.typed.Mentions;
import ppl.typed.Parts;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// What is legal and probably not meant.
final class Warnings {
  private static final double WIDE = 1000;

  private final Typed typed;
  private final Env env;
  private final Set<Symbol> reached = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Symbol> open = new ArrayList<>();
  private boolean observes;

  private Warnings(Typed typed, Env env) {
    this.typed = typed;
    this.env = env;
  }

  static void check(Typed typed, Env env) {
    var w = new Warnings(typed, env);
    w.unused();
    w.reach();
    w.priors(typed.body());
    w.repeated(typed.body(), List.of());
  }

  private void unused() {
    for (var d : typed.data())
      if (!isUsed(d)) warn(Diagnostic.warning("W0201", d.span(), "data `%s` are not used", d.name()));
    env.globals().functions().values().stream().filter(f -> !f.used().used() && isHere(f.ast().span().source()))
        .forEach(f -> warn(Diagnostic.warning("W0202", f.ast().name().span(), "function `%s` is not used",
            f.ast().name())));
    env.globals().distributions().values().stream().filter(d -> !d.used().used() && isHere(d.ast().span().source()))
        .forEach(d -> warn(Diagnostic.warning("W0202", d.ast().name().span(), "distribution `%s` is not used",
            d.ast().name())));
  }

  private boolean isUsed(Symbol d) {
    var used = env.shared().used();
    return used.contains(d.name()) || used.contains(d.table().map(t -> t.name() + ".").orElse("") + d.name());
  }

  private boolean isHere(ppl.source.Source s) {
    return typed.unknowns().stream().map(u -> u.span().source()).findFirst().map(m -> m == s).orElse(false);
  }

  /// Unknowns that nothing observed depends on.
  private void reach() {
    observed(typed.body());
    if (!observes) {
      if (!typed.unknowns().isEmpty())
        forgotten().ifPresent(help -> warn(Diagnostic.warning("W0203", typed.unknowns().getFirst().span(),
            "this model observes nothing: its posterior is its prior").help(help)));
      return;
    }
    var dependence = Dependence.of(typed);
    while (!open.isEmpty()) {
      var s = open.removeLast();
      if (!reached.add(s)) continue;
      open.addAll(dependence.direct(s));
    }
    for (var u : typed.unknowns())
      if (!reached.contains(u) && u.role() == Symbol.Role.UNKNOWN) warn(isFlat(u, typed.body())
          ? Diagnostic.warning("W0205", u.span(),
              "no data reach `%s` and its prior is flat: the posterior is improper", u)
              .help("give it a proper prior, or use it")
          : meantAsData(Set.of(u)).map(help -> untouched(u).help(help)).orElse(untouched(u)));
  }

  /// What was meant to be observed in a model that observes nothing; empty where all data have a use, as sizes or for what
  /// `generate` draws, so that it is the prior that is asked for.
  private Optional<String> forgotten() {
    var values = typed.data().stream().filter(d -> d.type().isReal() || !d.type().isScalar()).toList();
    var idle = values.stream().filter(d -> !isUsed(d)).findFirst();
    var drawn = typed.generate().stream().anyMatch(Warnings::draws);
    return meantAsData(Set.of()).or(() -> idle.or(() -> values.stream().filter(_ -> !drawn).findFirst())
        .map(d -> "data are observed by `" + d.name() + " ~ ..`"));
  }

  private static boolean draws(TStmt s) {
    return s instanceof TStmt.Prior || Parts.statements(s).stream().anyMatch(Warnings::draws);
  }

  /// Observations that are the same in every turn of a loop. A single number may well be added to the log density in some
  /// turns; all elements of an array, and what data say as a whole, are hardly meant to be.
  private void repeated(List<TStmt> body, List<Symbol> loops) {
    for (var s : body)
      switch (s) {
        case TStmt.Observe o -> {
          var read = new HashSet<Symbol>();
          Mentions.all(o, read::add);
          boolean varies = read.stream().anyMatch(x -> x.role() == Symbol.Role.LOCAL);
          if (!varies && !loops.isEmpty() && loops.stream().noneMatch(read::contains))
            warn(Diagnostic.warning("W0212", o.span(), "this is observed again in every turn of the loop over `%s`",
                loops.getLast())
                .help("for one element a turn write `%s[%s] ~ ..`, for all at once no loop", o.left().span().text(),
                    loops.getLast()));
        }
        case TStmt.For f -> repeated(f.body(), Stream.concat(loops.stream(),
            Stream.of(f.binder().variable())).toList());
        case TStmt.If i -> {
          repeated(i.then(), loops);
          repeated(i.otherwise(), loops);
        }
        case TStmt.Target t -> {
          var read = new HashSet<Symbol>();
          Mentions.all(t, read::add);
          boolean varies = read.stream().anyMatch(x -> x.role() == Symbol.Role.LOCAL);
          boolean array = !t.value().type().isScalar();
          boolean whole = array || read.stream().anyMatch(x -> x.role() == Symbol.Role.DATA && !x.type().isScalar());
          if (!varies && whole && !loops.isEmpty() && loops.stream().noneMatch(read::contains))
            warn(Diagnostic.warning("W0212", t.span(), "%s added again in every turn of the loop over `%s`",
                array ? "all its elements are" : "this is", loops.getLast()).help("for one element a turn index with `[%s]`, for all at once no loop", loops.getLast()));
        }
        case TStmt.Give _, TStmt.Prior _ -> {}
      }
  }

  private static Diagnostic untouched(Symbol u) {
    return Diagnostic.warning("W0204", u.span(), "no data reach `%s`: its posterior is its prior", u);
  }

  /// What to say where an unknown looks like data: nothing uses it, and its distribution uses other unknowns.
  ///
  /// @param among the unknowns that are asked about; all where empty
  private Optional<String> meantAsData(Set<Symbol> among) {
    var dependence = Dependence.of(typed);
    var read = new HashSet<Symbol>();
    typed.body().forEach(s -> Mentions.all(s, read::add));
    return typed.unknowns().stream().filter(u -> (among.isEmpty() || among.contains(u)) && !read.contains(u)
        && dependence.direct(u).stream().anyMatch(x -> dependence.unknown(new TExpr.Ref(x, x.span())).isPresent()))
        .findFirst().map(u -> "if `%s` is observed, declare it as data: `data %s`".formatted(u,
            u + " : " + u.written()));
  }

  private void observed(List<TStmt> body) {
    for (var s : body)
      switch (s) {
        case TStmt.Observe o -> {
          observes = true;
          Mentions.of(o.dist(), open::add);
          Mentions.of(o.left(), open::add);
        }
        case TStmt.Target t -> {
          observes = true;
          Mentions.of(t.value(), open::add);
        }
        case TStmt.For f -> observed(f.body());
        case TStmt.If i -> {
          observed(i.then());
          observed(i.otherwise());
        }
        case TStmt.Give _, TStmt.Prior _ -> {}
      }
  }

  /// Whether the prior of `u` is flat where it may be anything.
  private static boolean isFlat(Symbol u, List<TStmt> body) {
    return !isBounded(u.support()) && body.stream().anyMatch(s -> s instanceof TStmt.Prior p && p.place().symbol() == u
        && isNamed(p.dist(), "Flat"));
  }

  private static boolean isBounded(Support s) {
    return switch (s) {
      case Support.All() -> false;
      case Support.Between(var lower, var upper, var strict) -> lower.isPresent() && upper.isPresent();
      case Support.Shaped(var shape) -> switch (shape) {
        case SIMPLEX, UNIT_VECTOR, CORR, CORR_CHOLESKY -> true;
        case ORDERED, POSITIVE_ORDERED, SUM_TO_ZERO, COV, COV_CHOLESKY -> false;
      };
    };
  }

  private static boolean isNamed(TDist d, String name) {
    return d instanceof TDist.Named n && n.distribution() == Distributions.find(name).orElse(null);
  }

  /// Priors that say more or less than was probably meant.
  private void priors(List<TStmt> body) {
    for (var s : body)
      switch (s) {
        case TStmt.Prior p when p.place().symbol().role() == Symbol.Role.UNKNOWN
            && p.dist() instanceof TDist.Named n -> prior(p.place().symbol(), n);
        case TStmt.For f -> priors(f.body());
        case TStmt.If i -> {
          priors(i.then());
          priors(i.otherwise());
        }
        case TStmt.Prior _, TStmt.Give _, TStmt.Observe _, TStmt.Target _ -> {}
      }
  }

  private void prior(Symbol u, TDist.Named n) {
    var numbers = n.args().stream().map(a -> a instanceof TExpr.Num x ? x.value() : Double.NaN).toList();
    if (isNamed(n, "Uniform") && numbers.get(1) - numbers.get(0) >= WIDE)
      warn(Diagnostic.warning("W0206", n.span(), "a uniform prior this wide says that `%s` is almost surely large", u)
          .help(numbers.get(0) == 0 ? "for a scale `HalfNormal` or `Exponential` says what sizes are plausible"
              : "a `Normal` says what sizes are plausible and forbids none"));
    if ((isNamed(n, "Gamma") || isNamed(n, "InverseGamma")) && numbers.get(0) <= 0.01 && numbers.get(1) <= 0.01)
      warn(Diagnostic.warning("W0207", n.span(),
          "this prior piles up at 0 and has a tail without end; it is less vague than it looks")
          .help("for a standard deviation `HalfNormal(scale)` says what sizes are plausible"));
  }

  private void warn(Diagnostic d) {
    env.report(d);
  }
}
