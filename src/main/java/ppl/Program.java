package ppl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Kind;
import ppl.ir.Unit;
import ppl.lower.Known;
import ppl.lower.Lowering;
import ppl.lower.Model;
import ppl.lower.Schemas;
import ppl.plan.Audit;
import ppl.plan.Factorization;
import ppl.plan.Faults;
import ppl.plan.Interpreted;
import ppl.runtime.Blueprint;
import ppl.runtime.Dataset;
import ppl.runtime.Fitted;
import ppl.runtime.Kernel;
import ppl.runtime.KernelTarget;
import ppl.runtime.Quantity;
import ppl.runtime.Relatives;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.typed.Domain;
import ppl.typed.Typed;

/// A compiled model. It knows no data; it can be bound to data of any size, again and again.
///
/// @param typed     the checked model
/// @param known     what was known of its data
/// @param described what data it wants
/// @param stated    the model in index notation, discrete unknowns among the others
/// @param model     the same model with discrete unknowns summed out
/// @param unit      its routines
/// @param code      the class, made when it is first asked for: for some data a model is compiled again
/// @param kernel    makes unbound instances of the class
/// @param factors   which unknowns may share a block
/// @param closed    its closed-form side
/// @param others    the same program for data in other forms, made when such data first come
public record Program(
    Typed typed, Known known, Schemas.Described described, Model stated, Model model, Unit unit, Supplier<byte[]> code,
    Supplier<Kernel> kernel, Factorization factors, ClosedSide closed,
    Map<Map<String, Array.Form>, Program> others) {
  public Schema schema() {
    return described.schema();
  }

  /// The target over `data`, which fit [#schema()].
  public KernelTarget bind(Dataset data) {
    return over(data).bound(data);
  }

  /// The program that takes data in the forms that these have.
  public Program over(Dataset data) {
    var forms = new HashMap<String, Array.Form>();
    data.columns().forEach((slot, column) -> {
      var form = form(column);
      if (form != Array.Form.USUAL) forms.put(slot.table().map(t -> t + ".").orElse("") + slot.name(), form);
    });
    return forms.equals(known.forms()) ? this : others.computeIfAbsent(forms, f -> Compiler.held(this, f));
  }

  private static Array.Form form(Dataset.Column column) {
    if (column.isReal()) return column.isOffHeap() ? Array.Form.OFF_HEAP : Array.Form.USUAL;
    return switch (column.values()) {
      case byte[] _ -> Array.Form.BYTES;
      case short[] _ -> Array.Form.SHORTS;
      default -> Array.Form.USUAL;
    };
  }

  private KernelTarget bound(Dataset data) {
    var blueprint = blueprint();
    return blueprint.bind(kernel.get(), data).with(closed.over(() -> blueprint.slots(data))).with(relatives(data));
  }

  /// The same with other coordinates. Where discrete unknowns are in blocks alone there is none.
  private Relatives relatives(Dataset data) {
    return new Relatives(() -> Lowering.relatives(typed, known), names -> Compiler.telling(this, names).plainly(data),
        names -> Compiler.relative(this, names).plainly(data));
  }

  private KernelTarget plainly(Dataset data) {
    return blueprint().bind(kernel.get(), data);
  }

  /// The target over `data` as the reference interpreter sees it.
  public KernelTarget interpret(Dataset data) {
    return blueprint().bind(new Interpreted(unit), data);
  }

  /// What in `data` does not fit together: sizes that only data can tell, elements that are not given once,
  /// subscripts that lie outside.
  public List<Diagnostic> problems(Dataset data) {
    return fit(data, true).problems();
  }

  /// The target over `data`, or what in them does not fit together.
  ///
  /// @param replicates whether replicates of data are tried, too
  public Fitted fit(Dataset data, boolean replicates) {
    return over(data).fitted(data, replicates);
  }

  private Fitted fitted(Dataset data, boolean replicates) {
    var blueprint = blueprint();
    var slots = blueprint.slots(data);
    var found = new ArrayList<>(blueprint.problems(data));
    if (found.isEmpty()) found.addAll(Audit.extents(model, slots));
    if (found.isEmpty()) found.addAll(Audit.sums(model, slots));
    if (found.isEmpty()) found.addAll(Audit.counts(model, slots));
    if (!found.isEmpty()) return Fitted.not(found);
    return switch (blueprint.trial(kernel.get(), data, replicates)) {
      case Blueprint.Trial.Finite(var target) -> Fitted.of(List.of(), target.with(closed.over(() -> blueprint.slots(data))).with(relatives(data)));
      case Blueprint.Trial.NotFinite(var target) -> Fitted.of(faults(data).ofData(), target.with(closed.over(() -> blueprint.slots(data))).with(relatives(data)));
      case Blueprint.Trial.TooLarge(var diagnostic) -> Fitted.not(List.of(diagnostic));
      case Blueprint.Trial.Broken(var diagnostic) -> {
        found.addAll(faults(data).ofData());
        if (found.isEmpty()) found.add(Audit.subscript(model, slots,
            (symbol, at) -> data.columns().get(described.slots().get(symbol)).place().apply(at)).orElse(diagnostic));
        yield Fitted.not(found);
      }
    };
  }

  /// Why the log density or its gradient is not finite at the coordinates `q`, if that can be told.
  public Optional<Diagnostic> fault(Dataset data, double[] q) {
    return faults(data).at(q);
  }

  private Faults faults(Dataset data) {
    return new Faults(Lowering.examine(typed, known), described.slots(), data, blueprint().slots(data));
  }

  /// What the program's users know of it.
  public Blueprint blueprint() {
    var columns = described.slots();
    return new Blueprint(typed.name(), typed.doc(), schema(),
        model.slots().stream().map(s -> s.source().input(columns)).toList(), outputs(reported()),
        outputs(model.replicates().stream().map(Model.Replicate::output).toList()), checks(), given(),
        Optional.empty());
  }

  /// Names of what is reported.
  ///
  /// @param replicates whether with a replicate of every observed name
  public List<String> reported(boolean replicates) {
    var more = model.replicates().stream().filter(_ -> replicates).map(Model.Replicate::output);
    return Stream.concat(reported().stream(), more).map(Model.Output::name).toList();
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

  private Optional<Blueprint.Given> given() {
    var names = model.audit().counts().stream().map(c -> c.symbol().name()).toList();
    return model.audit().rule().map(f ->
        new Blueprint.Given(names, f.rule(() -> new Interpreted(f.unit()), described.slots())));
  }

  private List<Blueprint.Check> checks() {
    var checks = new ArrayList<Blueprint.Check>();
    for (int i = 0; i < typed.checks().size(); i++) {
      var check = typed.checks().get(i);
      var formula = described.checks().get(i);
      var rule = formula.rule(() -> new Interpreted(formula.unit()), described.slots());
      checks.add(new Blueprint.Check(
          check.what(), check.left().toString(), check.other(), check.span(), rule));
    }
    return checks;
  }
}
