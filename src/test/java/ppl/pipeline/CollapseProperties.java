package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import ppl.emit.Emit;
import ppl.emit.Loader;
import ppl.form.Collapse;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.ir.Printer;
import ppl.ir.Stmt;
import ppl.lower.Model;
import ppl.plan.Assemble;
import ppl.runtime.KernelTarget;

/// Sums over data that are done once leave the log density and its gradient as they are.
class CollapseProperties {
  @Provide
  Arbitrary<RandomModel> models() {
    return RandomModel.models();
  }

  /// The same model, row by row.
  static KernelTarget rows(Whole.Ready ready) {
    var kernel = Loader.load(Emit.toClass(Assemble.unit(ready.program().model())));
    return ready.program().blueprint().bind(kernel, ready.data());
  }

  @Property(tries = 100)
  void collapsedIsTheSame(@ForAll("models") RandomModel model, @ForAll long seed) {
    var ready = Whole.ready(model.text(), model.data());
    var collapsed = ready.program().bind(ready.data());
    same(rows(ready), collapsed, PipelineProperties.position(collapsed, seed), 1e-9);
  }

  /// What is computed within a loop, and put to use outside of it.
  @Example
  void rowsOfAFamilyKeepTheirOwnIndices() {
    var ready = Whole.ready("""
        data K : int
        data N : int
        data M : real[K, K]
        data y : int[N, K]
        u : real[K] ~ Normal(0, 1)
        for j in 1..N { y[j, ] ~ Categorical([softmax(M[s] .* u) for s in 1..K]) }
        """, Map.of("K", "2", "N", "3", "M", "[[1, 2], [-1, 0.5]]", "y", "[[1, 2], [2, 2], [1, 1]]"));
    var collapsed = ready.program().bind(ready.data());
    for (long seed = 1; seed <= 3; seed++) same(rows(ready), collapsed, PipelineProperties.position(collapsed, seed), 1e-12);
  }

  static void same(KernelTarget rows, KernelTarget collapsed, double[] q, double tolerance) {
    var expected = new double[q.length];
    var actual = new double[q.length];
    double density = rows.gradient(q, expected);
    if (!Double.isFinite(density)) return;
    PipelineProperties.agree("log density", density, collapsed.gradient(q, actual), tolerance);
    PipelineProperties.agree("log density", density, collapsed.logDensity(q), tolerance);
    for (int i = 0; i < q.length; i++)
      if (Double.isFinite(expected[i])) assertEquals(expected[i], actual[i], tolerance * (1 + norm(expected)), "gradient " + i);
  }

  private static double norm(double[] x) {
    double max = 0;
    for (double v : x) if (Double.isFinite(v)) max = Math.max(max, Math.abs(v));
    return max;
  }

  static final String DATA = """
      data N : int
      data J : int
      data L : int
      data y : real[N]
      data z : real[N, L]
      data x : real[N]
      data v : real[N]
      data w : positive[N]
      data X : real[N, L]
      data g : int(1..J)[N]
      data h : int(1..L)[N]
      data k : count[N]
      data b : binary[N]
      """;

  static Map<String, String> data(long seed, int n, double mean) {
    var r = new Random(seed);
    int j = 1 + r.nextInt(4);
    int l = 1 + r.nextInt(4);
    var collinear = IntStream.range(0, n).mapToDouble(i -> mean + r.nextGaussian()).toArray();
    return Map.ofEntries(Map.entry("N", "" + n), Map.entry("J", "" + j), Map.entry("L", "" + l),
        Map.entry("y", list(n, i -> "" + (mean + r.nextGaussian()))),
        Map.entry("z", list(n, i -> list(l, c -> "" + r.nextGaussian()))),
        Map.entry("x", list(n, i -> "" + collinear[i])),
        Map.entry("v", list(n, i -> "" + (collinear[i] + 1e-3 * r.nextGaussian()))),
        Map.entry("w", list(n, i -> "" + (0.1 + r.nextDouble()))),
        Map.entry("X", list(n, i -> list(l, c -> "" + r.nextGaussian()))),
        Map.entry("g", list(n, i -> "" + (1 + r.nextInt(j)))), Map.entry("h", list(n, i -> "" + (1 + r.nextInt(l)))),
        Map.entry("k", list(n, i -> "" + r.nextInt(5))), Map.entry("b", list(n, i -> "" + r.nextInt(2))));
  }

