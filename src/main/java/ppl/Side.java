package ppl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ppl.emit.Emit;
import ppl.emit.Loader;
import ppl.form.Auxiliaries;
import ppl.ir.Array;
import ppl.lower.Model;
import ppl.plan.Augmentations;
import ppl.plan.ClosedForm;
import ppl.plan.Factorization;
import ppl.plan.Structure;
import ppl.plan.Structures;
import ppl.runtime.BatchKernel;
import ppl.runtime.ClosedKernel;
import ppl.runtime.CompiledBatches;
import ppl.runtime.CompiledSide;
import ppl.runtime.KernelBatches;
import ppl.runtime.Once;
import ppl.runtime.Part;
import ppl.tile.Shape;

/// One statement of a model with its closed forms, and the code of those that were asked for.
///
/// @param marginal    the model without auxiliaries, of one that has some
/// @param factors     which unknowns may share a block
/// @param auxiliaries unknowns that the model as it is written does not have
record Side(Model model, Optional<Model> marginal, Factorization factors, Supplier<Structure> structure,
    List<Array> auxiliaries, Map<Wanted, Optional<CompiledSide>> compiled) {
  /// @param large whether threads may have something to share
  private record Wanted(List<Structure.Closed> blocks, boolean large) {}

  static Side of(Model model, Factorization factors) {
    return new Side(model, Optional.empty(), factors, Once.of(() -> Structures.of(model, factors)), List.of(), new HashMap<>());
  }

  /// With auxiliaries; empty where these close nothing.
  Optional<Side> augmented(boolean odds) {
    return Augmentations.of(model, factors, structure.get(), odds).map(a -> new Side(a.model(), Optional.of(model), factors,
        a::structure, a.auxiliaries().stream().map(Auxiliaries.Auxiliary::array).toList(), new HashMap<>()));
  }

  List<Structure.Closed> blocks() {
    return structure.get().blocks();
  }

  /// What its auxiliaries close: all that is closed here and not without them.
  List<Array> gained() {
    var without = marginal.stream().flatMap(m -> unknowns(Structures.of(m, factors))).toList();
    return unknowns(structure.get()).filter(a -> !auxiliaries.contains(a) && !without.contains(a)).toList();
  }

  private static Stream<Array> unknowns(Structure structure) {
    return structure.blocks().stream().flatMap(b -> b.unknowns().stream());
  }

  boolean leavesDiscrete(List<Structure.Closed> blocks) {
    var drawn = model.drawn();
    return model.unknowns().stream().anyMatch(u -> u.discrete().isPresent() && !drawn.contains(u.array())
        && blocks.stream().noneMatch(b -> b.unknowns().contains(u.array())));
  }

  /// The code for these blocks; empty where their moments cannot be laid out.
  ///
  /// @param large whether data are so many that threads may share an update
  synchronized Optional<CompiledSide> compiled(List<Structure.Closed> blocks, boolean large) {
    return compiled.computeIfAbsent(new Wanted(blocks, large), _ -> ClosedForm.unit(model, marginal, blocks).map(unit -> {
      var kernels = Loader.maker(Emit.toClass(unit, ClosedKernel.class, large ? Shape.USUAL : Shape.ALONE));
      return new CompiledSide(() -> (ClosedKernel) kernels.get(), parts(blocks), Once.of(() -> batched(blocks)));
    }));
  }

  /// For each plate the code for batches of its rows, or why there is none.
  private List<CompiledBatches> batched(List<Structure.Closed> blocks) {
    return ClosedForm.batched(model, blocks).stream().map(Side::compiled).toList();
  }

  private static CompiledBatches compiled(ClosedForm.Batched plate) {
    return switch (plate) {
      case ClosedForm.Batched.Not(String over, String why) -> new CompiledBatches.Refused(over, why);
      case ClosedForm.Batched.Of(var unit, String over, var roles, int plates) -> {
        var kernels = Loader.maker(Emit.toClass(unit, BatchKernel.class, Shape.ALONE));
        yield new CompiledBatches.Code(() -> (BatchKernel) kernels.get(), new KernelBatches.Form(over, roles, plates));
      }
    };
  }

  Optional<ClosedSide.Units> units(List<Structure.Closed> blocks) {
    return ClosedForm.unit(model, marginal, blocks)
        .map(u -> new ClosedSide.Units(parts(blocks), u, ClosedForm.batched(model, blocks)));
  }

  private List<Part> parts(List<Structure.Closed> blocks) {
    return blocks.stream().map(this::part).toList();
  }

  private Part part(Structure.Closed c) {
    return new Part(c.unknowns().stream().map(Array::name).toList(), switch (c.family()) {
      case Structure.Gaussian _ -> new Part.Family.Gaussian();
      case Structure.Discrete _ -> new Part.Family.Discrete();
      case Structure.Independent(var space, var statistics) -> new Part.Family.Independent(space, statistics);
    }, c.unknowns().stream().anyMatch(auxiliaries::contains));
  }
}
