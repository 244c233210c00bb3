package ppl.check;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.dist.Domain;
import ppl.dist.Form;
import ppl.source.Diagnostic;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// A Cholesky factor that stands in the place of the matrix that it is the factor of, or the matrix in its place.
///
/// @param dist     a distribution
/// @param argument the number of one of its arguments
/// @param seen     what is seen of that
record OtherFactor(TDist.Named dist, int argument, Seen seen) {
  Optional<Diagnostic> trouble() {
    var arg = dist.args().get(argument);
    var p = dist.form().parameters().get(argument);
    return switch (p.domain()) {
      case COV, CORR -> seen.factor() && !seen.semidefinite() ? Optional.of(told("is symmetric and positive definite", "is a factor of one",
          other(Domain.COV_CHOLESKY).filter(_ -> p.name().equals("cov")).map(w -> "`" + w + "`")
              .or(() -> Optional.of("`" + written(squared(arg)) + "`"))))
          : Optional.empty();
      case COV_CHOLESKY, CORR_CHOLESKY -> seen.semidefinite() && !seen.factor() ? Optional.of(told("is a lower triangular factor",
          "is the matrix itself", other(Domain.COV).map(w -> "`" + w + "`"))) : Optional.empty();
      case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT, SIMPLEX, ORDERED -> Optional.empty();
    };
  }

  private static String squared(TExpr e) {
    var text = e.span().text();
    return root(e).isPresent() ? text + " * " + text + "'" : "tcrossprod(" + text + ")";
  }

  private static Optional<Symbol> root(TExpr e) {
    return switch (e) {
      case TExpr.Ref r -> Optional.of(r.symbol());
      case TExpr.Index i -> root(i.base());
      default -> Optional.empty();
    };
  }

  private Diagnostic told(String must, String is, Optional<String> write) {
    var arg = dist.args().get(argument);
    var p = dist.form().parameters().get(argument);
    var told = Diagnostic.error("E0225", arg.span(), "the `%s` of `%s` %s, and `%s` %s", p.name(), dist.distribution().name(), must,
        arg.span().text(), is);
    var noted = root(arg).map(s -> told.note(s.span(), "`" + s + "` is declared here"
        + (s.support() instanceof Support.Shaped ? " as `" + s.written() + "`" : ""))).orElse(told);
    return write.map(w -> noted.help("write %s", w)).orElse(noted);
  }

  /// The distribution with the argument for a parameter of another domain, if it has a form with one.
  private Optional<String> other(Domain domain) {
    return dist.distribution().forms().stream().filter(f -> takes(f, domain)).findFirst().map(f -> arguments(f.names().get(argument) + " = "
        + dist.args().get(argument).span().text()));
  }

  private boolean takes(Form f, Domain domain) {
    var own = dist.form().names();
    return f.parameters().size() == own.size() && f.parameters().get(argument).domain() == domain
        && IntStream.range(0, own.size()).allMatch(k -> k == argument || f.names().get(k).equals(own.get(k)));
  }

  private String written(String text) {
    boolean isNamed = !dist.form().equals(dist.distribution().forms().getFirst());
    return arguments((isNamed ? dist.form().names().get(argument) + " = " : "") + text);
  }

  private String arguments(String changed) {
    return IntStream.range(0, dist.args().size()).mapToObj(k -> k == argument ? changed : dist.args().get(k).span().text())
        .collect(Collectors.joining(", ", dist.distribution().name() + "(", ")"));
  }
}
