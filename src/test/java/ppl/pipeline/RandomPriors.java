package ppl.pipeline;

import java.util.List;
import java.util.stream.IntStream;

/// Combined and user-defined distributions, nested, as priors and on data; bounds that depend on other unknowns, element
/// by element.
final class RandomPriors {
  private final RandomModel.Maker m;
  private final Tape tape;

  RandomPriors(RandomModel.Maker m) {
    this.m = m;
    this.tape = m.tape;
  }

  void write() {
    switch (tape.choose(6)) {
      case 0 -> mixed();
      case 1 -> chained();
      case 2 -> censored();
      case 3 -> mixtures();
      case 4 -> own();
      default -> counts();
    }
  }

  private String real(List<String> dims) {
    return m.terms().real(dims, 2);
  }

  private String positive(List<String> dims) {
    return m.terms().positive(dims, 2);
  }

  private void mixed() {
    var u = m.fresh("u");
    var dims = m.dims(1);
    var w = "softmax([%s, %s])".formatted(real(List.of()), real(List.of()));
    m.statements.add("%s : %s ~ %s".formatted(u, RandomModel.Maker.type("real", dims), switch (tape.choose(4)) {
      case 0 -> "mixture(%s, Normal(%s, %s), StudentT(4, %s, %s))".formatted(w, real(dims), positive(dims), real(List.of()), positive(dims));
      case 1 -> "truncated(Logistic(%s, %s), lower = %s)".formatted(real(dims), positive(dims), real(dims));
      case 2 -> "mixture(%s, truncated(Normal(%s, 1), lower = 0), Exponential(%s))".formatted(w, real(dims), positive(dims));
      default -> "mixture(softmax(%s), k in 1..K : truncated(Normal(xK[k] + %s, %s), upper = 5 + k))".formatted(
          real(List.of("K")), real(dims), positive(List.of()));
    }));
    m.give(u, dims);
  }

  private void chained() {
    var a = m.fresh("b");
    var b = m.fresh("b");
    var c = m.fresh("b");
    var n = tape.of(RandomModel.Maker.SIZES);
    m.statements.add("%s : real[%s] ~ Normal(%s, %s)".formatted(a, n, real(List.of(n)), positive(List.of())));
    m.statements.add("%s : real(lower = %s)[%s] ~ %s".formatted(b, a, n,
        tape.of("Normal(0, 2)", "Flat()", "Cauchy(" + real(List.of(n)) + ", 1)")));
    m.statements.add("target += -0.1 * sum(square(%s))".formatted(b));
    m.statements.add("%s : real(%s .. %s + %s)[%s] ~ %s".formatted(c, a, b, positive(List.of()), n,
        tape.of("StudentT(3, " + real(List.of(n)) + ", 2)", "Uniform(-20, 20)", "Flat()")));
    List.of(a, b, c).forEach(x -> m.give(x, List.of(n)));
  }

  private void censored() {
    var y = m.fresh("y");
    var c = m.fresh("c");
    var n = tape.of(RandomModel.Maker.SIZES);
    int size = m.sizes.get(n);
    var limits = IntStream.range(0, size).mapToObj(i -> 0.5 + Math.abs(tape.real())).toList();
    m.observed(c, "positive[" + n + "]", limits.toString());
    m.observed(y, "positive[" + n + "]", limits.stream().map(l -> tape.chance(50) ? l : 0.7 * l).toList().toString());
    m.statements.add(y + " ~ " + tape.of(
        "censored(Weibull(%s, %s), upper = %s)".formatted(positive(List.of(n)), positive(List.of()), c),
        "censored(truncated(Normal(%s, %s), lower = 0.01), upper = %s)".formatted(real(List.of(n)), positive(List.of()), c),
        "censored(Gamma(%s, %s), lower = 0.3, upper = [x%s[i] > 0 ? %s[i] : infinity for i in 1..%s])".formatted(
            positive(List.of(n)), positive(List.of(n)), n, c, n)));
  }

  /// A weight vector a row.
  private void mixtures() {
    var y = m.fresh("y");
    var w = m.fresh("w");
    var n = tape.of(RandomModel.Maker.SIZES);
    m.observed(y, "real[" + n + "]", IntStream.range(0, m.sizes.get(n)).mapToObj(i -> Double.toString(tape.real())).toList().toString());
    m.statements.add("%s : simplex[%s, K] ~ Dirichlet(%s)".formatted(w, n, positive(List.of("K"))));
    m.statements.add("%s ~ mixture(%s, k in 1..K : %s)".formatted(y, w, tape.of(
        "Normal(xK[k] + %s, %s)".formatted(real(List.of(n)), positive(List.of())),
        "mixture([0.3, 0.7], Normal(xK[k], 1), Cauchy(%s, %s))".formatted(real(List.of(n)), positive(List.of())))));
  }

  /// Distributions that the model defines, of numbers between bounds and of vectors.
  private void own() {
    var u = m.fresh("u");
    var v = m.fresh("v");
    var n = tape.of(RandomModel.Maker.SIZES);
    m.statements.add("%s : real[%s] ~ After(%s, %s)".formatted(u, n, real(List.of(n)), positive(List.of())));
    m.give(u, List.of(n));
    m.statements.add("%s : real[%s] ~ Ring(%s, %s)".formatted(v, n, real(List.of(n)), positive(List.of())));
    m.give(v, List.of(n));
    var b = m.fresh("b");
    m.statements.add("%s : real ~ truncated(Bent(%s, %s), lower = %s)".formatted(b, real(List.of()), positive(List.of()), real(List.of())));
    m.give(b, List.of());
  }

  private void counts() {
    var y = m.fresh("y");
    var n = tape.of(RandomModel.Maker.SIZES);
    m.observed(y, "count[" + n + "]", IntStream.range(0, m.sizes.get(n)).mapToObj(i -> tape.choose(5)).toList().toString());
    var rate = positive(List.of(n));
    m.statements.add(y + " ~ " + tape.of(
        "zero_inflated(%s, NegativeBinomial(%s, %s))".formatted(m.terms().unit(List.of(n), 2), rate, positive(List.of())),
        "hurdle(%s, truncated(Poisson(%s), lower = 0, upper = 9))".formatted(m.terms().unit(List.of(), 2), rate),
        "mixture([0.4, 0.6], Poisson(%s), zero_inflated(0.2, Binomial(9, %s)))".formatted(rate, m.terms().unit(List.of(n), 2)),
        "truncated(Poisson(%s), upper = 8)".formatted(rate),
        "censored(NegativeBinomial(%s, %s), upper = 4)".formatted(rate, positive(List.of()))));
  }
}
