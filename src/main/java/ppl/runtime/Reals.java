package ppl.runtime;

import java.util.Optional;
import java.util.function.Supplier;

/// Real numbers that need not be held while something else can give them again. For any number of threads.
final class Reals {
  private Optional<double[]> values;
  private Optional<Supplier<double[]>> again = Optional.empty();

  Reals(double[] values) {
    this.values = Optional.of(values);
  }

  /// The numbers, which are held from now on.
  synchronized double[] values() {
    if (values.isEmpty()) values = Optional.of(again.orElseThrow().get());
    again = Optional.empty();
    return values.get();
  }

  /// Lets them go; `again` gives the same.
  synchronized void release(Supplier<double[]> again) {
    this.again = Optional.of(again);
    values = Optional.empty();
  }
}
