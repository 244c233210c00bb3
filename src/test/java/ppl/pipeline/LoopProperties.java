package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A model by broadcasting and the same model with a loop for every element have one density: paired index arrays,
/// slices, rows, columns, products, plates within recurrences, families of vectors, every distribution.
class LoopProperties {
  @Provide
  Arbitrary<TwinModel> models() {
    return TwinModel.models();
  }

  @Property(tries = 40)
  void loopsAndBroadcastingMeanTheSame(@ForAll("models") TwinModel model, @ForAll long seed) {
    var broadcast = Whole.ready(model.broadcast(), model.data());
    var loops = Whole.ready(model.loops(), model.data());
    var one = broadcast.program().bind(broadcast.data());
    var other = loops.program().bind(loops.data());
    assertEquals(one.dimension(), other.dimension());
    assertEquals(one.quantities(), other.quantities());
    var q = PipelineProperties.position(one, seed);
    var expected = new double[q.length];
    var gradient = new double[q.length];
    double density = one.gradient(q, expected);
    double scale = Math.max(Math.abs(density), Arrays.stream(expected).map(Math::abs).max().orElse(0));
    PipelineProperties.agree("log density", density, other.gradient(q, gradient), 1e-12);
    if (!Double.isFinite(density)) return;
    for (int i = 0; i < q.length; i++)
      assertEquals(expected[i], gradient[i], 1e-12 * Math.max(1, scale), "derivative " + i);
  }
}
