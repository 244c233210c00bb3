package ppl;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ppl.family.Certificate;
import ppl.ir.Unit;
import ppl.lower.Model;
import ppl.plan.ClosedForm;
import ppl.plan.Factorization;
import ppl.plan.Structure;
import ppl.runtime.ClosedSides;
import ppl.runtime.CompiledSide;
import ppl.runtime.Conjugate;
import ppl.runtime.Narrow;
import ppl.runtime.OffHeap;
import ppl.runtime.Once;
import ppl.runtime.Part;

/// The closed-form side of a model, compiled when data are first bound to it. A block that does not certify itself with
/// these data is left to gradients. Discrete unknowns have no gradients: where one of them has no closed form, the
/// closed forms are those of the model in which they are summed out.
///
/// A second side has auxiliary unknowns, where these close others; it stands as a whole or not at all.
public final class ClosedSide {
  /// With fewer numbers no loop is worth a second thread.
  private static final int MANY = 1000;

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

  /// What a model that runs without the compiler has of a kind: the first that can do without gradients of discrete
  /// unknowns.
  Optional<Units> units(ClosedSides.Kind kind) {
    return sides(kind).stream().filter(s -> serves(kind, s, blocks(kind, s))).flatMap(s -> s.units(blocks(kind, s)).stream())
        .findFirst();
  }

  /// The closed-form sides over data, bound when they are first asked for.
  ///
  /// @param data what the data slots hold, when somebody asks
  ClosedSides over(Supplier<Object[]> data) {
    return new ClosedSides((kind, quantities, replicates) -> {
      if (sides(kind).stream().noneMatch(s -> serves(kind, s, blocks(kind, s)))) return ClosedSides.Made.NONE;
      var slots = data.get();
      boolean large = size(slots) >= MANY;
      var dropped = new LinkedHashSet<String>();
      for (var s : sides(kind)) {
        var found = bind(kind, s, large, c -> c.bind(slots, quantities, replicates), dropped);
        if (found.isPresent()) return new ClosedSides.Made(found, List.copyOf(dropped));
      }
      return new ClosedSides.Made(Optional.empty(), List.copyOf(dropped));
    });
  }

  /// About how many numbers data are, and unknowns of the extents that they give.
  private static long size(Object[] slots) {
    return Stream.of(slots).mapToLong(s -> switch (s) {
      case int[] one when one.length == 1 -> Math.max(1, one[0]);
      case OffHeap matrix -> matrix.size();
      default -> Narrow.size(s);
    }).sum();
  }

  private List<Side> sides(ClosedSides.Kind kind) {
    return switch (kind) {
      case PLAIN, OPEN -> sides;
      case AUGMENTED -> augmented.get();
      case WITH_ODDS -> withOdds.get();
    };
  }

  private static List<Structure.Closed> blocks(ClosedSides.Kind kind, Side side) {
    return kind == ClosedSides.Kind.OPEN ? List.of() : side.blocks();
  }

  private static boolean serves(ClosedSides.Kind kind, Side side, List<Structure.Closed> blocks) {
    return blocks.isEmpty() == (kind == ClosedSides.Kind.OPEN) && !side.leavesDiscrete(blocks);
  }

  private static Optional<Conjugate> bind(
      ClosedSides.Kind kind, Side side, boolean large, Function<CompiledSide, Conjugate> bound, Set<String> dropped) {
    var blocks = blocks(kind, side);
    while (serves(kind, side, blocks)) {
      var conjugate = side.compiled(blocks, large).map(bound);
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
