package ppl.cli;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import ppl.infer.Progress;

/// Progress on a terminal: one line for each chain, redrawn in place a few times a second, gone at the end. Many chains
/// share one line. The searches for a start are numbered otherwise than chains and make room for them.
final class ProgressDisplay implements Progress, AutoCloseable {
  private static final int MOST_LINES = 8;
  private static final int WIDTH = 30;
  private static final long PAUSE_NANOS = 100_000_000;

  private final Terminal terminal;
  private final BooleanSupplier stop;
  private final java.util.TreeMap<Integer, String> lines = new java.util.TreeMap<>();
  private long last = System.nanoTime();
  private boolean starting;
  private int drawn;

  /// @param stop whether the run should end
  ProgressDisplay(Terminal terminal, BooleanSupplier stop) {
    this.terminal = terminal;
    this.stop = stop;
  }

  @Override
  public boolean report(int chain, int iteration, int total, Phase phase) {
    if (terminal.errTty()) draw(chain, iteration, total, phase);
    return !stop.getAsBoolean();
  }

  private synchronized void draw(int chain, int iteration, int total, Phase phase) {
    long now = System.nanoTime();
    boolean end = total > 0 && iteration >= total;
    if (now - last < PAUSE_NANOS && !end) return;
    if (starting && phase != Phase.STARTING) lines.clear();
    starting = phase == Phase.STARTING;
    int line = chain < MOST_LINES ? chain : MOST_LINES;
    lines.put(line, line(chain, iteration, total, phase));
    if (now - last < PAUSE_NANOS) return;
    last = now;
    redraw();
  }

  private void redraw() {
    var out = new StringBuilder();
    if (drawn > 0) out.append(wipe());
    lines.values().forEach(l -> out.append(l).append('\n'));
    drawn = lines.size();
    terminal.err().print(out);
    terminal.err().flush();
  }

  private static String line(int chain, int iteration, int total, Phase phase) {
    var words = switch (phase) {
      case STARTING -> "looking for a start";
      case WARMING_UP -> "warming up";
      case SAMPLING -> "sampling";
      case OPTIMISING -> "optimising";
      case CHECKING -> "checking";
      case DRAWING -> "drawing";
    };
    if (total <= 0) return String.format(Locale.ROOT, "%3d  %s, step %d", chain + 1, words, iteration);
    int full = (int) Math.min(WIDTH, (long) WIDTH * iteration / total);
    return String.format(Locale.ROOT, "%3d  [%s%s] %3d %%  %s", chain + 1, "#".repeat(full), " ".repeat(WIDTH - full),
        Math.min(100, 100L * iteration / total), words);
  }

  /// Wipes the lines.
  @Override
  public synchronized void close() {
    if (drawn == 0) return;
    terminal.err().print(wipe());
    terminal.err().flush();
    drawn = 0;
  }

  private String wipe() {
    return "\u001b[" + drawn + "A\u001b[J";
  }
}
