package ppl.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Verdict;

class SummariesTest {
  private static final List<Quantity> QUANTITIES = List.of(
      new Quantity("a", List.of(), List.of(), Quantity.Role.UNKNOWN, false),
      new Quantity("b", List.of(2), List.of(Optional.of(List.of("LEFT", "RIGHT"))), Quantity.Role.UNKNOWN, false));

  private static Posterior posterior(Posterior.Kind kind, double[]... chains) {
    var draws = Draws.of(3, List.of(chains));
    return new Posterior("test", 1, Map.of(), kind, QUANTITIES, draws, List.of(), Draws.of(0, List.of()),
        Optional.empty(), Map.of(), List.of(Verdict.trustworthy("Fine.")), Map.of(), false);
  }

  @Test
  void elementsInOrderWithTheirLabels() {
    var s = Summaries.of(posterior(Posterior.Kind.INDEPENDENT, new double[] {1, 10, 5, 3, 20, 5, 5, 60, 5}));
    assertEquals(List.of("a", "b[LEFT]", "b[RIGHT]"), s.stream().map(e -> e.name()).toList());
    assertEquals(3, s.get(0).mean());
    assertEquals(2, s.get(0).sd());
    assertEquals(30, s.get(1).mean());
    assertEquals(20, s.get(1).q50());
    assertEquals(2 / Math.sqrt(3), s.get(0).mcseMean(), 1e-12);
    assertEquals(0, s.get(2).sd());
    assertTrue(Double.isNaN(s.get(0).rhat()) && Double.isNaN(s.get(0).essBulk()));
  }

  @Test
  void chainsOfUnlikeLengthsAreCutAndEmptyOnesLeftOut() {
    var draws = Draws.of(1, List.of(new double[] {1, 2, 3}, new double[] {}, new double[] {4, 5}));
    assertArrayEquals(new double[][] {{1, 2}, {4, 5}}, draws.column(0));
    assertEquals(5, draws.total());
    assertThrows(IllegalArgumentException.class, () -> Draws.of(2, List.of(new double[3])));
  }

  @Test
  void drawsThatAreNotFiniteSpoilOnlyTheirElement() {
    var s = Summaries.of(posterior(Posterior.Kind.CHAINS, new double[] {1, Double.NaN, 5, 3, 20, 5, 5, 60, 5}));
    assertEquals(3, s.get(0).mean());
    assertTrue(Double.isNaN(s.get(1).mean()) && Double.isNaN(s.get(1).sd()));
  }

  @Test
  void theWorstVerdictCounts() {
    var p = posterior(Posterior.Kind.CHAINS);
    assertEquals(Verdict.Level.TRUSTWORTHY, p.level());
    var bad = new Posterior("test", 1, Map.of(), p.kind(), QUANTITIES, p.draws(), List.of(), p.sampler(),
        Optional.empty(), Map.of(), List.of(Verdict.unusable("Bad.", ""), Verdict.doubtful("Hm.", "")), Map.of(),
        false);
    assertEquals(Verdict.Level.NOT_TO_BE_USED, bad.level());
  }
}
