package ppl.check;

import java.util.List;
import java.util.stream.IntStream;
import ppl.lib.Function;
import ppl.lib.Functions;
import ppl.lib.Operators;
import ppl.typed.Interval;
import ppl.typed.Support;
import ppl.typed.TExpr;

/// Which vectors, and rows of arrays, are seen to rise, or to stay where no number says that they do not.
final class Rising {
  private static final Function SUMS = Functions.find("cumulative_sum").orElseThrow();
  private static final Function SORT = Functions.find("sort").orElseThrow();

  private final Ranges ranges;
  private final WholeValues values;

  Rising(Ranges ranges, WholeValues values) {
    this.ranges = ranges;
    this.values = values;
  }

  boolean has(TExpr e) {
    if (e.type().isScalar()) return false;
    return switch (e) {
      case TExpr.Ref(var s, var span) -> s.support() instanceof Support.Shaped(var shape)
          ? shape == Support.Shape.ORDERED || shape == Support.Shape.POSITIVE_ORDERED
          : values.value(s).filter(this::has).isPresent();
      case TExpr.Index i -> i.subs().getLast() instanceof TExpr.Sub.All && has(i.base());
      case TExpr.Select s -> has(s.yes()) && has(s.no());
      case TExpr.Range r -> true;
      case TExpr.ArrayLit a -> e.type().rank() > 1 ? a.elements().stream().allMatch(this::has)
          : IntStream.range(1, a.elements().size()).allMatch(k ->
              ranges.closely(a.elements().get(k - 1)).high() < ranges.closely(a.elements().get(k)).low());
      case TExpr.Comprehension c -> !c.body().type().isScalar() && has(c.body());
      case TExpr.Apply(var f, var args, var type, var span) -> f == SORT
          || f == SUMS && Interval.NONNEGATIVE.includes(ranges.closely(args.getFirst()))
          || (f == Operators.ADD || f == Operators.SUBTRACT) && has(args.getFirst()) && moves(args)
          || f == Operators.ADD && args.size() == 2 && has(args.get(1)) && args.get(0).type().isScalar();
      case TExpr.Num _, TExpr.Label _, TExpr.SizeOf _, TExpr.Reduce _, TExpr.CallFun _, TExpr.OfDist _ -> false;
    };
  }

  /// Whether all elements are moved by the same.
  private static boolean moves(List<TExpr> args) {
    return args.size() == 2 && args.get(1).type().isScalar();
  }
}
