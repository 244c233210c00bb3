package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ppl.form.Auxiliaries;
import ppl.form.NormalForm;
import ppl.plan.Structures;

/// Auxiliary unknowns close heavy tails, and integrating them out gives the model back.
class AuxiliariesTest {
  private static final String DATA = "{\"N\": 3, \"y\": [0.4, -1.1, 2.3], \"x\": [1, 2, 0.5]}";
  private static final String HEAD = "data N : int  data y : real[N]\n";

  @ParameterizedTest
  @ValueSource(strings = {
      "data x : real[N]  mu : real ~ Normal(0, 1)  tau : real ~ HalfCauchy(5)  a : real[N] ~ Normal(0, 1)  y ~ Normal(mu + tau * a, x)",
      "mu : real ~ Cauchy(0, 5)  v : positive ~ InverseGamma(1, 1)  y ~ Normal(mu, sqrt(v))",
      "data x : real[N]  b : real ~ Normal(0, 1)  t : positive ~ Gamma(1, 1)  y ~ StudentT(4, b * x, 1 / sqrt(t))",
      "tau : real ~ HalfStudentT(3, 2)  y ~ Normal(0, tau)"})
  void heavyTailsClose(String text) {
    var ready = Whole.ready(HEAD + text, DATA);
    var model = Auxiliaries.of(ready.program().stated());
    assertEquals(List.of(), Structures.of(model).refusals());
    var joint = new Joint(ready, model);
    var q = new double[16];
    for (int i = 0; i < q.length; i++) q[i] = 0.3 * Math.sin(2 * i + 1);
    assertEquals(joint.stated(q), joint.normal(NormalForm.of(model), q), 1e-10);
  }

  @Test
  void auxiliariesIntegrateOut() {
    var ready = Whole.ready("data y : real\nmu : real ~ StudentT(4, 1, 2)\ny ~ Normal(mu, 1)", "{\"y\": 0.7}");
    var joint = new Joint(ready, Auxiliaries.of(ready.program().stated()));
    double sum = 0;
    for (double u = -25; u < 6; u += 0.01) sum += 0.01 * Math.exp(joint.stated(new double[] {-0.4, u}) + u);
    assertEquals(new Joint(ready).stated(new double[] {-0.4}), Math.log(sum), 1e-9);
  }

  @Test
  void otherModelsStayAsTheyAre() {
    var model = Whole.ready("mu : real ~ Normal(0, 1)", "{}").program().stated();
    assertSame(model, Auxiliaries.of(model));
  }
}