  static String list(int n, java.util.function.IntFunction<String> element) {
    return IntStream.range(0, n).mapToObj(element).collect(Collectors.joining(", ", "[", "]"));
  }

  static final String UNKNOWN = """
      mu : real ~ Normal(0, 1)
      s : positive ~ LogNormal(0, 0.5)
      a : real[J] ~ Normal(mu, 1)
      c : real[L] ~ Normal(0, 1)
      t : positive[J] ~ LogNormal(0, 0.5)
      B : real[J, L] ~ Normal(0, 1)
      """;

  /// Whose sums over rows are taken when data are bound.
  static final List<String> COLLAPSED = List.of(
      "y ~ Normal(mu, s)",
      "y ~ Normal(mu + X * c, s)",
      "y ~ Normal(a[g] + mu * x, s)",
      "y ~ Normal(a[g] + c[h] + mu * x, s)",
      "y ~ Normal(mu + a[g] .* x, t[g])",
      "y ~ Normal(a[g] + X * c, w)",
      "y ~ Normal(a[g] + X * c, s * w)",
      "y ~ Normal(mu + s * a[g], 2)",
      "y ~ Normal(mu, precision = s * w)",
      "w ~ LogNormal(mu, s)",
      "log(w) ~ Normal(mu + exp(c[1]) * x, t[1])",
      "w ~ Gamma(s, t[g])",
      "w ~ InverseGamma(s, t[g])",
      "w ~ Exponential(exp(mu))",
      "w ~ Weibull(1, t[g])",
      "k ~ Poisson(t[g])",
      "k ~ Poisson(log = mu)",
      "k ~ Geometric(inv_logit(mu))",
      "b ~ Bernoulli(inv_logit(a[g]))",
      "z ~ Normal(c, s)",
      "for n in 1..N { for l in 1..L { z[n, l] ~ Normal(B[g[n], l] + c[l] * x[n], s) } }",
      "for n in 1..N { if x[n] > 0 { y[n] ~ Normal(a[g[n]] + mu * x[n], s) } else { y[n] ~ Normal(mu, 2 * s) } }",
      "for n in 3..N { y[n] ~ Normal(mu * y[n - 1] + c[1] * y[n - 2], s) }",
      "for n in 1..N { y[n] ~ Normal(sum(l in 1..L : X[n, l] * B[g[n], l]), s) }",
      "target += -0.5 * sum((y - X * c)^2) / s^2",
      "for n in 1..N { target += w[n] * logpdf(Normal(mu + c[1] * x[n], s), y[n]) }",
      "for n in 1..N { target += x[n] * logpdf(Normal(mu + c[1] * x[n], s), y[n]) }",
      "for n in 1..N { for m in 1..n { target += w[n] * log(s) * x[m] } }",
      "m = mu + c[1] * x\ny ~ Normal(m, s)",
      "m : real[N]\nfor n in 1..N { m[n] = mu + c[1] * x[n] }\ny ~ Normal(m, s)\nw ~ LogNormal(m, 1)");

  /// What is no such sum.
  static final List<String> KEPT = List.of(
      "y ~ StudentT(4, mu, s)",
      "y ~ Laplace(mu, s)",
      "y ~ Normal(exp(mu * x), s)",
      "b ~ Bernoulli(logit = c[h])",
      "b ~ Bernoulli(logit = X * c)",
      "for n in 1..N { for m in 1..n { target += -0.5 * ((y[n] - mu) / s)^2 * w[m] } }",
      "for j in 1..J { target += -0.5 * (a[j] - mu)^2 }");

