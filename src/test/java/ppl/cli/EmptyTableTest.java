package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file with a header alone.
class EmptyTableTest {
  @TempDir Path folder;

  @Test
  void aTableWithoutRowsIsTold() throws IOException {
    Files.writeString(folder.resolve("m.ppl"), "data t { y : real }\nm : real ~ Normal(0, 1)\ny ~ Normal(m, 1)\n");
    var empty = Files.writeString(folder.resolve("empty.csv"), "y\n");
    var full = Files.writeString(folder.resolve("full.csv"), "y\n1\n");
    assertEquals(1, told(empty));
    assertEquals(0, told(full));
  }

  /// An answer about nothing has no draws, and that is not for want of memory.
  @Test
  void thereIsNothingToDraw() throws IOException {
    Files.writeString(folder.resolve("m.ppl"), "data t { y : real }\ne : real[t] ~ Normal(0, 1)\ny ~ Normal(e, 1)\n");
    assertFalse(said(Files.writeString(folder.resolve("empty.csv"), "y\n")).contains("draws were made"));
  }

  private long told(Path data) {
    return said(data).lines().filter(l -> l.endsWith("in these data the table `t` has no rows")).count();
  }

  private String said(Path data) {
    var said = new StringWriter();
    var terminal = new Terminal(new PrintWriter(said), new PrintWriter(said), false, false, false);
    int code = new Cli(Ppl.toolchain(), terminal).run("run", folder.resolve("m.ppl").toString(), "--data", data.toString());
    assertEquals(Exit.DONE, code, said::toString);
    return said.toString();
  }
}
