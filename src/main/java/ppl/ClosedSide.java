package ppl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import ppl.emit.Emit;
import ppl.emit.Loader;
import ppl.form.Auxiliaries;
import ppl.ir.Array;
import ppl.lower.Model;
import ppl.plan.Augmentations;
import ppl.plan.Certificate;
import ppl.plan.ClosedForm;
import ppl.plan.Structure;
import ppl.plan.Structures;
import ppl.runtime.ClosedKernel;
import ppl.runtime.Conjugate;
import ppl.runtime.KernelConjugate;
import ppl.runtime.KernelTarget;
import ppl.runtime.Part;
import ppl.runtime.Quantity;

/// The closed-form side of a model, compiled when data are first bound to it. A block that does not certify itself with
/// these data is left to gradients. Discrete unknowns have no gradients: where one of them has no closed form, the
/// closed forms are those of the model in which they are summed out.
///
/// A second side has auxiliary unknowns, where these close others; it stands as a whole or not at all.
public final class ClosedSide {
  private final List<Side> sides;
  private final Supplier<List<Side>> augmented;
  private final Supplier<List<Side>> withOdds;

  /// One statement of the model.
  ///
  /// @param marginal the model without auxiliaries, of one that has some
  private record Side(Model model, Optional<Model> marginal, Supplier<Structure> structure, List<Array> auxiliaries,
      Map<List<Structure.Closed>, Optional<Supplier<ClosedKernel>>> compiled,
      Map<List<Structure.Closed>, List<BatchChoice.Compiled>> batches) {
    static Side of(Model model) {
      return new Side(model, Optional.empty(), Once.of(() -> Structures.of(model)), List.of(), new HashMap<>(), new HashMap<>());
    }

    /// With auxiliaries; empty where these close nothing.
    Optional<Side> augmented(boolean odds) {
      return Augmentations.of(model, structure.get(), odds).map(a -> new Side(a.model(), Optional.of(model), a::structure,
          a.auxiliaries().stream().map(Auxiliaries.Auxiliary::array).toList(), new HashMap<>(), new HashMap<>()));
    }

    private boolean leavesDiscrete(List<Structure.Closed> blocks) {
      return model.steps().stream().noneMatch(Model.Step.Draws.class::isInstance)
          && model.unknowns().stream().anyMatch(u -> u.discrete().isPresent()
              && blocks.stream().noneMatch(b -> b.unknowns().contains(u.array())));
    }

    /// The code for these blocks; empty where their moments cannot be laid out.
    private Optional<Supplier<ClosedKernel>> kernel(List<Structure.Closed> blocks) {
      return compiled.computeIfAbsent(blocks, b -> ClosedForm.unit(model, marginal, b).map(unit -> {
        var code = Emit.toClass(unit, ClosedKernel.class);
        return () -> (ClosedKernel) Loader.load(code);
      }));
    }

    /// For each plate the code for batches of its rows, or why there is none.
    private List<BatchChoice.Compiled> batched(List<Structure.Closed> blocks) {
      return batches.computeIfAbsent(blocks, b -> ClosedForm.batched(model, b).stream().map(BatchChoice::compiled).toList());
    }

    private Part part(Structure.Closed c) {
      return new Part(c.unknowns().stream().map(Array::name).toList(), switch (c.family()) {
        case Structure.Gaussian _ -> new Part.Family.Gaussian();
        case Structure.Discrete _ -> new Part.Family.Discrete();
        case Structure.Independent(var space, var statistics) -> new Part.Family.Independent(space, statistics);
      }, c.unknowns().stream().anyMatch(auxiliaries::contains));
    }
  }

  /// @param models the same model as it is stated and with discrete unknowns summed out
  ClosedSide(List<Model> models) {
    this.sides = models.stream().map(Side::of).toList();
    this.augmented = Once.of(() -> sides.stream().flatMap(s -> s.augmented(false).stream()).toList());
    this.withOdds = Once.of(() -> sides.stream().flatMap(s -> s.augmented(true).stream()).toList());
  }

