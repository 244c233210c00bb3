package ppl.typed;

/// An argument of a distribution that nothing in the text keeps where the distribution has a meaning, or a matrix that a
/// function takes to be symmetric.
///
/// @param uncertain whether it depends on unknowns; else data alone decide
public record Doubt(TExpr argument, boolean uncertain) {}
