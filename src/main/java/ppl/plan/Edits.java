package ppl.plan;

import java.util.List;
import java.util.Optional;
import ppl.form.Facts;
import ppl.form.NormalForm;
import ppl.ir.Expr;
import ppl.lower.Model;
import ppl.runtime.Statistic;
import ppl.source.Span;

/// The smallest change that gives an unknown a closed form. Each is tried: the analysis runs again on the terms that
/// the changed model has.
record Edits(Model model, Facts facts, NormalForm form) {
  Optional<String> of(Model.Unknown u) {
    return unrestricted(u).or(() -> otherPrior(u));
  }

  /// Without the restriction of its values as a whole.
  private Optional<String> unrestricted(Model.Unknown u) {
    if (!(u.range() instanceof Model.Range.Restricted)) return Optional.empty();
    return Optional.empty();
  }

  /// A prior of the family that the likelihood asks for.
  private Optional<String> otherPrior(Model.Unknown u) {
    var prior = prior(u);
    if (prior.isEmpty()) return Optional.empty();
    var terms = form.terms().stream().filter(t -> t.span() != prior.get()).toList();
    var found = new Candidate(model, facts, terms, form.bounds()).of(u, u.range());
    if (!(found instanceof Candidate.Found(var family, Uses uses)) || uses.by().isEmpty()) return Optional.empty();
    return suggestion(u, uses.statistics()).map(s -> s);
  }

  /// The statement that declares an unknown with its prior.
  private Optional<Span> prior(Model.Unknown u) {
    var name = u.symbol().span();
    return model.steps().stream().filter(s -> s instanceof Model.Step.Density).map(Model.Step::span)
        .filter(s -> s.source() == name.source() && s.start() <= name.start() && name.end() <= s.end()).findFirst();
  }

  private Optional<String> suggestion(Model.Unknown u, List<Statistic> statistics) {
    return Optional.empty();
  }
}
