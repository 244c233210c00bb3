package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {
  @Test
  void everyDefaultIsAllowedAndNamesAreUnique() {
    for (var engine : Engine.ALL) {
      var values = Values.of(engine.knobs(), Map.of());
      assertEquals(engine.knobs().size(), values.texts().size());
      assertEquals(engine.knobs().stream().map(Knob::name).toList(), List.copyOf(values.texts().keySet()));
    }
  }

  @Test
  void allObjectionsAtOnce() {
    var given = Map.of("chains", "0", "target-accept", "high", "metric", "round", "chain", "2");
    var e = assertThrows(Values.Rejected.class, () -> Values.of(new Nuts().knobs(), given));
    assertEquals(4, e.objections().size());
    assertEquals("chains is a whole number from 1 to 10000, not '0'", e.objections().getFirst());
    assertEquals("metric is one of auto, diagonal, dense, not 'round'", e.objections().get(2));
  }

  @Test
  void whatIsGivenOverrides() {
    assertEquals(7, Values.of(new Nuts().knobs(), Map.of("chains", "7")).whole("chains"));
  }
}
