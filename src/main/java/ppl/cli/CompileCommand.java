package ppl.cli;

import static ppl.cli.Command.has;
import static ppl.cli.Command.positionals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import ppl.io.Reason;
import ppl.io.WholeFile;
import ppl.source.Diagnostics;

/// `ppc`: compiles models to classes, and shows what each stage makes of them.
record CompileCommand(Toolchain toolchain) implements Command {
  @Override
  public String name() {
    return "compile";
  }

  @Override
  public String summary() {
    return "compile models to classes or a jar (also called ppc)";
  }

  @Override
  public CommandSpec spec() {
    var spec = Command.described("ppc", "Compiles models. A compiled model knows no data; it is bound to data later.",
        List.of("ppc model.ppl -o classes", "ppc model.ppl --jar model.jar", "ppc model.ppl --show=" + toolchain.stages().getLast()));
    spec.addPositional(Command.models(true, "model files, or folders with a model"));
    spec.addOption(Command.text("DIR", "write class files below this folder", "-o", "--output"));
    spec.addOption(Command.text("FILE", "write a jar that runs with the runtime alone", "--jar"));
    spec.addOption(Command.text("STAGE", "print a stage: " + String.join(", ", toolchain.stages()), "--show"));
    spec.addOption(Command.texts("NAME=NUMBER", "change a constant of the model", "--set"));
    spec.addOption(Command.texts("NAME", "data that may have missing values, a column as TABLE.COLUMN", "--missing"));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws Usage {
    var constants = Sources.constants(arguments);
    Optional<String> stage = Optional.ofNullable(arguments.matchedOptionValue("--show", null));
    if (stage.filter(s -> !toolchain.stages().contains(s)).isPresent())
      throw new Usage("there is no stage " + stage.get() + "; there are " + String.join(", ", toolchain.stages()));
    if (has(arguments, "-o") && has(arguments, "--jar")) throw new Usage("give -o or --jar, not both");
    var missing = Set.copyOf(Command.all(arguments, "--missing"));
    var files = new TreeMap<String, byte[]>();
    boolean good = true;
    for (var path : positionals(arguments)) {
      var diagnostics = new Diagnostics();
      var model = Sources.load(path, diagnostics);
      model.ifPresent(m -> work(m, stage, m.options(constants, missing), diagnostics, terminal, files));
      good &= Sources.report(diagnostics, terminal, false);
    }
    if (!good) return Exit.INPUT;
    return stage.isPresent() ? Exit.DONE : write(arguments, files, terminal);
  }

  private void work(Sources.Loaded model, Optional<String> stage, Toolchain.Options options,
      Diagnostics diagnostics, Terminal terminal, Map<String, byte[]> files) {
    if (stage.isPresent()) {
      toolchain.show(stage.get(), model.source(), options, diagnostics).ifPresent(terminal.out()::println);
    } else {
      toolchain.compile(model.source(), options, diagnostics).ifPresent(c -> files.putAll(c.files()));
    }
  }

  private int write(ParseResult arguments, Map<String, byte[]> files, Terminal terminal) {
    try {
      Optional<String> jar = Optional.ofNullable(arguments.matchedOptionValue("--jar", null));
      if (jar.isPresent()) jar(Path.of(jar.get()), whole(files));
      else classes(Path.of(arguments.matchedOptionValue("-o", ".")), files);
      return Exit.DONE;
    } catch (IOException e) {
      terminal.say("ppl: cannot write: " + Reason.of(e));
      return Exit.OUTPUT;
    }
  }

  /// The files of models, and what these need to run.
  private Map<String, byte[]> whole(Map<String, byte[]> files) {
    var all = new TreeMap<String, byte[]>(toolchain.runtime(
        files.entrySet().stream().filter(f -> f.getKey().endsWith(".class")).map(Map.Entry::getValue).toList()));
    all.putAll(files);
    return all;
  }

  private static void classes(Path folder, Map<String, byte[]> files) throws IOException {
    for (var file : files.entrySet()) {
      var to = folder.resolve(file.getKey());
      Files.createDirectories(to.toAbsolutePath().getParent());
      WholeFile.write(to, out -> out.write(file.getValue()));
    }
  }

  private static Manifest manifest() {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, Version.TEXT);
    return manifest;
  }

  private static void jar(Path file, Map<String, byte[]> files) throws IOException {
    WholeFile.write(file, to -> {
      try (var out = new JarOutputStream(to, manifest())) {
        for (var entry : files.entrySet()) {
          out.putNextEntry(new JarEntry(entry.getKey()));
          out.write(entry.getValue());
          out.closeEntry();
        }
      }
    });
  }
}
