package ppl.check;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ppl.dist.Domain;
import ppl.lib.Shapes;
import ppl.lib.Symmetry;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.Doubt;
import ppl.typed.FunDef;
import ppl.typed.Parts;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// Matrices of which something reads one triangle and that nothing says to be symmetric: those of functions, in a model
/// and, call by call, in the bodies of what a user defines; there those of distributions too.
final class Triangles {
  /// What is known where an expression stands.
  record View(Ranges ranges, Definite definite, Dependence dependence) {
    View inside(FunDef f, List<TExpr> args) {
      var closer = ranges.inside(f, args);
      return new View(closer, definite.inside(f, args, closer), dependence.inside(f, args));
    }
  }

  /// A call whose body is looked at.
  ///
  /// @param name of the function or distribution, as users know it
  /// @param given what its parameters are, in terms of where the outermost call stands
  private record Call(String name, Span span, Map<Symbol, TExpr> given) {}

  private final Env env;
  private final View top;
  private final List<Doubt> doubts;
  private final Set<String> told = new HashSet<>();
  private final Map<FunDef, Boolean> reading = new IdentityHashMap<>();

  /// @param doubts where what is found goes
  Triangles(Env env, View top, List<Doubt> doubts) {
    this.env = env;
    this.top = top;
    this.doubts = doubts;
  }

  /// What a statement of the model calls by its distributions.
  void statement(TStmt s) {
    statement(s, top, Optional.empty());
  }

  /// An expression of the model, without its parts.
  void expr(TExpr e) {
    expr(e, top, Optional.empty());
  }

  private void statement(TStmt s, View view, Optional<Call> from) {
    switch (s) {
      case TStmt.Prior p -> defined(p.dist(), new TExpr.Ref(p.place().symbol(), p.span()), view, from);
      case TStmt.Observe o -> defined(o.dist(), o.left(), view, from);
      case TStmt.Give _, TStmt.Target _, TStmt.For _, TStmt.If _ -> {}
    }
  }

  private void expr(TExpr e, View view, Optional<Call> from) {
    switch (e) {
      case TExpr.Apply(var f, var args, var type, var span) -> f.reads().ifPresent(granted ->
          matrix(args.getFirst(), "`" + f.name() + "`%s reads one triangle of a matrix that is", granted.words(),
              granted == Symmetry.DEFINITE, view, from));
      case TExpr.CallFun c -> body(c.function(), c.args(), c.function().name(), c.span(), view, from);
      case TExpr.OfDist o -> {
        o.x().ifPresent(x -> defined(o.dist(), x, view, from));
        if (from.isPresent()) dist(o.dist(), view, from);
      }
      case TExpr.Num _, TExpr.Ref _, TExpr.Label _, TExpr.SizeOf _, TExpr.Select _, TExpr.Index _, TExpr.Range _, TExpr.ArrayLit _,
          TExpr.Comprehension _, TExpr.Reduce _ -> {}
    }
  }

  /// What the density of a user's distribution does at a value.
  private void defined(TDist d, TExpr value, View view, Optional<Call> from) {
    if (d instanceof TDist.User u) body(u.definition().logpdf(), Stream.concat(u.args().stream(), Stream.of(value)).toList(),
        u.definition().name(), u.span(), view, from);
    Parts.of(d).dists().forEach(inner -> defined(inner, value, view, from));
  }

  /// The matrices that a distribution takes.
  private void dist(TDist d, View view, Optional<Call> from) {
    if (d instanceof TDist.Named n) for (int i = 0; i < n.args().size(); i++) {
      var p = n.form().parameters().get(i);
      if ((p.domain() == Domain.COV || p.domain() == Domain.CORR) && !view.definite.of(n.args().get(i)).has(p.domain()))
        matrix(n.args().get(i), "the `" + p.name() + "` of `" + n.distribution().name() + "`%s is", Outside.words(p.domain()), true, view, from);
    }
    Parts.of(d).dists().forEach(inner -> dist(inner, view, from));
  }

