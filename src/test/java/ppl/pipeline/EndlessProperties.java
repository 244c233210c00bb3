package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import ppl.infer.Exact;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.stats.Summaries;

/// Improper posteriors along which no ray stays up: where a flat scale grows, what is normal given it spreads out, and what
/// the density loses in height it has in width. With all that is normal integrated out it shows.
class EndlessProperties {
  private static final String SCALE = "m : real ~ Flat()\ns : positive ~ Flat()\ny ~ Normal(m, s)\n";
  private static final String HIERARCHY =
      "mu : real ~ Flat()\ntau : positive ~ Flat()\nth : real[%d] ~ Normal(mu, tau)\ny ~ Normal(th, 1)\n";

  private static Optional<String> said(String model, List<Double> y) {
    var ready = Whole.ready("data y : real[" + y.size() + "]\n" + model, Map.of("y", y.toString()));
    try {
      new Exact().run(ready.program().bind(ready.data()), Map.of("draws", "10"), 1, Progress.SILENT);
      return Optional.empty();
    } catch (NoStart e) {
      assertTrue(e.improper().isPresent(), e.getMessage());
      return Optional.of(e.getMessage());
    }
  }

  /// Two values say nothing of how much larger a scale may be, three do (Gelman 2006).
  @Property(tries = 20)
  void twoValuesDoNotBoundAFlatScale(
      @ForAll @Size(min = 2, max = 5) @UniqueElements List<@DoubleRange(min = -9, max = 9) Double> y) {
    var scale = said(SCALE, y);
    assertEquals(y.size() < 3, scale.isPresent(), scale::toString);
    scale.ifPresent(s -> assertTrue(s.contains("however far m, s go together"), s));
    var hierarchy = said(HIERARCHY.formatted(y.size()), y);
    assertEquals(y.size() < 3, hierarchy.isPresent(), hierarchy::toString);
    hierarchy.ifPresent(s -> assertTrue(s.contains("however far mu, tau go together"), s));
  }

  /// A flat scale of logs has mass without end towards 0, where the hierarchy becomes one number; no proper prior has.
  @Property(tries = 4)
  void aFlatLogOfAScaleHasNoPosterior(@ForAll @Size(min = 3, max = 6) @UniqueElements List<@DoubleRange(min = -9, max = 9) Double> y,
      @ForAll @IntRange(max = 2) int scale) {
    var model = "m : real ~ Flat()\nls : real ~ %s\nth : real[" + y.size() + "] ~ Normal(m, "
        + List.of("exp(ls)", "exp(-ls)", "exp(0.5 * ls)").get(scale) + ")\ny ~ Normal(th, 2)\n";
    var flat = said(model.formatted("Flat()"), y);
    assertTrue(flat.isPresent() && flat.get().contains("ls"), flat::toString);
    for (var prior : List.of("Normal(0, 100)", "Cauchy(0, 100)", "Laplace(0, 500)")) {
      var ready = Whole.ready("data y : real[" + y.size() + "]\n" + model.formatted(prior), Map.of("y", y.toString()));
      try {
        new Exact().run(ready.program().bind(ready.data()), Map.of("draws", "10"), 1, Progress.SILENT);
      } catch (NoStart e) {
        assertTrue(e.improper().isEmpty(), prior + e.getMessage());
      }
    }
  }

  /// That a prior without end is lost in rounding does not say that there is no posterior.
  @Property(tries = 5)
  void whatCannotBeIntegratedIsNotCalledImproper(@ForAll @DoubleRange(min = -9, max = 9) double shift) {
    var model = "tau : positive ~ Gamma(0.01, 0.01)\nm : real ~ Normal(0, 10)\nth : real[4] ~ Normal(m, tau)\ny ~ Normal(th, 0.7)\n";
    var y = List.of(shift + 2.9, shift - 2, shift + 2, shift);
    var ready = Whole.ready("data y : real[4]\n" + model, Map.of("y", y.toString()));
    var why = assertThrows(NoStart.class,
        () -> new Exact().run(ready.program().bind(ready.data()), Map.of("draws", "10"), 1, Progress.SILENT));
    assertTrue(why.improper().isEmpty() && why.getMessage().contains("did not come to an end"), why.getMessage());
  }

  /// Where the scale vanishes sums about 0 cancel until nothing is left; about the value that is given they do not.
  @Property(tries = 20)
  void aValueFarFromItsPriorHasAnAnswer(@ForAll @DoubleRange(min = -9, max = 9) double y) throws NoStart {
    var ready = Whole.ready("data y : real\ns : positive ~ HalfCauchy(1)\nm : real ~ Normal(0, 100)\ny ~ Normal(m, s)\n",
        Map.of("y", Double.toString(y)));
    var posterior = new Exact().run(ready.program().bind(ready.data()), Map.of("draws", "10"), 1, Progress.SILENT);
    // y is within a few units of 0, the prior of m is flat there
    assertEquals(-5.5305, posterior.diagnostics().get("log_evidence"), 0.01);
  }

  /// With flat priors the scale of n values falls as s^-(n-1): its mean exists from 4 on, its variance from 5 on.
  @Example
  void momentsThatDoNotExistAreInfinite() throws NoStart {
    for (int n = 3; n <= 6; n++) {
      var y = List.of(1.0, 2.0, 4.0, 3.0, 2.5, 1.5).subList(0, n);
      var ready = Whole.ready("data y : real[" + n + "]\n" + SCALE, Map.of("y", y.toString()));
      var posterior = new Exact().run(ready.program().bind(ready.data()), Map.of("draws", "10"), 1, Progress.SILENT);
      var s = Summaries.of(posterior, "s");
      var m = Summaries.of(posterior, "m");
      assertEquals(n < 4, Double.isInfinite(s.mean()), () -> s.toString());
      assertEquals(n < 5, Double.isInfinite(s.sd()), () -> s.toString());
      assertEquals(n < 5, Double.isInfinite(m.sd()), () -> m.toString());
    }
  }
}
