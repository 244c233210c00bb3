package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.lib.Function;
import ppl.lib.Operators;
import ppl.typed.Symbol;
import ppl.typed.TExpr;

/// A matrix product that does not fit, in the order, or with the transposes, in which it does.
final class Turned {
  private Turned() {}

  /// An operand, perhaps transposed.
  private record Side(TExpr value, String text) {
    /// As it is, and transposed where it is a matrix.
    static List<Side> of(TExpr e) {
      var sides = new ArrayList<>(List.of(new Side(e, text(e))));
      if (e.type().rank() == 2 && Operators.TRANSPOSE.typing().of(List.of(e)) instanceof Function.Outcome.Ok(var type, var checks))
        sides.add(new Side(new TExpr.Apply(Operators.TRANSPOSE, List.of(e), type, e.span()), text(e) + "'"));
      return sides;
    }

    private static String text(TExpr e) {
      var text = e.span().text();
      return switch (e) {
        case TExpr.Apply a when a.function() != Operators.TRANSPOSE && !text.startsWith(a.function().name() + "(") -> "(" + text + ")";
        case TExpr.Select _, TExpr.Range _ -> "(" + text + ")";
        case TExpr.Apply _, TExpr.Num _, TExpr.Ref _, TExpr.Label _, TExpr.SizeOf _, TExpr.CallFun _, TExpr.Index _,
            TExpr.ArrayLit _, TExpr.Comprehension _, TExpr.Reduce _, TExpr.OfDist _ -> text;
      };
    }
  }

  /// What would fit: first the other order, then transposes. Of a matrix and its coefficients it is rather these that have
  /// another size.
  static Optional<String> of(Function f, List<TExpr> args) {
    if (f != Operators.MULTIPLY || args.size() != 2) return Optional.empty();
    var left = Side.of(args.get(0));
    var right = Side.of(args.get(1));
    var turned = first(Stream.of(pairs(List.of(right.getFirst()), List.of(left.getFirst())), pairs(left, right), pairs(right, left)))
        .map("it would fit as `%s`"::formatted);
    boolean usual = args.get(0).type().rank() == 2;
    var declared = declared(args.get(0), args.get(1));
    return usual ? declared.map(d -> d + turned.map("; "::concat).orElse("")).or(() -> turned) : turned.or(() -> declared);
  }

  /// Another size for a vector of unknowns beside a matrix.
  private static Optional<String> declared(TExpr left, TExpr right) {
    boolean first = left.type().rank() == 1;
    var vector = first ? left : right;
    var matrix = (first ? right : left).type();
    return vector.type().rank() == 1 && matrix.rank() == 2 && vector instanceof TExpr.Ref(var symbol, var span)
        && symbol.role() == Symbol.Role.UNKNOWN
        ? Optional.of("write `%s`, with an element for each %s".formatted(
            Wrong.declaration(symbol, symbol.support().word(symbol.type().element()), List.of(matrix.dims().get(first ? 0 : 1))),
            first ? "row" : "column")) : Optional.empty();
  }

  /// The matrix product of two values, as they stand if that fits.
  static Optional<String> product(List<TExpr> args) {
    var left = Side.of(args.get(0));
    var right = Side.of(args.get(1));
    return first(Stream.of(pairs(left, right), pairs(right, left)));
  }

  private static Optional<String> first(Stream<Stream<List<Side>>> pairs) {
    return pairs.flatMap(s -> s).filter(Turned::fits).findFirst().map(p -> p.get(0).text() + " * " + p.get(1).text());
  }

  private static Stream<List<Side>> pairs(List<Side> left, List<Side> right) {
    return left.stream().flatMap(l -> right.stream().map(r -> List.of(l, r)));
  }

  /// Without a size that only data can tell.
  private static boolean fits(List<Side> pair) {
    return Operators.MULTIPLY.typing().of(pair.stream().map(Side::value).toList())
        instanceof Function.Outcome.Ok(var type, var checks) && checks.isEmpty();
  }
}
