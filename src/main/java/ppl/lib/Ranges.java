package ppl.lib;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import ppl.ir.Prim;
import ppl.lib.Function.Ranging;
import ppl.typed.Interval;

/// Where the values of functions lie.
final class Ranges {
  private Ranges() {}

  /// Nothing is known.
  static final Ranging ANY = always(Interval.ALL);
  static final Ranging NONNEGATIVE = always(Interval.NONNEGATIVE);
  static final Ranging UNIT = always(Interval.UNIT);
  /// Elements of the arguments.
  static final Ranging THEIRS = x -> x.values().stream().reduce(Interval.NONE, Interval::or);
  /// Elements of the first argument; the others are sizes.
  static final Ranging FIRST = x -> x.get(0);
  static final Ranging PRODUCT = x -> x.alike() ? x.get(0).square() : x.get(0).times(x.get(1));
  /// Products of elements from different places.
  static final Ranging CROSS = x -> x.get(0).times(x.get(1));
  static final Ranging QUOTIENT = x -> x.get(0).times(x.get(1).inverse());

  static Ranging always(Interval i) {
    return x -> i;
  }

  /// A function of one argument.
  static Ranging of(UnaryOperator<Interval> f) {
    return x -> f.apply(x.get(0));
  }

  /// A function that rises on all numbers.
  static Ranging rising(DoubleUnaryOperator f) {
    return of(x -> x.rising(f));
  }

  /// A primitive that rises on `domain` and is not defined elsewhere.
  static Ranging rising(Prim prim, Interval domain) {
    return of(x -> x.and(domain).rising(v -> prim.value().apply(new double[] {v})));
  }

  static Ranging rising(Prim prim) {
    return rising(prim, Interval.ALL);
  }

  /// The product of any number of elements.
  static Interval product(Interval x) {
    if (Interval.UNIT.includes(x)) return Interval.UNIT;
    return x.low() >= 0 ? Interval.NONNEGATIVE : Interval.ALL;
  }

  /// x^y; a negative number has powers with whole exponents only.
  static Interval power(Function.Operands args) {
    var x = args.get(0);
    var y = args.get(1);
    if (x.isEmpty() || y.isEmpty()) return Interval.NONE;
    boolean point = y.low() == y.high();
    boolean whole = y.low() == Math.rint(y.low());
    if (point && whole && Math.abs(y.low()) < 1000) return x.power((int) y.low());
    if (x.low() < 0 && !(point && !whole)) return Interval.ALL;
    return x.high() <= 1 && y.low() >= 0 ? Interval.UNIT : Interval.NONNEGATIVE;
  }
}
