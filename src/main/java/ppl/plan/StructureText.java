package ppl.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import ppl.ir.Array;
import ppl.lower.Model;
import ppl.source.Span;

/// What `ppl explain` says of a model's structure: for each unknown its distribution given the rest, or why there is
/// no closed form.
public final class StructureText {
  private final Model model;
  private final Structure structure;
  private final List<String> lines = new ArrayList<>();

  private StructureText(Model model, Structure structure) {
    this.model = model;
    this.structure = structure;
  }

  public static List<String> lines(Model model, Structure structure) {
    return new StructureText(model, structure).all();
  }

  private List<String> all() {
    var updates = new Updates(model);
    for (var c : structure.blocks()) {
      lines.add("%-16s %s  (%s)".formatted(names(c), family(c), places(c)));
      updates.of(c).forEach(l -> lines.add("    " + l));
    }
    for (var r : structure.refusals()) {
      var how = r.unknown().kind() == ppl.ir.Kind.INT ? "no closed form" : "by gradient";
      lines.add("%-16s %s: %s  (line %d)".formatted(r.unknown().name(), how, r.why(), line(r.span())));
      r.edit().ifPresent(e -> lines.add("    closed with " + e));
    }
    return lines;
  }

  private static String names(Structure.Closed c) {
    return c.unknowns().stream().map(Array::name).collect(Collectors.joining(", "));
  }

  private String family(Structure.Closed c) {
    return switch (c.family()) {
      case Structure.Gaussian g -> c.unknowns().size() > 1 ? "normal, jointly" : "normal";
      case Structure.Discrete(boolean chained) -> chained ? "discrete chain" : "discrete";
      case Structure.Independent(var space, var statistics) -> KnownFamilies.find(space, statistics, isBounded(c.unknowns().getFirst())).orElse("closed")
          + ": " + StatisticWords.list(statistics, c.unknowns().getFirst().name());
    };
  }

  private boolean isBounded(Array a) {
    return structure.form().bounds().stream().anyMatch(b -> b.unknown() == a);
  }

  private String places(Structure.Closed c) {
    return c.unknowns().stream().map(a -> model.unknowns().stream().filter(u -> u.array() == a).findFirst().orElseThrow())
        .map(u -> "" + line(u.symbol().span())).distinct().collect(Collectors.collectingAndThen(Collectors.toList(),
            l -> (l.size() == 1 ? "line " : "lines ") + StatisticWords.join(l)));
  }

  private static int line(Span span) {
    return span.source().line(span.start());
  }
}
