package ppl.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Distributions as the language reference shows them.
public final class Docs {
  private Docs() {}

  /// `Gamma(shape, rate | mean, sd)`: every form; what a form shares with the canonical one is not repeated.
  public static String signature(Distribution d) {
    var first = d.forms().getFirst().names();
    var text = new ArrayList<String>();
    for (var f : d.forms()) {
      var names = f.names();
      int common = 0;
      while (f != d.forms().getFirst() && common < names.size() && common < first.size()
          && names.get(common).equals(first.get(common))) common++;
      text.add(String.join(", ", names.subList(common, names.size())));
    }
    return d.name() + "(" + String.join(" | ", text) + ")";
  }

  /// `Gamma(shape, rate)` or `Gamma(mean = .., sd = ..)`: every form as it is called; those after the first by name.
  public static String calls(Distribution d) {
    var first = d.forms().getFirst().names();
    var all = d.forms().stream().map(f -> f == d.forms().getFirst() ? String.join(", ", first) : call(f.names(), first))
        .map(a -> "`" + d.name() + "(" + a + ")`").toList();
    return all.size() == 1 ? all.getFirst() : String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
  }

  /// By position as long as it is as in the first form.
  private static String call(List<String> names, List<String> first) {
    int common = 0;
    while (common < names.size() && common < first.size() && names.get(common).equals(first.get(common))) common++;
    return Stream.concat(names.subList(0, common).stream(), names.subList(common, names.size()).stream().map(n -> n + " = .."))
        .collect(Collectors.joining(", "));
  }

  /// A table row: signature, type of the variate, density, remark.
  public static String line(Distribution d) {
    return "| `" + cell(signature(d)) + "` | `" + type(d) + "` | `" + cell(d.formula()) + "` | " + d.about() + " |";
  }

  /// In a Markdown table a bar ends the cell, in code too.
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  /// All of `distributions` as one Markdown table.
  public static String table(List<Distribution> distributions) {
    return "| distribution | variate | density or mass | remark |\n|---|---|---|---|\n"
        + distributions.stream().map(Docs::line).collect(Collectors.joining("\n")) + "\n";
  }

  /// The type that its variates have: `simplex[K]`.
  public static String type(Distribution d) {
    if (d.eventRank() == 0) return d.domain().word();
    var sizes = d.domain().rank() == 2 ? d.shape().subList(0, 1) : d.shape();
    return d.domain().word() + sizes.stream().map(Docs::size).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String size(Size s) {
    return switch (s) {
      case Size.Named(var letter) -> letter;
      case Size.Fixed(var n) -> String.valueOf(n);
    };
  }
}
