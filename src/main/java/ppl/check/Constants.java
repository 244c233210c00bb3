package ppl.check;

import java.util.Optional;
import java.util.OptionalDouble;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.typed.TExpr;

/// Values of expressions of numbers alone.
final class Constants {
  private Constants() {}

  static OptionalDouble value(TExpr e) {
    return switch (arr(e).map(Arr::scalar).orElse(null)) {
      case Expr.Int(int v) -> OptionalDouble.of(v);
      case Expr.Real(double v) -> OptionalDouble.of(v);
      case null, default -> OptionalDouble.empty();
    };
  }

  private static Optional<Arr> arr(TExpr e) {
    return switch (e) {
      case TExpr.Num n when n.type().isScalar() -> Optional.of(Arr.of(n.type()
          .isReal() ? Exprs.real(n.value()) : Exprs.integer((int) n.value())));
      case TExpr.SizeOf s when s.size().constant().isPresent() ->
          Optional.of(Arr.of(Exprs.integer(s.size().constant().getAsInt())));
      case TExpr.Apply(var f, var args, var type, var span) when type.isScalar() -> {
        var parts = args.stream().map(Constants::arr).toList();
        if (parts.stream().anyMatch(Optional::isEmpty)) yield Optional.empty();
        yield Optional.of(f.lowering().of(new Build(), parts.stream().map(Optional::get).toList()));
      }
      case TExpr.Select(var c, var yes, var no, var type, var span) when type.isScalar() -> {
        var condition = value(c);
        yield condition.isEmpty() ? Optional.empty() : arr(condition.getAsDouble() != 0 ? yes : no);
      }
      default -> Optional.empty();
    };
  }
}
