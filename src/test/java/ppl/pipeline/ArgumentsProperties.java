package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import ppl.dist.Distribution;
import ppl.dist.Distributions;
import ppl.dist.Domain;
import ppl.dist.Form;
import ppl.dist.Parameter;
import ppl.ir.Kind;
import ppl.plan.Structures;
import ppl.source.Diagnostics;

/// Where an argument of a distribution lies outside of what it may be there is no density, whatever the formula gives:
/// with data that is an error which says so, and of unknowns the log density is negative infinity.
class ArgumentsProperties {
  /// A way to write a distribution of scalars, with numbers for its arguments.
  record Case(Distribution distribution, Form form, List<double[]> args) {
    boolean allowed() {
      return IntStream.range(0, args.size()).allMatch(i -> allows(form.parameters().get(i).domain(), args.get(i)));
    }

    /// `name = text` for each argument.
    String law(java.util.function.IntFunction<String> text) {
      return distribution.name() + IntStream.range(0, args.size())
          .mapToObj(i -> form.names().get(i) + " = " + text.apply(i)).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String toString() {
      return law(i -> Arrays.toString(args.get(i)));
    }
  }

  private static boolean allows(Domain domain, double[] x) {
    return switch (domain) {
      case REAL, INT -> true;
      case POSITIVE, POSITIVE_INT -> x[0] > 0;
      case NONNEGATIVE, COUNT -> x[0] >= 0;
      case UNIT, BINARY -> x[0] >= 0 && x[0] <= 1;
      case SIMPLEX -> Arrays.stream(x).allMatch(v -> v >= 0) && Math.abs(Arrays.stream(x).sum() - 1) < 1e-9;
      case ORDERED -> IntStream.range(1, x.length).allMatch(i -> x[i - 1] < x[i]);
      case COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> throw new IllegalArgumentException();
    };
  }

  @Provide
  Arbitrary<Case> cases() {
    var forms = Distributions.ALL.stream().filter(d -> d.eventRank() == 0 && !d.parameters().isEmpty())
        .flatMap(d -> d.forms().stream().filter(f -> f.parameters().stream().allMatch(p -> p.rank() < 2))
            .map(f -> new Case(d, f, List.of()))).toList();
    return Arbitraries.of(forms).flatMap(c -> Arbitraries.longs().map(seed -> {
      var random = new SplittableRandom(seed);
      var args = c.form.parameters().stream().map(p -> value(p, random)).toList();
      return new Case(c.distribution, c.form, args);
    }));
  }

  private static double[] value(Parameter p, SplittableRandom random) {
    if (p.domain() == Domain.SIMPLEX && random.nextBoolean()) return new double[] {0.25, 0.5, 0.25};
    if (p.domain() == Domain.ORDERED && random.nextBoolean()) return new double[] {-1, 0.5, 0.75};
    return IntStream.range(0, p.rank() == 0 ? 1 : 3)
        .mapToDouble(i -> p.kind() == Kind.INT ? random.nextInt(-2, 4) : random.nextInt(-4, 9) / 4.0 + 0.0625).toArray();
  }

  /// Data that no law is without, as far as their arguments have a meaning.
  private static String observed(Distribution d) {
    return d.isWhole() ? "1" : "0.5";
  }

  @Property(tries = 60)
  void argumentsFromData(@ForAll("cases") Case c) {
    var text = new StringBuilder("data y : " + (c.distribution.isWhole() ? "int" : "real") + "\n");
    var data = new ArrayList<>(List.of("\"y\": " + observed(c.distribution)));
    for (int i = 0; i < c.args.size(); i++) {
      var p = c.form.parameters().get(i);
      boolean whole = p.kind() == Kind.INT;
      text.append("data a%d : %s%s\n".formatted(i, whole ? "int" : "real", p.rank() == 0 ? "" : "[3]"));
      data.add("\"a%d\": %s".formatted(i, json(c.args.get(i), p)));
    }
    text.append("y ~ ").append(c.law(i -> "a" + i)).append("\nm : real ~ Normal(0, 1)\n");
    var diagnostics = new Diagnostics();
    Whole.attempt(text.toString(), "{" + String.join(", ", data) + "}", diagnostics);
    var said = Whole.said(diagnostics);
    assertEquals(!c.allowed(), said.contains("E0724") && said.contains("` of " + c.distribution.name() + " is "), c + said);
  }

  private static String json(double[] x, Parameter p) {
    var all = Arrays.stream(x).mapToObj(v -> p.kind() == Kind.INT ? String.valueOf((int) v)
        : String.format(Locale.ROOT, "%.17g", v)).toList();
    return p.rank() == 0 ? all.getFirst() : all.toString();
  }

