package ppl.runtime;

/// Who does the parts of an evaluator's loops.
public sealed interface Hands permits Team, Abreast.Place {
  /// Does all parts of a loop of `kernel`, two at least.
  void all(Divided kernel, int loop, int count);

  /// Does all parts of a loop of `kernel`.
  ///
  /// @param hands null for a kernel without any, which does them itself
  static void run(Hands hands, Divided kernel, int loop, int count) {
    if (hands == null || count < 2) alone(kernel, loop, count);
    else hands.all(kernel, loop, count);
  }

  /// Has the kernel do them itself, one after the other.
  static void alone(Divided kernel, int loop, int count) {
    for (int part = 0; part < count; part++) kernel.part(loop, part);
  }
}
