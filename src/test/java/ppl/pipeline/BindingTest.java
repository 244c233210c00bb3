package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import ppl.source.Diagnostics;

/// Mistakes that only data can tell are errors with a place.
class BindingTest {
  private static final String SERIES = """
      data N : int
      data k : int
      data y : real[N]
      b : real[N]
      b[1] ~ Normal(0, 1)
      for i in k..N { b[i] ~ Normal(b[i - 1], 1) }
      y ~ Normal(b, 1)
      """;

  private static String said(String text, String json) {
    var diagnostics = new Diagnostics();
    Whole.attempt(text, json, diagnostics);
    return Whole.said(diagnostics);
  }

  private static List<String> helped(String text, String json) {
    var diagnostics = new Diagnostics();
    Whole.attempt(text, json, diagnostics);
    return diagnostics.all().stream().flatMap(d -> d.help().stream()).toList();
  }

  @Test
  void aSubscriptOutsideItsArrayHasAPlace() {
    var text = "data N : int\ndata y : real[N]\ndata g : int[N]\na : real[N] ~ Normal(0, 1)\n"
        + "for i in 1..N { y[i] ~ Normal(a[g[i] + 1], 1) }\n";
    assertEquals("E0723 with these data subscript 4 in dimension 1 of a is outside 1..3, where i is 3 at "
        + "`for i in 1..N { y[i] ~ Normal(a[g[i] + 1], 1) }`", said(text, "{\"N\": 3, \"y\": [1, 2, 3], \"g\": [1, 2, 3]}"));
    assertEquals("", said(text, "{\"N\": 3, \"y\": [1, 2, 3], \"g\": [1, 2, 0]}"));
  }

  @Test
  void aSubscriptFromDataIsShownWithItsPlaceAndDeclaration() {
    var text = "data N : int\ndata J : int\ndata y : real[N]\ndata g : int[N]\na : real[J] ~ Normal(0, 1)\ny ~ Normal(a[g], 1)\n";
    var diagnostics = new Diagnostics();
    Whole.attempt(text, "{\"N\": 3, \"J\": 2, \"y\": [1, 2, 3], \"g\": [1, 3, 2]}", diagnostics);
    var error = diagnostics.all().getFirst();
    assertEquals("E0723", error.code());
    assertTrue(error.notes().getFirst().message().endsWith(": `g[2]` is 3"), error::toString);
    assertEquals(java.util.Optional.of("declare `data g : int(1..J)[N]`, which is tested as data are read"), error.help());
  }

  @Test
  void aLabelThatPicksElementsIsALevelOfTheData() {
    var text = "data t { y : real  county : factor }\na : real[county] ~ Normal(0, 1)\ny ~ Normal(a[county], 1)\n"
        + "same = sum(i in t : county[i] == \"Zz\")\n";
    var data = "{\"t\": [{\"y\": 1, \"county\": \"Anoka\"}, {\"y\": 2, \"county\": \"Clay\"}]}";
    assertEquals("", said(text + "d = a[\"Anoka\"] - a[\"Clay\"]\n", data));
    assertEquals("E0723 with these data \"anoka\" is no level of `county` at `\"anoka\"`",
        said(text + "d = a[\"anoka\"]\n", data));
    assertEquals("E0723 with these data \"Zz\" is no level of `county` at `\"Zz\"`",
        said(text + "d = a[\"Zz\"]\n", data));
    assertEquals(List.of("did you mean \"Anoka\"?"), helped(text + "d = a[\"anoka\"]\n", data));
    assertEquals(List.of("its levels are \"Anoka\", \"Clay\""), helped(text + "d = a[\"Zz\"]\n", data));
  }

  @Test
  void aSubscriptThatUnknownsLeadOutsideIsImpossibleNotAnError() {
    var ready = Whole.ready("data y : real[3]\na : real[3] ~ Normal(0, 1)\nb : real ~ Normal(0, 1)\n"
        + "y ~ Normal(a[b > 0 ? 3 : 4], 1)\ngenerate { c = a[b > 1 ? 0 : 1] }\n", "{\"y\": [1, 2, 3]}");
    for (var target : java.util.List.of(ready.program().bind(ready.data()), ready.program().interpret(ready.data()))) {
      var gradient = new double[4];
      assertEquals(Double.NEGATIVE_INFINITY, target.logDensity(new double[4]));
      assertEquals(Double.NEGATIVE_INFINITY, target.gradient(new double[4], gradient));
      assertTrue(Double.isFinite(target.gradient(new double[] {1, 2, 3, 0.5}, gradient)));
      var out = new double[5];
      target.constrain(new double[] {1, 2, 3, 0.5}, new SplittableRandom(1), out);
      assertEquals(1, out[4]);
      target.constrain(new double[] {1, 2, 3, 1.5}, new SplittableRandom(1), out);
      assertEquals(3, out[2]);
      assertTrue(Double.isNaN(out[4]));
    }
    assertEquals("no start was found: subscript 4 in dimension 1 of a is outside 1..3",
        ready.program().fault(ready.data(), new double[4]).orElseThrow().message());
  }

