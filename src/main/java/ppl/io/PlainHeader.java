package ppl.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The first line of a file in UTF-8, and where the second begins.
record PlainHeader(String text, long end) {
  private static final int MOST = 1 << 20;
  private static final String MARK = "\uFEFF";

  /// Empty where it is no line by itself: it opens a quote, say.
  static Optional<PlainHeader> of(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) Math.min(MOST, Files.size(file)));
    }
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') end++;
    if (end == bytes.length || !PlainRows.isText(bytes, 0, end)) return Optional.empty();
    var text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    var line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    boolean whole = line.chars().filter(c -> c == '"').count() % 2 == 0 && line.indexOf('\r') < 0;
    return whole ? Optional.of(new PlainHeader(line.startsWith(MARK) ? line.substring(1) : line, end + 1)) : Optional.empty();
  }
}
