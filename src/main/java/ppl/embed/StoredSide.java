package ppl.embed;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import ppl.runtime.BatchKernel;
import ppl.runtime.Batches;
import ppl.runtime.Block;
import ppl.runtime.ClosedKernel;
import ppl.runtime.CompiledBatches;
import ppl.runtime.CompiledSide;
import ppl.runtime.Kernel;
import ppl.runtime.KernelBatches;
import ppl.runtime.Part;
import ppl.runtime.Statistic;

/// A closed-form side as a compiled model carries it.
///
/// @param type   binary name of its class
/// @param parts  its blocks
/// @param plates what is known of their rows in batches
public record StoredSide(String type, List<Part> parts, List<Plate> plates) {
  public sealed interface Plate {
    /// @param type binary name of the class
    record Code(String type, KernelBatches.Form form) implements Plate {}

    record Refused(String over, String why) implements Plate {}
  }

  Json json() {
    return Json.fields("class", Json.of(type), "blocks", Json.of(parts.stream().map(StoredSide::json).toList()),
        "batches", Json.of(plates.stream().map(StoredSide::json).toList()));
  }

  private static Json json(Plate plate) {
    return switch (plate) {
      case Plate.Refused(String over, String why) -> Json.fields("over", Json.of(over), "why", Json.of(why));
      case Plate.Code(String type, var form) -> Json.fields("over", Json.of(form.over()), "class", Json.of(type),
          "roles", Json.of(form.roles().stream().map(r -> Json.of(r.name())).toList()), "plates", Json.of(form.plates()));
    };
  }

  private static Json json(Part part) {
    return Json.fields("unknowns", Json.of(part.members().stream().map(Json::of).toList()),
        "auxiliary", Json.of(part.auxiliary()), "family", switch (part.family()) {
          case Part.Family.Gaussian() -> Json.of("normal");
          case Part.Family.Discrete() -> Json.of("discrete");
          case Part.Family.Independent(var space, var statistics) -> Json.fields(
              "space", Json.of(space.name()), "statistics", Json.of(statistics.stream().map(StoredSide::json).toList()));
        });
  }

  private static Json json(Statistic s) {
    return switch (s) {
      case Statistic.Power(double exponent) -> Json.of(exponent);
      case Statistic.Log() -> Json.of("log");
      case Statistic.Log1m() -> Json.of("log1m");
      case Statistic.Indicator() -> Json.of("indicator");
      case Statistic.LogDeterminant() -> Json.of("log_determinant");
      case Statistic.Inverse() -> Json.of("inverse");
    };
  }

  /// The side that `json` stands for.
  ///
  /// @param load an instance of a class, by its binary name
  static CompiledSide side(Json json, Function<String, Kernel> load) {
    var type = json.get("class").text();
    var plates = json.get("batches").items().stream().map(p -> plate(p, load)).toList();
    return new CompiledSide(() -> (ClosedKernel) load.apply(type),
        json.get("blocks").items().stream().map(StoredSide::part).toList(), () -> plates);
  }

  private static CompiledBatches plate(Json json, Function<String, Kernel> load) {
    var over = json.get("over").text();
    if (json instanceof Json.Fields(var fields) && fields.containsKey("why"))
      return new CompiledBatches.Refused(over, json.get("why").text());
    var type = json.get("class").text();
    var roles = json.get("roles").items().stream().map(r -> Batches.Role.valueOf(r.text())).toList();
    return new CompiledBatches.Code(() -> (BatchKernel) load.apply(type),
        new KernelBatches.Form(over, roles, (int) json.get("plates").number()));
  }

  private static Part part(Json json) {
    return new Part(json.get("unknowns").items().stream().map(Json::text).toList(), family(json.get("family")),
        json.get("auxiliary").truth());
  }

  private static Part.Family family(Json json) {
    if (!(json instanceof Json.Text(var name)))
      return new Part.Family.Independent(space(json.get("space").text()),
          json.get("statistics").items().stream().map(StoredSide::statistic).toList());
    return switch (name) {
      case "normal" -> new Part.Family.Gaussian();
      case "discrete" -> new Part.Family.Discrete();
      default -> throw new IllegalArgumentException("no family " + name);
    };
  }

  private static Block.Space space(String name) {
    return Arrays.stream(Block.Space.values()).filter(s -> s.name().equals(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no family " + name));
  }

  private static Statistic statistic(Json json) {
    if (json instanceof Json.Num(double exponent)) return new Statistic.Power(exponent);
    return switch (json.text()) {
      case "log" -> new Statistic.Log();
      case "log1m" -> new Statistic.Log1m();
      case "indicator" -> new Statistic.Indicator();
      case "log_determinant" -> new Statistic.LogDeterminant();
      case "inverse" -> new Statistic.Inverse();
      default -> throw new IllegalArgumentException("no statistic " + json.text());
    };
  }
}
