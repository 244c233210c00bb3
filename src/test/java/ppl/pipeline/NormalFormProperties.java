package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import ppl.form.NormalForm;
import ppl.form.Term;
import ppl.form.TermPrinter;

/// The terms of a normal form add up to the log joint, whatever the model.
class NormalFormProperties {
  @Provide
  Arbitrary<RandomModel> models() {
    return RandomModel.models();
  }

  @Property(tries = 60)
  void termsAddUpToTheJoint(@ForAll("models") RandomModel model, @ForAll long seed) {
    var ready = Whole.ready(model.text(), model.data());
    var joint = new Joint(ready);
    var q = PipelineProperties.position(ready.program().bind(ready.data()), seed);
    agree(joint, q);
  }

  /// Discrete unknowns, and matrices whose normal forms need several rules at once.
  @Test
  void termsOfTextbookModelsAddUp() throws IOException {
    for (var text : Files.readString(Path.of("src/test/resources/ppl/structures/numbers.txt")).split("(?m)^== .*\n")) {
      if (text.isBlank()) continue;
      var parts = text.split("(?m)^--\n");
      var ready = Whole.ready(parts[0], parts[1]);
      var joint = new Joint(ready);
      var terms = NormalForm.of(joint.model()).terms();
      assertTrue(terms.stream().flatMap(t -> t.factors().stream()).noneMatch(f -> f instanceof Term.Opaque), parts[0]);
      agree(joint, PipelineProperties.position(ready.program().bind(ready.data()), 5));
    }
  }

  /// A matrix whose elements need the determinant or the inverse of another one.
  @Test
  void matricesWithinMatricesAreLeftWhole() {
    var head = "x : real ~ Normal(0, 1)\nA = [[2 + x^2, x], [x, 3]]\n";
    for (var tail : new String[] {"S : cov[2] ~ InverseWishart(4, diag(rep(1 + log_determinant_spd(A)^2, 2)))",
        "S : cov[2] ~ Wishart(4, inverse(A) + diag(rep(1.0, 2)))",
        "y : real ~ Normal(log_determinant(A * (1 + log_determinant(A)^2)), 1)"}) {
      var ready = Whole.ready(head + tail + "\n", java.util.Map.of());
      agree(new Joint(ready), PipelineProperties.position(ready.program().bind(ready.data()), 3));
    }
  }

  private static final String ROWS = """
      data T : int
      data K : int
      data G : int
      data x : real[T]
      data y : real[T]
      data w : real[T, K]
      data g : int(1..G)[T]
      k : unit ~ Beta(2, 2)
      a : real ~ Normal(0, 1)
      b : real ~ Normal(0, 1)
      s : positive ~ Exponential(1)
      c : real[K] ~ Normal(0, 1)
      d : real[G, K] ~ Normal(0, 1)
      """;
  private static final String MEANS = "y ~ Normal([a + b * %s for i in 1..T], s)\n";

  /// Of a sum without statistics there is one value for each row.
  @Property(tries = 20)
  void sumsWithoutStatisticsStayOne(@ForAll("inseparable") String sum, @ForAll("rows") String rows, @ForAll long seed) {
    var joint = rows(sum, rows, seed);
    assertTrue(widest(joint) <= 1, () -> TermPrinter.print(NormalForm.of(joint.model())));
  }

  /// What data of rows multiply is taken apart, so that rows can be summed when they are bound.
  @Property(tries = 20)
  void sumsThatDataMultiplyComeApart(@ForAll("separable") String sum, @ForAll("rows") String rows, @ForAll long seed) {
    var joint = rows(sum, rows, seed);
    assertEquals(3, widest(joint));
  }

  @Provide
  Arbitrary<String> inseparable() {
    return Arbitraries.of("sum(j in 1..i : x[j] * k ^ (i - j))", "sum(j in 1..i : k ^ (i - j))",
        "sum(j in 1..K : exp(c[j]))",
        "sum(j in 1..i : x[j] * k ^ (i - j)) / sum(j in 1..i : k ^ (i - j))", "sum(j in 1..K : exp(x[i] * c[j]))",
        "sum(j in 1..K : j * exp(d[g[i], j]))", "sum(j in 1..K : j < 2 ? exp(c[j]) : sin(c[j] * x[i]))",
        "sum(j in 1..K : w[i, j] * sin(c[j] * x[i]))", "sum(j in 1..K : sum(l in 1..j : sin(c[j] * x[i] + c[l])))");
  }

  @Provide
  Arbitrary<String> separable() {
    return Arbitraries.of("sum(j in 1..K : w[i, j] * exp(c[j]))", "sum(j in 1..K : w[i, j] * exp(d[g[i], j]))");
  }

  @Provide
  Arbitrary<String> rows() {
    return Arbitraries.integers().between(1, 4).flatMap(t -> {
      var numbers = Arbitraries.doubles().between(-3, 3).list().ofSize(t);
      return Combinators.combine(numbers, numbers,
          Arbitraries.doubles().between(-3, 3).list().ofSize(2).list().ofSize(t),
          Arbitraries.integers().between(1, 2).list().ofSize(t)).as((x, y, w, g) ->
              "{\"T\": %d, \"K\": 2, \"G\": 2, \"x\": %s, \"y\": %s, \"w\": %s, \"g\": %s}".formatted(t, x, y, w, g));
    });
  }

  private static Joint rows(String sum, String rows, long seed) {
    var ready = Whole.ready(ROWS + MEANS.formatted(sum), rows);
    var joint = new Joint(ready);
    agree(joint, PipelineProperties.position(ready.program().bind(ready.data()), seed));
    return joint;
  }

  /// The most ranges that a term with something opaque runs over.
  private static int widest(Joint joint) {
    return NormalForm.of(joint.model()).terms().stream()
        .filter(t -> t.factors().stream().anyMatch(f -> f instanceof Term.Opaque)).mapToInt(t -> t.ranges().size()).max()
        .orElseThrow();
  }

  private static void agree(Joint joint, double[] q) {
    var form = NormalForm.of(joint.model());
    double stated = joint.stated(q);
    double normal = joint.normal(form, q);
    if (stated == normal || Double.isNaN(stated) && Double.isNaN(normal)) return;
    assertEquals(stated, normal, 1e-10 * Math.max(1, Math.abs(stated)), () -> TermPrinter.print(form));
  }
}
