package ppl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which matrices are seen to be definite, or Cholesky factors.
class DefiniteTest {
  private static final String HEAD = """
      fun twice(A : real[n, n]) : real[n, n] {
        B = A + A
        return B
      }
      fun second(A : real[n, n], B : real[n, n]) : real[n, n] = B
      data y : real
      S : cov[2] ~ Wishart(3, identity(2))
      R : corr[2] ~ LKJ(1)
      L : cov_cholesky[2] ~ Wishart(3, identity(2))
      C : corr_cholesky[2] ~ LKJ(1)
      M : real[2, 2] ~ Normal(0, 1)
      s : positive[2] ~ Exponential(1)
      v : real[2] ~ Normal(0, 1)
      c : positive ~ Exponential(1)
      r : real(-1..1) ~ Flat()
      """;

  /// A matrix with what it is for given values of the names, of which vectors stand as diagonals.
  record Term(String text, Function<Map<String, double[][]>, double[][]> value) {}

  private static Term name(String n) {
    return new Term(n, v -> v.get(n));
  }

  private static Arbitrary<Term> leaves() {
    return Arbitraries.of(name("S"), name("R"), name("L"), name("C"), name("M"), new Term("diag(s)", v -> v.get("s")),
        new Term("diag(v)", v -> v.get("v")), new Term("identity(2)", v -> new double[][] {{1, 0}, {0, 1}}),
        new Term("outer(v, v)", v -> outer(v.get("v"))), new Term("outer(s, s)", v -> outer(v.get("s"))),
        new Term("[[s[1]^2, r * s[1] * s[2]], [r * s[1] * s[2], s[2]^2]]", v -> {
          double a = v.get("s")[0][0];
          double b = v.get("s")[1][1];
          double r = v.get("r")[0][0];
          return new double[][] {{a * a, r * a * b}, {r * a * b, b * b}};
        }),
        new Term("[[s[1], 0], [v[1], s[2]]]", v -> new double[][] {{v.get("s")[0][0], 0}, {v.get("v")[0][0], v.get("s")[1][1]}}),
        new Term("[[2, 1], [1, 2]]", v -> new double[][] {{2, 1}, {1, 2}}),
        new Term("[[1, 2], [2, 1]]", v -> new double[][] {{1, 2}, {2, 1}}),
        new Term("[[1, r], [r, 1]]", v -> new double[][] {{1, v.get("r")[0][0]}, {v.get("r")[0][0], 1}}));
  }

  @Provide
  Arbitrary<Term> terms() {
    return Arbitraries.recursive(DefiniteTest::leaves, inner -> Arbitraries.oneOf(
        inner.flatMap(a -> inner.map(b -> two("%s + %s", a, b, (x, y) -> each(x, y, Double::sum)))),
        inner.flatMap(a -> inner.map(b -> two("%s - %s", a, b, (x, y) -> each(x, y, (p, q) -> p - q)))),
        inner.flatMap(a -> inner.map(b -> two("%s .* %s", a, b, (x, y) -> each(x, y, (p, q) -> p * q)))),
        inner.flatMap(a -> inner.map(b -> two("%s * %s", a, b, DefiniteTest::product))),
        inner.flatMap(a -> inner.map(b -> new Term("(" + a.text + " * " + b.text + " * " + a.text + "')",
            v -> product(product(a.value.apply(v), b.value.apply(v)), turned(a.value.apply(v)))))),
        inner.map(a -> one("%s'", a, DefiniteTest::turned)),
        inner.map(a -> one("%s * %<s'", a, x -> product(x, turned(x)))),
        inner.map(a -> one("tcrossprod(%s)", a, x -> product(x, turned(x)))),
        inner.map(a -> one("crossprod(%s)", a, x -> product(turned(x), x))),
        inner.map(a -> one("symmetrize(%s)", a, x -> each(x, turned(x), (p, q) -> (p + q) / 2))),
        inner.map(a -> one("inverse(%s)", a, DefiniteTest::inverse)),
        inner.map(a -> with("c * %s", "c", a, (c, x) -> each(x, x, (p, q) -> c[0][0] * p))),
        inner.map(a -> with("%s / r", "r", a, (c, x) -> each(x, x, (p, q) -> p / c[0][0]))),
        inner.map(a -> with("%s + c", "c", a, (c, x) -> each(x, x, (p, q) -> p + c[0][0]))),
        inner.map(a -> with("quad_form_diag(%s, s)", "s", a, (s, x) -> product(product(s, x), s))),
        inner.map(a -> with("quad_form_diag(%s, v)", "v", a, (s, x) -> product(product(s, x), s))),
        inner.map(a -> with("diag_pre_multiply(s, %s)", "s", a, DefiniteTest::product)),
        inner.map(a -> with("diag_post_multiply(%s, s)", "s", a, (s, x) -> product(x, s)))), 0, 3);
  }

