package ppl.pipeline;

import java.util.List;
import java.util.stream.IntStream;

/// Recurrences: several states that read each other, two steps back, plates inside, elements by conditions on data.
final class RandomSeries {
  private final RandomModel.Maker m;
  private final Tape tape;

  RandomSeries(RandomModel.Maker m) {
    this.m = m;
    this.tape = m.tape;
  }

  void write() {
    switch (tape.choose(7)) {
      case 0 -> coupled();
      case 1 -> twoBack();
      case 2 -> plates();
      case 3 -> conditional();
      case 4 -> inside();
      case 5 -> rising();
      default -> forward();
    }
  }

  private String scalar() {
    return m.terms().real(List.of(), 2);
  }

  private String scale() {
    return m.terms().positive(List.of(), 2);
  }

  /// Two states in one loop, the second of the first's new value; one may be random.
  private void coupled() {
    var n = tape.of(RandomModel.Maker.SIZES);
    var a = m.fresh("h");
    var b = m.fresh("h");
    var c = m.fresh("h");
    var t = m.fresh("t");
    boolean random = tape.chance(50);
    m.statements.add("%s : real[%s]\n%s : real[%s]\n%s : real[%s]".formatted(a, n, b, n, c, n));
    m.statements.add("%s[1] = %s\n%s[1] %s\n%s[1] = 0".formatted(a, scalar(), b, random ? "~ Normal(" + scalar() + ", 1)" : "= " + scalar(), c));
    var step = m.termsWith("%s[%s - 1]".formatted(b, t)).real(List.of(), 3);
    var next = m.termsWith("%s[%s]".formatted(a, t)).real(List.of(), 3);
    var local = m.fresh("l");
    m.statements.add("""
        for %s in 2..%s {
          %s = tanh(%s) + 0.2 * %s[%s - 1]
          %s[%s] = 0.5 * %s[%s - 1] + %s
          %s[%s] %s
          %s[%s] = %s[%s - 1] + square(%s)
        }""".formatted(t, n, local, step, c, t, a, t, a, t, local, b, t,
        random ? "~ Normal(0.3 * %s[%s - 1] + %s, 0.8)".formatted(b, t, next) : "= 0.3 * %s[%s - 1] + tanh(%s)".formatted(b, t, next),
        c, t, c, t, local));
    m.give(a, List.of(n));
    m.give(b, List.of(n));
    m.give(c, List.of(n));
    if (tape.chance(60)) {
      var y = m.fresh("y");
      m.observed(y, "real[" + n + "]", numbers(m.sizes.get(n)));
      m.statements.add("for %s in 2..%s { %s[%s] ~ Normal(%s[%s - 1] + 0.1 * %s[%s], sqrt(1 + %s[%s])) }".formatted(
          t, n, y, t, a, t, y, t.isEmpty() ? "" : t + " - 1", c, t));
    }
  }

  /// A local recurrence for each turn of a loop.
  private void inside() {
    var n = tape.of(RandomModel.Maker.SIZES);
    var k = tape.of(RandomModel.Maker.SIZES);
    var d = m.fresh("d");
    var i = m.fresh("i");
    var w = m.fresh("w");
    var t = m.fresh("t");
    var start = m.termsWith("x%s[%s]".formatted(n, i)).real(List.of(), 2);
    var step = m.termsWith("%s[%s - 1]".formatted(w, t)).real(List.of(), 2);
    var last = "%s[%s] * %s[%s - 1]".formatted(w, k, w, k);
    m.statements.add("%s : real[%s]".formatted(d, n));
    m.statements.add("""
        for %s in 1..%s {
          %s : real[%s]
          %s[1] = %s
          for %s in 2..%s { %s[%s] = tanh(%s[%s - 1] * %s) + 0.3 * %s[%s - 1] }
          %s[%s] = %s
          target += 0.1 * sin(%s)
        }""".formatted(i, n, w, k, w, start, t, k, w, t, w, t, step, w, t, d, i, last, last));
    m.give(d, List.of(n));
  }

  /// Each bounded by the one before it.
  private void rising() {
    var n = tape.of(RandomModel.Maker.SIZES);
    var b = m.fresh("b");
    var t = m.fresh("t");
    m.statements.add("%s : real[%s]\n%s[1] ~ Normal(%s, 1)".formatted(b, n, b, scalar()));
    m.statements.add("for %s in 2..%s { %s[%s] ~ truncated(Normal(%s, %s), %s) }".formatted(t, n, b, t, scalar(), scale(), tape.of(
        "lower = " + b + "[" + t + " - 1]", "lower = %s[%s - 1], upper = %s[%s - 1] + %s".formatted(b, t, b, t, scale()))));
    m.give(b, List.of(n));
  }