  private static Stmt last(Model model) {
    return model.steps().stream().filter(s -> s instanceof Model.Step.Density).toList().getLast().block();
  }

  @Example
  void whatCanBeSummedIs() {
    var data = data(1, 30, 0);
    for (var l : COLLAPSED) assertTrue(collapses(l, data), l);
    for (var l : KEPT) assertFalse(collapses(l, data), l);
  }

  static boolean collapses(String likelihood, Map<String, String> data) {
    var model = Whole.ready(DATA + UNKNOWN + likelihood + "\n", data).program().model();
    return !Printer.print(last(model)).equals(Printer.print(last(Collapse.of(model))));
  }

  /// A sum over wide rows is taken when data are bound unless a loop over the few elements that are not 0 costs less.
  @Example
  void wideRowsThatAreMostlyZeroStay() {
    assertTrue(isCollapsed(60, 20, 1));
    assertTrue(isCollapsed(60, 7, 0.05));
    assertFalse(isCollapsed(60, 20, 0.05));
  }

  private static boolean isCollapsed(int rows, int columns, double share) {
    var r = new Random(1);
    var data = new TreeMap<>(data(1, rows, 0));
    data.put("L", "" + columns);
    data.put("h", list(rows, _ -> "1"));
    data.put("z", list(rows, _ -> list(columns, _ -> "0")));
    data.put("X", list(rows, _ -> list(columns, _ -> r.nextDouble() < share ? "1" : "0")));
    var ready = Whole.ready(DATA + UNKNOWN + "y ~ Normal(mu + X * c, s)\n", data);
    var unit = ready.program().unit();
    var slots = ready.program().blueprint().slots(ready.data());
    var interpreter = new Interpreter(r);
    for (int i = 0; i < slots.length; i++)
      interpreter.bind(ready.program().model().slots().get(i).array(),
          slots[i] instanceof int[] whole ? Arrays.stream(whole).asDoubleStream().toArray() : (double[]) slots[i]);
    interpreter.run(new Stmt.Block(unit.prepared(), List.of(unit.prepare())));
    var collapsed = unit.prepared().stream().filter(a -> a.rank() == 0 && a.kind() == Kind.INT).toList();
    assertEquals(1, collapsed.size());
    return interpreter.values(collapsed.getFirst())[0] == 1;
  }

  @Property(tries = 150)
  void likelihoodsKeepTheirValues(@ForAll long seed) {
    var r = new Random(seed);
    int n = r.nextInt(60);
    var text = DATA + UNKNOWN + COLLAPSED.get(r.nextInt(COLLAPSED.size())) + "\n";
    var ready = Whole.ready(text, data(seed, Math.max(n, 3), 0));
    var collapsed = ready.program().bind(ready.data());
    same(rows(ready), collapsed, PipelineProperties.position(collapsed, seed), 1e-10);
    var interpreted = ready.program().interpret(ready.data());
    same(interpreted, collapsed, PipelineProperties.position(collapsed, seed), 1e-10);
  }

