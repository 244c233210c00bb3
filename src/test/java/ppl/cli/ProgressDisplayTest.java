package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import ppl.infer.Progress.Phase;

class ProgressDisplayTest {
  private final StringWriter err = new StringWriter();

  private ProgressDisplay display(boolean tty) {
    return new ProgressDisplay(new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), tty, tty, false),
        () -> false);
  }

  /// Reports until something is drawn.
  private String drawn(ProgressDisplay display, int chain, int iteration, int total, Phase phase) {
    err.getBuffer().setLength(0);
    while (err.getBuffer().isEmpty()) {
      assertTrue(display.report(chain, iteration, total, phase));
      Thread.onSpinWait();
    }
    return err.toString();
  }

  @Test
  void chainsTakeThePlaceOfTheSearchesForAStart() {
    try (var display = display(true)) {
      assertEquals("  6  looking for a start, step 7\n", drawn(display, 5, 7, 0, Phase.STARTING));
      var chains = drawn(display, 0, 5, 10, Phase.SAMPLING);
      assertTrue(chains.startsWith("\u001b[1A\u001b[J  1  [###"), chains);
      assertTrue(chains.endsWith("50 %  sampling\n"), chains);
      assertFalse(chains.contains("looking"), chains);
      err.getBuffer().setLength(0);
    }
    assertEquals("\u001b[1A\u001b[J", err.toString());
  }

  @Test
  void nothingIsDrawnWhereNobodyLooks() {
    try (var display = display(false)) {
      for (int i = 0; i < 100; i++) assertTrue(display.report(0, i, 100, Phase.SAMPLING));
    }
    assertEquals("", err.toString());
  }
}
