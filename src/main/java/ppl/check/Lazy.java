package ppl.check;

import java.util.Optional;
import java.util.function.Supplier;

/// Something made when it is first wanted; wanted while it is made, `again` reports it.
final class Lazy<T> {
  private enum State { NEW, RUNNING, DONE }

  private final Supplier<Optional<T>> maker;
  private final Runnable again;
  private State state = State.NEW;
  private Optional<T> value = Optional.empty();

  Lazy(Supplier<Optional<T>> maker, Runnable again) {
    this.maker = maker;
    this.again = again;
  }

  Optional<T> get() {
    if (state == State.RUNNING) {
      again.run();
      return Optional.empty();
    }
    if (state == State.NEW) {
      state = State.RUNNING;
      value = maker.get();
      state = State.DONE;
    }
    return value;
  }
}
