package ppl.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Two tables that share a factor, a table of its levels, and families over it.
final class RandomTables {
  private static final List<String> LABELS = List.of("low", "mid", "a \\\"b\\\" c");

  private final RandomModel.Maker m;
  private final Tape tape;

  RandomTables(RandomModel.Maker m) {
    this.m = m;
    this.tape = m.tape;
  }

  void write() {
    var f = m.fresh("f");
    var g = m.fresh("g");
    var first = m.fresh("t");
    var second = m.fresh("t");
    var levels = m.fresh("t");
    var y = m.fresh("r");
    var k = m.fresh("r");
    var w = m.fresh("w");
    m.statements.add("data %s {\n  %s : real\n  %s : factor\n  %s : factor(\"no\", \"yes\")\n}".formatted(first, y, f, g));
    m.statements.add("data %s {\n  %s : %s\n  %s : count\n}".formatted(second, f, f, k));
    m.statements.add("data %s by %s {\n  %s : real\n}".formatted(levels, f, w));
    int rows = LABELS.size() + tape.choose(3);
    int more = 1 + tape.choose(3);
    var columns = List.of(column(y, numbers(rows)), column(f, labels(rows, LABELS)), column(g, labels(rows, List.of("no", "yes"))));
    m.data.put(first, columns.stream().collect(Collectors.joining(", ", "{", "}")));
    m.data.put(second, IntStream.range(0, more).mapToObj(i -> "{\"%s\": \"%s\", \"%s\": %d}".formatted(f, i == 0 ? "mid" : tape.of(LABELS), k,
        tape.choose(5))).toList().toString());
    m.data.put(levels, "{\"%s\": {%s}}".formatted(w, LABELS.stream().map(l -> "\"" + l + "\": " + tape.real()).collect(Collectors.joining(", "))));
    var column = first + "." + f;
    families(f, g, first, y, column, w);
    var a = m.fresh("a");
    m.statements.add("%s : real[%s] ~ Normal(%s * %s, %s)".formatted(a, f, scalar(), w, m.terms().positive(List.of(), 2)));
    m.statements.add("%s ~ Poisson(log = 0.3 * %s[%s.%s] + 0.1 * %s)".formatted(k, a, second, f, w + "[" + second + "." + f + "]"));
    if (tape.chance(50)) {
      var d = m.fresh("d");
      var c = m.fresh("c");
      m.statements.add("%s : real[%s]".formatted(d, f));
      m.statements.add("for %s in %s { if %s == \"low\" { %s[%s] = %s } else { %s[%s] = %s[%s] * %s } }".formatted(
          c, f, c, d, c, scalar(), d, c, a, c, scalar()));
      m.statements.add("target += -square(%s[\"mid\"]) - sum(%s in %s : 0.1 * %s[%s]^2)".formatted(d, c, f, d, c));
    }
  }

  /// What is observed in the first table, by families over its factors.
  private void families(String f, String g, String table, String y, String column, String w) {
    var b = m.fresh("b");
    var i = m.fresh("i");
    var s = m.terms().positive(List.of(), 2);
    switch (tape.choose(6)) {
      case 0 -> {
        m.statements.add("%s : real[%s, %s] ~ Normal(%s, %s)".formatted(b, f, g, scalar(), s));
        m.statements.add("%s ~ Normal(%s[%s, %s] + 0.3 * %s[%s], %s)".formatted(y, b, column, g, w, column, s));
      }
      case 1 -> {
        m.statements.add("%s : simplex[%s, K] ~ Dirichlet(rep(%s, K))".formatted(b, f, s));
        m.statements.add("for %s in %s { %s[%s] ~ Normal(sum(%s[%s[%s], 1..2]), 1) }".formatted(i, table, y, i, b, column, i));
      }
      case 2 -> {
        m.statements.add("%s : ordered[%s, K] ~ Normal(0.1, 2)".formatted(b, f));
        m.statements.add("%s ~ Logistic(%s[%s, K] - %s[%s, 1], %s)".formatted(y, b, column, b, column, s));
      }
      case 3 -> {
        m.statements.add("%s : corr[%s, K] ~ LKJ(%s)".formatted(b, f, s));
        m.statements.add("for %s in %s { %s[%s] ~ Normal(%s[%s[%s], 1, 2], %s) }".formatted(i, table, y, i, b, column, i, s));
      }
      case 4 -> {
        m.statements.add("%s : real[%s, K] ~ MultivariateNormal(rep(%s, K), cov = diag(rep(%s, K)))".formatted(b, f, scalar(), s));
        m.statements.add("%s ~ Normal(%s[%s, 2] .* %s, 1)".formatted(y, b, column, w + "[" + column + "]"));
        m.statements.add("for %s in %s { target += 0.1 * sin(sum(%s[%s])) }".formatted(i, f, b, i));
      }
      default -> {
        m.statements.add("%s : real[%s] ~ Normal(0, %s)".formatted(b, table, s));
        m.statements.add("%s ~ Normal(%s + (%s == \"yes\" ? %s : 0.2) + sum(%s in %s : %s[%s]) / size(%s), %s)".formatted(
            y, b, g, scalar(), i, table, b, i, table, s));
      }
    }
  }

  private String scalar() {
    return m.terms().real(List.of(), 2);
  }

  private static String column(String name, List<String> values) {
    return "\"" + name + "\": " + values;
  }

  private List<String> numbers(int n) {
    return IntStream.range(0, n).mapToObj(i -> tape.chance(15) ? "null" : Double.toString(tape.real())).toList();
  }

  private List<String> labels(int n, List<String> of) {
    var labels = new ArrayList<String>();
    for (int i = 0; i < n; i++) labels.add("\"" + (i < of.size() ? of.get(i) : tape.of(of)) + "\"");
    return labels;
  }
}
