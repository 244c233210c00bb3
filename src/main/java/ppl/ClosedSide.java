package ppl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import ppl.family.Certificate;
import ppl.ir.Unit;
import ppl.lower.Model;
import ppl.plan.ClosedForm;
import ppl.plan.Factorization;
import ppl.plan.Structure;
import ppl.runtime.Conjugate;
import ppl.runtime.KernelTarget;
import ppl.runtime.Once;
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

  /// Blocks with their code, before it is made.
  ///
  /// @param unit    for all rows
  /// @param batches for each plate
  record Units(List<Part> parts, Unit unit, List<ClosedForm.Batched> batches) {}

  /// @param models  the same model as it is stated and with discrete unknowns summed out
  /// @param factors which unknowns may share a block
  ClosedSide(List<Model> models, Factorization factors) {
    this.sides = models.stream().map(m -> Side.of(m, factors)).toList();
    this.augmented = Once.of(() -> sides.stream().flatMap(s -> s.augmented(false).stream()).toList());
    this.withOdds = Once.of(() -> sides.stream().flatMap(s -> s.augmented(true).stream()).toList());
  }

  /// What a model that runs without the compiler has of it: the first side without auxiliaries that can do without
  /// gradients of discrete unknowns.
  Optional<Units> closed() {
    return sides.stream().filter(s -> !s.blocks().isEmpty() && !s.leavesDiscrete(s.blocks()))
        .flatMap(s -> s.units(s.blocks()).stream()).findFirst();
  }

  /// The same without any block.
  Optional<Units> open() {
    return sides.stream().filter(s -> !s.leavesDiscrete(List.of())).flatMap(s -> s.units(List.of()).stream()).findFirst();
  }

  /// The closed-form sides over data, bound when they are first asked for.
  ///
  /// @param slots what the data slots hold
  KernelTarget.Closed side(Object[] slots) {
    return new KernelTarget.Bound(
        (quantities, replicates) -> first(sides, slots, quantities, replicates),
        (quantities, replicates) -> first(augmented.get(), slots, quantities, replicates),
        (quantities, replicates) -> first(withOdds.get(), slots, quantities, replicates),
        (quantities, replicates) -> KernelTarget.Made.of(sides.stream().filter(s -> !s.leavesDiscrete(List.of())).findFirst()
            .flatMap(s -> s.compiled(List.of())).map(c -> c.bind(slots, quantities, replicates))));
  }

  private static KernelTarget.Made first(List<Side> sides, Object[] slots, List<Quantity> quantities,
      List<Quantity> replicates) {
    var dropped = new LinkedHashSet<String>();
    for (var s : sides) {
      var found = bind(s, slots, quantities, replicates, dropped);
      if (found.isPresent()) return new KernelTarget.Made(found, List.copyOf(dropped));
    }
    return new KernelTarget.Made(Optional.empty(), List.copyOf(dropped));
  }

  private static Optional<Conjugate> bind(Side side, Object[] slots, List<Quantity> quantities, List<Quantity> replicates,
      Set<String> dropped) {
    var blocks = side.blocks();
    while (!blocks.isEmpty() && !side.leavesDiscrete(blocks)) {
      var conjugate = side.compiled(blocks).map(c -> c.bind(slots, quantities, replicates));
      if (conjugate.isEmpty()) return conjugate;
      var failed = Certificate.failed(conjugate.get());
      if (failed.isEmpty()) return conjugate;
      if (!side.auxiliaries().isEmpty()) {
        side.gained().forEach(a -> dropped.add(a.name()));
        return Optional.empty();
      }
      var rest = new ArrayList<Structure.Closed>();
      for (int b = 0; b < blocks.size(); b++) {
        if (!failed.contains(b)) rest.add(blocks.get(b));
        else blocks.get(b).unknowns().forEach(a -> dropped.add(a.name()));
      }
      blocks = List.copyOf(rest);
    }
    return Optional.empty();
  }
}
