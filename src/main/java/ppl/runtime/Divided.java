package ppl.runtime;

/// An evaluator with loops in parts that need nothing of each other. How many parts a loop has depends on data alone, and what
/// they sum is added up in their order, so that it does not matter who does them.
public interface Divided {
  /// Does part `part` of loop `loop`.
  void part(int loop, int part);

  /// Another instance that does parts for this one, on another thread: it shares all but what a part works in.
  Divided helper();

  /// Who does the parts from now on; without, this instance does them one after the other.
  void hands(Hands hands);

  /// Bytes of the arrays that instances over the same data share.
  long shared();

  /// Bytes of the arrays that each instance has for itself.
  long own();
}
