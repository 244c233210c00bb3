package ppl.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The first line of a CSV file, which tells by what fields are separated.
record FirstLine(String text) {
  static FirstLine of(Path file) throws IOException {
    try (BufferedReader in = TextFile.open(file)) {
      return new FirstLine(Optional.ofNullable(in.readLine()).orElse(""));
    } catch (CharacterCodingException e) {
      return new FirstLine("");
    }
  }

  /// Comma, semicolon or tab, whichever it has most of outside of quotes.
  char separator() {
    char best = ',';
    for (char c : new char[] {';', '\t'}) if (count(c) > count(best)) best = c;
    return best;
  }

  private long count(char separator) {
    return text.replaceAll("\"[^\"]*\"", "").chars().filter(x -> x == separator).count();
  }

  /// What else seems to separate its names, if that makes some of them names that are looked for.
  Optional<String> otherSeparator(Function<List<String>, Function<String, Field>> wants) {
    if (count(separator()) > 0) return Optional.empty();
    return Stream.of("|", ":", " ").filter(s -> {
      var names = Stream.of(text.strip().split("[" + s + "]+")).map(n -> n.strip().replaceAll("^\"|\"$", "")).toList();
      return names.size() > 1 && names.stream().anyMatch(n -> wants.apply(names).apply(n).want() != Want.NOTHING);
    }).findFirst().map(s -> s.equals(" ") ? "spaces" : "`" + s + "`");
  }
}
