package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Functions that read one triangle of a matrix refuse data whose other triangle differs, wherever they stand.
class SymmetryProperties {
  private static final List<String> USES = List.of(
      "s = sum(%s)\nm : real ~ Normal(0, 1)\ny ~ Normal(m * s, 1)\n",
      "m : real ~ Normal(0, 1)\ny ~ Normal(m + sum(%s), 1)\n",
      "m : real ~ Normal(sum(%s), 1)\ny ~ Normal(m, 1)\n",
      "m : real ~ Normal(0, 1)\ny ~ Normal(m, 1)\ntarget += m * sum(%s)\n",
      "m : real ~ Normal(0, 1)\ny ~ Normal(m, 1)\ngenerate { g = m + sum(%s) }\n",
      "m : real ~ Normal(0, 1)\nfor i in 1..n { y[i] ~ Normal(m + sum(%s), 1) }\n");

  /// Ways to call `%s` of a matrix `a` with a vector `v`, and what calls that with `A` and `y`.
  private static final List<List<String>> BODIES = List.of(
      List.of("fun f(a : real[k, k], v : real[k]) : real = sum(%s)\n", "f(A, y)"),
      List.of("fun g(a : real[k, k], v : real[k]) : real {\n  c = a\n  s = sum(%s)\n  return s + c[1, 1] - c[1, 1]\n}\n"
          + "fun f(a : real[k, k], w : real[k]) : real = g(a, w)\n", "f(A, y)"),
      List.of("fun f(a : real[k, k], v : real[k], x : real) : real = x + sum(%s)\n", "f(A, y, 0)"),
      List.of("fun f(v : real[k], x : real) : real {\n  a = A\n  return x + sum(%s)\n}\n", "f(y, 0)"));

  private static List<String> said(String text, double[][] matrix) {
    var a = IntStream.range(0, matrix.length).mapToObj(i -> IntStream.range(0, matrix.length).mapToObj(j -> "" + matrix[i][j])
        .collect(Collectors.joining(", ", "[", "]"))).collect(Collectors.joining(", ", "[", "]"));
    var y = IntStream.range(0, matrix.length).mapToObj(i -> "1").collect(Collectors.joining(", ", "[", "]"));
    var diagnostics = new Diagnostics();
    Whole.attempt("data n : int\ndata A : real[n, n]\ndata y : real[n]\n" + text, "{\"n\": %d, \"A\": %s, \"y\": %s}".formatted(matrix.length, a, y),
        diagnostics);
    return diagnostics.all().stream().map(Diagnostic::code).filter(code -> !code.equals("W0204")).toList();
  }

