package ppl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import ppl.emit.Emit;
import ppl.emit.Loader;
import ppl.plan.ClosedForm;
import ppl.runtime.BatchKernel;
import ppl.runtime.Batching;
import ppl.runtime.KernelBatches;
import ppl.runtime.Part;

/// Which rows are taken in batches, if there is a choice.
final class BatchChoice {
  private BatchChoice() {}

  /// What is known of one plate before data are.
  sealed interface Compiled {
    record Code(Supplier<BatchKernel> kernel, KernelBatches.Form form) implements Compiled {}

    record Refused(String over, String why) implements Compiled {}
  }

  static Compiled compiled(ClosedForm.Batched plate) {
    return switch (plate) {
      case ClosedForm.Batched.Not(String over, String why) -> new Compiled.Refused(over, why);
      case ClosedForm.Batched.Of(var unit, String over, var roles, int plates) -> {
        var code = Emit.toClass(unit, BatchKernel.class);
        yield new Compiled.Code(() -> (BatchKernel) Loader.load(code), new KernelBatches.Form(over, roles, plates));
      }
    };
  }

  /// The rows of the plate that leaves the fewest moments outside of rows, and of these of the longest.
  static Batching of(List<Compiled> plates, Object[] slots, int[] centred, List<Part> parts) {
    var bound = new ArrayList<KernelBatches>();
    var reasons = new ArrayList<String>();
    for (var p : plates)
      switch (p) {
        case Compiled.Code(var kernel, var form) -> bound.add(KernelBatches.bind(kernel.get(), slots, centred, parts, form));
        case Compiled.Refused(String over, String why) -> reasons.add("rows over " + over + ": " + why);
      }
    if (!bound.isEmpty()) return new Batching.By(KernelBatches.best(bound));
    return new Batching.Impossible(reasons.isEmpty()
        ? "no unknown meets data row by row: sums over rows are taken once, and --method cavi costs no more"
        : reasons.stream().distinct().collect(Collectors.joining("; ")));
  }
}