  /// The closed-form sides over data, bound when they are first asked for.
  ///
  /// @param slots what the data slots hold
  KernelTarget.Closed side(Object[] slots) {
    return new Bound(slots);
  }

  /// What has been bound to these data, by what is reported beside quantities.
  private final class Bound implements KernelTarget.Closed {
    private final Object[] slots;
    private final Map<List<Quantity>, Optional<Conjugate>> closed = new HashMap<>();
    private final Map<Boolean, Map<List<Quantity>, Optional<Conjugate>>> wider = new HashMap<>();
    private final Map<List<Quantity>, Optional<Conjugate>> open = new HashMap<>();

    Bound(Object[] slots) {
      this.slots = slots;
    }

    @Override
    public synchronized Optional<Conjugate> of(List<Quantity> quantities, List<Quantity> replicates) {
      return closed.computeIfAbsent(replicates, r -> first(sides, slots, quantities, r)).map(Conjugate::fork);
    }

    @Override
    public synchronized Optional<Conjugate> augmented(List<Quantity> quantities, List<Quantity> replicates, boolean odds) {
      return wider.computeIfAbsent(odds, _ -> new HashMap<>())
          .computeIfAbsent(replicates, r -> first((odds ? withOdds : augmented).get(), slots, quantities, r)).map(Conjugate::fork);
    }

    @Override
    public synchronized Optional<Conjugate> open(List<Quantity> quantities, List<Quantity> replicates) {
      return open.computeIfAbsent(replicates, r -> bindOpen(slots, quantities, r)).map(Conjugate::fork);
    }
  }

  /// Without any block, of the model that has no discrete unknowns.
  private synchronized Optional<Conjugate> bindOpen(Object[] slots, List<Quantity> quantities, List<Quantity> replicates) {
    return sides.stream().filter(s -> !s.leavesDiscrete(List.of())).findFirst()
        .flatMap(s -> bind(s, List.of(), slots, quantities, replicates));
  }

  private synchronized Optional<Conjugate> first(List<Side> sides, Object[] slots, List<Quantity> quantities,
      List<Quantity> replicates) {
    for (var side : sides) {
      var found = bind(side, slots, quantities, replicates);
      if (found.isPresent()) return found;
    }
    return Optional.empty();
  }

  private static Optional<Conjugate> bind(Side side, Object[] slots, List<Quantity> quantities, List<Quantity> replicates) {
    var blocks = side.structure().get().blocks();
    while (!blocks.isEmpty() && !side.leavesDiscrete(blocks)) {
      var conjugate = bind(side, blocks, slots, quantities, replicates);
      if (conjugate.isEmpty()) return conjugate;
      var failed = Certificate.failed(conjugate.get());
      if (failed.isEmpty()) return conjugate;
      if (!side.auxiliaries.isEmpty()) return Optional.empty();
      var rest = new ArrayList<Structure.Closed>();
      for (int b = 0; b < blocks.size(); b++) if (!failed.contains(b)) rest.add(blocks.get(b));
      blocks = List.copyOf(rest);
    }
    return Optional.empty();
  }

  private static Optional<Conjugate> bind(Side side, List<Structure.Closed> blocks, Object[] slots,
      List<Quantity> quantities, List<Quantity> replicates) {
    var parts = blocks.stream().map(side::part).toList();
    var centred = centred(blocks).stream().mapToInt(a -> size(a, quantities)).toArray();
    return side.kernel(blocks).map(kernel -> KernelConjugate.bind(kernel.get(), slots, centred, parts, quantities, replicates,
        Once.of(() -> BatchChoice.of(side.batched(blocks), slots, centred, parts))));
  }

  private static List<Array> centred(List<Structure.Closed> blocks) {
    return blocks.stream().filter(b -> b.family() instanceof Structure.Gaussian).flatMap(b -> b.unknowns().stream()).toList();
  }

  private static int size(Array unknown, List<Quantity> quantities) {
    return quantities.stream().filter(q -> q.role() == Quantity.Role.UNKNOWN && q.name().equals(unknown.name()))
        .findFirst().orElseThrow().size();
  }
}