  private static Term one(String text, Term a, UnaryOperator<double[][]> f) {
    return new Term("(" + text.formatted(a.text) + ")", v -> f.apply(a.value.apply(v)));
  }

  private static Term two(String text, Term a, Term b, BinaryOperator<double[][]> f) {
    return new Term("(" + text.formatted(a.text, b.text) + ")", v -> f.apply(a.value.apply(v), b.value.apply(v)));
  }

  private static Term with(String text, String name, Term a, BinaryOperator<double[][]> f) {
    return new Term("(" + text.formatted(a.text) + ")", v -> f.apply(v.get(name), a.value.apply(v)));
  }

  private static double[][] each(double[][] x, double[][] y, java.util.function.DoubleBinaryOperator f) {
    var z = new double[2][2];
    for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) z[i][j] = f.applyAsDouble(x[i][j], y[i][j]);
    return z;
  }

  private static double[][] product(double[][] x, double[][] y) {
    var z = new double[2][2];
    for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) z[i][j] = x[i][0] * y[0][j] + x[i][1] * y[1][j];
    return z;
  }

  private static double[][] turned(double[][] x) {
    return new double[][] {{x[0][0], x[1][0]}, {x[0][1], x[1][1]}};
  }

  private static double determinant(double[][] x) {
    return x[0][0] * x[1][1] - x[0][1] * x[1][0];
  }

  private static double[][] inverse(double[][] x) {
    double d = determinant(x);
    return new double[][] {{x[1][1] / d, -x[0][1] / d}, {-x[1][0] / d, x[0][0] / d}};
  }

  private static double[][] outer(double[][] diagonal) {
    double a = diagonal[0][0];
    double b = diagonal[1][1];
    return new double[][] {{a * a, a * b}, {a * b, b * b}};
  }

  private static Map<String, double[][]> values(SplittableRandom random) {
    var v = new HashMap<String, double[][]>();
    double r = random.nextDouble(-0.9, 0.9);
    double[] n = random.doubles(8, -2, 2).toArray();
    v.put("s", new double[][] {{0.1 + n[0] * n[0], 0}, {0, 0.1 + n[1] * n[1]}});
    v.put("v", new double[][] {{n[2], 0}, {0, n[3]}});
    v.put("M", new double[][] {{n[4], n[5]}, {n[6], n[7]}});
    v.put("c", new double[][] {{0.1 + n[0] * n[0], 0}, {0, 0}});
    v.put("r", new double[][] {{r, 0}, {0, 0}});
    v.put("C", new double[][] {{1, 0}, {r, Math.sqrt(1 - r * r)}});
    v.put("R", product(v.get("C"), turned(v.get("C"))));
    v.put("L", product(v.get("s"), v.get("C")));
    v.put("S", product(v.get("L"), turned(v.get("L"))));
    return v;
  }

  private static Seen seen(String text) {
    var typed = Check.of(HEAD + "x = " + text + "\ny ~ Normal(x[1, 1] + sum(S) + sum(R) + sum(L) + sum(C) + sum(M) + sum(s) + sum(v) + c + r, 1)\n").ok();
    var symbol = typed.deterministic().stream().filter(s -> s.name().equals("x")).findFirst().orElseThrow();
    return new Definite(typed, Ranges.of(typed)).of(new ppl.typed.TExpr.Ref(symbol, symbol.span()));
  }

  @Property(tries = 200)
  void whatIsSeenHolds(@ForAll("terms") Term term, @ForAll long seed) {
    var seen = seen(term.text);
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 20; i++) {
      var x = term.value.apply(values(random));
      double size = Math.abs(x[0][0]) + Math.abs(x[0][1]) + Math.abs(x[1][0]) + Math.abs(x[1][1]);
      if (!Double.isFinite(size) || size > 1e6) continue;
      double slack = 1e-9 * (1 + size);
      if (seen.semidefinite()) {
        assertEquals(x[0][1], x[1][0], slack, term.text);
        assertTrue(x[0][0] >= -slack && x[1][1] >= -slack && determinant(x) >= -slack * (1 + size), term.text);
      }
      if (seen.definite() && size > 1e-3) assertTrue(x[0][0] > 0 && x[1][1] > 0 && determinant(x) > -slack, term.text);
      if (seen.factor()) {
        assertEquals(0, x[0][1], slack, term.text);
        assertTrue(x[0][0] > -slack && x[1][1] > -slack, term.text);
      }
      if (seen.unit() && seen.semidefinite()) {
        assertEquals(1, x[0][0], slack, term.text);
        assertEquals(1, x[1][1], slack, term.text);
      }
      if (seen.unit() && seen.factor()) {
        assertEquals(1, x[0][0], slack, term.text);
        assertEquals(1, Math.hypot(x[1][0], x[1][1]), slack, term.text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"S", "R + S", "L * L'", "diag(s) * R * diag(s)", "quad_form_diag(R, s)", "tcrossprod(diag_pre_multiply(s, C))",
      "diag_pre_multiply(s, C) * diag_pre_multiply(s, C)'", "M * M' + diag(s)", "c^2 * (M' * M) + identity(2)", "inverse(S)",
      "gp_exp_quad(v, c, 1.0) + diag(rep(c^2, 2))", "gp_periodic(v, c, 1.0, 2.0) + 1e-9 * identity(2)",
      "[[s[1]^2, r * s[1] * s[2]], [r * s[1] * s[2], s[2]^2]]", "[[2, 1], [1, 2]]", "R .* outer(s, s)", "L * S * L'",
      "[S, R][1]", "S[1..2, 1..2]", "c > 1 ? S : R", "diag_post_multiply(diag_pre_multiply(s, R), s)", "(M * M' + S) / c", "twice(S) + twice(R)", "second(M, second(M, S))"})
  void covariances(String text) {
    assertTrue(seen(text).definite(), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"L", "C", "cholesky(S)", "cholesky(M)", "diag_pre_multiply(s, C)", "diag(s) * C", "c * L", "L * C", "identity(2)",
      "[[s[1], 0], [v[1], s[2]]]", "[[1, 0], [-2, 3]]"})
  void factors(String text) {
    assertTrue(seen(text).factor(), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"M", "M * M'", "S - R", "gp_exp_quad(v, c, 1.0)", "S * R", "[[1, 2], [2, 1]]", "[[1, v[1]], [v[1], 1]]", "diag(v)", "v[1] * S",
      "L'", "M + S", "twice(S) + twice(M)", "second(second(M, S), M)"})
  void others(String text) {
    assertTrue(!seen(text).definite() && !seen(text).factor(), text);
  }

  /// A definition of each size by the one before, twice: whoever follows names without memory needs 2^40 steps.
  @Test
  void chainsOfDefinitionsAreFollowedOnce() {
    var text = new StringBuilder(HEAD).append("x0 = S\n");
    for (int i = 1; i <= 40; i++) text.append("x%d = x%d + x%d\n".formatted(i, i - 1, i - 1));
    var typed = Check.of(text + "data w : real[2]\nw ~ MultivariateNormal(v, x40)\ny ~ Normal(sum(R) + sum(L) + sum(C) + sum(M) + sum(s) + c + r, 1)\n").ok();
    assertEquals(List.of(), typed.doubts());
  }
}
