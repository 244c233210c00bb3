package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ppl.runtime.KernelTarget;
import ppl.runtime.Target;

/// Random models from text to evaluation: what is compiled agrees with what is interpreted, gradients with
/// differences, and no order of statements matters.
class PipelineProperties {
  @Provide
  Arbitrary<RandomModel> models() {
    return RandomModel.models();
  }

  @Property(tries = 60)
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

  @Property(tries = 40)
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
