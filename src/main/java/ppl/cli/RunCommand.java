package ppl.cli;

import static ppl.cli.Command.has;
import static ppl.cli.Command.positionals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import ppl.infer.Knob;
import ppl.infer.NoStart;
import ppl.io.Binder;
import ppl.io.DataFile;
import ppl.io.DataReader;
import ppl.io.ModelFiles;
import ppl.io.Reason;
import ppl.io.ResultFolder;
import ppl.runtime.Dataset;
import ppl.runtime.Memory;
import ppl.runtime.Quantity;
import ppl.runtime.Schema;
import ppl.runtime.Target;
import ppl.runtime.TooLargeException;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// `ppl run`: from a model and data to a posterior.
record RunCommand(Toolchain toolchain) implements Command {
  private static final long SEED = 1;
  private static final List<String> AUGMENTED = List.of("cavi", "gibbs");
  /// Bytes of memory in use from which on a collection pays.
  private static final long MUCH = 1 << 26;

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String summary() {
    return "compute the posterior of a model given data";
  }

  @Override
  public CommandSpec spec() {
    var spec = Command.described("ppl run",
        "Computes the posterior of a model given data. Data beside the model are found without --data.",
        List.of("ppl run models/eight_schools", "ppl run model.ppl --data homes=homes.csv --data rest.json",
            "ppl run model.ppl --method nuts --chains 8 --out results"));
    spec.addPositional(Command.models(false, "a model file, or a folder with a model"));
    spec.addOption(Command.texts("[NAME=]FILE", "JSON or CSV; NAME is the table or the data name it holds", "--data"));
    spec.addOption(Command.text("METHOD", methods(), "--method"));
    spec.addOption(Command.text("N", "seed of the random numbers, " + SEED + " if not given", "--seed"));
    spec.addOption(Command.texts("NAME=NUMBER", "change a constant of the model", "--set"));
    Sources.factorize(spec);
    spec.addOption(Command.text("DIR", "write summary.json, draws and a manifest to this folder", "--out"));
    spec.addOption(Command.flag("print the summary as JSON and nothing else", "--json"));
    spec.addOption(Command.flag("also draw a replicate of every observed name", "--predict"));
    spec.addOption(Command.flag("auxiliary unknowns for logits too, for cavi and gibbs", "--augment"));
    spec.addOption(Command.flag("show every element of wide families", "--all"));
    Selection.options(spec);
    spec.addOption(Command.flag("no progress, notes and warnings", "-q", "--quiet"));
    Methods.knobs().forEach((name, engines) -> {
      var label = name.substring(name.lastIndexOf('-') + 1).toUpperCase(Locale.ROOT);
      spec.addOption(Command.text(label, described(engines), "--" + name));
    });
    return spec;
  }

  /// A setting as engines describe it; engines that say the same are named together.
  private static String described(Map<String, Knob> engines) {
    var names = new LinkedHashMap<String, String>();
    engines.forEach((engine, knob) -> names.merge(knob.doc() + " [" + values(knob) + "]", engine, (a, b) -> a + ", " + b));
    return names.entrySet().stream().map(e -> e.getValue() + ": " + e.getKey()).collect(Collectors.joining("; "));
  }

  private static String values(Knob knob) {
    return switch (knob.kind()) {
      case Knob.Kind.Whole _, Knob.Kind.Real _ -> knob.fallback();
      case Knob.Kind.Choice(var words) -> String.join(" | ", words);
    };
  }

  private static String methods() {
    return Methods.docs().entrySet().stream().map(m -> "%n  " + m.getKey() + ": " + m.getValue())
        .collect(Collectors.joining("", "one of", ""));
  }

  /// What was asked for.
  private record Request(Sources.Loaded model, String method, long seed, Map<String, String> settings,
      Map<String, String> constants, Optional<String> factors, List<DataFile> data, Optional<Path> out, boolean json,
      boolean predict, boolean augment, boolean all, Selection selection, boolean quiet) {}

  /// A model with its data.
  ///
  /// @param gaps  names of data that may have missing values
  /// @param fault why the log density is not finite at a position
  private record Bound(Target target, List<DataFile> data, List<String> gaps, Function<double[], Optional<Diagnostic>> fault) {}

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws Usage {
    var diagnostics = new Diagnostics();
    var model = Sources.load(positionals(arguments).getFirst(), diagnostics);
    if (model.isEmpty()) {
      Sources.report(diagnostics, terminal, true);
      return Exit.INPUT;
    }
    var request = request(arguments, model.get());
    try (var interrupt = new Interrupt(terminal::say)) {
      var bound = bind(request, diagnostics);
      if (!Sources.report(diagnostics, terminal, request.quiet || request.json) || bound.isEmpty()) return Exit.INPUT;
      require(request.selection.objection(bound.get().target.quantities().stream().map(Quantity::name).toList(), bound.get().gaps));
      return compute(request, bound.get(), interrupt, terminal);
    }
  }

  private static void require(Optional<String> objection) throws Usage {
    if (objection.isPresent()) throw new Usage(objection.get());
  }

