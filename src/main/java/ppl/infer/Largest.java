package ppl.infer;

import ppl.runtime.Quantity;

/// The largest of some finite numbers about elements of quantities, and where it was found.
final class Largest {
  private double value;
  private String element = "";

  void see(double x, Quantity quantity, int e) {
    if (!(x > value) || x == Double.POSITIVE_INFINITY) return;
    value = x;
    element = quantity.element(e);
  }

  /// 0 if none was above it.
  double value() {
    return value;
  }

  String element() {
    return element;
  }
}
