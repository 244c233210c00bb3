package ppl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.dist.Domain;
import ppl.dist.Support;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Exprs;

/// Says in words what a [Probe] found.
///
/// @param of the value that an expression has there
public record Wording(ToDoubleFunction<Expr> of) {
  private static final int FEW = 6;

  /// What is wrong with the event called `event`.
  public String fault(Probe.Must must, String event) {
    return switch (must) {
      case Probe.Must.Lie(var law, var value, var support) -> law.isEmpty()
          ? "%s is %s, but it is declared to be %s".formatted(event, value(value), place(support))
          : "%s is %s, but %s's values are %s".formatted(event, value(value), law, values(support));
      case Probe.Must.Shape(var value, var word) ->
          "%s is %s, which is not %s as it is declared".formatted(event, value(value), word);
      case Probe.Must.Argue(var a) -> "`%s` of %s is %s%s, but must be %s".formatted(
          a.name(), a.law(), value(a.value()), a.alike() ? "" : " at " + event, place(a.support()));
      case Probe.Must.Symmetric(var value, var function, var words) ->
          "%s is %s, but `%s` takes a matrix that is %s".formatted(event, value(value), function, words);
      case Probe.Must.Room(var lower, var upper) when of.applyAsDouble(lower) > of.applyAsDouble(upper) ->
          "the bounds of %s are crossed: the lower one is %s, the upper one %s".formatted(event, number(lower), number(upper));
      case Probe.Must.Room(var lower, var upper) -> "there is no value that %s can have: its lower bound is %s, its upper bound %s"
          .formatted(event, number(lower), number(upper));
      case Probe.Must.Finite(var density, var value, var arguments, var within) -> {
        var seen = arguments.stream().map(a -> a.name() + " is " + value(a.value())).toList();
        yield "the log density at %s is %s".formatted(
            value.map(v -> event + " = " + value(v)).orElse(event), number(density))
            + (seen.isEmpty() ? "" : ", where " + String.join(" and ", seen));
      }
    };
  }

  /// What can be done where an observed value lies at an end of what its law can give.
  public Optional<String> help(Probe.Must must) {
    return switch (must) {
      case Probe.Must.Lie lie -> ends(lie);
      case Probe.Must.Finite f when of.applyAsDouble(f.density()) == Double.NEGATIVE_INFINITY -> f.within().flatMap(this::ends);
      case Probe.Must.Finite _, Probe.Must.Shape _, Probe.Must.Symmetric _, Probe.Must.Argue _, Probe.Must.Room _ -> Optional.empty();
    };
  }

  private Optional<String> ends(Probe.Must.Lie lie) {
    if (lie.law().isEmpty()) return Optional.empty();
    return switch (lie.support()) {
      case Support.Reals(var lower, var upper, var open) when lie.value().rank() == 0 -> {
        double x = of.applyAsDouble(lie.value().scalar());
        boolean zero = x == 0 && is(lower, 0);
        boolean unit = is(lower, 0) && is(upper, 1) && (x == 0 || x == 1);
        var hurdle = "zeros can have a probability of their own, `hurdle(p, %s(..))`".formatted(lie.law());
        yield unit ? Optional.of("move data at the ends inside, as in `(y * (n - 1) + 0.5) / n` for n data" + (zero ? "; " + hurdle : ""))
            : zero && upper.isEmpty() ? Optional.of(hurdle
                + "; values below a limit `c` of detection are written as c, and come from `censored(%s(..), lower = c)`".formatted(lie.law()))
            : Optional.empty();
      }
      case Support.Whole(var domain) when domain == Domain.SIMPLEX -> Optional.of(
          "move shares of 0 inside, as in `(y * (n - 1) + 1.0 / K) / n` for n data and K shares; for shares of counts there is `Multinomial`");
      case Support.Reals _, Support.Ints _, Support.Counts _, Support.Whole _, Support.Elements _ -> Optional.empty();
    };
  }

  private boolean is(Optional<Expr> bound, double value) {
    return bound.filter(b -> of.applyAsDouble(b) == value).isPresent();
  }

  private String value(Arr x) {
    if (x.rank() == 0) return number(x.scalar());
    int n = (int) of.applyAsDouble(x.dims().getFirst());
    var parts = IntStream.range(0, Math.min(n, FEW)).mapToObj(i -> value(x.slice(List.of(Exprs.integer(i))))).toList();
    return "[" + String.join(", ", parts) + (n > FEW ? ", .." : "") + "]";
  }

  private String number(Expr e) {
    return number(of.applyAsDouble(e));
  }

  /// A number as messages show it.
  public static String number(double x) {
    if (Double.isNaN(x)) return "not a number";
    if (Double.isInfinite(x)) return x > 0 ? "infinity" : "-infinity";
    if (x == Math.rint(x) && Math.abs(x) < 1e15) return String.valueOf((long) x);
    var rounded = new java.math.BigDecimal(x).round(new java.math.MathContext(6));
    return rounded.stripTrailingZeros().toString().replace("E+", "E").replace("E", "e");
  }

  /// As in "must be ..".
  private String place(Support support) {
    return switch (support) {
      case Support.Reals(var lower, var upper, var open) -> bounds(lower, upper, open);
      case Support.Ints(var lower, var upper) -> "one of " + whole(lower, upper);
      case Support.Counts(var total) -> "counts that add up to " + number(total);
      case Support.Whole(var domain) -> shape(domain);
      case Support.Elements e -> "inside its support";
    };
  }

  /// As in "the values are ..".
  private String values(Support support) {
    return switch (support) {
      case Support.Ints(var lower, var upper) -> whole(lower, upper);
      case Support.Elements e -> "others";
      case Support.Reals r -> place(r);
      case Support.Counts c -> place(c);
      case Support.Whole w -> place(w);
    };
  }

  private String bounds(Optional<Expr> lower, Optional<Expr> upper, boolean open) {
    var parts = new ArrayList<String>();
    if (lower.isPresent() && open && of.applyAsDouble(lower.get()) == 0) parts.add("positive");
    else finite(lower).ifPresent(l -> parts.add((open ? "greater than " : "at least ") + number(l)));
    finite(upper).ifPresent(u -> parts.add((open ? "less than " : "at most ") + number(u)));
    return parts.isEmpty() ? "a number" : String.join(" and ", parts);
  }

  private Optional<Expr> finite(Optional<Expr> bound) {
    return bound.filter(e -> !Double.isInfinite(of.applyAsDouble(e)));
  }

  private String whole(Optional<Expr> lower, Optional<Expr> upper) {
    if (lower.isEmpty()) return upper.map(u -> ".., " + number(u)).orElse("..");
    double from = of.applyAsDouble(lower.get());
    if (upper.isEmpty()) return number(from) + ", " + number(from + 1) + ", ..";
    double to = of.applyAsDouble(upper.get());
    if (to < from) return "from " + number(from) + " to " + number(to) + ", that is none";
    if (to - from < 3) return IntStream.rangeClosed(0, (int) (to - from)).mapToObj(i -> number(from + i))
        .collect(Collectors.joining(", "));
    return number(from) + ", .., " + number(to);
  }

  private static String shape(Domain domain) {
    return switch (domain) {
      case SIMPLEX -> "a simplex: not negative, with a sum of 1";
      case ORDERED -> "in rising order";
      case COV -> "symmetric and positive definite";
      case CORR -> "symmetric and positive definite, with a diagonal of 1";
      case COV_CHOLESKY -> "lower triangular with a positive diagonal";
      case CORR_CHOLESKY -> "lower triangular with a positive diagonal and rows of length 1";
      case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT -> domain.word();
    };
  }
}
