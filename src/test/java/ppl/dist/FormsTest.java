package ppl.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import ppl.ir.Arr;
import ppl.ir.Exprs;
import ppl.ir.Kind;

/// Other ways to write arguments mean the same law, and stay exact where a detour would not.
class FormsTest {
  private static BoundLaw bind(String name, List<String> form, double... values) {
    var d = Distributions.find(name).orElseThrow();
    var f = d.forms().stream().filter(g -> g.names().equals(form)).findFirst().orElseThrow();
    var a = new BoundLaw.Arguments();
    var args = new ArrayList<Arr>();
    for (int i = 0; i < values.length; i++)
      args.add(Arr.of(f.parameters().get(i).kind() == Kind.INT ? a.integer((int) values[i]) : a.real(values[i])));
    return a.bind(name + form, f.law(args, List.of()));
  }

  private static void same(BoundLaw a, BoundLaw b, double... at) {
    for (double x : at) {
      assertEquals(a.logpdf(x), b.logpdf(x), 1e-11 * (1 + Math.abs(a.logpdf(x))), b + " at " + x);
      assertEquals(a.logcdf(x), b.logcdf(x), 1e-11 * (1 + Math.abs(a.logcdf(x))), b + " cdf at " + x);
      assertEquals(a.logccdf(x), b.logccdf(x), 1e-11 * (1 + Math.abs(a.logccdf(x))), b + " ccdf at " + x);
    }
    assertEquals(a.values(a.law().mean().orElseThrow())[0], b.values(b.law().mean().orElseThrow())[0], 1e-11);
    assertEquals(a.values(a.law().sd().orElseThrow())[0], b.values(b.law().sd().orElseThrow())[0], 1e-11);
  }

  @Test
  void otherFormsAreTheSameLaw() {
    var normal = bind("Normal", List.of("mean", "sd"), 1.5, 0.7);
    same(normal, bind("Normal", List.of("mean", "precision"), 1.5, 1 / 0.49), -1, 1.5, 6);
    same(normal, bind("Normal", List.of("mean", "variance"), 1.5, 0.49), -1, 1.5, 6);
    same(bind("Exponential", List.of("rate"), 0.4), bind("Exponential", List.of("mean"), 2.5), 0.1, 9);
    same(bind("Gamma", List.of("shape", "rate"), 4, 2), bind("Gamma", List.of("mean", "sd"), 2, 1), 0.1, 2, 20);
    same(bind("Beta", List.of("a", "b"), 2, 6), bind("Beta", List.of("mean", "concentration"), 0.25, 8), 0.1, 0.9);
    double logit = Math.log(0.3 / 0.7);
    same(bind("Bernoulli", List.of("p"), 0.3), bind("Bernoulli", List.of("logit"), logit), 0, 1);
    same(bind("Binomial", List.of("n", "p"), 9, 0.3), bind("Binomial", List.of("n", "logit"), 9, logit), 0, 4, 9);
    same(bind("Poisson", List.of("rate"), 3), bind("Poisson", List.of("log"), Math.log(3)), 0, 2, 30);
    var counts = bind("NegativeBinomial", List.of("mean", "dispersion"), 3, 2);
    same(counts, bind("NegativeBinomial", List.of("log", "dispersion"), Math.log(3), 2), 0, 2, 30);
    same(counts, bind("NegativeBinomial", List.of("shape", "rate"), 2, 2.0 / 3), 0, 2, 30);
  }

  @Test
  void vectorFormsAreTheSameLaw() {
    var d = Distributions.find("MultivariateNormal").orElseThrow();
    double[] cov = {2, 0.6, 0.6, 1};
    double[] precision = {1 / 1.64, -0.6 / 1.64, -0.6 / 1.64, 2 / 1.64};
    double[] factor = {Math.sqrt(2), 0, 0.6 / Math.sqrt(2), Math.sqrt(1 - 0.18)};
    double[] x = {0.3, -1.2};
    double quadratic = (x[0] - 1) * (x[0] - 1) * precision[0] + 2 * (x[0] - 1) * (x[1] + 1) * precision[1]
        + (x[1] + 1) * (x[1] + 1) * precision[3];
    double expected = -Math.log(2 * Math.PI) - Math.log(1.64) / 2 - quadratic / 2;
    var matrices = Map.of("cov", cov, "precision", precision, "cholesky", factor);
    for (var f : d.forms()) {
      var a = new BoundLaw.Arguments();
      var matrix = a.array("m", Kind.REAL, List.of(2, 2), matrices.get(f.names().get(1)));
      var law = a.bind(f.names().toString(), f.law(List.of(a.vector(1, -1), matrix), List.of(Exprs.integer(2))));
      assertEquals(expected, law.logpdf(x), 1e-12, law.toString());
    }
  }

  @Test
  void categoriesByLogits() {
    var d = Distributions.find("Categorical").orElseThrow();
    double[] p = {0.2, 0.5, 0.3};
    var a = new BoundLaw.Arguments();
    var b = new BoundLaw.Arguments();
    var byP = a.bind("p", d.law(List.of(a.vector(p)), List.of()));
    var logits = DoubleStream.of(p).map(q -> Math.log(q) + 700).toArray();
    var byLogits = b.bind("logits", d.forms().get(1).law(List.of(b.vector(logits)), List.of()));
    for (int k = 1; k <= 3; k++) {
      assertEquals(byP.logpdf(k), byLogits.logpdf(k), 1e-12);
      assertEquals(byP.logcdf(k), byLogits.logcdf(k), 1e-12);
    }
    assertEquals(Double.NEGATIVE_INFINITY, byP.logpdf(4));
    assertEquals(Double.NEGATIVE_INFINITY, byLogits.logpdf(0));
  }

