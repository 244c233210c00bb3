package ppl.embed;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import ppl.runtime.Blueprint;
import ppl.runtime.ClosedSides;
import ppl.runtime.CompiledSide;
import ppl.runtime.Kernel;
import ppl.runtime.Quantity;
import ppl.runtime.Rule;
import ppl.runtime.Schema;
import ppl.source.Source;
import ppl.source.Span;

/// The metadata of a compiled model, as JSON: the resource `NAME.json` beside its class.
public final class Description {
  private final Json json;
  private final Function<String, Kernel> load;
  private final Map<String, Schema.Slot> slots = new LinkedHashMap<>();
  private final Span nowhere;

  private Description(Json json, Function<String, Kernel> load) {
    this.json = json;
    this.load = load;
    this.nowhere = new Source(json.get("name").text() + ".ppl", "").all();
  }

  /// The text of a model's metadata.
  ///
  /// @param type   binary name of its class
  /// @param data   the rules of each slot of the schema, in order
  /// @param checks the rule of each check, in order
  /// @param given  how often what is given in parts is given
  /// @param tests  of its statements
  /// @param sides  its closed-form sides
  public static String write(
      Blueprint model, String type, List<Stored.ForSlot> data, List<Stored> checks, Optional<Stored> given, Tests tests,
      Map<ClosedSides.Kind, StoredSide> sides) {
    var schema = model.schema();
    return Json.fields(
        "name", Json.of(model.name()),
        "doc", Json.of(model.doc()),
        "class", Json.of(type),
        "data", each(data.size(), i -> slot(schema.slots().get(i), data.get(i))),
        "tables", Json.of(schema.tables().stream().map(t -> Json.fields("name", Json.of(t.name()),
            "by", Json.of(t.by()), "columns", texts(t.columns().stream().map(Schema.Slot::name).toList()))).toList()),
        "factors", Json.of(schema.factors().stream().map(f -> Json.fields("name", Json.of(f.name()),
            "levels", f.levels().map(Description::texts).orElseGet(Json.Null::new))).toList()),
        "checks", each(checks.size(), i -> check(model.checks().get(i), checks.get(i))),
        "given", given.<Json>flatMap(g -> model.given().map(names ->
            Json.fields("names", texts(names.names()), "counts", g.json()))).orElseGet(Json.Null::new),
        "inputs", Json.of(model.inputs().stream().map(Inputs::json).toList()),
        "quantities", Json.of(model.outputs().stream().map(Description::output).toList()),
        "replicates", Json.of(model.replicates().stream().map(Description::output).toList()),
        "tests", Json.fields("class", Json.of(tests.type), "statements", texts(tests.statements)),
        "sides", sides(sides)).print();
  }

  /// What counts faults of statements.
  ///
  /// @param type binary name of its class
  public record Tests(String type, List<String> statements) {}

  /// What `text` describes.
  ///
  /// @param load an instance of a class of the model, by its binary name
  static Blueprint read(String text, Function<String, Kernel> load) {
    return new Description(Json.parse(text), load).blueprint();
  }

  private static Json sides(Map<ClosedSides.Kind, StoredSide> sides) {
    var fields = new LinkedHashMap<String, Json>();
    for (var kind : ClosedSides.Kind.values())
      if (sides.containsKey(kind)) fields.put(kind.text(), sides.get(kind).json());
    return new Json.Fields(fields);
  }

  /// The closed-form sides.
  static Map<ClosedSides.Kind, CompiledSide> sides(String text, Function<String, Kernel> load) {
    var sides = new EnumMap<ClosedSides.Kind, CompiledSide>(ClosedSides.Kind.class);
    if (Json.parse(text).get("sides") instanceof Json.Fields(var stored))
      for (var kind : ClosedSides.Kind.values())
        if (stored.containsKey(kind.text())) sides.put(kind, StoredSide.side(stored.get(kind.text()), load));
    return sides;
  }

  /// The binary name of the model's class.
  static String type(String text) {
    return Json.parse(text).get("class").text();
  }

  private static Json each(int count, IntFunction<Json> item) {
    return Json.of(IntStream.range(0, count).mapToObj(item).toList());
  }

  private static Json texts(List<String> texts) {
    return Json.of(texts.stream().map(Json::of).toList());
  }

  private static Json slot(Schema.Slot slot, Stored.ForSlot rules) {
    var element = switch (slot.element()) {
      case Schema.Element.Int() -> Json.of("int");
      case Schema.Element.Real() -> Json.of("real");
      case Schema.Element.Level(var factor) -> Json.fields("level_of", Json.of(factor));
    };
    var limits = slot.limits();
    return Json.fields("name", Json.of(slot.name()), "table", Json.of(slot.table()),
        "type", Json.of(slot.declared()), "element", element,
        "extents", Json.of(slot.dims().stream().map(e -> Json.fields("text", Json.of(e.text()),
            "domain", Json.of(e.domain()), "free", Json.of(e.free()))).toList()),
        "sizes", rules.sizes().json(),
        "lower", limit(limits.lower(), rules.lower()), "upper", limit(limits.upper(), rules.upper()),
        "above_lower", Json.of(limits.strictLower()), "shape", Json.of(slot.shape()),
        "missing", Json.of(slot.missing()));
  }

