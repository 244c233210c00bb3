package ppl.runtime;

/// A kernel that holds matrices of data in a form of its own, from which it can give them back: where it has all that is
/// done often, nobody need hold what was bound.
public interface Restoring {
  /// Writes 1 to each element of `out` that belongs to a slot whose matrix is held so.
  double held(double[] out);

  /// Writes the matrix of slot `slot[0]` as it was bound, bit by bit, to `out`. May run beside evaluations.
  double restore(double[] slot, double[] out);

  /// Lets go what was bound to slots that are held; whoever reads them from now on takes them from `source`.
  void release(Source source);

  /// The matrix of a slot, for compiled models.
  static double[] matrix(Source source, int slot) {
    return source.matrix(slot);
  }

  /// What `kernel` says of its `slots` slots, for compiled models.
  static double[] held(Restoring kernel, int slots) {
    var held = new double[slots];
    kernel.held(held);
    return held;
  }

  /// `values` of a slot, or nothing where it is held; for compiled models.
  static double[] kept(double[] held, int slot, double[] values) {
    return held[slot] == 0 ? values : null;
  }

  /// What has matrices that kernels let go.
  interface Source {
    /// The matrix of a slot.
    double[] matrix(int slot);
  }
}
