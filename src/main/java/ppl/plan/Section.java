package ppl.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.typed.Defined;
import ppl.typed.DistDef;
import ppl.typed.FunDef;
import ppl.typed.Symbol;
import ppl.typed.Typed;
import ppl.typed.TypedPrinter;

/// A part of what [Explain] prints about definitions; none is printed without lines.
sealed interface Section {
  String title();

  List<String> lines();

  /// A name, and what is to be said of it.
  static String line(String name, String text) {
    return "%-16s %s".formatted(name, text);
  }

  /// The numbers that `--set` changes, those of imported files too.
  record Constants(Defined definitions) implements Section {
    @Override
    public String title() {
      return "Constants";
    }

    @Override
    public List<String> lines() {
      return definitions.constants().stream().map(c -> line(c.symbol().name(), c.symbol().type() + " = " + number(c.value())))
          .toList();
    }

    private static String number(double x) {
      return x == Math.rint(x) && Math.abs(x) < 1e15 ? String.valueOf((long) x) : String.valueOf(x);
    }
  }

  /// The user's functions with their arguments.
  record Functions(Defined definitions) implements Section {
    @Override
    public String title() {
      return "Functions";
    }

    @Override
    public List<String> lines() {
      return definitions.functions().stream().map(f -> line(f.name(), signature(f))).toList();
    }

    private static String signature(FunDef f) {
      return arguments(f.parameters()) + " : " + f.result().type();
    }
  }

  /// The user's distributions with what they can be asked for.
  record Distributions(Defined definitions) implements Section {
    @Override
    public String title() {
      return "Distributions";
    }

    @Override
    public List<String> lines() {
      return definitions.distributions().stream().map(d -> line(d.name(), signature(d))).toList();
    }

    private static String signature(DistDef d) {
      var methods = Stream.of(Optional.of("logpdf"), d.cdf().map(c -> "cdf"), d.sample().map(x -> "sample"))
          .flatMap(Optional::stream).collect(Collectors.joining(", "));
      return arguments(d.parameters()) + " on " + d.on() + TypedPrinter.support(d.support()) + "  (" + methods + ")";
    }
  }

  /// What is computed or drawn for every draw of the posterior.
  record Generated(Typed typed) implements Section {
    @Override
    public String title() {
      return "Generated for every draw";
    }

    @Override
    public List<String> lines() {
      return typed.generated().stream().map(g -> line(g.name(), g.type() + TypedPrinter.support(g.support())
          + Explain.priorsOf(g, typed.generate()).map(p -> " ~ " + p).orElse(""))).toList();
    }
  }

  private static String arguments(List<Symbol> parameters) {
    return parameters.stream().map(p -> p.name() + " : " + p.type() + TypedPrinter.support(p.support()))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
