package ppl.infer;

/// What the doubling [Tree] needs to know of a trajectory through phase space: a walk that can be extended at
/// either end by one step, and *spans* of consecutive steps, kept in numbered slots.
///
/// A span knows one state chosen from it and whatever tells when the walk turns back. Slot 0 holds the whole walk.
interface Trajectory {
  /// Makes slot 0 the span of the starting state alone, whose log weight is 0.
  void begin();

  /// Takes one step at the later (`forward`) or earlier end of the walk and makes `slot` the span of the new
  /// state alone. Returns that state's log weight, or NaN where the trajectory breaks off there.
  double step(boolean forward, int slot);

  /// Merges the span in `other` into that in `into`, its neighbour: later in time if `later`, else earlier. The
  /// state chosen from `other` becomes that of the union if `choose`. The slot `other` is free afterwards.
  /// Returns whether the union still moves away from itself: false is the U-turn.
  boolean join(int into, int other, boolean later, boolean choose);
}
