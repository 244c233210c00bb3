package ppl.check;

import java.util.List;
import java.util.Optional;
import ppl.dist.Domain;
import ppl.source.Diagnostic;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// Declared supports beside those of priors.
final class Supports {
  private Supports() {}

  /// Whether a prior can have mass where its unknown is declared to lie; reports where not.
  static boolean agree(Symbol symbol, Family law, Env env) {
    if (law.domain().isEmpty()) return true;
    var domain = law.domain().get();
    var wrong = switch (symbol.support()) {
      case Support.All() -> Optional.<String>empty();
      case Support.Between(var lower, var upper, var strict) -> between(lower, upper, domain, law);
      case Support.Shaped(var shape) -> shaped(shape, domain, law);
    };
    wrong.ifPresent(w -> env.report(Diagnostic.error("E0226", law.dist().span(), "`%s` is declared %s, and %s", symbol,
        words(symbol), w)
        .note(symbol.span(), "declared here")));
    return wrong.isEmpty();
  }

  private static String words(Symbol s) {
    return switch (s.support()) {
      case Support.All() -> s.written();
      case Support.Shaped(var shape) -> "`" + shape.word() + "`";
      case Support.Between(var lower, var upper, var strict) -> lower.isPresent() && upper.isPresent()
          ? "between %s and %s".formatted(text(lower.get()), text(upper.get()))
          : lower.map(l -> "above " + text(l)).orElseGet(() -> "below " + text(upper.orElseThrow()));
    };
  }

  private static String text(TExpr e) {
    return e instanceof TExpr.Num n ? Types.text(n) : e.span().text();
  }

  private static Optional<String> between(Optional<TExpr> lower, Optional<TExpr> upper, Domain domain, Family law) {
    if (domain.rank() > 0 && domain != Domain.SIMPLEX)
      return Optional.of("`" + law.name() + "` gives a " + domain.word());
    double low = number(lower, Double.NEGATIVE_INFINITY);
    double high = number(upper, Double.POSITIVE_INFINITY);
    double from = switch (domain) {
      case POSITIVE, NONNEGATIVE, UNIT, BINARY, COUNT, SIMPLEX -> 0;
      case POSITIVE_INT -> 1;
      case REAL, INT, ORDERED, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> Double.NEGATIVE_INFINITY;
    };
    double to = switch (domain) {
      case UNIT, BINARY, SIMPLEX -> 1;
      case REAL, INT, ORDERED, POSITIVE, NONNEGATIVE, COUNT, POSITIVE_INT, COV, CORR, COV_CHOLESKY,
          CORR_CHOLESKY -> Double.POSITIVE_INFINITY;
    };
    boolean apart = law.integer() ? high < from || low > to : high <= from || low >= to;
    return apart ? Optional.of("`" + law.name() + "` is never there") : uniform(low, high, law.dist());
  }

  private static double number(Optional<TExpr> e, double otherwise) {
    return e.isPresent() && e.get() instanceof TExpr.Num n ? n.value() : e.isPresent() ? Double.NaN : otherwise;
  }

  /// Bounds that are arguments: those of a uniform distribution and of `truncated`.
  private static Optional<String> uniform(double low, double high, TDist d) {
    return switch (d) {
      case TDist.Named n when n.distribution().name().equals("Uniform") && n.args().get(0) instanceof TExpr.Num a
          && n.args().get(1) instanceof TExpr.Num b ->
          b.value() <= low || a.value() >= high ? Optional.of("this prior is never there") : Optional.empty();
      case TDist.Truncated t -> number(t.upper(), Double.POSITIVE_INFINITY) <= low
          || number(t.lower(), Double.NEGATIVE_INFINITY) >= high
          ? Optional.of("this prior is never there")
          : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<String> shaped(Support.Shape shape, Domain domain, Family law) {
    if (domain.word().equals(shape.word()) || domain.cholesky().filter(c -> c.word().equals(shape.word()))
        .isPresent()) return Optional.empty();
    if (law.integer()) return Optional.of("`" + law.name() + "` gives whole numbers");
    if (domain.rank() == 0) return Optional.empty();
    boolean inside = domain == Domain.CORR && List.of(Support.Shape.COV, Support.Shape.COV_CHOLESKY).contains(shape);
    return Optional.of("`" + law.name() + "` gives a " + domain.word() + (inside ? ": declare it so" : ""));
  }
}
