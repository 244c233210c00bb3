package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Missing values from a text with gaps to a posterior.
class MissingValuesTest {
  @TempDir Path folder;

  private String summary(String model, String data) throws IOException {
    Files.writeString(folder.resolve("m.ppl"), model);
    Files.writeString(folder.resolve("m.json"), data);
    var out = new StringWriter();
    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), false, false, false);
    int code = new Cli(Ppl.toolchain(), terminal).run("run", folder.resolve("m.ppl").toString(), "--method", "nuts",
        "--warmup", "300", "--draws", "500", "--predict", "--json");
    assertEquals(Exit.DONE, code, out::toString);
    return out.toString();
  }

  private static double number(String summary, String name, String field) {
    var m = Pattern.compile("(?s)\"" + Pattern.quote(name) + "\" : \\{.*?\"" + field + "\" : ([-0-9.eE]+)").matcher(summary);
    assertTrue(m.find(), () -> name + " " + field + "\n" + summary);
    return Double.parseDouble(m.group(1));
  }

  @Test
  void theyLieWhereTheirDistributionDoes() throws IOException {
    var summary = summary("""
        data x : real[3]
        data p : real[2]
        data u : real[2]
        x ~ Exponential(2)
        for i in 1..2 { p[i] ~ Beta(2, 2) }
        u ~ truncated(Normal(0, 1), lower = 1)
        m : real ~ Normal(mean(x), 1)
        """, """
        {"x": [1, null, 2], "p": [null, 0.5], "u": [null, null]}""");
    assertEquals(0.5, number(summary, "x[2]", "mean"), 0.1);
    assertTrue(number(summary, "x[2]", "q5") > 0);
    assertEquals(0.5, number(summary, "p[1]", "mean"), 0.05);
    assertEquals(1.525, number(summary, "u[1]", "mean"), 0.08);
    assertTrue(summary.matches("(?s).*\"divergences\" : 0[,.\\s].*"), summary);
  }

  /// Gaps make another model: what is wrong with that alone is said.
  @Test
  void gapsThatCannotBeFilledAreToldWhy() throws IOException {
    Files.writeString(folder.resolve("m.ppl"), "data n : count[3]\na : positive ~ Gamma(2, 1)\nn ~ Poisson(a)\nb : real ~ Normal(sum(n), 1)\n");
    Files.writeString(folder.resolve("m.json"), "{\"n\": [1, null, 3]}");
    var out = new StringWriter();
    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), false, false, false);
    assertEquals(Exit.INPUT, new Cli(Ppl.toolchain(), terminal).run("run", folder.resolve("m.ppl").toString()));
    assertTrue(out.toString().contains("E0501") && out.toString().contains("missing values of `n`"), out.toString());
  }

  @Test
  void columnsOfOneNameAreToldApart() throws IOException {
    var summary = summary("""
        data homes { y : real }
        data schools { y : real  z : real }
        m : real ~ Normal(0, 1)
        homes.y ~ Normal(m, 1)
        schools.y ~ Normal(m, 1)
        z ~ Normal(m, 1)
        """, """
        {"homes": {"y": [1, null]}, "schools": {"y": [null, 2], "z": [null, 0]}}""");
    for (var name : new String[] {"homes.y[2]", "schools.y[1]", "z[1]", "homes.y_rep[1]", "schools.y_rep[2]", "z_rep[1]"})
      assertTrue(summary.contains('"' + name + '"'), () -> name + "\n" + summary);
    assertFalse(summary.contains("schools.z"), summary);
  }

  /// Half of the weight on each side: two values of 1 among three seen ones make a posterior of Beta(3, 2).
  @Test
  void wholeNumbersAreSummedOut() throws IOException {
    var summary = summary("""
        data N : int
        data on : binary[N]
        data n : int(0..20)[N]
        p : unit ~ Beta(1, 1)
        on ~ Bernoulli(p)
        for i in 1..N { n[i] ~ Poisson(on[i] == 1 ? 8 : 1) }
        """, """
        {"N": 5, "on": [1, 1, 0, null, null], "n": [7, 8, null, 12, 0]}""");
    assertEquals(1, number(summary, "on[4]", "mean"), 0.01);
    assertEquals(0.001, number(summary, "on[5]", "mean"), 0.01);
    assertEquals(1, number(summary, "n[3]", "mean"), 0.2);
    assertEquals(4 / 7.0, number(summary, "p", "mean"), 0.05);
  }
}
