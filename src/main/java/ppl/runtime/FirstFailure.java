package ppl.runtime;

import java.util.Optional;

/// Of several parts that fail, perhaps on several threads, the first one, as if they were done in order.
final class FirstFailure {
  private record Failure(int part, Throwable cause) {}

  private volatile Optional<Failure> failure = Optional.empty();

  synchronized void add(int part, Throwable cause) {
    if (failure.isEmpty() || part < failure.get().part) failure = Optional.of(new Failure(part, cause));
  }

  /// Throws it, if there is one, and forgets it.
  void raise() {
    if (failure.isEmpty()) return;
    var cause = failure.get().cause;
    failure = Optional.empty();
    if (cause instanceof RuntimeException e) throw e;
    if (cause instanceof Error e) throw e;
    throw new IllegalStateException("a part of an evaluation failed", cause);
  }
}
