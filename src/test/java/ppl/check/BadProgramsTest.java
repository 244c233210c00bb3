package ppl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ppl.source.Renderer;

/// Programs with mistakes and what is said of them. `-Dppl.golden=write` writes the expectations anew; read the
/// difference before committing it.
class BadProgramsTest {
  static List<Path> programs() {
    return Check.files("bad");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void mistakesAreToldAsExpected(Path file) throws IOException {
    var check = Check.of(Check.read(file), Map.of(), Map.of());
    var said = Renderer.plain().render(check.said());
    var expected = Path.of(file.toString().replace(".ppl", ".expected"));
    if ("write".equals(System.getProperty("ppl.golden"))) Files.writeString(expected, said);
    assertEquals(Files.readString(expected), said);
    assertFalse(check.said().isEmpty());
    boolean warning = file.getFileName().toString().startsWith("warn_");
    assertEquals(warning, check.typed().isPresent());
  }

  @Test
  void oneMistakeIsToldOnce() {
    for (var file : programs()) {
      if (file.getFileName().toString().contains("many_")) continue;
      var codes = Check.of(Check.read(file), Map.of(), Map.of()).codes();
      assertTrue(codes.size() <= 2, file + ": " + codes);
    }
  }
}