  private static Json limit(Optional<Schema.Limit> limit, Optional<Stored> rule) {
    return limit.<Json>flatMap(l -> rule.map(r -> Json.fields("text", Json.of(l.text()), "bound", r.json())))
        .orElseGet(Json.Null::new);
  }

  private static Json check(Blueprint.Check check, Stored sizes) {
    return Json.fields("what", Json.of(check.what()), "left", Json.of(check.left()), "right", Json.of(check.right()),
        "sizes", sizes.json());
  }

  private static Json output(Blueprint.Output output) {
    return Json.fields("name", Json.of(output.name()), "role", Json.of(output.role().name()),
        "integer", Json.of(output.integer()), "domains", Json.of(output.domains().stream().map(Json::of).toList()),
        "gaps", output.gaps().map(Inputs::slot).orElseGet(Json.Null::new));
  }

  private Blueprint blueprint() {
    for (var slot : json.get("data").items()) {
      var made = slot(slot);
      slots.put(Inputs.slot(made).text(), made);
    }
    var tables = json.get("tables").items().stream().map(this::table).toList();
    var factors = json.get("factors").items().stream()
        .map(f -> new Schema.Factor(f.get("name").text(), levels(f.get("levels")), nowhere)).toList();
    return new Blueprint(json.get("name").text(), json.get("doc").text(),
        new Schema(List.copyOf(slots.values()), tables, factors),
        json.get("inputs").items().stream().map(i -> Inputs.read(i, this::slotOf)).toList(),
        outputs("quantities"), outputs("replicates"), json.get("checks").items().stream().map(this::check).toList(),
        given(json.get("given")), Optional.of(tests(json.get("tests"))));
  }

  private Blueprint.Tests tests(Json tests) {
    var type = tests.get("class").text();
    return new Blueprint.Tests(tests.get("statements").items().stream().map(Json::text).toList(), () -> load.apply(type));
  }

  private Schema.Slot slotOf(Json reference) {
    return Optional.ofNullable(slots.get(reference.text()))
        .orElseThrow(() -> new IllegalArgumentException("no data " + reference));
  }

  private Rule rule(Json rule) {
    return Stored.rule(rule, load, this::slotOf);
  }

  private Schema.Slot slot(Json slot) {
    var element = slot.get("element");
    Schema.Element kind = element instanceof Json.Text(var word)
        ? word.equals("int") ? new Schema.Element.Int() : new Schema.Element.Real()
        : new Schema.Element.Level(element.get("level_of").text());
    var limits = new Schema.Limits(limit(slot.get("lower")), limit(slot.get("upper")), slot.get("above_lower").truth());
    return new Schema.Slot(slot.get("name").text(), slot.get("type").text(), kind,
        extents(slot.get("extents").items(), rule(slot.get("sizes"))), limits, slot.get("shape").optional(),
        slot.get("missing").truth(), slot.get("table").optional(), nowhere);
  }

  private static List<Schema.Extent> extents(List<Json> extents, Rule sizes) {
    var out = new ArrayList<Schema.Extent>();
    for (var e : extents) {
      int d = out.size();
      out.add(new Schema.Extent(e.get("text").text(), e.get("domain").optional(), e.get("free").optional(),
          data -> (int) sizes.of(data).get(d).elements()[0]));
    }
    return out;
  }

  private Optional<Schema.Limit> limit(Json limit) {
    if (limit instanceof Json.Null) return Optional.empty();
    var rule = rule(limit.get("bound"));
    return Optional.of(new Schema.Limit(limit.get("text").text(), data -> rule.of(data).getFirst()));
  }

  private Schema.Table table(Json table) {
    var name = table.get("name").text();
    return new Schema.Table(name, table.get("by").optional(),
        table.get("columns").items().stream().map(c -> slotOf(Json.of(name + "." + c.text()))).toList(), nowhere);
  }

  private static Optional<List<String>> levels(Json levels) {
    if (levels instanceof Json.Null) return Optional.empty();
    return Optional.of(levels.items().stream().map(Json::text).toList());
  }

  private Optional<Blueprint.Given> given(Json given) {
    if (given instanceof Json.Null) return Optional.empty();
    return Optional.of(new Blueprint.Given(
        given.get("names").items().stream().map(Json::text).toList(), rule(given.get("counts"))));
  }

  private Blueprint.Check check(Json check) {
    return new Blueprint.Check(check.get("what").text(), check.get("left").text(), check.get("right").text(), nowhere,
        rule(check.get("sizes")));
  }

  private List<Blueprint.Output> outputs(String name) {
    return json.get(name).items().stream().map(o -> new Blueprint.Output(o.get("name").text(),
        Quantity.Role.valueOf(o.get("role").text()), o.get("integer").truth(),
        o.get("domains").items().stream().map(Json::optional).toList(),
        o.get("gaps").optional().map(g -> slotOf(Json.of(g))))).toList();
  }
}
