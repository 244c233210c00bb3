package ppl.runtime;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// The same model and data with other coordinates: those of some unknowns relative to their priors, `(x - mean) / sd` where
/// `x ~ Normal(mean, sd)`. Each is made when it is asked for.
public final class Relatives {
  /// A model that has none.
  public static final Relatives NONE = new Relatives(List::of, _ -> none(), _ -> none());

  private final Supplier<List<String>> names;
  private final Function<List<String>, KernelTarget> telling;
  private final Function<Set<String>, KernelTarget> binding;

  /// @param names   finds the unknowns that may
  /// @param telling makes the target that tells coordinates of such unknowns (see [Target#tellingRelatives])
  /// @param binding makes the target where certain ones are
  public Relatives(Supplier<List<String>> names, Function<List<String>, KernelTarget> telling,
      Function<Set<String>, KernelTarget> binding) {
    this.names = names;
    this.telling = telling;
    this.binding = binding;
  }

  private static KernelTarget none() {
    throw new IllegalArgumentException("no unknown may be relative to its prior");
  }

  KernelTarget telling() {
    return telling.apply(names());
  }

  List<String> names() {
    return names.get();
  }

  KernelTarget of(Set<String> relative) {
    return binding.apply(Set.copyOf(relative));
  }
}