  @Property(tries = 60)
  void argumentsFromUnknowns(@ForAll("cases") Case c) {
    if (c.form.parameters().stream().allMatch(p -> p.kind() == Kind.INT)) return;
    var text = new StringBuilder("data y : " + (c.distribution.isWhole() ? "int" : "real") + "\n");
    var q = new ArrayList<Double>();
    for (int i = 0; i < c.args.size(); i++) {
      var p = c.form.parameters().get(i);
      if (p.kind() == Kind.INT) {
        text.append("a%d = %d\n".formatted(i, 3));
        continue;
      }
      text.append("a%d : real%s ~ Normal(0, 1)\n".formatted(i, p.rank() == 0 ? "" : "[3]"));
      Arrays.stream(c.args.get(i)).forEach(q::add);
    }
    text.append("y ~ ").append(c.law(i -> "a" + i)).append("\n");
    boolean allowed = IntStream.range(0, c.args.size()).allMatch(i -> c.form.parameters().get(i).kind() == Kind.INT
        || allows(c.form.parameters().get(i).domain(), c.args.get(i)));
    var ready = Whole.ready(text.toString(), "{\"y\": " + observed(c.distribution) + "}");
    var at = q.stream().mapToDouble(x -> x).toArray();
    var target = ready.program().bind(ready.data());
    double density = target.logDensity(at);
    double expected = ready.program().interpret(ready.data()).logDensity(at);
    if (Double.isFinite(expected)) assertEquals(expected, density, 1e-9 * (1 + Math.abs(expected)), text::toString);
    else assertEquals(expected, density, text::toString);
    if (!allowed) assertEquals(Double.NEGATIVE_INFINITY, density, c::toString);
    if (!Double.isFinite(density)) return;
    var gradient = new double[at.length];
    target.gradient(at, gradient);
    assertTrue(Arrays.stream(gradient).allMatch(Double::isFinite), () -> c + Arrays.toString(gradient));
  }

  @Test
  void weightsAndArgumentsOfComponentsAreTested() {
    var model = """
        data y : real[2]
        w : real[2] ~ Normal(0, 1)
        s : real[2] ~ Normal(0, 1)
        y ~ %s
        """;
    for (var law : List.of("mixture(w, k in 1..2 : Normal(k, s[k]))", "mixture(w, Normal(1, s[1]), Normal(2, s[2]))")) {
      var ready = Whole.ready(model.formatted(law), "{\"y\": [1, 2]}");
      var target = ready.program().bind(ready.data());
      assertTrue(Double.isFinite(target.logDensity(new double[] {0.25, 0.75, 1, 2})), law);
      for (var q : List.of(new double[] {0.25, 0.5, 1, 2}, new double[] {-0.25, 1.25, 1, 2},
          new double[] {0.25, 0.75, 1, -2}, new double[] {0.25, 0.75, -1, 2}))
        assertEquals(Double.NEGATIVE_INFINITY, target.logDensity(q), law + Arrays.toString(q));
    }
  }

  /// Nothing is tested that its type or its making keeps where it has to be.
  @Test
  void whatIsProvenCostsNothing() {
    var model = """
        data y : count[2]
        data x : real[2]
        a : positive ~ Gamma(2, 2)
        p : simplex[2] ~ Dirichlet([1, 1])
        b : real[2] ~ Normal(0, 1)
        x ~ Normal(b[1], a)
        x ~ Normal(b[2], exp(b[1]) + a^2)
        x ~ mixture(softmax(b), Normal(0, 1), Normal(b[1], a))
        y ~ zero_inflated(inv_logit(b[1]), Poisson(a * p[1]))
        """;
    assertEquals(List.of(), Whole.ready(model, "{\"y\": [1, 2], \"x\": [1, 2]}").program().typed().doubts());
  }

  /// What does not depend on the tested argument keeps its closed form.
  @Test
  void closedFormsStay() {
    for (var scale : List.of("s", "s + t")) {
      var ready = Whole.ready("data y : real[3]\nmu : real ~ Normal(0, 1)\ns : real ~ Normal(1, 1)\nt : real ~ Normal(1, 1)\n"
          + "y ~ Normal(mu, " + scale + ")\n", "{\"y\": [1, 2, 1.5]}");
      assertTrue(Structures.of(ready.program().model()).blocks().stream()
          .anyMatch(b -> b.unknowns().getFirst().name().equals("mu")), scale);
    }
  }
}
