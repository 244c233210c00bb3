package ppl.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import ppl.Models;
import ppl.embed.Model;

class SchoolsProperties {
  private final Model schools = Models.load(Path.of("models/eight_schools"));

  private static Map<String, Object> data(double[] effects) {
    var sigma = new double[effects.length];
    Arrays.fill(sigma, 10);
    return Map.of("J", effects.length, "y", effects, "sigma", sigma);
  }

  @Property(tries = 100)
  void schoolsAreExchangeable(
      @ForAll @Size(5) List<@DoubleRange(min = -50, max = 50) Double> effects,
      @ForAll @Size(7) List<@DoubleRange(min = -3, max = 3) Double> coordinates) {
    var y = effects.stream().mapToDouble(x -> x).toArray();
    var q = coordinates.stream().mapToDouble(x -> x).toArray();
    var swapped = swap(y, 0, 4);
    assertEquals(schools.bind(data(y)).logDensity(q), schools.bind(data(swapped)).logDensity(swap(q, 2, 6)), 1e-9);
  }

  @Property(tries = 2)
  void higherEffectsRaiseTheMean(@ForAll @DoubleRange(min = 5, max = 10) double more) throws Exception {
    var settings = Map.of("chains", "1", "warmup", "300", "draws", "300");
    double low = mean(schools.posterior(data(new double[] {-more, -more, -more}), settings, 1).draws("mu"));
    double high = mean(schools.posterior(data(new double[] {more, more, more}), settings, 1).draws("mu"));
    assertTrue(low < high);
  }

  private static double mean(double[] x) {
    return Arrays.stream(x).average().orElseThrow();
  }

  private static double[] swap(double[] x, int i, int j) {
    var out = x.clone();
    out[i] = x[j];
    out[j] = x[i];
    return out;
  }
}