  /// With eigenvalues of at least 1, or about `shift` less.
  private static double[][] symmetric(int n, Random random, double shift) {
    var a = new double[n][n];
    for (int k = 0; k < 2; k++) {
      var x = random.doubles(n, -1, 1).toArray();
      for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) a[i][j] += x[i] * x[j];
    }
    for (int i = 0; i < n; i++) a[i][i] += 1 - shift;
    return a;
  }

  @Property(tries = 20)
  void bothTrianglesAreTheSame(@ForAll @IntRange(min = 2, max = 4) int n, @ForAll long seed, @ForAll @IntRange(max = 5) int use) {
    var random = new Random(seed);
    for (var call : List.of("cholesky(A)", "solve_spd(A, y)", "log_determinant_spd(A)", "eigenvalues_sym(A)", "eigenvectors_sym(A)")) {
      var text = USES.get(use).formatted(call.startsWith("log") ? "[" + call + "]" : call);
      var a = symmetric(n, random, 0);
      assertEquals(List.of(), said(text, a), text);
      var negative = symmetric(n, random, 9);
      assertEquals(call.contains("_sym") ? List.of() : List.of("E0724"), said(text, negative), text);
      int i = random.nextInt(n);
      int j = (i + 1 + random.nextInt(n - 1)) % n;
      a[i][j] += random.nextBoolean() ? 0.1 : -0.01;
      assertEquals(List.of("E0724"), said(text, a), text);
    }
  }

  @Property(tries = 20)
  void bodiesOfFunctionsAreNoHidingPlace(@ForAll @IntRange(min = 2, max = 4) int n, @ForAll long seed, @ForAll @IntRange(max = 5) int use,
      @ForAll @IntRange(max = 3) int body) {
    var random = new Random(seed);
    for (var reader : List.of("cholesky(a)", "solve_spd(a, v)", "[log_determinant_spd(a)]", "eigenvalues_sym(a)",
        "[logpdf(MultivariateNormal(v, cov = a), rep(0, size(v)))]")) {
      if (body > 0 && reader.contains("logpdf")) continue;
      var b = BODIES.get(body);
      var text = b.get(0).formatted(reader) + USES.get(use).formatted("[" + b.get(1) + "]");
      var a = symmetric(n, random, 0);
      assertEquals(List.of(), said(text, a), text);
      int i = random.nextInt(n);
      int j = (i + 1 + random.nextInt(n - 1)) % n;
      a[i][j] += random.nextBoolean() ? 0.1 : -0.01;
      assertEquals(List.of("E0724"), said(text, a), text);
    }
  }

  @Example
  void onlyTheCallsThatGiveSuchMatricesAreToBlame() {
    var asymmetric = new double[][] {{2, 1}, {0.5, 2}};
    var f = "fun f(a : real[k, k], v : real[k]) : real = dot(v, solve_spd(a, v))\n";
    var one = f + "m : real ~ Normal(0, 1)\ny ~ Normal(m + f(crossprod(A) + identity(n), y), 1)\n";
    assertEquals(List.of(), said(one, asymmetric));
    assertEquals(List.of("E0724"), said(one + "target += m * f(A, y)\n", asymmetric));
    var c = "c : positive ~ Gamma(2, 2)\n";
    assertEquals(List.of("W0211"), said(f + c + "y ~ Normal(f(c * A, y), 1)\n", new double[][] {{2, 1}, {1, 2}}));
    assertEquals(List.of("E0724"), said(f + c + "y ~ Normal(f(A, c * y), 1)\n", asymmetric));
    assertEquals(List.of(), said(f + c + "S : cov[n] = c * crossprod(A)\ny ~ Normal(f(S, y), 1)\n", asymmetric));
  }

  @Example
  void densitiesThatAModelDefinesAreLookedAtToo() {
    var d = "dist Around(a : real[k, k]) on real[k] { logpdf(x) = -0.5 * dot(x, solve_spd(a, x)) }\n";
    var text = d + "c : positive ~ Gamma(2, 2)\ny ~ %s\n";
    var asymmetric = new double[][] {{2, 1}, {0.5, 2}};
    assertEquals(List.of("E0724"), said(text.formatted("Around(A)"), asymmetric));
    assertEquals(List.of(), said(text.formatted("Around(symmetrize(A))"), new double[][] {{2, 1}, {1, 2}}));
    assertEquals(List.of("W0211"), said(text.formatted("Around(c * A)"), new double[][] {{2, 1}, {1, 2}}));
    assertEquals(List.of("E0724"), said(d + "c : real[n] ~ Around(A)\ny ~ Normal(c, 1)\n", asymmetric));
  }

  @Example
  void whatIsSeenToBeSymmetricIsNotTested() {
    for (var e : List.of("A * A'", "symmetrize(A * A')", "crossprod(A)"))
      assertEquals(List.of(), said("m : real ~ Normal(0, 1)\ny ~ Normal(m + sum(cholesky(" + e + " + identity(n))), 1)\n",
          new double[][] {{2, 1}, {0, 2}}), e);
  }

  @Example
  void whatDependsOnUnknownsIsAWarning() {
    var text = "m : positive ~ Gamma(2, 2)\ny ~ Normal(sum(%s), 1)\n";
    var a = new double[][] {{2, 1}, {1, 2}};
    assertEquals(List.of("W0211"), said(text.formatted("cholesky(m * A)"), a));
    assertEquals(List.of(), said("m : positive ~ Gamma(2, 2)\nS : cov[n] = m * A\ny ~ Normal(sum(cholesky(S)), 1)\n", a));
    assertEquals(List.of(), said(text.formatted("eigenvalues_sym(m * A)"), a));
  }
}
