package ppl.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import ppl.infer.Progress;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Turns Ctrl-C into a request to stop: the run ends by itself and its results are printed and written. A second Ctrl-C
/// ends the process at once, and so does the first one before there is a run. Where nothing is finished that could be
/// written, a run that does not end by itself within a second is ended: its evaluations may take long.
///
/// The handlers of the JVM cannot tell a second signal from the first, which is why ours take their place as long as
/// this is open.
final class Interrupt implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM");
  private static final long PATIENCE_MILLIS = 1000;

  private final Consumer<String> say;
  private final AtomicReference<Optional<String>> running = new AtomicReference<>(Optional.empty());
  private final AtomicBoolean kept = new AtomicBoolean();
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
    if (running.get().isEmpty()) end("ppl: stopped; there are no results yet");
    else if (asked.getAndSet(true)) end("ppl: ended at once; nothing more is written");
    else if (over.get()) say.accept("ppl: the run is over, and its results follow; Ctrl-C once more ends at once");
    else {
      say.accept("ppl: stopping; Ctrl-C once more ends at once");
      Thread.ofPlatform().daemon().start(this::hurry);
    }
  }

  private void hurry() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!kept.get() && !over.get()) end(running.get().orElseThrow());
  }

  private void end(String why) {
    say.accept(why);
    Runtime.getRuntime().halt(Exit.INTERRUPTED);
  }

  /// From now on there is something to stop in order.
  ///
  /// @param nothing what to say where there is no answer yet
  void running(String nothing) {
    running.set(Optional.of(nothing));
  }

  /// Hears what the run does. What was drawn or fitted is kept, whatever follows.
  void heard(Progress.Phase phase) {
    switch (phase) {
      case SAMPLING, CHECKING, DRAWING -> kept.set(true);
      case STARTING, WARMING_UP, OPTIMISING -> {}
    }
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