  private void body(FunDef f, List<TExpr> args, String name, Span span, View view, Optional<Call> from) {
    if (!isReading(f)) return;
    var given = new IdentityHashMap<Symbol, TExpr>();
    for (int i = 0; i < args.size(); i++) given.put(f.parameters().get(i), outer(args.get(i), from));
    var inside = view.inside(f, args);
    var call = Optional.of(new Call(name, from.map(Call::span).orElse(span), given));
    f.lets().forEach(s -> parts(s, inside, call));
    parts(f.result(), inside, call);
  }

  private void parts(TStmt s, View view, Optional<Call> from) {
    statement(s, view, from);
    parts(Parts.of(s), view, from);
  }

  private void parts(TExpr e, View view, Optional<Call> from) {
    expr(e, view, from);
    parts(Parts.of(e), view, from);
  }

  private void parts(Parts p, View view, Optional<Call> from) {
    p.exprs().forEach(e -> parts(e, view, from));
    p.dists().forEach(d -> parts(Parts.of(d), view, from));
    p.statements().forEach(s -> parts(s, view, from));
  }

  /// Whether a body, or one that it calls, reads one triangle of anything.
  private boolean isReading(FunDef f) {
    if (!reading.containsKey(f))
      reading.put(f, f.lets().stream().anyMatch(s -> isReading(Parts.of(s))) || isReading(f.result()));
    return reading.get(f);
  }

  private boolean isReading(TExpr e) {
    boolean here = switch (e) {
      case TExpr.Apply a -> a.function().reads().isPresent();
      case TExpr.CallFun c -> isReading(c.function());
      case TExpr.OfDist o -> isReading(o.dist());
      case TExpr.Num _, TExpr.Ref _, TExpr.Label _, TExpr.SizeOf _, TExpr.Select _, TExpr.Index _, TExpr.Range _, TExpr.ArrayLit _,
          TExpr.Comprehension _, TExpr.Reduce _ -> false;
    };
    return here || isReading(Parts.of(e));
  }

  private boolean isReading(TDist d) {
    return switch (d) {
      case TDist.Named n -> n.form().parameters().stream().anyMatch(p -> p.domain() == Domain.COV || p.domain() == Domain.CORR);
      case TDist.User u -> isReading(u.definition().logpdf());
      case TDist.Truncated _, TDist.Censored _, TDist.Mixture _, TDist.MixtureOver _, TDist.ZeroInflated _, TDist.Hurdle _ -> false;
    } || isReading(Parts.of(d));
  }

  private boolean isReading(Parts p) {
    return p.exprs().stream().anyMatch(this::isReading) || p.dists().stream().anyMatch(this::isReading)
        || p.statements().stream().anyMatch(s -> isReading(Parts.of(s)));
  }

  /// What a parameter was given.
  private static TExpr outer(TExpr e, Optional<Call> from) {
    return e instanceof TExpr.Ref r ? from.flatMap(c -> Optional.ofNullable(c.given.get(r.symbol()))).orElse(e) : e;
  }

  private void matrix(TExpr matrix, String reader, String words, boolean told, View view, Optional<Call> from) {
    if (view.definite.of(matrix).semidefinite()) return;
    boolean uncertain = view.dependence.unknown(matrix).isPresent();
    doubts.add(new Doubt(matrix, uncertain));
    if (uncertain && told) warn(matrix, outer(matrix, from), reader, words, from);
  }

  /// @param shown what a user gave for the matrix
  private void warn(TExpr matrix, TExpr shown, String reader, String words, Optional<Call> from) {
    if (!told.add(reader + shown.span().start() + shown.span().text())) return;
    var inside = from.map(c -> " in `" + c.name + "`").orElse("");
    var warning = Diagnostic.warning("W0211", shown.span(), "%s %s, and nothing says that %s is",
        reader.formatted(inside), words, Shapes.name(shown));
    var at = Outside.root(shown);
    var noted = at.map(s -> warning.note(s.span(), "`%s` is declared here", s)).orElse(warning);
    var called = shown == matrix ? from.map(c -> noted.note(c.span, "it is called here")).orElse(noted) : noted;
    env.report(called.help("%s", at.flatMap(s -> Outside.matrix(Domain.COV, s)).orElseGet(() -> Outside.named(Domain.COV, shown))));
  }
}
