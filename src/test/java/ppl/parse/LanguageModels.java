package ppl.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ppl.source.Source;

/// The models of the language page, as resources.
public final class LanguageModels {
  private LanguageModels() {}

  public static List<Source> all() {
    try (var files = Files.list(Path.of("src/test/resources/ppl/language"))) {
      return files.sorted().map(LanguageModels::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(Path file) {
    try {
      return new Source(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
