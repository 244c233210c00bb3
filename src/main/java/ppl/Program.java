package ppl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import ppl.ir.Kind;
import ppl.ir.Unit;
import ppl.lower.Model;
import ppl.lower.Schemas;
import ppl.lower.Slots;
import ppl.runtime.Dataset;
import ppl.runtime.Kernel;
import ppl.runtime.KernelTarget;
import ppl.runtime.Quantity;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
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

  /// What in `data` does not fit together: sizes that only data can tell.
  public List<Diagnostic> problems(Dataset data) {
    var lookup = new Schema.Lookup() {
      public double[] values(Schema.Slot slot) {
        return data.columns().get(slot).values() instanceof int[] ints
            ? Arrays.stream(ints).asDoubleStream().toArray()
            : (double[]) data.columns().get(slot).values();
      }

      public int size(String domain) {
        return data.sizes().get(domain);
      }
    };
    var found = new ArrayList<Diagnostic>();
    for (var check : typed.checks()) {
      int left = described.size().of(check.left(), lookup);
      int right = described.size().of(check.right(), lookup);
      if (left != right)
        found.add(Diagnostic.error("E0720", check.span(), "%s: %s is %d, but %s is %d",
            check.what(), check.left(), left, check.right(), right));
    }
    return found;
  }

  private KernelTarget bind(Dataset data, Kernel kernel) {
    var slots = model.slots().stream().map(s -> value(s, data)).toArray();
    var bound = kernel.bind(slots);
    var outputs = new ArrayList<>(model.outputs());
    outputs.addAll(model.generated());
    var replicates = model.replicates().stream().map(Model.Replicate::output).toList();
    var extents = new double[1 + ranks(outputs) + ranks(replicates)];
    bound.extents(extents);
    return new KernelTarget(bound, (int) extents[0], quantities(outputs, data, extents, 1),
        quantities(replicates, data, extents, 1 + ranks(outputs)));
  }

  private static int ranks(List<Model.Output> outputs) {
    return outputs.stream().mapToInt(o -> o.value().rank()).sum();
  }

  private List<Quantity> quantities(List<Model.Output> outputs, Dataset data, double[] extents, int from) {
    var quantities = new ArrayList<Quantity>();
    int next = from;
    for (var o : outputs) {
      var dims = new ArrayList<Integer>();
      for (int d = 0; d < o.value().rank(); d++) dims.add((int) extents[next++]);
      quantities.add(quantity(o, data, dims));
    }
    return quantities;
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

  private Quantity quantity(Model.Output o, Dataset data, List<Integer> dims) {
    var role = switch (o.kind()) {
      case UNKNOWN, MISSING -> Quantity.Role.UNKNOWN;
      case DETERMINISTIC -> Quantity.Role.DETERMINISTIC;
      case GENERATED -> Quantity.Role.GENERATED;
      case REPLICATE -> Quantity.Role.REPLICATE;
    };
    var labels = o.kind() == Model.Output.Kind.MISSING
        ? List.of(Optional.of(missingLabels(o.symbol(), data)))
        : o.domains().stream().map(d -> d.flatMap(domain -> labels(domain, data))).toList();
    return new Quantity(o.name(), dims, labels, role, o.value().kind() == Kind.INT);
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
    var whole = new Quantity("", Arrays.stream(column.dims()).boxed().toList(),
        Collections.nCopies(column.dims().length, Optional.empty()), Quantity.Role.UNKNOWN, false);
    var labels = new ArrayList<String>();
    for (int i = 0; i < missing.length; i++)
      if (missing[i]) labels.add(whole.element(i).replaceAll("^\\[|\\]$", ""));
    return labels;
  }
}