  @Test
  void answersByBlocksReportWhatCanBeComputed() {
    var ready = Whole.ready("data y : real\na : real[3] ~ Normal(0, 1)\nb : real ~ Normal(a[1], 1)\ny ~ Normal(b, 1)\n"
        + "generate { c = a[b > 1 ? 4 : 3] }\n", "{\"y\": 1}");
    var closed = ready.program().bind(ready.data()).conjugate().orElseThrow();
    var values = closed.blocks().stream().map(x -> new double[x.size()]).toArray(double[][]::new);
    var out = new double[5];
    for (var v : values) java.util.Arrays.fill(v, 0.5);
    closed.report(values, new double[closed.dimension()], new SplittableRandom(1), out);
    assertEquals(0.5, out[4]);
    for (var v : values) java.util.Arrays.fill(v, 2);
    closed.report(values, new double[closed.dimension()], new SplittableRandom(1), out);
    assertEquals(2, out[0]);
    assertTrue(Double.isNaN(out[4]));
  }

  @Test
  void sizesAndBoundsThatCannotBeHadAreErrorsOfTheData() {
    assertEquals("E0712 `x` is declared real[n[2]], but n[2] cannot be had: subscript 2 in dimension 1 of n is outside 1..1 at `x`",
        said("data N : int\ndata n : int[N]\ndata x : real[n[2]]\na : real ~ Normal(0, 1)\nx ~ Normal(a, 1)\n", "{\"N\": 1, \"n\": [1], \"x\": [1]}"));
    assertEquals("E0713 the bounds of `x` cannot be had: there is a division by zero at `x`",
        said("data n : int\ndata x : real(lower = 1 div n)\na : real ~ Normal(x, 1)\n", "{\"n\": 0, \"x\": 1}"));
  }

  @Test
  void whatDoesNotFitIntoMemoryIsToldWithItsSize() {
    var text = "data N : int\na : real[N, N] ~ Normal(0, 1)\n";
    assertEquals("E0902 with these data a would have 100000 times 100000 elements, 80 GB: more than an array can hold",
        said(text, "{\"N\": 100000}"));
  }

  @Test
  void everyElementIsGivenOnce() {
    assertEquals("", said(SERIES, "{\"N\": 3, \"k\": 2, \"y\": [1, 2, 3]}"));
    assertEquals("E0722 with these data `b[2]` is never given at `b`", said(SERIES, "{\"N\": 3, \"k\": 3, \"y\": [1, 2, 3]}"));
    assertEquals("E0721 with these data `b[1]` is given more than once at `for i in k..N { b[i] ~ Normal(b[i - 1], 1) }`",
        said(SERIES, "{\"N\": 3, \"k\": 1, \"y\": [1, 2, 3]}"));
  }

  @Test
  void conditionsOnDataDecideWhatIsGiven() {
    var text = """
        data N : int
        data y : real[N]
        m : real ~ Normal(0, 1)
        a : real[N]
        for i in 1..N { if y[i] > 0 { a[i] = m } else if y[i] < 0 { a[i] = -m } }
        y ~ Normal(a, 1)
        """;
    assertEquals("", said(text, "{\"N\": 2, \"y\": [1, -2]}"));
    assertEquals("E0722 with these data `a[2]` is never given, nor are 1 other elements at `a`",
        said(text, "{\"N\": 3, \"y\": [1, 0, 0]}"));
  }

  @Test
  void negativeExtentsAreMistakesOfTheData() {
    for (var given : List.of(" ~ Normal(0, 1)", "\nfor i in 1..N - 3 { u[i] ~ Normal(0, 1) }", "\nfor i in 1..N - 3 { u[i] = m }")) {
      var text = "data N : int\ndata y : real\nm : real ~ Normal(0, 1)\nu : real[N - 3]" + given + "\ny ~ Normal(m + sum(u), 1)\n";
      assertEquals("", said(text, "{\"N\": 3, \"y\": 1}"));
      assertEquals("E0723 with these data `u` would have a dimension of -2 elements at `u`", said(text, "{\"N\": 1, \"y\": 1}"));
    }
  }

  @Test
  void divisionOfWholeNumbersByZeroHasAPlace() {
    assertEquals("E0723 with these data there is a division by zero at `target += x * (7 div n)`",
        said("data n : int\nx : real ~ Normal(0, 1)\ntarget += x * (7 div n)\n", "{\"n\": 0}"));
  }

  @Test
  void elementsThatAreNotObservedAreTheirOwnReplicates() {
    var ready = Whole.ready("data y : real[4]\na : real ~ Normal(0, 1)\nfor t in 2..3 { y[t] ~ Normal(a * y[t - 1], 1) }\n",
        "{\"y\": [5, 6, 7, 8]}");
    var target = ready.program().bind(ready.data()).predicting();
    var out = new double[target.outputSize()];
    target.constrain(new double[1], new SplittableRandom(1), out);
    assertEquals(5, out[1]);
    assertEquals(8, out[4]);
    assertTrue(Math.abs(out[2]) < 5 && Math.abs(out[3]) < 5);
  }

  @Test
  void distributionsAreAskedOnlyForWhatTheyHave() {
    var bent = "dist Bent(a : real) on real { logpdf(x) = -abs(x - a) }\nx : real ~ Normal(0, 1)\n";
    assertTrue(said(bent + "y : real ~ censored(Bent(x), lower = 0)\n", "{}").startsWith("E0227"));
    assertTrue(said(bent + "target += cdf(Bent(0), x)\n", "{}").startsWith("E0227"));
    assertTrue(said(bent + "generate { z : real ~ Bent(x) }\n", "{}").startsWith("E0227"));
    assertTrue(said(bent + "target += x * mean(truncated(Normal(0, 1), lower = 0))\n", "{}").startsWith("E0227"));
    var ready = Whole.ready(bent + "data y : real\ny ~ Bent(x)\n", "{\"y\": 1}");
    assertEquals(1, ready.program().bind(ready.data()).predicting().outputSize());
  }
}
