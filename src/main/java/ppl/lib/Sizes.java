package ppl.lib;

import java.util.List;
import java.util.Map;
import ppl.typed.Size;
import ppl.typed.TExpr;
import ppl.typed.TypedPrinter;

/// Whole-number expressions as symbolic sizes.
public final class Sizes {
  private Sizes() {}

  /// The value of a whole-number scalar as a size: sums and products stay symbolic, the rest is compared by its text.
  public static Size of(TExpr e) {
    return switch (e) {
      case TExpr.Num n -> Size.of((long) n.value());
      case TExpr.SizeOf s -> s.size();
      case TExpr.Ref r -> Size.of(new Size.Atom.Scalar(r.symbol()));
      case TExpr.Apply(var f, var args, var type, var span) when f == Operators.ADD ->
          of(args.get(0)).plus(of(args.get(1)));
      case TExpr.Apply(var f, var args, var type, var span) when f == Operators.SUBTRACT ->
          args.size() == 1 ? Size.of(0).minus(of(args.get(0))) : of(args.get(0)).minus(of(args.get(1)));
      case TExpr.Apply(var f, var args, var type, var span) when f == Operators.MULTIPLY ->
          of(args.get(0)).times(of(args.get(1)));
      case TExpr.Apply _, TExpr.Label _, TExpr.CallFun _, TExpr.Select _, TExpr.Index _, TExpr.Range _,
          TExpr.ArrayLit _, TExpr.Comprehension _, TExpr.Reduce _, TExpr.OfDist _ ->
          Size.of(new Size.Atom.Opaque(e, TypedPrinter.expr(e)));
    };
  }

  /// How many numbers `from..to` holds.
  public static Size length(TExpr from, TExpr to) {
    return of(to).minus(of(from)).plus(Size.of(1));
  }

  /// A sum of products of letters and numbers, such as `n + m` or `b - a + 1`.
  static Size polynomial(String text, Map<String, Size> letters) {
    var sum = Size.of(0);
    for (var term : text.replace("-", "+-").split("\\+")) {
      if (term.isBlank()) continue;
      var factors = List.of(term.replace("-", "").trim().split("\\s*\\*\\s*"));
      var product = Size.of(term.contains("-") ? -1 : 1);
      for (var f : factors) product = product.times(Character.isDigit(f.charAt(0)) ? Size.of(Long.parseLong(f))
          : letters.get(f));
      sum = sum.plus(product);
    }
    return sum;
  }
}
