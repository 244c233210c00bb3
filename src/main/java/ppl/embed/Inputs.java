package ppl.embed;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import ppl.runtime.Input;
import ppl.runtime.Schema;
import ppl.source.Source;
import ppl.source.Span;

/// Inputs as JSON: an object whose one name says which kind it is.
final class Inputs {
  /// The text is not there any more.
  private static final Span NOWHERE = new Source("", "").all();

  private Inputs() {}

  static Json json(Input input) {
    return switch (input) {
      case Input.Column(var slot) -> Json.fields("data", slot(slot));
      case Input.SizeOf(var domain) -> Json.fields("size", Json.of(domain));
      case Input.Position(var factor, var label, var picked) ->
          Json.fields("level", Json.of(label), "factor", Json.of(factor), "picks", Json.of(picked.isPresent()));
      case Input.Gaps(var slot) -> Json.fields("gaps", slot(slot));
      case Input.GapCount(var slot) -> Json.fields("gap_count", slot(slot));
    };
  }

  static Input read(Json json, Function<Json, Schema.Slot> slots) {
    if (json instanceof Json.Fields(Map<String, Json> fields))
      for (var entry : fields.entrySet())
        return switch (entry.getKey()) {
          case "data" -> new Input.Column(slots.apply(entry.getValue()));
          case "size" -> new Input.SizeOf(entry.getValue().text());
          case "level" -> new Input.Position(json.get("factor").text(), entry.getValue().text(),
              json.get("picks").truth() ? Optional.of(NOWHERE) : Optional.empty());
          case "gaps" -> new Input.Gaps(slots.apply(entry.getValue()));
          case "gap_count" -> new Input.GapCount(slots.apply(entry.getValue()));
          default -> throw new IllegalArgumentException("no input: " + json);
        };
    throw new IllegalArgumentException("no input: " + json);
  }

  /// A reference to a slot: its name, or its table and its name.
  static Json slot(Schema.Slot slot) {
    return Json.of(slot.table().map(t -> t + "." + slot.name()).orElse(slot.name()));
  }
}
