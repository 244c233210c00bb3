package ppl.lower;

import java.util.Optional;
import java.util.stream.Stream;
import ppl.dist.Domain;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// How the events of unknowns are constrained as a whole: by declaration, else by the prior.
///
/// @param stated what the model says of names
record Shapes(Stated stated) {
  /// How the events of an unknown are constrained as a whole, if they are: by declaration, else by the prior.
  Optional<Support.Shape> of(Symbol s) {
    if (s.support() instanceof Support.Shaped(var shape)) return Optional.of(shape);
    for (var p : stated.priors(s)) {
      var shape = of(domain(p.dist()));
      if (shape.isPresent()) return shape;
    }
    return Optional.empty();
  }

  /// What restricting the prior's joint density, or each element's, does to its constant.
  Optional<String> constant(Symbol s) {
    var priors = stated.priors(s);
    if (priors.isEmpty()) return Optional.empty();
    boolean elements = priors.stream().allMatch(p -> Laws.eventRank(p.dist()) == 0);
    return switch (s.support()) {
      case Support.All all -> Optional.empty();
      case Support.Between between -> elements
          && priors.stream().allMatch(p -> Laws.hasTails(p.dist()) && !implied(between, domain(p.dist())))
          ? Optional.of("the prior is normalised within the declared bounds")
          : Optional.empty();
      case Support.Shaped(var shape) -> switch (shape) {
        case ORDERED, POSITIVE_ORDERED -> elements
            ? Optional.of(priors.stream().allMatch(p -> p.place().subs().isEmpty() && Laws.alike(p.dist()))
                ? "alike elements in rising order: the prior is normalised by the factorial of their number"
                : "rising order: a constant of the prior is left out")
            : Optional.empty();
        case SUM_TO_ZERO, UNIT_VECTOR -> Optional.of("a constant of the prior is left out");
        case SIMPLEX, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> Optional.empty();
      };
    };
  }

  /// Whether a prior on `domain` is inside the declared bounds anyway.
  private static boolean implied(Support.Between declared, Domain domain) {
    boolean fromZero = declared.lower().filter(l -> l instanceof TExpr.Num n && n.value() == 0).isPresent();
    boolean toOne = declared.upper().filter(u -> u instanceof TExpr.Num n && n.value() == 1).isPresent();
    return fromZero && switch (domain) {
      case POSITIVE, NONNEGATIVE -> declared.upper().isEmpty();
      case UNIT -> toOne || declared.upper().isEmpty();
      case REAL, INT, BINARY, COUNT, POSITIVE_INT, SIMPLEX, ORDERED, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> false;
    };
  }

  private static Domain domain(TDist d) {
    return switch (d) {
      case TDist.Named(var dist, var form, var args, var span) -> dist.domain();
      case TDist.User u -> Domain.REAL;
      case TDist.Truncated t -> domain(t.inner());
      case TDist.Censored c -> domain(c.inner());
      case TDist.Mixture m -> domain(m.components().getFirst());
      case TDist.MixtureOver m -> domain(m.component());
      case TDist.ZeroInflated z -> domain(z.inner());
      case TDist.Hurdle h -> domain(h.inner());
    };
  }

  /// The declaration that says what a domain says of vectors and matrices.
  static Optional<Support.Shape> of(Domain domain) {
    return switch (domain) {
      case SIMPLEX -> Optional.of(Support.Shape.SIMPLEX);
      case ORDERED -> Optional.of(Support.Shape.ORDERED);
      case COV -> Optional.of(Support.Shape.COV);
      case CORR -> Optional.of(Support.Shape.CORR);
      case COV_CHOLESKY -> Optional.of(Support.Shape.COV_CHOLESKY);
      case CORR_CHOLESKY -> Optional.of(Support.Shape.CORR_CHOLESKY);
      case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT -> Optional.empty();
    };
  }

  /// The domain whose declaration it is, if a distribution has such.
  static Optional<Domain> domain(Support.Shape shape) {
    return Stream.of(Domain.values()).filter(d -> of(d).filter(s -> s == shape).isPresent()).findFirst();
  }

  static Transform transform(Support.Shape shape) {
    return switch (shape) {
      case SIMPLEX -> new Transform.Simplex();
      case ORDERED -> new Transform.Ordered(false);
      case POSITIVE_ORDERED -> new Transform.Ordered(true);
      case UNIT_VECTOR -> new Transform.UnitVector();
      case SUM_TO_ZERO -> new Transform.SumToZero();
      case COV -> new Transform.OfCholesky(new Transform.CovCholesky(), false);
      case CORR -> new Transform.OfCholesky(new Transform.CorrCholesky(), true);
      case COV_CHOLESKY -> new Transform.CovCholesky();
      case CORR_CHOLESKY -> new Transform.CorrCholesky();
    };
  }

  static Model.Range range(Support.Shape shape) {
    return switch (shape) {
      case SIMPLEX -> new Model.Range.Simplex();
      case COV -> new Model.Range.Covariance();
      case ORDERED, POSITIVE_ORDERED, UNIT_VECTOR, SUM_TO_ZERO, CORR, COV_CHOLESKY, CORR_CHOLESKY ->
          new Model.Range.Restricted();
    };
  }
}
