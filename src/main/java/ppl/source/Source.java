package ppl.source;

import java.util.Arrays;

/// A named text. Offsets are in UTF-16 units from 0; lines and columns count from 1.
///
/// @param name what messages call it, usually a path as the user wrote it
public record Source(String name, String text) {
  /// The line that holds `offset`.
  public int line(int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) if (text.charAt(i) == '\n') line++;
    return line;
  }

  /// The column of `offset` in its line.
  public int column(int offset) {
    return offset - text.lastIndexOf('\n', offset - 1);
  }

  /// The text of one line, without its line end; empty past the last line.
  public String lineText(int line) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) return "";
    }
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end).stripTrailing();
  }

  /// The whole text as a span.
  public Span all() {
    return new Span(this, 0, text.length());
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return name + Arrays.asList(text.length());
  }
}
