package ppl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import ppl.source.Diagnostic;
import ppl.typed.Interval;
import ppl.typed.Symbol;
import ppl.typed.Typed;

/// Where values are said to lie, and who is warned.
class RangesTest {
  private static final Map<String, Interval> NAMES = Map.of("p", Interval.UNIT, "q", Interval.UNIT, "s",
      Interval.NONNEGATIVE, "m", Interval.ALL, "r", new Interval(-1, 1), "b", new Interval(2, 5));
  private static final String HEAD = """
      data y : real
      p : unit ~ Beta(1, 1)
      q : unit ~ Beta(2, 1)
      s : real ~ HalfNormal(1)
      m : real ~ Normal(0, 1)
      r : real(-1..1) ~ Flat()
      b : real ~ Uniform(2, 5)
      """;

  /// A term with what it is for given values of the names.
  record Term(String text, java.util.function.ToDoubleFunction<Map<String, Double>> value) {}

  @Provide
  Arbitrary<Term> terms() {
    var leaf = Arbitraries.oneOf(Arbitraries.of(NAMES.keySet()).map(n -> new Term(n, v -> v.get(n))),
        Arbitraries.of(0.0, 1.0, 2.0, 0.25, 3.0).map(x -> new Term(String.valueOf(x), v -> x)));
    return Arbitraries.recursive(() -> leaf, inner -> Arbitraries.oneOf(
        Arbitraries.of("+", "-", "*", "/").flatMap(op -> inner.flatMap(a -> inner.map(c -> new Term(
            "(" + a.text + " " + op + " " + c.text + ")", v -> apply(op, a.value.applyAsDouble(v),
                c.value.applyAsDouble(v)))))),
        inner.map(a -> new Term("exp(" + a.text + ")", v -> Math.exp(a.value.applyAsDouble(v)))),
        inner.map(a -> new Term("abs(" + a.text + ")", v -> Math.abs(a.value.applyAsDouble(v)))),
        inner.map(a -> new Term("(" + a.text + ")^2", v -> Math.pow(a.value.applyAsDouble(v), 2)))), 0, 4);
  }

