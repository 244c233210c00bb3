package ppl.typed;

/// An argument of a distribution that nothing in the text keeps where the distribution has a meaning.
///
/// @param uncertain whether it depends on unknowns; else data alone decide
public record Doubt(TExpr argument, boolean uncertain) {}
