package ppl.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.form.Facts;
import ppl.form.NormalForm;
import ppl.lower.Model;
import ppl.runtime.Block;
import ppl.runtime.Statistic;
import ppl.source.Span;
import ppl.typed.Support;

/// The smallest change that gives an unknown a closed form. Each is tried: the analysis runs again on the terms that
/// the changed model has.
record Edits(Model model, Facts facts, NormalForm form) {
  Optional<String> of(Model.Unknown u) {
    return unrestricted(u).or(() -> unbounded(u)).or(() -> otherPrior(u));
  }

  /// Without bounds that no textbook family has: the family is there already.
  private Optional<String> unbounded(Model.Unknown u) {
    var prior = prior(u);
    if (prior.isEmpty() || !(u.symbol().support() instanceof Support.Between)
        || !(new Candidate(model, facts, form.terms(), form.bounds()).of(u, u.range()) instanceof Candidate.Found(Structure.Independent(var space, var statistics), Uses uses))
        || !uses.bounded().isEmpty() || FamilyNames.of(space, statistics, false).isEmpty()) return Optional.empty();
    var text = prior.get().text();
    var whole = statistics.contains(new Statistic.Log1m()) ? "unit" : facts.isPositive(u.array()) ? "positive" : "real";
    return Optional.of("no bounds but its own: `%s : %s%s %s`".formatted(
        u.symbol().name(), whole, u.symbol().type().sizes(), words(text.substring(text.indexOf('~')))));
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /// A declaration with another law.
  private String declared(Model.Unknown u, String law) {
    var text = prior(u).orElseThrow().text();
    return "`%s ~ %s`".formatted(words(text.substring(0, text.indexOf('~'))), law);
  }

  /// A normal law that keeps positive numbers positive.
  private String normal(Model.Unknown u) {
    return u.symbol().support() instanceof Support.All && u.range() instanceof Model.Range.Scalars && facts.isPositive(u.array())
        ? "HalfNormal(..)" : "Normal(..)";
  }

  /// Without the restriction of its values as a whole.
  private Optional<String> unrestricted(Model.Unknown u) {
    if (!(u.range() instanceof Model.Range.Restricted)) return Optional.empty();
    return new Candidate(model, facts, form.terms(), form.bounds()).free(u) instanceof Candidate.Found
        ? Optional.of("`%s` declared without `%s`".formatted(u.symbol().name(), u.transform()))
        : Optional.empty();
  }

  /// A prior of the family that the rest of the model asks for.
  private Optional<String> otherPrior(Model.Unknown u) {
    var prior = prior(u);
    if (prior.isEmpty() || u.range() instanceof Model.Range.Restricted) return Optional.empty();
    var terms = form.terms().stream().filter(t -> t.span() != prior.get()).toList();
    if (!(new Candidate(model, facts, terms, form.bounds()).of(u, u.range()) instanceof Candidate.Found(var family, Uses uses))
        || uses.by().isEmpty()) return Optional.empty();
    return switch (family) {
      case Structure.Gaussian g -> Optional.of("a normal prior: " + declared(u, "Normal(..)"));
      case Structure.Discrete d -> Optional.empty();
      case Structure.Independent(var space, var statistics) -> switch (space) {
        case SIMPLEX -> with(u, space, statistics, "Dirichlet(..)", Statistic.LOG);
        case COVARIANCE -> statistics.contains(new Statistic.Inverse())
            ? with(u, space, statistics, "InverseWishart(..)", new Statistic.LogDeterminant(), new Statistic.Inverse())
            : with(u, space, statistics, "Wishart(..)", new Statistic.LogDeterminant(), Statistic.VALUE);
        case SCALAR -> number(u, statistics);
        case POLYA_GAMMA -> Optional.empty();
      };
    };
  }

  private Optional<String> number(Model.Unknown u, List<Statistic> statistics) {
    var space = Block.Space.SCALAR;
    if (statistics.contains(Statistic.SQUARE)) return with(u, space, statistics, normal(u), Statistic.VALUE, Statistic.SQUARE);
    if (statistics.contains(new Statistic.Log1m())) return with(u, space, statistics, "Beta(..)", Statistic.LOG, new Statistic.Log1m());
    var power = statistics.stream().filter(s -> s instanceof Statistic.Power).map(s -> ((Statistic.Power) s).exponent()).findFirst();
    if (power.isEmpty() || power.get() == 1) return with(u, space, statistics, "Gamma(..)", Statistic.LOG, Statistic.VALUE);
    if (power.get() == -1) return with(u, space, statistics, "InverseGamma(..)", Statistic.LOG, Statistic.RECIPROCAL);
    boolean one = statistics.stream().allMatch(s -> s instanceof Statistic.Log || s.equals(new Statistic.Power(power.get())));
    if (!one || !facts.isPositive(u.array())) return Optional.empty();
    var k = StatisticWords.number(Math.abs(power.get()));
    var law = power.get() < 0 ? "InverseGamma" : "Gamma";
    var name = u.symbol().name();
    var root = k.equals("2") ? "sqrt(%s2)".formatted(name) : "%s2^(1 / %s)".formatted(name, k);
    return Optional.of("a prior of %s^%s: `%s2 : positive%s ~ %s(..)` and `%s = %s`".formatted(
        name, k, name, u.symbol().type().sizes(), law, name, root));
  }

  /// A prior that adds these statistics, if a family still has all.
  private Optional<String> with(Model.Unknown u, Block.Space space, List<Statistic> statistics, String law, Statistic... more) {
    var all = new ArrayList<>(statistics);
    for (var s : more) if (!all.contains(s)) all.add(s);
    boolean bounded = all.contains(Statistic.SQUARE);
    return FamilyNames.of(space, all, bounded).map(f -> "the prior " + declared(u, law));
  }

  /// The statement that declares an unknown with its prior.
  private Optional<Span> prior(Model.Unknown u) {
    var name = u.symbol().span();
    return model.steps().stream().filter(s -> s instanceof Model.Step.Density).map(Model.Step::span)
        .filter(s -> s.source() == name.source() && s.start() <= name.start() && name.end() <= s.end()).findFirst();
  }
}
