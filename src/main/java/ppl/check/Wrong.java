package ppl.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.lib.Operators;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.Dim;
import ppl.typed.Domain;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TExpr;

/// Errors about values that do not go together: each is shown with its type and, where it is a name, its declaration.
final class Wrong {
  private Wrong() {}

  static Diagnostic of(String message, List<TExpr> at, Span whole) {
    if (at.size() == 1) {
      var e = at.getFirst();
      return category(Diagnostic.error("E0210", e.span(), "%s", message), e);
    }
    var error = Diagnostic.error(at.isEmpty() ? "E0214" : "E0211", whole, "%s", message);
    for (var e : at) error = origin(error, e);
    var told = error;
    return levels(at).map(told::help).orElse(told);
  }

  /// Advice where one value has an element for each level of a factor and another for each row.
  static Optional<String> levels(List<TExpr> at) {
    boolean rows = at.stream().anyMatch(e -> along(e).filter(d -> d instanceof Domain.Rows).isPresent());
    return at.stream().filter(e -> rows && along(e).filter(d -> d instanceof Domain.Factor).isPresent()).findFirst()
        .map(e -> "pick the element of each row: `%s[%s]`".formatted(e.span().text(), along(e).orElseThrow().name()));
  }

  /// Advice where a declared matrix is an array of them: the word has the size of one matrix once.
  static Optional<String> matrices(List<TExpr> at) {
    return at.stream().flatMap(e -> e instanceof TExpr.Ref(var s, var span) ? Stream.of(s) : Stream.empty())
        .filter(s -> s.support() instanceof Support.Shaped(var shape) && shape.rank() == 2 && s.type().rank() == 3).findFirst()
        .map(s -> "`%s` is an array of matrices that are %s by %2$s; one that is %s by %3$s is `%s[%3$s]`".formatted(s.written(),
            s.type().dims().getLast(), s.type().dims().getFirst(), s.support().word(s.type())));
  }

  /// What the last dimension runs over.
  private static Optional<Domain> along(TExpr e) {
    return e.type().isScalar() ? Optional.empty() : e.type().dims().getLast().domain();
  }

  /// Advice where numbers are wanted and `e` is a category or a row.
  static Diagnostic category(Diagnostic error, TExpr e) {
    return e.type().level().map(d -> switch (d) {
      case Domain.Factor f -> error.help(
          "an effect of each level is an unknown, `a : real[%s] ~ Normal(0, 1)`, picked by `a[%s]`; "
              + "`%s == \"..\"` compares, `levels(" + f.name() + ")` counts", f.name(), e.span().text(),
                  e.span().text());
      case Domain.Rows r -> error.help("a row picks an element, `x[%s]`; to count, write `for i in 1..size(%s)`",
          e.span().text(), r.name());
    }).orElse(error);
  }

  /// Advice where a whole number is wanted and `e` is real.
  static Diagnostic whole(Diagnostic error, TExpr e) {
    return switch (e) {
      case TExpr.Apply(var f, var args, var type, var span) when f == Operators.DIVIDE && args.size() == 2 ->
          args.stream().noneMatch(a -> a.type().isReal())
              ? error.help("`/` gives a real number: write `%s div %s`", args.get(0).span().text(),
                  args.get(1).span().text())
              : args.stream().filter(a -> a.type().isReal()).findFirst().map(a -> whole(error, a)).orElse(error);
      case TExpr.Apply a -> a.args().stream().filter(x -> x.type().isReal()).findFirst().map(x -> whole(error, x))
          .orElse(error);
      case TExpr.Ref(var s, var span) -> s.role() == Symbol.Role.DATA
          ? error.note(s.span(), "`%s` is declared here", s).help("declare `%s`", declaration(s, "int"))
          : origin(error, e);
      case TExpr.Index(TExpr.Ref r, var subs, var type, var span) -> whole(error, r);
      case TExpr.Num n when n.value() == Math.rint(n.value()) -> error.help("write `%s`", Types.text(n));
      default -> error;
    };
  }

  /// Data as declared, with another word for its elements.
  static String declaration(Symbol s, String word) {
    return declaration(s, word, s.type().dims());
  }

  /// @param extents those that are written
  static String declaration(Symbol s, String word, List<Dim> extents) {
    int rows = s.table().isPresent() ? 1 : 0;
    var dims = extents.stream().skip(rows).map(Object::toString).collect(Collectors.joining(", "));
    return (rows == 0 && s.role() == Symbol.Role.DATA ? "data " : "") + s + " : " + word + (dims.isEmpty() ? ""
        : "[" + dims + "]");
  }

  /// Where a value's shape comes from.
  static Diagnostic origin(Diagnostic error, TExpr e) {
    return switch (e) {
      case TExpr.Ref(var symbol, var span) -> error.note(symbol.span(), "`%s` has type %s", symbol.name(),
          symbol.written());
      case TExpr.Index(TExpr.Ref(var symbol, var s), var subs, var type, var span) ->
          error.note(symbol.span(), "`%s` has type %s", symbol.name(), symbol.written());
      default -> error.note(e.span(), "this has type %s", e.type());
    };
  }
}
