package ppl.cli;

import java.io.PrintWriter;

/// Where a command writes, and who looks.
///
/// @param out    results
/// @param err    everything else
/// @param outTty whether a person sees `out`
/// @param errTty whether a person sees `err`
/// @param colour whether codes for colours are welcome
public record Terminal(PrintWriter out, PrintWriter err, boolean outTty, boolean errTty, boolean colour) {
  /// The process's own. The launcher says what is a terminal: asking the JVM would cost more than most runs.
  static Terminal standard() {
    var seen = "dumb".equals(System.getenv("TERM")) ? "" : System.getProperty("ppl.terminal", "");
    boolean colour = System.getenv("NO_COLOR") == null;
    return new Terminal(new PrintWriter(System.out, false, java.nio.charset.StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8), seen.contains("out"),
        seen.contains("err"), colour);
  }

  /// A line for the person, on `err`.
  void say(String text) {
    err.println(text);
    err.flush();
  }
}