  private void twoBack() {
    var n = tape.of(RandomModel.Maker.SIZES);
    var h = m.fresh("h");
    var t = m.fresh("t");
    boolean random = tape.chance(50);
    m.statements.add("%s : real[%s + 2]".formatted(h, n));
    m.statements.add("for %s in 1..2 { %s[%s] %s }".formatted(t, h, t, random ? "~ Normal(0.5 * " + t + ", 1)" : "= " + scalar() + " * " + t));
    var step = "0.4 * %s[%s - 1] - 0.3 * %s[%s - 2] + %s".formatted(h, t, h, t, m.termsWith("%s[%s - 2]".formatted(h, t)).real(List.of(), 2));
    m.statements.add("for %s in 3..%s + 2 { %s[%s] %s }".formatted(t, n, h, t,
        random ? "~ StudentT(5, " + step + ", " + scale() + ")" : "= tanh(" + step + ")"));
    m.statements.add("target += -0.1 * sum(square(%s))".formatted(h));
  }

  private void plates() {
    var n = tape.of(RandomModel.Maker.SIZES);
    var k = tape.of(RandomModel.Maker.SIZES);
    var h = m.fresh("h");
    var t = m.fresh("t");
    var i = m.fresh("i");
    m.statements.add("%s : real[%s, %s]".formatted(h, n, k));
    m.statements.add(tape.of("%s[1] = %s", "%s[1] ~ Normal(%s, 1)").formatted(h, m.terms().broadcast(List.of(k), 2).isEmpty() ? "0" : "x" + k));
    var row = m.termsWith("x%s[%s]".formatted(k, i)).real(List.of(), 2);
    boolean random = m.statements.getLast().contains("~");
    m.statements.add("for %s in 2..%s, %s in 1..%s { %s[%s, %s] %s }".formatted(t, n, i, k, h, t, i, random
        ? "~ Normal(0.2 * sum(%s[%s - 1]) + %s, %s)".formatted(h, t, row, scale())
        : "= mean(%s[%s - 1]) + %s".formatted(h, t, row)));
    m.give(h, List.of(n, k));
  }

  private void conditional() {
    var n = tape.of(RandomModel.Maker.SIZES);
    var a = m.fresh("a");
    var i = m.fresh("i");
    boolean random = tape.chance(50);
    var inner = m.termsWith("x" + n + "[" + i + "]");
    var one = inner.real(List.of(), 2);
    var other = scalar();
    m.statements.add("%s : real[%s]".formatted(a, n));
    m.statements.add("for %s in 1..%s {\n  if x%s[%s] > 0 and %s > 1 { %s[%s] %s }\n  else if not (x0 > 0) { %s[%s] %s }\n  else { %s[%s] %s }\n}".formatted(
        i, n, n, i, i, a, i, given(random, one), a, i, given(random, other), a, i, given(random, scalar())));
    m.give(a, List.of(n));
  }

  private static String given(boolean random, String value) {
    return random ? "~ Normal(" + value + ", 1)" : "= " + value;
  }

  /// The forward recurrence of a hidden Markov model.
  private void forward() {
    var n = tape.of("N", "M");
    var f = m.fresh("f");
    var p = m.fresh("p");
    var y = m.fresh("y");
    var mu = m.fresh("m");
    var t = m.fresh("t");
    var k = m.fresh("k");
    m.observed(y, "real[" + n + "]", numbers(m.sizes.get(n)));
    m.statements.add("%s : simplex[K, K] ~ Dirichlet(rep(%s, K))".formatted(p, scale()));
    m.statements.add("%s : ordered[K] ~ Normal(%s, 2)".formatted(mu, scalar()));
    m.statements.add("%s : real[%s, K]".formatted(f, n));
    m.statements.add("for %s in 1..K { %s[1, %s] = -log(K) + logpdf(Normal(%s[%s], 1), %s[1]) }".formatted(k, f, k, mu, k, y));
    m.statements.add("for %s in 2..%s, %s in 1..K {\n  %s[%s, %s] = log_sum_exp(%s[%s - 1] + log(%s[, %s])) + logpdf(Normal(%s[%s], 1), %s[%s])\n}"
        .formatted(t, n, k, f, t, k, f, t, p, k, mu, k, y, t));
    m.statements.add("target += log_sum_exp(%s[%s])".formatted(f, n));
  }

  private String numbers(int n) {
    return IntStream.range(0, n).mapToObj(i -> Double.toString(tape.real())).toList().toString();
  }
}
