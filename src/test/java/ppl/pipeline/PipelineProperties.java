package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ppl.Bundle;
import ppl.Compiler;
import ppl.embed.Isolated;
import ppl.fmt.Formatter;
import ppl.runtime.KernelTarget;
import ppl.runtime.Target;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Random models from text to evaluation: what is compiled agrees with what is interpreted, gradients with
/// differences; neither the layout nor the order of statements matters, nor whether the compiled model is in a file.
class PipelineProperties {
  @Provide
  Arbitrary<RandomModel> models() {
    return RandomModel.models();
  }

  @Property(tries = 40)
  void compiledIsInterpreted(@ForAll("models") RandomModel model, @ForAll long seed) {
    var ready = Whole.ready(model.text(), model.data());
    var compiled = ready.program().bind(ready.data()).predicting();
    var interpreted = ready.program().interpret(ready.data()).predicting();
    var q = position(compiled, seed);
    agree("log density", interpreted.logDensity(q), compiled.logDensity(q));
    var expected = new double[q.length];
    var gradient = new double[q.length];
    agree("log density", interpreted.gradient(q, expected), compiled.gradient(q, gradient));
    if (Double.isFinite(interpreted.logDensity(q))) agree("gradient", expected, gradient);
    agree("outputs", constrained(interpreted, q, seed), constrained(compiled, q, seed));
  }

  @Property(tries = 60)
  void gradientIsTheSlope(@ForAll("models") RandomModel model, @ForAll long seed) {
    var ready = Whole.ready(model.text(), model.data());
    Differences.check(ready.program().bind(ready.data()), position(ready.program().bind(ready.data()), seed));
  }

  /// The formatted text is the same program, to the last bit, and formatting it changes nothing.
  @Property(tries = 20)
  void layoutCarriesNoMeaning(@ForAll("models") RandomModel model, @ForAll long seed) {
    var diagnostics = new Diagnostics();
    var text = Formatter.format(new Source("model.ppl", model.text()), diagnostics).orElseThrow();
    assertEquals(text, Formatter.format(new Source("model.ppl", text), diagnostics).orElseThrow());
    var ready = Whole.ready(model.text(), model.data());
    var again = Whole.ready(text, model.data());
    same(ready.program().bind(ready.data()), again.program().bind(again.data()), seed);
  }

  /// As files without the compiler, bound to Java values, it computes the same bits as in memory from JSON.
  @Property(tries = 20)
  void aCompiledFileIsTheModel(@ForAll("models") RandomModel model, @ForAll long seed) throws IOException {
    var folder = Files.createTempDirectory("ppl");
    var ready = Whole.ready(model.text(), model.data());
    var compiled = Isolated.written(ready.program(), folder);
    same(ready.program().bind(ready.data()), compiled.bind(JavaValues.of(Whole.object(model.data()))), seed);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  /// The files of a compiled model are the same bytes again, wherever in memory the compiler's objects are.
  @Property(tries = 20)
  void bytesAreRepeatable(@ForAll("models") RandomModel model) {
    var once = files(model);
    var again = files(model);
    assertEquals(once.keySet(), again.keySet());
    once.forEach((name, bytes) -> assertArrayEquals(bytes, again.get(name), name));
  }

  private static Map<String, byte[]> files(RandomModel model) {
    var diagnostics = new Diagnostics();
    return Bundle.files(Compiler.compile(new Source("model.ppl", model.text()), Whole.options(), diagnostics)
        .orElseThrow(() -> new AssertionError(diagnostics.all().toString())));
  }

  private static void same(KernelTarget expected, KernelTarget actual, long seed) {
    assertEquals(expected.quantities(), actual.quantities());
    var q = position(expected, seed);
    var one = new double[q.length];
    var other = new double[q.length];
    assertEquals(expected.gradient(q, one), actual.gradient(q, other));
    assertArrayEquals(one, other);
    assertArrayEquals(constrained(expected.predicting(), q, seed), constrained(actual.predicting(), q, seed));
  }

  @Property(tries = 25)
  void orderOfStatementsCarriesNoMeaning(@ForAll("models") RandomModel model, @ForAll long seed) {
    var here = Whole.ready(model.text(), model.data());
    var other = model.shuffled(new Random(seed));
    var there = Whole.ready(other.text(), other.data());
    var names = new ArrayList<>(here.program().model().unknowns().stream().map(u -> u.symbol().name()).toList());
    var order = there.program().model().unknowns().stream().map(u -> u.symbol().name()).toList();
    var target = here.program().bind(here.data());
    var moved = there.program().bind(there.data());
    double constant = position(target, seed)[0];
    var q = new double[target.dimension()];
    java.util.Arrays.fill(q, constant);
    assertEquals(target.dimension(), moved.dimension());
    assertEquals(java.util.Set.copyOf(names), java.util.Set.copyOf(order));
    agree("log density", target.logDensity(q), moved.logDensity(q), 1e-9);
  }

  static double[] position(Target target, long seed) {
    var random = new SplittableRandom(seed);
    var q = new double[target.dimension()];
    for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-1.2, 1.2);
    return q;
  }

  private static double[] constrained(KernelTarget target, double[] q, long seed) {
    var out = new double[target.outputSize()];
    target.constrain(q, new SplittableRandom(seed), out);
    return out;
  }

  static void agree(String what, double[] expected, double[] actual) {
    for (int i = 0; i < expected.length; i++) agree(what + " " + i, expected[i], actual[i]);
  }

  static void agree(String what, double expected, double actual) {
    agree(what, expected, actual, 1e-10);
  }

  static void agree(String what, double expected, double actual, double tolerance) {
    if (expected == actual || Double.isNaN(expected) && Double.isNaN(actual)) return;
    assertEquals(expected, actual, tolerance * Math.max(1, Math.abs(expected)), what);
  }
}
