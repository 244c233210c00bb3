package ppl.infer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checked values for all the settings of an engine, in the order of its [Knob]s.
public record Values(Map<String, String> texts) {
  /// Thrown for unknown or unreadable settings; one line for each.
  public static final class Rejected extends IllegalArgumentException {
    private final List<String> objections;

    Rejected(List<String> objections) {
      super(String.join("\n", objections));
      this.objections = List.copyOf(objections);
    }

    public List<String> objections() {
      return objections;
    }
  }

  /// The defaults of `knobs` overridden by `given`.
  ///
  /// @throws Rejected naming every setting that does not exist or cannot be read
  public static Values of(List<Knob> knobs, Map<String, String> given) {
    var texts = new LinkedHashMap<String, String>();
    var objections = new ArrayList<String>();
    for (var knob : knobs) {
      String text = given.getOrDefault(knob.name(), knob.fallback());
      knob.objection(text).ifPresent(objections::add);
      texts.put(knob.name(), text);
    }
    given.keySet().stream().filter(k -> !texts.containsKey(k)).sorted()
        .forEach(k -> objections.add("there is no setting " + k + "; there are " + String.join(", ", texts.keySet())));
    if (!objections.isEmpty()) throw new Rejected(objections);
    return new Values(Collections.unmodifiableMap(texts));
  }

  public int whole(String name) {
    return Math.toIntExact(Long.parseLong(texts.get(name)));
  }

  public double real(String name) {
    return Double.parseDouble(texts.get(name));
  }

  public String word(String name) {
    return texts.get(name);
  }
}
