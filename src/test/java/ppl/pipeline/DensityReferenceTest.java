package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import ppl.dist.Ability;
import ppl.dist.Distributions;

/// What models compute of every distribution, in every parameterization, against textbook formulas evaluated with 40
/// digits (`reference.csv`, written by `reference.py`): the log density, cdf, log tails, mean and standard deviation.
class DensityReferenceTest {
  private static final Pattern NUMBER = Pattern.compile("(?<![A-Za-z_0-9.])\\d+(\\.\\d+)?(e-?\\d+)?");
  private static final double TOLERANCE = 5e-13;
  /// Values below are compared by their distance: logs of probabilities next to 1.
  private static final double SMALL = 1e-8;
  /// Of combinators these logs are as good as the probability itself.
  private static final double SMALL_COMBINED = 1e-2;

  /// One line of the table; a value that the language does not define is empty.
  private record Row(String law, String x, List<String> values) {
    static Row of(String line) {
      var fields = line.split(";", -1);
      assertEquals(8, fields.length, line);
      return new Row(fields[0], fields[1], List.of(fields).subList(2, 8));
    }

    String distribution() {
      return law.substring(0, law.indexOf('('));
    }

    /// What the language calls the values, and the values.
    Map<String, Double> expected() {
      var all = new LinkedHashMap<String, Double>();
      var calls = List.of("logpdf(%s, %s)", "cdf(%s, %s)", "logcdf(%s, %s)", "logccdf(%s, %s)", "mean(%s)", "sd(%s)");
      for (int i = 0; i < calls.size(); i++)
        if (!values.get(i).isEmpty()) all.put(calls.get(i).formatted(law, x), Double.valueOf(values.get(i)));
      return all;
    }
  }

  private static List<Row> rows() throws IOException {
    try (var in = Distributions.class.getResourceAsStream("reference.csv");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().map(Row::of).toList();
    }
  }

  /// As the table has it, numbers folded by the compiler; and with every number read from data.
  @TestFactory
  Stream<DynamicTest> modelsComputeTheTextbooksFormulas() throws IOException {
    var groups = rows().stream().collect(Collectors.groupingBy(Row::distribution, LinkedHashMap::new, Collectors.toList()));
    return groups.entrySet().stream().flatMap(g -> Stream.of(false, true).map(data ->
        DynamicTest.dynamicTest(g.getKey() + (data ? " of data" : " of constants"), () -> compare(g.getValue(), data))));
  }

  private static void compare(List<Row> rows, boolean fromData) {
    var expected = new LinkedHashMap<String, Double>();
    rows.forEach(r -> expected.putAll(r.expected()));
    var data = new LinkedHashMap<String, String>();
    var text = new StringBuilder("u : real ~ Normal(0, 1)\ngenerate {\n");
    int n = 0;
    for (var call : expected.keySet()) text.append("  q%d = %s\n".formatted(++n, fromData ? lift(call, data) : call));
    text.append("}\n");
    data.forEach((name, value) -> text.append("data %s : %s\n".formatted(name, value.contains(".") ? "real" : "int")));
    var ready = Whole.ready(text.toString(), data);
    var target = ready.program().bind(ready.data());
    var out = new double[target.outputSize()];
    target.constrain(new double[1], new SplittableRandom(1), out);
    int i = out.length - expected.size();
    var checks = new ArrayList<Executable>();
    for (var e : expected.entrySet()) {
      double actual = out[i++];
      boolean known = Distributions.find(rows.getFirst().distribution()).isPresent();
      checks.add(() -> assertEquals(e.getValue(), actual,
          Double.isFinite(e.getValue()) ? TOLERANCE * Math.max(Math.abs(e.getValue()), known ? SMALL : SMALL_COMBINED) : 0, e.getKey()));
    }
    assertAll(checks);
  }

  /// The text with a name from `data` for every number.
  private static String lift(String text, Map<String, String> data) {
    return NUMBER.matcher(text).replaceAll(m -> {
      var name = "c" + (data.size() + 1);
      data.put(name, m.group());
      return name;
    });
  }

  @Test
  void theTableLeavesNothingOut() throws IOException {
    var rows = rows();
    for (var d : Distributions.ALL) {
      var here = rows.stream().filter(r -> r.distribution().equals(d.name())).toList();
      for (var f : d.forms()) {
        var first = d.forms().getFirst() == f;
        assertTrue(here.stream().anyMatch(r -> mentions(r.law, f.names()) || first && !r.law.contains(" = ")),
            d.name() + f.names());
      }
      boolean proper = d.abilities().contains(Ability.DRAW);
      assertTrue(here.stream().distinct().count() >= (proper ? 2 : 1), d.name());
      if (d.abilities().contains(Ability.TAILS)) assertTrue(here.stream().noneMatch(r -> r.values.get(3).isEmpty()), d.name());
    }
  }

  private static boolean mentions(String law, List<String> names) {
    var named = new HashSet<>(Set.copyOf(names));
    named.removeIf(n -> law.contains(n + " = "));
    long given = Pattern.compile("[a-z]+ = ").matcher(law).results().count();
    return given > 0 && named.size() == names.size() - given
        && names.subList(0, names.size() - (int) given).stream().noneMatch(n -> law.contains(n + " = "));
  }
}
