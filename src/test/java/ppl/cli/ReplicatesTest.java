package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names that `--predict` cannot draw are told, and only there.
class ReplicatesTest {
  private static final String MODEL = """
      dist Bent(m : real) on real {
        logpdf(x) = -square(x - m) - log(sqrt(pi))%s
      }
      data y : real[2]
      data z : real
      m : real ~ Normal(0, 1)
      y ~ Bent(m)
      z ~ Normal(m, 1)
      """;

  @TempDir Path folder;

  private String run(String model, String... more) throws IOException {
    Files.writeString(folder.resolve("m.ppl"), model);
    Files.writeString(folder.resolve("m.json"), "{\"y\": [0.5, 1], \"z\": 0.2}");
    var out = new StringWriter();
    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(out), false, false, false);
    var arguments = new ArrayList<>(List.of("run", folder.resolve("m.ppl").toString(), "--method", "map"));
    arguments.addAll(List.of(more));
    assertEquals(Exit.DONE, new Cli(Ppl.toolchain(), terminal).run(arguments.toArray(String[]::new)), out::toString);
    return out.toString();
  }

  @Test
  void whatCannotBeDrawnIsTold() throws IOException {
    var told = run(MODEL.formatted(""), "--predict");
    assertTrue(told.contains("warning[W0213]: there is no replicate of `y`"), told);
    assertTrue(told.contains("`sample = ..`"), told);
    assertFalse(told.contains("replicate of `z`"), told);
    assertFalse(run(MODEL.formatted("")).contains("W0213"));
    assertFalse(run(MODEL.formatted("\n  sample = m + sample(Normal(0, 1))"), "--predict").contains("W0213"));
  }
}
