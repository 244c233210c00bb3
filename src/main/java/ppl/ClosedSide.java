package ppl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import ppl.emit.Emit;
import ppl.emit.Loader;
import ppl.ir.Array;
import ppl.lower.Model;
import ppl.plan.Certificate;
import ppl.plan.ClosedForm;
import ppl.plan.Structure;
import ppl.plan.Structures;
import ppl.runtime.ClosedKernel;
import ppl.runtime.Conjugate;
import ppl.runtime.KernelConjugate;
import ppl.runtime.KernelTarget;
import ppl.runtime.Quantity;

/// The closed-form side of a model, compiled when data are first bound to it. A block that does not certify itself with
/// these data is left to gradients. Discrete unknowns have no gradients: where one of them has no closed form, the
/// closed forms are those of the model in which they are summed out.
public final class ClosedSide {
  private final List<Side> sides;

  /// One statement of the model.
  private static final class Side {
    private final Model model;
    private final Map<List<Structure.Closed>, Optional<Supplier<ClosedKernel>>> compiled = new HashMap<>();
    private Optional<Structure> structure = Optional.empty();

    private Side(Model model) {
      this.model = model;
    }

    private Structure structure() {
      if (structure.isEmpty()) structure = Optional.of(Structures.of(model));
      return structure.get();
    }

    private boolean leavesDiscrete(List<Structure.Closed> blocks) {
      return model.steps().stream().noneMatch(Model.Step.Draws.class::isInstance)
          && model.unknowns().stream().anyMatch(u -> u.discrete().isPresent()
              && blocks.stream().noneMatch(b -> b.unknowns().contains(u.array())));
    }

    /// The code for these blocks; empty where their moments cannot be laid out.
    private Optional<Supplier<ClosedKernel>> kernel(List<Structure.Closed> blocks) {
      return compiled.computeIfAbsent(blocks, b -> ClosedForm.unit(model, b).map(unit -> {
        var code = Emit.toClass(unit, ClosedKernel.class);
        return () -> (ClosedKernel) Loader.load(code);
      }));
    }
  }

  /// @param models the same model as it is stated and with discrete unknowns summed out
  ClosedSide(List<Model> models) {
    this.sides = models.stream().map(Side::new).toList();
  }

  /// The closed-form side over data, bound when it is first asked for.
  ///
  /// @param slots what the data slots hold
  KernelTarget.Closed side(Object[] slots) {
    var bound = new HashMap<List<Quantity>, Optional<Conjugate>>();
    return (quantities, replicates) -> {
      synchronized (bound) {
        return bound.computeIfAbsent(replicates, r -> bind(slots, quantities, r)).map(Conjugate::fork);
      }
    };
  }

  private synchronized Optional<Conjugate> bind(Object[] slots, List<Quantity> quantities, List<Quantity> replicates) {
    for (var side : sides) {
      var found = bind(side, slots, quantities, replicates);
      if (found.isPresent()) return found;
    }
    return Optional.empty();
  }

  private static Optional<Conjugate> bind(Side side, Object[] slots, List<Quantity> quantities, List<Quantity> replicates) {
    var blocks = side.structure().blocks();
    while (!blocks.isEmpty() && !side.leavesDiscrete(blocks)) {
      var parts = blocks.stream().map(ClosedSide::part).toList();
      var centred = centred(blocks).stream().mapToInt(a -> size(a, quantities)).toArray();
      var kernel = side.kernel(blocks);
      if (kernel.isEmpty()) return Optional.empty();
      var conjugate = KernelConjugate.bind(kernel.get().get(), slots, centred, parts, quantities, replicates);
      var failed = Certificate.failed(conjugate);
      if (failed.isEmpty()) return Optional.of(conjugate);
      var rest = new ArrayList<Structure.Closed>();
      for (int b = 0; b < blocks.size(); b++) if (!failed.contains(b)) rest.add(blocks.get(b));
      blocks = List.copyOf(rest);
    }
    return Optional.empty();
  }

  private static List<Array> centred(List<Structure.Closed> blocks) {
    return blocks.stream().filter(b -> b.family() instanceof Structure.Gaussian).flatMap(b -> b.unknowns().stream()).toList();
  }

  private static int size(Array unknown, List<Quantity> quantities) {
    return quantities.stream().filter(q -> q.role() == Quantity.Role.UNKNOWN && q.name().equals(unknown.name()))
        .findFirst().orElseThrow().size();
  }

  private static KernelConjugate.Part part(Structure.Closed c) {
    return new KernelConjugate.Part(c.unknowns().stream().map(Array::name).toList(), switch (c.family()) {
      case Structure.Gaussian _ -> new KernelConjugate.Family.Gaussian();
      case Structure.Discrete _ -> new KernelConjugate.Family.Discrete();
      case Structure.Independent(var space, var statistics) -> new KernelConjugate.Family.Independent(space, statistics);
    });
  }
}
