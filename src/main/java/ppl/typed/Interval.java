package ppl.typed;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/// All numbers from `low` to `high`, ends included; nothing where `low` is above `high`. An operation gives an interval
/// that holds every result of numbers from its operands.
public record Interval(double low, double high) {
  public static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  public static final Interval NONE = new Interval(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  public static final Interval NONNEGATIVE = from(0);
  public static final Interval UNIT = new Interval(0, 1);

  /// An end that cannot be told is infinite.
  public Interval {
    if (Double.isNaN(low)) low = Double.NEGATIVE_INFINITY;
    if (Double.isNaN(high)) high = Double.POSITIVE_INFINITY;
  }

  public static Interval at(double value) {
    return new Interval(value, value);
  }

  public static Interval from(double low) {
    return new Interval(low, Double.POSITIVE_INFINITY);
  }

  public static Interval to(double high) {
    return new Interval(Double.NEGATIVE_INFINITY, high);
  }

  public boolean isEmpty() {
    return low > high;
  }

  public boolean isFinite() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  public boolean includes(Interval that) {
    return that.isEmpty() || low <= that.low && that.high <= high;
  }

  /// The numbers in both.
  public Interval and(Interval that) {
    return new Interval(Math.max(low, that.low), Math.min(high, that.high));
  }

  /// The numbers in either, and between them.
  public Interval or(Interval that) {
    if (isEmpty()) return that;
    return that.isEmpty() ? this : new Interval(Math.min(low, that.low), Math.max(high, that.high));
  }

  public Interval plus(Interval that) {
    return isEmpty() || that.isEmpty() ? NONE : new Interval(low + that.low, high + that.high);
  }

  public Interval negative() {
    return new Interval(-high, -low);
  }

  public Interval minus(Interval that) {
    return plus(that.negative());
  }

  public Interval times(Interval that) {
    if (isEmpty() || that.isEmpty()) return NONE;
    double[] ends = {product(low, that.low), product(low, that.high), product(high, that.low), product(high,
        that.high)};
    return new Interval(DoubleStream.of(ends).min().orElseThrow(), DoubleStream.of(ends).max().orElseThrow());
  }

  /// Infinite ends stand for large numbers, and 0 times such a one is 0.
  private static double product(double a, double b) {
    return a == 0 || b == 0 ? 0 : a * b;
  }

  /// 1 / x.
  public Interval inverse() {
    if (isEmpty()) return NONE;
    if (low < 0 && high > 0) return ALL;
    return low >= 0 ? new Interval(1 / high, 1 / Math.abs(low)) : new Interval(-1 / Math.abs(high), 1 / low);
  }

  /// x * x.
  public Interval square() {
    var both = times(this);
    return low < 0 && high > 0 ? new Interval(0, both.high) : both;
  }

  public Interval absolute() {
    if (isEmpty() || low >= 0) return this;
    return high <= 0 ? negative() : new Interval(0, Math.max(-low, high));
  }

  /// x^n for a whole number n.
  public Interval power(int n) {
    if (n < 0) return power(-n).inverse();
    if (isEmpty()) return NONE;
    var base = n % 2 == 0 ? absolute() : this;
    return new Interval(Math.pow(base.low, n), Math.pow(base.high, n));
  }

  /// What a function makes of it that rises where it is defined.
  public Interval rising(DoubleUnaryOperator f) {
    return isEmpty() ? NONE : new Interval(f.applyAsDouble(low), f.applyAsDouble(high));
  }

  /// The sum of any number of these.
  public Interval sum() {
    if (isEmpty()) return Interval.at(0);
    return new Interval(low < 0 ? Double.NEGATIVE_INFINITY : 0, high > 0 ? Double.POSITIVE_INFINITY : 0);
  }
}
