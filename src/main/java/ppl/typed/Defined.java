package ppl.typed;

import java.util.List;

/// What a model defines beside its quantities, imports included.
///
/// @param constants     numbers known at compile time, in declaration order
/// @param functions     the user's functions
/// @param distributions the user's distributions
public record Defined(List<Constant> constants, List<FunDef> functions, List<DistDef> distributions) {
  /// A constant and the number that it stands for.
  public record Constant(Symbol symbol, double value) {}
}
