package ppl.infer;

/// A function to be minimised.
@FunctionalInterface
interface Objective {
  /// Returns f(x) and overwrites `gradient`. A value or gradient that is not finite says "not here".
  double evaluate(double[] x, double[] gradient);
}