  /// Elements that exist only where a choice by data or by an index goes one way.
  static final List<String> BEHIND_CHOICES = List.of(
      "for i in 1..N { z[i] ~ Normal(append(m, u), 1) }",
      "for i in 1..N { z[i] ~ Normal(append(u, m), 1) }",
      "for i in 1..N { z[i] ~ Normal(append(0, u), 1) }",
      "for i in 1..N { z[i] ~ Normal(append(append(o, m), u)[2..L + 1], 1) }",
      "for i in 1..N { z[i] ~ Normal(append(m, append(u, o))[1..L], w[i]) }",
      "for i in 1..N { z[i] ~ Normal([l > 1 ? u[l - 1] : m for l in 1..L], 1) }",
      "d = append(m, u)\nfor i in 1..N, l in 1..L { z[i, l] ~ Normal(d[l] + o[g[i]], 1) }",
      "d = append(m, u)\ny ~ Normal(X * d, w)",
      "for i in 1..N, l in 1..L { if l > 1 { z[i, l] ~ Normal(u[l - 1], 1) } }",
      "for i in 1..N, l in 1..L { if l > 1 { z[i, l] ~ Normal(u[l - 1] + o[g[i]], 2) } }",
      "for i in 1..N, l in 1..L { if l > h[i] { z[i, l] ~ Normal(u[l - 1], 1) } }",
      "for i in 1..N, l in 1..L { if l > h[i] { z[i, l] ~ Normal(u[l - 1] - o[g[i]], w[i]) } }",
      "for i in 1..N, l in 1..L { if l > h[i] { z[i, l] ~ Normal(u[l - h[i]] + m, 1) } }",
      "for i in 1..N, l in 1..L + 1 { if l <= h[i] { y[i] ~ Normal(r[l], 1) } }",
      "for i in 1..N { y[i] ~ Normal(g[i] > 1 ? o[g[i] - 1] : m, 1) }",
      "for i in 1..N { y[i] ~ Normal(m + x[i] * (h[i] < L ? u[h[i]] : 0), 1) }",
      "for i in 1..N, l in 1..L { if l > 1 { k[i] ~ Poisson(t[l - 1]) } }",
      "for i in 1..N, l in 1..L { if l < h[i] { k[i] ~ Poisson(t[l]) } }",
      "for i in 1..N, l in 1..L { if l > 1 and h[i] < L { k[i] ~ Poisson(t[l - 1] * t[h[i]]) } }");

  static final String CHOSEN = """
      m : real ~ Normal(0, 1)
      u : real[L - 1] ~ Normal(0, 1)
      r : real[L] ~ Normal(0, 1)
      o : real[J] ~ Normal(0, 1)
      t : positive[L - 1] ~ Gamma(2, 1)
      """;

  @Property(tries = 60)
  void readsStayBehindTheirChoices(@ForAll long seed) {
    var r = new Random(seed);
    var text = DATA + CHOSEN + BEHIND_CHOICES.get(r.nextInt(BEHIND_CHOICES.size())) + "\n";
    var ready = Whole.ready(text, data(seed, 3 + r.nextInt(20), 0));
    var collapsed = ready.program().bind(ready.data());
    var q = PipelineProperties.position(collapsed, seed);
    assertTrue(Double.isFinite(collapsed.logDensity(q)), text);
    same(rows(ready), collapsed, q, 1e-10);
    same(ready.program().interpret(ready.data()), collapsed, q, 1e-10);
  }

  private static final List<String> WITH_GAPS = List.of(
      "x ~ Normal(0, 1)\ny ~ Normal(mu, s)",
      "x ~ Normal(c[1], s)\ny ~ Normal(a[g] + mu * x, 2)",
      "x ~ Normal(0, s)\ny ~ Normal(mu + s * x + v, s)",
      "for n in 1..N { x[n] ~ Normal(mu, 1)  y[n] ~ Normal(x[n] + X[n, 1] * c[1], s) }",
      "x ~ Normal(0, 1)\ny ~ StudentT(4, mu + x, s)");

  /// Missing numbers are read in their own rows alone.
  @Property(tries = 40)
  void gapsKeepTheirRows(@ForAll long seed) {
    var r = new Random(seed);
    var data = new TreeMap<>(data(seed, 3 + r.nextInt(40), 0));
    for (var column : List.of("x", "y"))
      data.computeIfPresent(column, (_, list) -> Arrays.stream(numbers(list))
          .mapToObj(v -> r.nextInt(6) == 0 ? "null" : "" + v).collect(Collectors.joining(", ", "[", "]")));
    var ready = Whole.ready(DATA + UNKNOWN + WITH_GAPS.get(r.nextInt(WITH_GAPS.size())) + "\n", data);
    var collapsed = ready.program().bind(ready.data());
    same(rows(ready), collapsed, PipelineProperties.position(collapsed, seed), 1e-10);
  }

