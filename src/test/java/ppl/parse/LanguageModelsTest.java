package ppl.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ppl.source.Diagnostics;
import ppl.source.Source;

class LanguageModelsTest {
  static Stream<Source> models() {
    return LanguageModels.all().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyModelOfTheLanguagePageIsReadWithoutAWord(Source model) {
    var diagnostics = new Diagnostics();
    var ast = Parser.parse(model, diagnostics);
    assertEquals(List.of(), diagnostics.all());
    assertTrue(ast.orElseThrow().statements().size() > 3);
  }
}
