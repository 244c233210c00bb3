package ppl.runtime;

/// A statistic of one event of an unknown: what a log joint is multilinear in, if it has a normal form.
public sealed interface Statistic {
  Statistic VALUE = new Power(1);
  Statistic SQUARE = new Power(2);
  Statistic RECIPROCAL = new Power(-1);
  Statistic LOG = new Log();

  /// x^exponent, elementwise. Exponents other than positive whole numbers are of positive x.
  record Power(double exponent) implements Statistic {}

  /// log x of a positive x, elementwise; of a simplex the logs of its elements.
  record Log() implements Statistic {}

  /// log(1 - x) of an x on the unit interval, elementwise.
  record Log1m() implements Statistic {}

  /// For each value that a discrete x can take whether it is this one: one more dimension than x, from the lowest
  /// value up.
  record Indicator() implements Statistic {}

  /// log det x of a covariance matrix: two dimensions less than x.
  record LogDeterminant() implements Statistic {}

  /// The elements of the inverse of a covariance matrix.
  record Inverse() implements Statistic {}
}