  /// Far from 0 and nearly collinear, where sums of squares and products would lose all digits. The truth is summed
  /// without rounding; what rounding in each row's linear predictor comes to is the measure of the error.
  @Property(tries = 30)
  void scalesDoNotMatter(@ForAll long seed, @ForAll @IntRange(min = 2, max = 6) int digits) {
    double mean = Math.pow(10, digits);
    var text = DATA + UNKNOWN + "b1 : real ~ Flat()\nb2 : real ~ Flat()\nb3 : real[J] ~ Flat()\n"
        + "y ~ Normal(b3[g] + b1 * x + b2 * v, s)\n";
    var data = data(seed, 80, mean);
    var ready = Whole.ready(text, data);
    var collapsed = ready.program().bind(ready.data());
    var q = PipelineProperties.position(collapsed, seed);
    // where residuals are of the size of the noise
    int groups = collapsed.quantities().getLast().size();
    int at = q.length - groups;
    for (int j = 0; j < groups; j++) q[at + j] += mean * (1 - q[at - 2] - q[at - 1]);
    var gradient = new double[q.length];
    double density = collapsed.gradient(q, gradient);
    var y = numbers(data.get("y"));
    var x = numbers(data.get("x"));
    var v = numbers(data.get("v"));
    var g = numbers(data.get("g"));
    double precision = Math.exp(-2 * q[1]);
    var truth = new Exact[q.length];
    Arrays.setAll(truth, k -> new Exact());
    var squares = new Exact();
    for (int n = 0; n < y.length; n++) {
      int j = at + (int) g[n] - 1;
      var residual = Stream.of(new double[] {q[at - 2], x[n]}, new double[] {q[at - 1], v[n]}, new double[] {q[j], 1})
          .map(p -> new BigDecimal(p[0]).multiply(new BigDecimal(p[1])))
          .reduce(new BigDecimal(y[n]), BigDecimal::subtract);
      double rounds = Math.ulp(1.0) * (Math.abs(y[n]) + Math.abs(q[at - 2] * x[n]) + Math.abs(q[at - 1] * v[n]) + Math.abs(q[j]));
      truth[at - 2].add(residual, x[n], rounds);
      truth[at - 1].add(residual, v[n], rounds);
      truth[j].add(residual, 1, rounds);
      squares.add(residual.multiply(residual), 1, 2 * residual.abs().doubleValue() * rounds);
    }
    for (int k = at - 2; k < q.length; k++) truth[k].agrees(gradient[k] / precision);
    // all else is what it is without these data
    var rows = rows(Whole.ready(text.replace("y ~ Normal(b3[g] + b1 * x + b2 * v, s)", "target += -N * log(s)"), data));
    var rest = new double[q.length];
    double prior = rows.gradient(q, rest) - 0.5 * y.length * Math.log(2 * Math.PI);
    squares.agrees((prior - density) * 2 / precision, Math.ulp(prior) * 100 / precision);
    squares.agrees((gradient[1] - rest[1]) / precision, Math.ulp(rest[1]) * 100 / precision);
  }

  static double[] numbers(String list) {
    return Arrays.stream(list.substring(1, list.length() - 1).split(", ")).mapToDouble(Double::parseDouble).toArray();
  }

  /// A sum without rounding, and what rounding of its terms comes to.
  private static final class Exact {
    /// Each of four columns is reflected once, which rounds twice.
    private static final int REFLECTIONS = 8;

    private BigDecimal sum = BigDecimal.ZERO;
    private double rounds;

    void add(BigDecimal a, double b, double error) {
      sum = sum.add(a.multiply(new BigDecimal(b)));
      rounds += Math.abs(b) * error;
    }

    void agrees(double actual) {
      agrees(actual, 0);
    }

    void agrees(double actual, double more) {
      double truth = sum.doubleValue();
      assertEquals(truth, actual, REFLECTIONS * rounds + more + 4 * Math.ulp(truth));
    }
  }
}
