package ppl.runtime;

import java.util.List;
import java.util.function.Supplier;

/// A closed-form side before data are bound.
///
/// @param kernel  makes unbound instances of its class
/// @param parts   its blocks
/// @param batches for each plate what is known of its rows in batches
public record CompiledSide(Supplier<ClosedKernel> kernel, List<Part> parts, Supplier<List<CompiledBatches>> batches) {
  /// The side over data.
  ///
  /// @param slots      what the model's data slots hold
  /// @param quantities what is reported
  /// @param replicates what else is reported; may be nothing
  public Conjugate bind(Object[] slots, List<Quantity> quantities, List<Quantity> replicates) {
    var centred = parts.stream().filter(p -> p.family() instanceof Part.Family.Gaussian).flatMap(p -> p.members().stream())
        .mapToInt(name -> size(name, quantities)).toArray();
    return KernelConjugate.bind(kernel.get(), slots, centred, parts, quantities, replicates,
        Once.of(() -> CompiledBatches.choose(batches.get(), slots, centred, parts)));
  }

  private static int size(String unknown, List<Quantity> quantities) {
    return quantities.stream().filter(q -> q.role() == Quantity.Role.UNKNOWN && q.name().equals(unknown))
        .findFirst().orElseThrow().size();
  }
}
