package ppl.check;

import java.util.Optional;
import ppl.ast.Expr;
import ppl.ast.Expr.BinaryOp;
import ppl.lib.Functions;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.source.Suggest;
import ppl.typed.Domain;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Levels written as labels.
final class Labels {
  private Labels() {}

  /// A label as a level of `domain`; known levels are compared now, others when data are bound.
  static Optional<TExpr> level(String text, Domain domain, Span span, Env env) {
    return switch (domain) {
      case Domain.Rows r -> {
        env.report(Diagnostic.error("E0217", span, "the rows of `%s` have no labels", r.name()));
        yield Optional.empty();
      }
      case Domain.Factor f -> {
        if (f.levels().isPresent() && !f.levels().get().contains(text)) {
          var error = Diagnostic.error("E0217", span, "`%s` has no level \"%s\"", f.name(), text);
          env.report(Suggest.closest(text, f.levels().get()).map(s -> error.help("did you mean \"%s\"?", s))
              .orElse(error.help("its levels are %s", String.join(", ", f.levels().get()))));
          yield Optional.empty();
        }
        yield Optional.of(new TExpr.Label(text, Type.level(f), span));
      }
    };
  }

  /// `county == "ANOKA"` either way round; empty if `b` is no such comparison.
  static Optional<Optional<TExpr>> comparison(Expr.Binary b, Expressions in) {
    boolean left = b.left() instanceof Expr.StringLit;
    if (b.op() != BinaryOp.EQ && b.op() != BinaryOp.NE
        || left == b.right() instanceof Expr.StringLit) return Optional.empty();
    var label = (Expr.StringLit) (left ? b.left() : b.right());
    var other = in.check(left ? b.right() : b.left());
    if (other.isEmpty()) return Optional.of(Optional.empty());
    var domain = other.get().type().level();
    if (domain.isEmpty()) {
      in.env().report(Diagnostic.error("E0217", label.span(), "%s is no category that a label could be compared with",
          Shapes.name(other.get())));
      return Optional.of(Optional.empty());
    }
    return Optional.of(level(label.value(), domain.get(), label.span(), in.env()).flatMap(l -> in.apply(
        Functions.operator(b.op().symbol), java.util.List.of(other.get(), l), b.span(), b.span())));
  }
}
