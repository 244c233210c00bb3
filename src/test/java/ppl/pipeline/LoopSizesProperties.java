package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ppl.runtime.KernelTarget;

/// Arrays with another size in each turn of a loop: locals of functions, whole-array operations, parts that have a name.
/// What is compiled is what is interpreted, what differences say, and what the model says written out turn by turn.
class LoopSizesProperties {
  @Provide
  Arbitrary<ResizedModel> models() {
    return ResizedModel.models();
  }

  @Property(tries = 12)
  void compiledIsInterpreted(@ForAll("models") ResizedModel model, @ForAll long seed) {
    var ready = Whole.ready(model.loops(), model.data());
    var compiled = ready.program().bind(ready.data()).predicting();
    var interpreted = ready.program().interpret(ready.data()).predicting();
    var q = PipelineProperties.position(compiled, seed);
    var expected = new double[q.length];
    var gradient = new double[q.length];
    double density = interpreted.gradient(q, expected);
    PipelineProperties.agree("log density", density, compiled.gradient(q, gradient));
    PipelineProperties.agree("log density", density, compiled.logDensity(q));
    if (Double.isFinite(density)) PipelineProperties.agree("gradient", expected, gradient);
    PipelineProperties.agree("outputs", outputs(interpreted, q), outputs(compiled, q));
  }

  @Property(tries = 12)
  void gradientIsTheSlope(@ForAll("models") ResizedModel model, @ForAll long seed) {
    var ready = Whole.ready(model.loops(), model.data());
    var target = ready.program().bind(ready.data());
    Differences.check(target, PipelineProperties.position(target, seed));
  }

  @Property(tries = 12)
  void loopsAreTheirTurns(@ForAll("models") ResizedModel model, @ForAll long seed) {
    var one = Whole.ready(model.loops(), model.data());
    var other = Whole.ready(model.unrolled(), model.data());
    var loops = one.program().bind(one.data()).predicting();
    var turns = other.program().bind(other.data()).predicting();
    var q = PipelineProperties.position(loops, seed);
    var expected = new double[q.length];
    var gradient = new double[q.length];
    double density = turns.gradient(q, expected);
    PipelineProperties.agree("log density", density, loops.gradient(q, gradient));
    double scale = Math.max(Math.abs(density), Arrays.stream(expected).map(Math::abs).max().orElse(0));
    if (Double.isFinite(density)) assertArrayEquals(expected, gradient, 1e-9 * Math.max(1, scale));
    assertEquals(turns.quantities(), loops.quantities());
    PipelineProperties.agree("outputs", outputs(turns, q), outputs(loops, q));
  }

  @Property(tries = 12)
  void closedFormsAgree(@ForAll("models") ResizedModel model, @ForAll long seed) {
    var ready = Whole.ready(model.loops(), model.data());
    var target = ready.program().bind(ready.data());
    target.conjugate().ifPresent(c -> ClosedFormProperties.check(target, c, seed));
  }

  private static double[] outputs(KernelTarget target, double[] q) {
    var out = new double[target.outputSize()];
    target.constrain(q, new SplittableRandom(1), out);
    return out;
  }
}
