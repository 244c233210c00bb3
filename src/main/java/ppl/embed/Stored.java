package ppl.embed;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import ppl.runtime.Input;
import ppl.runtime.Kernel;
import ppl.runtime.Rule;
import ppl.runtime.Schema;

/// A rule about data as a compiled model carries it.
public sealed interface Stored {
  /// Arrays that do not depend on data.
  record Constant(List<Rule.Value> values) implements Stored {}

  /// A class of its own.
  ///
  /// @param type   its binary name
  /// @param inputs what is bound to it
  /// @param ranks  dimensions of each array that it gives
  record Compiled(String type, List<Input> inputs, List<Integer> ranks) implements Stored {}

  /// The rules about one slot.
  ///
  /// @param sizes its extents, as scalars
  record ForSlot(Stored sizes, Optional<Stored> lower, Optional<Stored> upper) {}

  /// The rule as JSON.
  default Json json() {
    return switch (this) {
      case Constant(var values) -> Json.fields("values", Json.of(values.stream().map(v -> Json.fields(
          "extents", Json.of(Arrays.stream(v.dims()).mapToObj(Json::of).toList()),
          "elements", Json.of(Arrays.stream(v.elements()).mapToObj(Json::of).toList()))).toList()));
      case Compiled(var type, var inputs, var ranks) -> Json.fields("class", Json.of(type),
          "inputs", Json.of(inputs.stream().map(Inputs::json).toList()),
          "ranks", Json.of(ranks.stream().map(Json::of).toList()));
    };
  }

  /// The rule that `json` stands for. Slots are looked up when it is used.
  ///
  /// @param load  an instance of a class
  /// @param slots the slot under an element of an input
  static Rule rule(Json json, Function<String, Kernel> load, Function<Json, Schema.Slot> slots) {
    if (!(json instanceof Json.Fields(var byName)) || !byName.containsKey("class")) {
      var values = json.get("values").items().stream().map(v -> new Rule.Value(
          v.get("extents").items().stream().mapToInt(x -> (int) x.number()).toArray(),
          v.get("elements").items().stream().mapToDouble(Json::number).toArray())).toList();
      return _ -> values;
    }
    var type = json.get("class").text();
    var ranks = json.get("ranks").items().stream().map(r -> (int) r.number()).toList();
    return data -> new Rule.Computed(() -> load.apply(type),
        json.get("inputs").items().stream().map(i -> Inputs.read(i, slots)).toList(), ranks).of(data);
  }
}
