package ppl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ppl.source.Diagnostic;
import ppl.typed.TypedPrinter;

/// Models that use every feature are accepted without a word.
class GoodProgramsTest {
  static List<Path> programs() {
    return Check.files("good");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void goodProgramsAreAccepted(Path file) {
    var check = Check.of(Check.read(file), Map.of(), Map.of());
    assertEquals(List.of(), check.said().stream().filter(Diagnostic::isError).toList());
    assertTrue(TypedPrinter.model(check.ok()).startsWith("model "));
  }

  @Test
  void modelsOfTheLanguagePageAreRefusedOnlyForWhatIsNotSupported() {
    Map<String, String> refused = Map.of("predator_prey", "E0502", "vae", "E0503");
    for (var file : Check.files("language")) {
      var name = file.getFileName().toString().replace(".ppl", "");
      if (name.equals("everything")) continue;
      var errors = Check.of(Check.read(file), Map.of(), Map.of()).said().stream().filter(Diagnostic::isError)
          .map(Diagnostic::code).toList();
      if (refused.containsKey(name)) assertTrue(errors.contains(refused.get(name))
          && errors.stream().allMatch(e -> e.startsWith("E05")), name + errors);
      else assertEquals(List.of(), errors, name);
    }
  }

  @Test
  void orderOfStatementsDoesNotMatter() {
    for (var file : programs()) {
      var check = Check.of(Check.read(file), Map.of(), Map.of()).ok();
      var body = new HashSet<String>();
      check.body().forEach(s -> body.add(s.toString()));
      assertEquals(check.body().size(), body.size(), file.toString());
    }
  }
}
