package ppl.source;

import java.util.Arrays;

/// A line of text laid out in the columns of a terminal: tabs reach the next multiple of four, wide characters take two
/// columns, combining ones none, and control characters show as a picture instead of acting on the terminal.
final class Cells {
  private static final int TAB = 4;

  private final StringBuilder text = new StringBuilder();
  private final int[] columns;

  Cells(String line) {
    columns = new int[line.length() + 1];
    int column = 0;
    for (int i = 0; i < line.length(); ) {
      int c = line.codePointAt(i);
      int next = i + Character.charCount(c);
      Arrays.fill(columns, i, next, column);
      column += append(c, column);
      i = next;
    }
    columns[line.length()] = column;
  }

  private int append(int c, int column) {
    if (c == '\t') {
      int width = TAB - column % TAB;
      text.repeat(' ', width);
      return width;
    }
    text.appendCodePoint(visible(c));
    return width(c);
  }

  private static int visible(int c) {
    if (c < 0x20) return 0x2400 + c;
    boolean hidden = switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
    return hidden ? 0xFFFD : c;
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) return 0;
    return isWide(c) ? 2 : 1;
  }

  /// The blocks that Unicode's East Asian Width (UAX 11) calls wide, and pictographs.
  private static boolean isWide(int c) {
    return c >= 0x1100 && (c <= 0x115F || c >= 0x2E80 && c <= 0xA4CF || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF || c >= 0xFE30 && c <= 0xFE6F || c >= 0xFF00 && c <= 0xFF60
        || c >= 0xFFE0 && c <= 0xFFE6 || c >= 0x1F300 && c <= 0x1FAFF || c >= 0x20000 && c <= 0x3FFFD);
  }

  /// The first column of a character of the line, from 0; past the end, the column behind it.
  int column(int index) {
    return columns[Math.clamp(index, 0, columns.length - 1)];
  }

  String text() {
    return text.toString();
  }
}
