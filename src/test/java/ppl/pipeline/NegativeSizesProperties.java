package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Arrays whose sizes data tell: there is one of each size from none, and an error with its place for every other.
class NegativeSizesProperties {
  private static final String HEAD = """
      data k : int
      data y : real[3]
      m : real ~ Normal(0, 1)
      y ~ Normal(m, 1)
      """;

  private static List<String> said(String model, int k) {
    var diagnostics = new Diagnostics();
    Whole.attempt(HEAD + model, "{\"k\": %d, \"y\": [1, 2, 3]}".formatted(k), diagnostics);
    return diagnostics.all().stream().filter(Diagnostic::isError)
        .map(d -> d.code() + " " + d.span().map(s -> s.text()).orElse("")).toList();
  }

  /// Whether anything uses the array or not.
  @Property(tries = 12)
  void aSizeIsNotNegative(@ForAll @IntRange(min = -3, max = 3) int k, @ForAll boolean used) {
    var use = used ? "target += sum(%s)\n" : "x = %s\n";
    for (var array : List.of("rep(1, k)", "rep(2.5, 2, k)", "linspaced(k, 0, 1)", "identity(k)", "diff(rep(0, k + 1))"))
      assertEquals(k < 0, !said(use.formatted(array), k).isEmpty(), array);
    for (var array : List.of("rep(1, k)", "linspaced(k, 0, 1)"))
      assertEquals(k < 0 ? List.of("E0720 " + array) : List.of(), said(use.formatted(array), k));
  }

  @Property(tries = 8)
  void whatAFunctionMakesIsCheckedWhereItIsCalled(@ForAll @IntRange(min = -3, max = 5) int k) {
    assertEquals(k < 2 ? List.of("E0720 f(k)") : List.of(), said("fun f(n : int) : real[n - 2] = rep(1.0, n - 2)\nx = f(k)\n", k));
  }

  @Property(tries = 8)
  void whatHasASumHasAnElement(@ForAll @IntRange(min = -1, max = 3) int k) {
    for (var shape : List.of("simplex[k] ~ Dirichlet(rep(1, k))", "sum_to_zero[k] ~ Normal(0, 1)"))
      assertEquals(k < 1, !said("w : " + shape + "\n", k).isEmpty(), shape);
  }

  /// What a condition on data keeps from being made is not asked for.
  @Property(tries = 8)
  void aConditionDecides(@ForAll @IntRange(min = -3, max = 3) int k) {
    assertEquals(List.of(), said("if k > 0 { target += sum(rep(m, k)) }\n", k));
  }

  /// A position is a subscript, also where only one of its elements is used.
  @Property(tries = 8)
  void aPositionIsInside(@ForAll @IntRange(min = -1, max = 5) int k) {
    assertEquals(k < 1 || k > 3, !said("target += m * one_hot(k, 3)[2]\n", k).isEmpty());
  }

  @Example
  void allAreCollected() {
    assertEquals(2, said("a = rep(1, k)\nb = identity(k - 1)\n", -1).size());
  }
}
