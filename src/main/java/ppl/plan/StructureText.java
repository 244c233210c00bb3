package ppl.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import ppl.form.Auxiliaries;
import ppl.form.Facts;
import ppl.ir.Array;
import ppl.lower.Model;
import ppl.runtime.Block;
import ppl.runtime.Statistic;
import ppl.source.Span;

/// What `ppl explain` says of a model's structure: for each unknown its distribution given the rest, or why there is
/// no closed form.
public final class StructureText {
  private final Model model;
  private final Factorization factors;
  private final Structure structure;
  private final List<String> lines = new ArrayList<>();

  private StructureText(Model model, Factorization factors, Structure structure) {
    this.model = model;
    this.factors = factors;
    this.structure = structure;
  }

  /// The section of the page.
  public static String section(Model model, Factorization factors) {
    return "\nClosed forms\n" + lines(model, factors, Structures.of(model, factors)).stream()
        .map(l -> "  " + l + "\n").collect(Collectors.joining());
  }

  /// @param structure with these factors
  public static List<String> lines(Model model, Factorization factors, Structure structure) {
    return new StructureText(model, factors, structure).all().stream().flatMap(l -> Wrapped.of(l).stream()).toList();
  }

  private List<String> all() {
    var updates = new Updates(model, a -> candidate().bounded(unknown(a)));
    for (var c : structure.blocks()) {
      block(c, updates, places(c));
      if (c.family() instanceof Structure.Independent family) unnamed(unknown(c.unknowns().getFirst()), family);
    }
    for (var r : structure.refusals()) {
      var how = r.unknown().kind() == ppl.ir.Kind.INT ? "no closed form" : "by gradient";
      lines.add("%-16s %s: %s  (line %d)".formatted(r.unknown().name(), how, r.why(), line(r.span())));
      r.edit().ifPresent(e -> lines.add("    closed with " + e));
    }
    var plain = Augmentations.of(model, factors, structure, false);
    plain.ifPresent(a -> augmented(a, "with auxiliary unknowns"));
    if (plain.isEmpty())
      Augmentations.of(model, factors, structure, true).ifPresent(a -> augmented(a, "with auxiliary unknowns by --augment"));
    return lines;
  }

  private void block(Structure.Closed c, Updates updates, String where) {
    lines.add("%-16s %s  (%s)".formatted(names(c), family(c, updates), where));
    updates.of(c).forEach(l -> lines.add("    " + l));
  }

  /// What auxiliary unknowns close, and these.
  private void augmented(Augmentations a, String title) {
    var other = new StructureText(a.model(), factors, a.structure());
    var updates = new Updates(a.model(), x -> other.candidate().bounded(other.unknown(x)));
    // cavi has no gradients for what is left
    lines.add("%s, for %s; no answer shows them:".formatted(title, a.structure().refusals().isEmpty() ? "cavi and gibbs" : "gibbs"));
    for (var c : a.structure().blocks()) {
      var auxiliary = a.auxiliaries().stream().filter(x -> c.unknowns().contains(x.array())).findFirst();
      if (auxiliary.isPresent()) other.block(c, updates, introduced(auxiliary.get()));
      else if (structure.blocks().stream().noneMatch(b -> b.unknowns().equals(c.unknowns())))
        other.block(c, updates, other.places(c));
    }
    other.lines.forEach(l -> lines.add("  " + l));
  }

  private static String introduced(Auxiliaries.Auxiliary a) {
    return "%s%s, line %d".formatted(a.augmentation().role(), a.array().rank() == 0 ? "" : " a row", line(a.span()));
  }

  private void unnamed(Model.Unknown u, Structure.Independent family) {
    var facts = Facts.of(model, structure.form().prelude());
    var why = candidate().unnamed(u, family);
    if (why.isEmpty()) return;
    lines.add("    " + why.get().why());
    new Edits(model, facts, structure.form()).of(u).ifPresent(e -> lines.add("    a textbook family with " + e));
  }

  private Candidate candidate() {
    return new Candidate(model, Facts.of(model, structure.form().prelude()), structure.terms(), structure.form().bounds());
  }

  private Model.Unknown unknown(Array a) {
    return model.unknowns().stream().filter(u -> u.array() == a).findFirst().orElseThrow();
  }

  private static String names(Structure.Closed c) {
    return c.unknowns().stream().map(Array::name).collect(Collectors.joining(", "));
  }

  private String family(Structure.Closed c, Updates updates) {
    return switch (c.family()) {
      case Structure.Gaussian g -> c.unknowns().size() > 1 ? "normal, jointly" : "normal";
      case Structure.Discrete(boolean chained) -> chained ? "discrete chain" : "discrete";
      case Structure.Independent family -> name(c.unknowns().getFirst(), family, updates) + ": "
          + StatisticWords.list(family.statistics(), c.unknowns().getFirst().name());
    };
  }

  private String name(Array u, Structure.Independent family, Updates updates) {
    boolean bounded = family.space() == Block.Space.SCALAR && candidate().bounded(unknown(u));
    boolean power = bounded && family.statistics().equals(List.of(Statistic.LOG));
    return power && !updates.hasMinimum(u) ? "power law between bounds"
        : FamilyNames.of(family.space(), family.statistics(), bounded).orElse("by quadrature");
  }

  private String places(Structure.Closed c) {
    return c.unknowns().stream().map(this::unknown)
        .map(u -> "" + line(u.symbol().span())).distinct().collect(Collectors.collectingAndThen(Collectors.toList(),
            l -> (l.size() == 1 ? "line " : "lines ") + StatisticWords.join(l)));
  }

  private static int line(Span span) {
    return span.source().line(span.start());
  }
}
