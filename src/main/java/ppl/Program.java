package ppl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.ir.Unit;
import ppl.lower.DeadCode;
import ppl.lower.Model;
import ppl.lower.Schemas;
import ppl.lower.Slots;
import ppl.runtime.Dataset;
import ppl.runtime.Kernel;
import ppl.runtime.KernelTarget;
import ppl.runtime.Quantity;
import ppl.runtime.Schema;
import ppl.typed.Domain;
import ppl.typed.Symbol;
import ppl.typed.Typed;

/// A compiled model. It knows no data; it can be bound to data of any size, again and again.
///
/// @param typed     the checked model
/// @param described what data it wants
/// @param model     the model in index notation
/// @param unit      its routines
/// @param code      the class
/// @param kernel    makes unbound instances of the class
public record Program(
    Typed typed, Schemas.Described described, Model model, Unit unit, byte[] code, Supplier<Kernel> kernel) {
  public Schema schema() {
    return described.schema();
  }

  /// The target over `data`, which fit [#schema()].
  public KernelTarget bind(Dataset data) {
    return bind(data, kernel.get());
  }

  /// The target over `data` as the reference interpreter sees it.
  public KernelTarget interpret(Dataset data) {
    return bind(data, new ppl.plan.Interpreted(unit));
  }

  private KernelTarget bind(Dataset data, Kernel kernel) {
    var slots = model.slots().stream().map(s -> value(s, data)).toArray();
    var extents = new Extents(model.slots(), slots);
    var outputs = new ArrayList<>(model.outputs());
    outputs.addAll(model.generated());
    return new KernelTarget(
        kernel.bind(slots),
        extents.of(model.position().dims().getFirst()),
        outputs.stream().map(o -> quantity(o, data, extents)).toList(),
        model.replicates().stream().map(r -> quantity(r.output(), data, extents)).toList());
  }

  private Object value(Slots.Slot slot, Dataset data) {
    return switch (slot.source()) {
      case Slots.Source.Column(var symbol) -> data.columns().get(described.slots().get(symbol)).values();
      case Slots.Source.SizeOf(var domain) -> new int[] {data.sizes().get(domain.name())};
      case Slots.Source.Position(var domain, var label) ->
          new int[] {data.levels().get(domain.name()).indexOf(label) + 1};
      case Slots.Source.MissingMap(var symbol) -> ranks(missing(symbol, data));
      case Slots.Source.MissingCount(var symbol) -> {
        int n = 0;
        for (boolean b : missing(symbol, data)) if (b) n++;
        yield new int[] {n};
      }
    };
  }

  private boolean[] missing(Symbol symbol, Dataset data) {
    var column = data.columns().get(described.slots().get(symbol));
    return column.missing().orElseGet(() -> new boolean[((double[]) column.values()).length]);
  }

  private static int[] ranks(boolean[] missing) {
    var ranks = new int[missing.length];
    for (int i = 0, n = 0; i < ranks.length; i++) ranks[i] = missing[i] ? ++n : 0;
    return ranks;
  }

  private Quantity quantity(Model.Output o, Dataset data, Extents extents) {
    var role = switch (o.kind()) {
      case UNKNOWN, MISSING -> Quantity.Role.UNKNOWN;
      case DETERMINISTIC -> Quantity.Role.DETERMINISTIC;
      case GENERATED -> Quantity.Role.GENERATED;
      case REPLICATE -> Quantity.Role.REPLICATE;
    };
    var labels = o.kind() == Model.Output.Kind.MISSING
        ? List.of(Optional.of(missingLabels(o.symbol(), data)))
        : o.domains().stream().map(d -> d.flatMap(domain -> labels(domain, data))).toList();
    return new Quantity(o.name(), o.value().dims().stream().map(extents::of).toList(), labels, role,
        o.value().kind() == Kind.INT);
  }

  private static Optional<List<String>> labels(Domain domain, Dataset data) {
    return switch (domain) {
      case Domain.Factor f -> f.levels().or(() -> Optional.ofNullable(data.levels().get(f.name())));
      case Domain.Rows r -> Optional.ofNullable(data.levels().get(r.name()));
    };
  }

  private List<String> missingLabels(Symbol symbol, Dataset data) {
    var column = data.columns().get(described.slots().get(symbol));
    var missing = missing(symbol, data);
    var whole = new Quantity("", java.util.Arrays.stream(column.dims()).boxed().toList(),
        Collections.nCopies(column.dims().length, Optional.empty()), Quantity.Role.UNKNOWN, false);
    var labels = new ArrayList<String>();
    for (int i = 0; i < missing.length; i++)
      if (missing[i]) labels.add(whole.element(i).replaceAll("^\\[|\\]$", ""));
    return labels;
  }

  /// Values of extents, from bound scalars.
  private static final class Extents {
    private final Map<Array, double[]> scalars = new IdentityHashMap<>();
    private final List<Slots.Slot> slots;
    private final Object[] values;

    Extents(List<Slots.Slot> slots, Object[] values) {
      this.slots = slots;
      this.values = values;
    }

    int of(Expr extent) {
      if (extent instanceof Expr.Int(int v)) return v;
      var interpreter = new Interpreter(RandomGenerator.getDefault());
      var todo = new ArrayList<Array>();
      DeadCode.reads(extent, todo::add);
      while (!todo.isEmpty()) {
        var array = todo.removeLast();
        if (scalars.containsKey(array)) {
          interpreter.bind(array, scalars.get(array));
          continue;
        }
        for (int i = 0; i < values.length; i++)
          if (slots.get(i).array() == array) {
            scalars.put(array, doubles(values[i]));
            interpreter.bind(array, scalars.get(array));
          }
        array.dims().forEach(d -> DeadCode.reads(d, todo::add));
      }
      return (int) interpreter.evaluate(extent);
    }

    private static double[] doubles(Object values) {
      return values instanceof int[] ints ? java.util.Arrays.stream(ints).asDoubleStream().toArray() : (double[]) values;
    }
  }
}
