package ppl.infer;

/// Whether numbers can be worked with.
final class Finite {
  private Finite() {}

  static boolean all(double value, double[] gradient) {
    if (!Double.isFinite(value)) return false;
    for (double x : gradient) {
      if (!Double.isFinite(x)) return false;
    }
    return true;
  }
}
