package ppl.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.typed.Defined;
import ppl.typed.DistDef;
import ppl.typed.Symbol;
import ppl.typed.Typed;
import ppl.typed.TypedPrinter;

/// A part of what [Explain] prints about definitions; none is printed without lines.
record Section(String title, List<String> lines) {
  /// A name, and what is to be said of it.
  static String line(String name, String text) {
    return "%-16s %s".formatted(name, text);
  }

  /// The numbers that `--set` changes, those of imported files too.
  static Section constants(Defined definitions) {
    return new Section("Constants", definitions.constants().stream()
        .map(c -> line(c.symbol().name(), c.symbol().type() + " = " + number(c.value()))).toList());
  }

  /// The user's functions with their arguments.
  static Section functions(Defined definitions) {
    return new Section("Functions", definitions.functions().stream()
        .map(f -> line(f.name(), arguments(f.parameters()) + " : " + f.result().type())).toList());
  }

  /// The user's distributions with what they can be asked for.
  static Section distributions(Defined definitions) {
    return new Section("Distributions", definitions.distributions().stream().map(d -> line(d.name(), signature(d))).toList());
  }

  /// What is computed or drawn for every draw of the posterior.
  static Section generated(Typed typed) {
    return new Section("Generated for every draw", typed.generated().stream()
        .map(g -> line(g.name(), g.type() + TypedPrinter.support(g.support())
            + Explain.priorsOf(g, typed.generate()).map(p -> " ~ " + p).orElse(""))).toList());
  }

  private static String number(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? String.valueOf((long) x) : String.valueOf(x);
  }

  private static String signature(DistDef d) {
    var methods = Stream.of(Optional.of("logpdf"), d.cdf().map(c -> "cdf"), d.sample().map(x -> "sample"))
        .flatMap(Optional::stream).collect(Collectors.joining(", "));
    return arguments(d.parameters()) + " on " + d.on() + TypedPrinter.support(d.support()) + "  (" + methods + ")";
  }

  private static String arguments(List<Symbol> parameters) {
    return parameters.stream().map(p -> p.name() + " : " + p.type() + TypedPrinter.support(p.support()))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
