package ppl.check;

import java.util.List;
import java.util.stream.Collectors;
import ppl.source.Diagnostic;
import ppl.source.Span;

/// Names that need each other.
final class Cycles {
  private Cycles() {}

  record Step(String name, Span span) {}

  /// The error for names of which each needs the next and the last the first.
  static Diagnostic error(List<Step> cycle) {
    var first = cycle.getFirst();
    if (cycle.size() == 1)
      return Diagnostic.error("E0203", first.span(), "`%s` is defined by itself", first.name())
          .help("a name is given once; to add up over a loop write `sum(i in 1..N : ..)`, to go on from the element"
              + " before declare an array and write `x[t] = .. x[t-1] ..`");
    var path = cycle.stream().map(s -> "`" + s.name() + "`").collect(Collectors.joining(" needs "));
    var error = Diagnostic.error("E0203", first.span(), "these names need each other: %s needs `%s`", path,
        first.name());
    for (var s : cycle.subList(1, cycle.size())) error = error.note(s.span(), "`" + s.name() + "` is defined here");
    return error;
  }
}
