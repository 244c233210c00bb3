package ppl.runtime;

import java.util.Optional;
import java.util.function.Supplier;

/// A value that is made when it is first asked for.
public final class Once<T> implements Supplier<T> {
  private final Supplier<T> source;
  private Optional<T> value = Optional.empty();

  private Once(Supplier<T> source) {
    this.source = source;
  }

  public static <T> Supplier<T> of(Supplier<T> source) {
    return new Once<>(source);
  }

  @Override
  public synchronized T get() {
    if (value.isEmpty()) value = Optional.of(source.get());
    return value.get();
  }
}
