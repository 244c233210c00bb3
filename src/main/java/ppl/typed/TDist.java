package ppl.typed;

import java.util.List;
import java.util.Optional;
import ppl.dist.Distribution;
import ppl.dist.Form;
import ppl.source.Span;

/// A distribution with its arguments. Arguments broadcast against each other and against the value, over the dimensions
/// left of one event.
public sealed interface TDist {
  Span span();

  /// A library distribution.
  ///
  /// @param form the parameterization that the arguments make, one of [Distribution#forms()]
  /// @param args one for each of the form's parameters, in their order
  record Named(Distribution distribution, Form form, List<TExpr> args, Span span) implements TDist {}

  /// A user distribution.
  record User(DistDef definition, List<TExpr> args, List<Size> sizes, Span span) implements TDist {}

  record Truncated(TDist inner, Optional<TExpr> lower, Optional<TExpr> upper, Span span) implements TDist {}

  record Censored(TDist inner, Optional<TExpr> lower, Optional<TExpr> upper, Span span) implements TDist {}

  /// `mixture(w, D1, D2)`; `weights` has one (last) dimension over the components.
  record Mixture(TExpr weights, List<TDist> components, Span span) implements TDist {}

  /// `mixture(w, k in 1..K : D)`.
  record MixtureOver(TExpr weights, TExpr.Binder binder, TDist component, Span span) implements TDist {}

  record ZeroInflated(TExpr p, TDist inner, Span span) implements TDist {}

  record Hurdle(TExpr p, TDist inner, Span span) implements TDist {}
}
