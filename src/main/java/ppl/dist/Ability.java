package ppl.dist;

/// What a law may be asked for besides its density.
public enum Ability {
  /// Probabilities of both sides of a value: `cdf`, truncation, censoring.
  TAILS,
  MEAN,
  SD,
  /// Forward simulation.
  DRAW
}
