package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import ppl.infer.Exact;
import ppl.infer.Progress;

/// Every model whose posterior and evidence are known in closed form comes out exactly, by no knowledge of conjugate
/// pairs.
class TextbookTest {
  private static final Pattern NUMBER = Pattern.compile("\"(mean|sd|log_evidence)\": ([-0-9.eE+]+)");
  private static final double TOLERANCE = 1e-10;

  @TestFactory
  Stream<DynamicTest> exact() throws IOException {
    return ModelsTest.folders().stream().filter(TextbookTest::isClosed)
        .map(f -> DynamicTest.dynamicTest(f.toString(), () -> compare(f)));
  }

  private static boolean isClosed(Path folder) {
    try {
      return Files.readString(folder.resolve("expected.json")).contains("log_evidence");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void compare(Path folder) throws Exception {
    var ready = ModelsTest.ready(folder);
    var target = ready.program().bind(ready.data());
    assertEquals(Optional.empty(), new Exact().objection(target));
    var posterior = new Exact().run(target, Map.of(), 1, Progress.SILENT);
    var known = posterior.marginals().orElseThrow();
    var name = "";
    int compared = 0;
    for (var line : Files.readAllLines(folder.resolve("expected.json"))) {
      if (line.endsWith("{")) name = line.strip().split("\"").length > 1 ? line.strip().split("\"")[1] : "";
      var number = NUMBER.matcher(line);
      while (number.find()) {
        double expected = Double.parseDouble(number.group(2));
        double actual = switch (number.group(1)) {
          case "mean" -> known.mean()[posterior.column(name)];
          case "sd" -> known.sd()[posterior.column(name)];
          default -> posterior.diagnostics().get("log_evidence");
        };
        assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)), number.group(1) + " of " + name);
        compared++;
      }
    }
    assertTrue(compared >= 3);
  }
}
