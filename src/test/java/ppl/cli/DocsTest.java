package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ppl.dist.Distributions;
import ppl.infer.Engine;
import ppl.infer.Knob;
import ppl.lib.Functions;
import ppl.source.Diagnostics;
import ppl.source.Renderer;
import ppl.source.Source;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// What the README and `docs/` show works: models compile without a warning, commands run, JSON is JSON, links lead somewhere.
///
/// Commands run in the project's folder; what they write goes elsewhere. Commands that are not ours are only known.
class DocsTest {
  private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w+)\\n((?s:.*?))^```$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
  private static final Set<String> OTHERS = Set.of("mvn", "git", "cd", "java", "javac");
  private static final Set<String> WRITING = Set.of("--out", "-o", "--jar");

  @TempDir Path folder;

  private record Block(Path file, String language, String text) {}

  private static List<Path> files() throws IOException {
    try (var docs = Files.list(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), docs.filter(p -> p.toString().endsWith(".md")).sorted()).toList();
    }
  }

  private static List<Block> blocks(String language) throws IOException {
    var out = new ArrayList<Block>();
    for (var file : files()) {
      BLOCK.matcher(Files.readString(file)).results().filter(m -> m.group(1).equals(language))
          .forEach(m -> out.add(new Block(file, language, m.group(2))));
    }
    assertTrue(!out.isEmpty(), "no block in " + language);
    return out;
  }

  @Test
  void modelsCompile() throws IOException {
    for (var block : blocks("ppl")) {
      var diagnostics = new Diagnostics();
      var compiled = Ppl.toolchain().compile(new Source(block.file.toString(), block.text),
          new Toolchain.Options(Map.of(), Set.of(), Path.of(""), java.util.Optional.empty()), diagnostics);
      assertTrue(compiled.isPresent() && diagnostics.all().isEmpty(), () -> block.text + Renderer.plain().render(diagnostics));
    }
  }

  /// Lists in the language reference are those of the code.
  @Test
  void listsAreComplete() throws IOException {
    var text = Files.readString(Path.of("docs/language.md"));
    for (var table : List.of(ppl.dist.Docs.table(Distributions.ALL), ppl.lib.Docs.table(Functions.all()))) {
      assertTrue(text.contains("\n\n" + table + "\n"), () -> "docs/language.md lacks this table:\n" + table);
    }
  }

  @Test
  void settingsAreComplete() throws IOException {
    var text = Files.readString(Path.of("docs/inference.md"));
    for (var engine : Engine.ALL) {
      var table = "| setting | default | meaning |\n|---|---|---|\n"
          + engine.knobs().stream().map(DocsTest::row).collect(Collectors.joining("\n")) + "\n\n";
      assertTrue(text.contains("\n\n" + table), () -> "docs/inference.md lacks the settings of " + engine.name() + ":\n" + table);
    }
  }

  private static String row(Knob knob) {
    var words = knob.kind() instanceof Knob.Kind.Choice(var choices) ? " (" + String.join(", ", choices) + ")" : "";
    return "| `--" + knob.name() + "` | " + knob.fallback() + " | " + knob.doc() + words + " |";
  }

  @Test
  void commandsRun() throws IOException {
    for (var block : blocks("sh")) {
      for (var line : block.text.lines().map(l -> l.replaceFirst(" *#.*", "").strip()).filter(l -> !l.isEmpty()).toList()) {
        var words = new ArrayList<>(Arrays.asList(line.split("\\s+")));
        var command = words.removeFirst().replaceFirst("^\\./", "");
        if (OTHERS.contains(command)) continue;
        if (command.equals("ppc")) words.addFirst("compile");
        else assertEquals("ppl", command, block.file + ": " + line);
        redirect(words);
        var said = new StringWriter();
        var terminal = new Terminal(new PrintWriter(said), new PrintWriter(said), false, false, false);
        int code = new Cli(Ppl.toolchain(), terminal).run(words.toArray(String[]::new));
        assertEquals(Exit.DONE, code, block.file + ": " + line + "\n" + said);
      }
    }
  }

  private void redirect(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      if (WRITING.contains(words.get(i - 1))) words.set(i, folder.resolve(words.get(i)).toString());
    }
  }

  @Test
  void jsonIsJson() throws IOException {
    for (var block : blocks("json")) {
      try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), block.text)) {
        while (parser.nextToken() != null) continue;
      }
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    for (var file : files()) {
      var folder = file.toAbsolutePath().getParent();
      LINK.matcher(Files.readString(file)).results()
          .forEach(m -> assertTrue(Files.exists(folder.resolve(m.group(1))), file + ": " + m.group(1)));
    }
  }
}