  private static double apply(String op, double a, double b) {
    return switch (op) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      default -> a / b;
    };
  }

  private static Interval range(Typed typed, String name) {
    var symbol = typed.deterministic().stream().filter(s -> s.name().equals(name)).findFirst();
    return Ranges.of(typed).of(new ppl.typed.TExpr.Ref(symbol.orElseThrow(), symbol.map(Symbol::span).orElseThrow()));
  }

  @Property(tries = 150)
  void valuesLieInTheirRange(@ForAll("terms") Term term, @ForAll long seed) {
    var typed = Check.of(HEAD + "x = " + term.text + " + 0 * m\ny ~ Normal(x, 1)\n").ok();
    var range = range(typed, "x");
    var random = new java.util.Random(seed);
    for (int i = 0; i < 30; i++) {
      var at = new java.util.HashMap<String, Double>();
      NAMES.forEach((n, in) -> at.put(n, draw(in, random)));
      double v = term.value.applyAsDouble(at);
      double slack = 1e-9 * (1 + Math.abs(v));
      assertTrue(!Double.isFinite(v) || range.low() - slack <= v && v <= range.high() + slack,
          term.text + " = " + v + " in " + range);
    }
  }

  /// Ends are drawn often.
  private static double draw(Interval in, java.util.Random random) {
    double low = Math.max(in.low(), -4);
    double high = Math.min(in.high(), 4);
    int pick = random.nextInt(4);
    return pick == 0 ? low : pick == 1 ? high : low + (high - low) * random.nextDouble();
  }

  @Test
  void rangesAreAsNarrowAsModelsNeedThem() {
    Map<String, Interval> expected = Map.of("p * q + (1 - p) * (1 - q)", Interval.UNIT, "1 - r^2", Interval.UNIT,
        "s * sqrt(1 - r^2)", Interval.NONNEGATIVE, "1 / b", new Interval(0.2, 0.5), "(1 - p) * (1 - q) + p",
            Interval.UNIT,
        "m * m", Interval.NONNEGATIVE, "inv_logit(m)", Interval.UNIT, "p * b + (1 - p) * 2", new Interval(2, 5));
    expected.forEach((text, range) -> assertEquals(range, range(Check.of(HEAD + "x = " + text
        + "\ny ~ Normal(x + p + q + s + m + r + b, 1)\n").ok(), "x"), text));
  }

  @Test
  void boundsThatAreNamesAreNotForgotten() {
    var head = HEAD + "h : real(lower = m) ~ Normal(0, 1)\nt : real(0..1 - p) ~ Flat()\n";
    Map<String, Interval> expected = Map.of("h - m", Interval.NONNEGATIVE, "2 * (h - m) + q", Interval.NONNEGATIVE,
        "1 - p - t", Interval.UNIT, "m - h", Interval.to(0), "h + m", Interval.ALL);
    expected.forEach((text, range) -> assertEquals(range, range(Check.of(head + "x = " + text
        + "\ny ~ Normal(x + p + q + s + m + r + b + h + t, 1)\n").ok(), "x"), text));
  }

  @Test
  void recurrencesKeepWhatEveryStepKeeps() {
    var model = HEAD + "data T : int\ndata e : real[T]\nv : real[T]\nv[1] = s\nu : real[T]\nu[1] = s\n"
        + "for t in 2..T {\n  v[t] = s + p * e[t]^2 + q * v[t - 1]\n  u[t] = u[t - 1] - p\n}\n"
        + "y ~ Normal(m + r + b, 1)\n";
    var typed = Check.of(model).ok();
    assertEquals(Interval.NONNEGATIVE, range(typed, "v"));
    assertEquals(Interval.ALL, range(typed, "u"));
  }

  /// The code is W0211 for `wrong` and nothing for `right`, both in the place of `%s`.
  private static void warned(String frame, List<String> right, List<String> wrong) {
    var head = HEAD + "data c : count\ndata d : binary\ndata K : int\ndata g : int(1..K)\ndata x : real[K]\n"
        + "data se : positive[K]\na : real[K] ~ Normal(0, 1)\nw : simplex[3] ~ Dirichlet([1, 1, 1])\n";
    for (var text : right) assertEquals(List.of(), doubts(head + frame.formatted(text)), text);
    for (var text : wrong) assertEquals(List.of("W0211"), doubts(head + frame.formatted(text)), text);
  }

  private static List<String> doubts(String text) {
    var check = Check.of(text);
    assertTrue(check.typed().isPresent(), text + check.said());
    return check.said().stream().map(Diagnostic::code).filter("W0211"::equals).toList();
  }

  @Test
  void choicesOfOneConditionAreOneChoice() {
    warned("z : int(1..2)\nz ~ Categorical(%s)", List.of("[d == 1 ? p : 1 - p, d == 1 ? 1 - p : p]", "[d == 1 ? p : 0.5, d == 1 ? 1 - p : 0.5]"),
        List.of("[d == 1 ? p : 1 - p, d == 0 ? 1 - p : p]", "[d == 1 ? p : 1 - p, d == 1 ? 1 - p : 1 - p]"));
  }

  @Test
  void scalesProbabilitiesAndWeightsAreWatched() {
    warned("y ~ Normal(0, %s)", List.of("s", "exp(m)", "sqrt(s^2 + m^2)", "abs(r)", "sd(x)", "se[1]",
        "0.1 + log1p_exp(m)",
        "dot(a, a)", "norm(a)", "b - 1", "max(s, 0.1)"), List.of("m", "x[1]", "s - 1", "-s", "a[1]", "r * s",
            "dot(a, x)"));
    warned("c ~ Poisson(%s)", List.of("s * exp(m)", "sum(se)", "sum(k in 1..K : se[k] * 2)"), List.of("m", "x[1] + s"));
    warned("d ~ Bernoulli(%s)", List.of("p", "1 - p", "p * q", "p * q + (1 - p) * 0.1", "Phi(m)", "m > 0"),
        List.of("m", "s", "p + q", "p - q", "b"));
    warned("g ~ Categorical(%s)", List.of("softmax(a)", "append(0.5, 0.5 * stick_breaking(inv_logit(a)))", "rep(1 / K, K)", "se / sum(se)", "exp(a) / sum(exp(a))",
        "[se[k] / sum(se) for k in 1..K]"), List.of("a", "x", "inv_logit(a)", "rep(0.5, K)", "exp(a) / sum(se)"));
    warned("y ~ mixture(%s, Normal(0, 1), Normal(1, 1), Normal(2, 1))", List.of("w", "[0.2, 0.3, 0.5]",
        "[p, (1 - p) * q, (1 - p) * (1 - q)]", "[0.5 * p, 0.5 * (1 - p), 0.5]", "reverse(w)"),
        List.of("[p, q, 1 - p - q]", "[p, p, p]"));
    warned("d ~ OrderedLogistic(m, %s)", List.of("[-1, 0, 1]", "cumulative_sum(se)", "m + cumulative_sum(exp(a))", "sort(a)"),
        List.of("a", "cumulative_sum(a)", "[m, b, r]"));
    warned("c ~ zero_inflated(%s, Poisson(1))", List.of("p"), List.of("s"));
  }

  @Test
  void whatNoDataCanMendIsAnError() {
    for (var wrong : List.of("y ~ mixture([0.2, 0.3, 0.4], Normal(0, 1), Normal(1, 1), Normal(2, 1))",
        "w = [0.2, 0.3, 0.4]\ny ~ mixture(w, k in 1..3 : Normal(k, 1))", "d ~ Categorical([1.5, -0.5])",
        "d ~ OrderedLogistic(m, [0, 1, 0.5])", "c = [2, 1]\nd ~ OrderedProbit(m, c)", "k = -2\ny ~ Normal(m, sd = k / 2)")) {
      var check = Check.of(HEAD + "data d : int\n" + wrong + "\n");
      assertEquals(1, check.codes().stream().filter("E0225"::equals).count(), wrong + check.said());
    }
  }

  @Test
  void boundsInOrderAreSeen() {
    assertFalse(Check.of("""
        data y : real[2]
        a : real ~ Normal(0, 1)
        w : positive ~ Exponential(1)
        lo : real[2] ~ Normal(0, 1)
        hi : real(lower = lo)[2] ~ Normal(0, 1)
        y ~ Uniform(a - w, a + w)
        y ~ Uniform(lo, hi)
        for i in 1..2 { y[i] ~ Uniform(lo[i], hi[i]) }
        """).codes().contains("W0211"));
  }

  @Test
  void endsAroundAllDataAreInOrder() {
    assertEquals(List.of(), Check.of("""
        data y : real[2]
        lo : real(upper = min(y)) ~ Normal(0, 1)
        hi : real(lower = max(y)) ~ Normal(0, 1)
        y ~ Uniform(lo, hi)
        """).codes());
  }
}
