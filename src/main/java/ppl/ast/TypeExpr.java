package ppl.ast;

import java.util.List;
import ppl.source.Span;

/// A type as written: `real`, `real(0..1 - a)[N]`, `simplex[D, K]`, `factor("low", "high")`, `matrix[n, m]`.
///
/// @param name       the type word or the name of a factor
/// @param arguments  between parentheses: bounds, a range, labels; empty where there are none
/// @param dimensions between brackets: sizes, factors or tables; empty where there are none
public record TypeExpr(Name name, List<Expr.Argument> arguments, List<Expr> dimensions, Span span) {}
