package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import ppl.Models;
import ppl.infer.NoStart;
import ppl.infer.Nuts;
import ppl.infer.Progress;
import ppl.runtime.Crew;
import ppl.runtime.KernelTarget;
import ppl.runtime.Rows;

/// Which models report what follows from positions alone, and that it is the same whoever computes it and when.
class ComputedDrawsTest {
  private static KernelTarget target(String model) {
    return Models.load(Path.of("models", model)).bind();
  }

  @Example
  void nothingIsDrawn() {
    for (var model : List.of("hmm", "eight_schools", "garch", "gp", "varying_slopes")) {
      var target = target(model);
      assertFalse(target.draws(), model);
      var q = new Random(1).doubles(target.dimension(), -1, 1).toArray();
      var out = new double[target.outputSize()];
      var again = new double[out.length];
      target.constrain(q, Rows.NO_RANDOM, out);
      target.fork().constrain(q, Rows.NO_RANDOM, again);
      assertArrayEquals(out, again, model);
    }
  }

  /// States that were summed out are drawn, and replicates are.
  @Example
  void whoDraws() {
    assertEquals(List.of(false, true, true), List.of(target("hmm").draws(), target("hmm_states").draws(),
        target("hmm").predicting().draws()));
  }

  /// Of so many draws of so many numbers the positions alone are kept.
  @Example
  void manyNumbersOfFewCoordinates() throws NoStart {
    var target = target("hmm");
    int draws = (1 << 24) / target.outputSize() + 1;
    var posterior = new Nuts().run(target, Map.of("chains", "1", "warmup", "10", "draws", String.valueOf(draws), "max-depth", "2",
        "max-thin", "1"), 1, Progress.SILENT);
    var all = posterior.draws();
    assertFalse(all.isHeld());
    assertEquals(draws, all.total());
    int last = all.width() - 1;
    var columns = new double[2 * draws];
    try (var crew = new Crew(2)) {
      all.columns(last - 1, last + 1, columns, crew);
    }
    assertArrayEquals(all.column(0, last), Arrays.copyOfRange(columns, draws, 2 * draws));
    var first = posterior.keeping(q -> !q.name().equals("lam")).draws();
    assertArrayEquals(all.column(0, 0), first.column(0, 0));
    assertEquals(all.get(0, draws - 1, last), columns[2 * draws - 1]);
  }
}
