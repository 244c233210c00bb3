package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import ppl.Compiler;
import ppl.Program;
import ppl.infer.Nuts;
import ppl.infer.Progress;
import ppl.io.Binder;
import ppl.io.DataReader;
import ppl.io.ModelFiles;
import ppl.runtime.Dataset;
import ppl.runtime.KernelTarget;
import ppl.runtime.Target;
import ppl.source.Diagnostics;
import ppl.source.Source;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Every model of `models/` from its files to an evaluation.
class ModelsTest {
  /// Data of at most so many values are given to the interpreter too.
  private static final int SMALL = 2000;

  @TestFactory
  Stream<DynamicTest> modelsCompileAndEvaluate() throws IOException {
    return folders().stream().map(f -> DynamicTest.dynamicTest(f.toString(), () -> evaluate(f)));
  }

  /// The folders of models, those in folders of their own too.
  static List<Path> folders() throws IOException {
    try (var files = Files.walk(Path.of("models"))) {
      return files.filter(f -> f.toString().endsWith(".ppl")).map(Path::getParent).sorted().toList();
    }
  }

  private static void evaluate(Path folder) throws IOException {
    var ready = ready(folder);
    var target = ready.program().bind(ready.data());
    boolean small = values(ready.data()) <= SMALL;
    for (long seed = 1; seed <= 3; seed++) {
      var q = PipelineProperties.position(target, seed);
      compare(target, target.fork(), q);
      if (small) compare(target, ready.program().interpret(ready.data()), q);
      else assertTrue(Double.isFinite(target.logDensity(q)));
    }
    if (values(ready.data()) <= 20 * SMALL) Differences.check(target, PipelineProperties.position(target, 4));
    expectedNames(folder, target);
  }

  private static void compare(Target compiled, Target other, double[] q) {
    var expected = new double[q.length];
    var gradient = new double[q.length];
    PipelineProperties.agree("log density", other.gradient(q, expected), compiled.gradient(q, gradient));
    PipelineProperties.agree("gradient", expected, gradient);
    PipelineProperties.agree("outputs", outputs(other, q), outputs(compiled, q));
  }

  private static double[] outputs(Target target, double[] q) {
    var out = new double[target.outputSize()];
    target.constrain(q, RandomGeneratorFactory.of("L64X128MixRandom").create(3), out);
    return out;
  }

  private static void expectedNames(Path folder, KernelTarget target) throws IOException {
    var names = new HashSet<String>();
    for (var q : target.quantities()) for (int i = 0; i < q.size(); i++) names.add(q.element(i));
    var expected = parameters(folder.resolve("expected.json"));
    assertTrue(!expected.isEmpty() && names.containsAll(expected), () -> "of " + expected + " some are not in " + names);
  }

  /// The keys of the object `parameters`.
  private static Set<String> parameters(Path file) throws IOException {
    var names = new HashSet<String>();
    try (var json = new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(file))) {
      boolean inside = false;
      for (int depth = 0; json.nextToken() != null; ) {
        if (json.currentToken() == JsonToken.START_OBJECT) depth++;
        if (json.currentToken() == JsonToken.END_OBJECT) depth--;
        if (json.currentToken() != JsonToken.PROPERTY_NAME) continue;
        if (depth == 1) inside = json.currentName().equals("parameters");
        if (depth == 2 && inside) names.add(json.currentName());
      }
    }
    return names;
  }

  private static int values(Dataset data) {
    return data.columns().values().stream()
        .mapToInt(c -> c.values() instanceof int[] ints ? ints.length : ((double[]) c.values()).length).sum();
  }

  static Whole.Ready ready(Path folder) throws IOException {
    var file = folder.resolve(folder.getFileName() + ".ppl");
    var diagnostics = new Diagnostics();
    Program program = Compiler.compile(new Source(file.toString(), Files.readString(file)), Whole.options(), diagnostics)
        .orElseThrow(() -> new AssertionError(Whole.said(diagnostics)));
    assertEquals("", Whole.said(diagnostics));
    assertTrue(diagnostics.all().isEmpty(), () -> diagnostics.all().toString());
    var given = DataReader.read(program.schema(), ModelFiles.data(file, program.schema(), diagnostics), diagnostics);
    var data = Binder.bind(program.schema(), given, diagnostics).orElseThrow(() -> new AssertionError(Whole.said(diagnostics)));
    assertEquals(java.util.List.of(), program.problems(data));
    return new Whole.Ready(program, data);
  }

  /// The posterior of Rubin's eight schools; reference: 100,000 draws of Stan's NUTS.
  @Test
  void eightSchoolsComeOutRight() throws Exception {
    var ready = ready(Path.of("models/eight_schools"));
    var target = ready.program().bind(ready.data());
    var posterior = new Nuts().run(target, Map.of("chains", "2", "warmup", "500", "draws", "2000"), 5, Progress.SILENT);
    var mean = new double[2];
    for (int c = 0; c < 2; c++)
      for (int i = 0; i < 2000; i++) for (int k = 0; k < 2; k++) mean[k] += posterior.draws().get(c, i, k) / 4000;
    assertEquals(4.4, mean[0], 0.4);
    assertEquals(3.6, mean[1], 0.4);
  }
}
