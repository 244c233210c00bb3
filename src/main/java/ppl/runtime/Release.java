package ppl.runtime;

import java.util.List;

/// Matrices of data that nobody need hold because a bound kernel has them in another form. Who asks for one gets it again from
/// there; from then on it is held.
final class Release {
  /// Elements of a matrix from which on it is worth while.
  static final int LARGE = 1 << 17;

  private Release() {}

  /// Lets go what `kernel` can give again of matrices of at least so many elements.
  ///
  /// @param inputs what is in its data slots
  static void of(Kernel kernel, List<Input> inputs, Dataset data, int least) {
    if (!(kernel instanceof Restoring restoring)) return;
    var held = Restoring.held(restoring, inputs.size());
    boolean any = false;
    for (int slot = 0; slot < held.length; slot++) {
      if (held[slot] == 0 || !(inputs.get(slot) instanceof Input.Column(var of))) continue;
      var column = data.columns().get(of);
      int size = column.size();
      if (size < least) continue;
      double[] which = {slot};
      column.release(() -> {
        var out = Storage.reals(size);
        restoring.restore(which, out);
        return out;
      });
      any = true;
    }
    if (any) restoring.release(slot -> matrix(inputs.get(slot), data));
  }

  private static double[] matrix(Input input, Dataset data) {
    return input instanceof Input.Column(var slot) && data.columns().get(slot).values() instanceof double[] values ? values : new double[0];
  }
}