  @Test
  void logFormsHaveNoDetours() {
    assertEquals(-800, bind("Bernoulli", List.of("logit"), 800).logpdf(0), 1e-9);
    assertEquals(0, bind("Bernoulli", List.of("logit"), 800).logpdf(1), 1e-300);
    assertEquals(-2400, bind("Binomial", List.of("n", "logit"), 3, -800).logpdf(3), 1e-9);
    assertEquals(-800, bind("Poisson", List.of("log"), -800).logpdf(1), 1e-9);
    assertEquals(-800 + Math.log(2), bind("NegativeBinomial", List.of("log", "dispersion"), -800, 2).logpdf(1)
        + Math.log(2), 1e-9);
    assertEquals(-804.6084420137538, bind("Normal", List.of("mean", "sd"), 0, 1).logcdf(-40), 1e-9);
    assertEquals(-804.6084420137538, bind("Normal", List.of("mean", "sd"), 0, 1).logccdf(40), 1e-9);
  }

  @Test
  void boundariesAreExact() {
    assertEquals(Math.log(2), bind("Exponential", List.of("rate"), 2).logpdf(0), 1e-15);
    assertEquals(Math.log(2), bind("Gamma", List.of("shape", "rate"), 1, 2).logpdf(0), 1e-15);
    assertEquals(Math.log(0.5), bind("Weibull", List.of("shape", "scale"), 1, 2).logpdf(0), 1e-15);
    assertEquals(0, bind("Beta", List.of("a", "b"), 1, 1).logpdf(0), 1e-15);
    assertEquals(0, bind("Beta", List.of("a", "b"), 1, 1).logpdf(1), 1e-15);
    assertEquals(0, bind("Poisson", List.of("rate"), 0).logpdf(0), 1e-15);
    assertEquals(0, bind("Binomial", List.of("n", "p"), 4, 0).logpdf(0), 1e-15);
    assertEquals(0, bind("Binomial", List.of("n", "p"), 4, 1).logpdf(4), 1e-15);
    assertEquals(0, bind("NegativeBinomial", List.of("log", "dispersion"), -2000, 1).logpdf(0), 1e-15);
    for (var name : List.of("LogNormal", "InverseGamma", "InverseChiSquared"))
      assertEquals(Double.NEGATIVE_INFINITY, bind(name,
          Distributions.find(name).orElseThrow().forms().getFirst().names(), 1, 2).logpdf(0), name);
    for (var half : List.of(bind("HalfNormal", List.of("scale"), 2), bind("HalfCauchy", List.of("scale"), 2),
        bind("HalfStudentT", List.of("df", "scale"), 2.5, 2))) {
      assertEquals(Double.NEGATIVE_INFINITY, half.logcdf(0), half + " at 0");
      assertEquals(0, half.logccdf(0), 1e-15, half + " at 0");
      assertEquals(Math.log(1e-12) + half.logpdf(0), half.logcdf(1e-12), 1e-3, half + " next to 0");
    }
  }

  @Test
  void everyFormCanDoTheSame() {
    for (var d : Distributions.ALL)
      for (var f : d.forms()) {
        assertEquals(d.abilities().contains(Ability.TAILS), f.abilities(d.shape()).contains(Ability.TAILS), d.name());
        assertEquals(d.abilities().contains(Ability.DRAW), f.abilities(d.shape()).contains(Ability.DRAW), d.name());
        boolean proper = !d.name().equals("Flat");
        assertEquals(proper, d.abilities().contains(Ability.DRAW), d.name());
        assertEquals(proper && d.eventRank() == 0, d.abilities().contains(Ability.TAILS), d.name());
      }
  }

  @Test
  void argumentsFindTheirForm() {
    var normal = Distributions.find("Normal").orElseThrow();
    assertEquals(List.of("mean", "sd"), normal.form(2, Set.of()).orElseThrow().names());
    assertEquals(List.of("mean", "precision"), normal.form(1, Set.of("precision")).orElseThrow().names());
    assertEquals(List.of("mean", "variance"), normal.form(0, Set.of("variance", "mean")).orElseThrow().names());
    assertTrue(normal.form(1, Set.of("mean")).isEmpty());
    assertTrue(normal.form(3, Set.of()).isEmpty());
    assertTrue(normal.form(0, Set.of("sd", "precision")).isEmpty());
  }

  @Test
  void everyNameIsOnce() {
    assertEquals(Distributions.ALL.size(), new HashSet<>(Distributions.names()).size());
    for (var d : Distributions.ALL) {
      var forms = new HashSet<>(d.forms().stream().map(f -> Set.copyOf(f.names())).toList());
      assertEquals(d.forms().size(), forms.size(), d.name() + " has two forms of the same names");
    }
  }

  @Test
  void referenceShowsEveryForm() {
    assertEquals("Normal(mean, sd | precision | variance)", Docs.signature(Distributions.find("Normal").orElseThrow()));
    assertEquals("Gamma(shape, rate | mean, sd)", Docs.signature(Distributions.find("Gamma").orElseThrow()));
    assertEquals("NegativeBinomial(mean, dispersion | log, dispersion | shape, rate)",
        Docs.signature(Distributions.find("NegativeBinomial").orElseThrow()));
    var table = Docs.table(Distributions.ALL);
    for (var name : Distributions.names()) assertTrue(table.contains("`" + name + "("), name);
    assertEquals(Distributions.ALL.size() + 2, table.lines().count());
  }
}