  private static Request request(ParseResult arguments, Sources.Loaded model) throws Usage {
    var settings = new LinkedHashMap<String, String>();
    Methods.knobs().keySet().forEach(k -> {
      if (has(arguments, "--" + k)) settings.put(k, arguments.matchedOptionValue("--" + k, ""));
    });
    String method = arguments.matchedOptionValue("--method", Methods.AUTO);
    require(Methods.objection(method, settings));
    if (has(arguments, "--augment") && !AUGMENTED.contains(method))
      throw new Usage("--augment goes with --method " + String.join(", ", AUGMENTED) + ", not with " + method);
    Optional<Path> out = Optional.ofNullable(arguments.<String>matchedOptionValue("--out", null)).map(Path::of);
    try {
      var refusal = out.isEmpty() ? Optional.<String>empty() : ResultFolder.objection(out.get());
      if (refusal.isPresent()) throw new Usage("--out: " + refusal.get());
    } catch (IOException e) {
      throw new Usage("--out: " + Reason.of(e));
    }
    var data = Command.all(arguments, "--data").stream().map(DataFile::parse).toList();
    return new Request(model, method, seed(arguments), settings, Sources.constants(arguments),
        Sources.factors(arguments), data, out, has(arguments, "--json"), has(arguments, "--predict"),
        has(arguments, "--augment"), has(arguments, "--all"), Selection.of(arguments),
        has(arguments, "--quiet"));
  }

  private static long seed(ParseResult arguments) throws Usage {
    String text = arguments.matchedOptionValue("--seed", String.valueOf(SEED));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Usage("--seed takes a whole number, not " + text);
    }
  }

  /// A model and data that fit its schema.
  private record Read(Toolchain.Compiled program, Dataset data, List<DataFile> files) {}

  /// Compiles and binds.
  private Optional<Bound> bind(Request request, Diagnostics diagnostics) throws Usage {
    return read(request, diagnostics).flatMap(r -> target(request, r.program, r.data, diagnostics)
        .map(t -> new Bound(t, r.files, gaps(r.program), q -> r.program.fault(r.data, q))));
  }

  private static List<String> gaps(Toolchain.Compiled program) {
    return program.schema().slots().stream().filter(Schema.Slot::missing).map(Schema.Slot::name).toList();
  }

  /// Compiles and reads. A model whose data have missing values is compiled again, knowing which. What files say goes
  /// before anything is bound; names of quantities that cannot be, whatever the data, are refused before these are read.
  private Optional<Read> read(Request request, Diagnostics diagnostics) throws Usage {
    var model = request.model;
    var plain = toolchain.compile(model.source(), model.options(request.constants, Set.of(), request.factors), diagnostics);
    if (plain.isEmpty() || diagnostics.hasErrors()) return Optional.empty();
    var schema = plain.get().schema();
    require(request.selection.without(gaps(plain.get())).objection(plain.get().reported(request.predict), List.of()));
    var files = request.data.isEmpty() ? ModelFiles.data(model.path(), schema, diagnostics) : request.data;
    if (diagnostics.hasErrors()) return Optional.empty();
    var given = DataReader.read(schema, files, diagnostics);
    var missing = given.missing(schema);
    var again = new Diagnostics();
    var program = missing.isEmpty() ? plain
        : toolchain.compile(model.source(), model.options(request.constants, missing, request.factors), again);
    again.all().stream().filter(Diagnostic::isError).forEach(diagnostics::add);
    return program.flatMap(p -> Binder.bind(p.schema(), given, diagnostics).map(d -> new Read(p, d, files)));
  }

  private static Optional<Target> target(
      Request request, Toolchain.Compiled program, Dataset data, Diagnostics diagnostics) {
    for (var table : program.schema().tables())
      if (table.by().isEmpty() && data.sizes().getOrDefault(table.name(), 1) == 0)
        diagnostics.add(Diagnostic.warning("W0701", table.span(), "in these data the table `%s` has no rows", table.name()));
    collect();
    var target = program.bind(data, request.predict, request.augment, diagnostics);
    collect();
    return diagnostics.hasErrors() ? Optional.empty() : target;
  }

  /// Collects what reading or binding left, where it is much: left to itself, Java makes room for more first.
  private static void collect() {
    var java = Runtime.getRuntime();
    if (java.totalMemory() - java.freeMemory() > MUCH) System.gc();
  }

  private int compute(Request request, Bound bound, Interrupt interrupt, Terminal terminal) {
    interrupt.running(Results.nothing(request.out));
    Methods.Answer answer;
    try (var progress = new ProgressDisplay(request.quiet || request.json ? quiet(terminal) : terminal, interrupt::asked)) {
      answer = Methods.run(request.method, request.settings, bound.target, request.seed, (chain, iteration, total, phase) -> {
        interrupt.heard(phase);
        return progress.report(chain, iteration, total, phase);
      });
    } catch (NoStart e) {
      return report(e.tried().flatMap(bound.fault)
          .orElseGet(() -> Diagnostic.error("E0901", request.model.source().all(), "%s", e.getMessage())), terminal);
    } catch (TooLargeException | OutOfMemoryError e) {
      return report(tooLarge(bound.target), terminal);
    }
    interrupt.over();
    return new Results(request.model, bound.target.dimension(), bound.data, request.constants, request.out, request.json,
        request.all, request.selection).deliver(answer, terminal);
  }

  private static int report(Diagnostic error, Terminal terminal) {
    var diagnostics = new Diagnostics();
    diagnostics.add(error);
    Sources.report(diagnostics, terminal, true);
    return Exit.INPUT;
  }

  private static Diagnostic tooLarge(Target target) {
    return Diagnostic.error("E0902", "memory runs out: each draw has %d numbers, so that 1000 draws take %s, and Java may use %s",
        target.outputSize(), Memory.of(1000.0 * target.outputSize()), Memory.limit())
        .help("%s; fewer --draws take less, and names inside a block are not kept", Memory.advice());
  }

  private static Terminal quiet(Terminal terminal) {
    return new Terminal(terminal.out(), terminal.err(), terminal.outTty(), false, false);
  }
}
