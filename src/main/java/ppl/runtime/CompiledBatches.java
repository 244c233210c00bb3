package ppl.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What is known of one plate of a closed-form side before data are: code for batches of its rows, or why there is none.
public sealed interface CompiledBatches {
  /// @param kernel makes unbound instances of the class
  record Code(Supplier<BatchKernel> kernel, KernelBatches.Form form) implements CompiledBatches {}

  /// @param over what the rows are, for people
  /// @param why  in words for people
  record Refused(String over, String why) implements CompiledBatches {}

  /// Batches of the rows of the plate that leaves the fewest moments outside of rows, and of these of the longest.
  static Batching choose(List<CompiledBatches> plates, Object[] slots, int[] centred, List<Part> parts) {
    var bound = new ArrayList<KernelBatches>();
    var reasons = new ArrayList<String>();
    for (var p : plates)
      switch (p) {
        case Code(var kernel, var form) -> bound.add(KernelBatches.bind(kernel.get(), slots, centred, parts, form));
        case Refused(String over, String why) -> reasons.add("rows over " + over + ": " + why);
      }
    if (!bound.isEmpty()) return new Batching.By(KernelBatches.best(bound));
    return new Batching.Impossible(reasons.isEmpty()
        ? "no unknown meets data row by row: sums over rows are taken once, and --method cavi costs no more"
        : reasons.stream().distinct().collect(Collectors.joining("; ")));
  }
}
