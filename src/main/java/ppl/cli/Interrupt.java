package ppl.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Turns Ctrl-C into a request to stop: the run ends by itself and its results are printed and written. A second Ctrl-C
/// ends the process at once, and so does the first one before there is a run.
///
/// The handlers of the JVM cannot tell a second signal from the first, which is why ours take their place as long as
/// this is open.
final class Interrupt implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final Consumer<String> say;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

  /// @param say tells the person at the terminal
  Interrupt(Consumer<String> say) {
    this.say = say;
    for (var name : SIGNALS) {
      var signal = new Signal(name);
      try {
        before.put(signal, Signal.handle(signal, s -> handle()));
      } catch (IllegalArgumentException e) {
        // The JVM was told to leave this signal alone (-Xrs): it ends the process as it does every other.
      }
    }
  }

  private void handle() {
    if (!running.get()) end("ppl: stopped; there are no results yet");
    else if (asked.getAndSet(true)) end("ppl: ended at once; nothing more is written");
    else if (over.get()) say.accept("ppl: the run is over, and its results follow; Ctrl-C once more ends at once");
    else say.accept("ppl: stopping; Ctrl-C once more ends at once");
  }

  private void end(String why) {
    say.accept(why);
    Runtime.getRuntime().halt(Exit.INTERRUPTED);
  }

  /// From now on there is something to stop in order.
  void running() {
    running.set(true);
  }

  /// From now on there is nothing to stop: the answer is there, and is summarised and written.
  void over() {
    over.set(true);
  }

  /// Whether the run should stop.
  boolean asked() {
    return asked.get();
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
