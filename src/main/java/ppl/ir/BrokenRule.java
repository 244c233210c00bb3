package ppl.ir;

/// Data broke a rule that index notation takes for granted: a subscript lies outside its array, or an extent is
/// negative. The message counts from 1, as models do.
public final class BrokenRule extends IllegalStateException {
  private static final long serialVersionUID = 1;

  BrokenRule(String message) {
    super(message);
  }
}
