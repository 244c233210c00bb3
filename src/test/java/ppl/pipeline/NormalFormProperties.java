package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
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

  private static void agree(Joint joint, double[] q) {
    var form = NormalForm.of(joint.model());
    double stated = joint.stated(q);
    double normal = joint.normal(form, q);
    if (stated == normal || Double.isNaN(stated) && Double.isNaN(normal)) return;
    assertEquals(stated, normal, 1e-10 * Math.max(1, Math.abs(stated)), () -> TermPrinter.print(form));
  }
}
