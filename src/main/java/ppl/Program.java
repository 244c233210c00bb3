package ppl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import ppl.ir.Kind;
import ppl.ir.Unit;
import ppl.lower.Model;
import ppl.lower.Schemas;
import ppl.lower.Slots;
import ppl.plan.Audit;
import ppl.runtime.Dataset;
import ppl.runtime.Kernel;
import ppl.runtime.KernelTarget;
import ppl.runtime.Quantity;
import ppl.runtime.Schema;
import ppl.runtime.SizeException;
import ppl.runtime.SubscriptException;
import ppl.source.Diagnostic;
import ppl.typed.Domain;
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
    return blueprint().bind(kernel.get(), data);
  }

  /// The target over `data` as the reference interpreter sees it.
  public KernelTarget interpret(Dataset data) {
    return blueprint().bind(new Interpreted(unit), data);
  }

  /// What in `data` does not fit together: sizes that only data can tell.
  public List<Diagnostic> problems(Dataset data) {
    return blueprint().problems(data);
  }

  /// What the program's users know of it.
  public Blueprint blueprint() {
    var columns = described.slots();
    return new Blueprint(typed.name(), typed.doc(), schema(),
        model.slots().stream().map(s -> s.source().input(columns)).toList(), outputs(reported()),
        outputs(model.replicates().stream().map(Model.Replicate::output).toList()), checks());
  }

  private List<Model.Output> reported() {
    return Stream.concat(model.outputs().stream(), model.generated().stream()).toList();
  }

  private List<Blueprint.Output> outputs(List<Model.Output> outputs) {
    return outputs.stream().map(o -> {
      var role = switch (o.kind()) {
        case UNKNOWN, MISSING -> Quantity.Role.UNKNOWN;
        case DETERMINISTIC -> Quantity.Role.DETERMINISTIC;
        case GENERATED -> Quantity.Role.GENERATED;
        case REPLICATE -> Quantity.Role.REPLICATE;
      };
      boolean gaps = o.kind() == Model.Output.Kind.MISSING;
      List<Optional<String>> domains = gaps ? Collections.nCopies(o.value().rank(), Optional.empty())
          : o.domains().stream().map(d -> d.map(Domain::name)).toList();
      return new Blueprint.Output(o.name(), role, o.value().kind() == Kind.INT, domains,
          gaps ? Optional.of(described.slots().get(o.symbol())) : Optional.empty());
    }).toList();
  }

  private List<Blueprint.Check> checks() {
    var checks = new ArrayList<Blueprint.Check>();
    for (int i = 0; i < typed.checks().size(); i++) {
      var check = typed.checks().get(i);
      var formula = described.checks().get(i);
      var rule = formula.rule(() -> new Interpreted(formula.unit()), described.slots());
      checks.add(new Blueprint.Check(check.what(), check.left().toString(), check.right().toString(), check.span(), rule));
    }
    if (found.isEmpty()) found.addAll(Audit.counts(model, slots(data)));
    if (found.isEmpty()) found.addAll(trial(data));
    return found;
  }

  /// What one evaluation of everything comes upon.
  private List<Diagnostic> trial(Dataset data) {
    try {
      var target = bind(data).predicting();
      var q = new double[target.dimension()];
      target.logDensity(q);
      target.constrain(q, RandomGenerator.of("L64X128MixRandom"), new double[target.outputSize()]);
      return List.of();
    } catch (SubscriptException | SizeException | ArithmeticException e) {
      return List.of(Audit.subscript(model, slots(data))
          .orElseGet(() -> Diagnostic.error("E0723", "with these data %s", e.getMessage())));
    }
  }

  private Object[] slots(Dataset data) {
    return model.slots().stream().map(s -> value(s, data)).toArray();
  }

  private KernelTarget bind(Dataset data, Kernel kernel) {
    var bound = kernel.bind(slots(data));
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
