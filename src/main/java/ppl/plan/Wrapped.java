package ppl.plan;

import java.util.ArrayList;
import java.util.List;

/// Long lines of formulas, broken before a sign or after a separator, never within quoted code.
final class Wrapped {
  private static final int COLUMNS = 116;

  private Wrapped() {}

  static List<String> of(String line) {
    int indent = line.length() - line.stripLeading().length();
    var lines = new ArrayList<String>();
    var rest = line;
    while (rest.length() > COLUMNS) {
      int at = last(rest, indent + 4);
      if (at < 0) break;
      lines.add(rest.substring(0, at).stripTrailing());
      rest = " ".repeat(indent + 4) + rest.substring(at).strip();
    }
    lines.add(rest);
    return lines;
  }

  /// The last of the places outside of most brackets, none too far to the left; negative without one.
  private static int last(String line, int indent) {
    int found = -1;
    int fewest = Integer.MAX_VALUE;
    int depth = 0;
    int subscript = 0;
    boolean quoted = false;
    for (int i = 0; i < COLUMNS; i++) {
      char c = line.charAt(i);
      if (c == '`') quoted = !quoted;
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      subscript += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      boolean begins = i > indent + COLUMNS / 4 && line.charAt(i - 1) == ' '
          && (line.startsWith("+ ", i) || line.startsWith("- ", i) || ",;:".indexOf(line.charAt(i - 2)) >= 0);
      if (quoted || subscript > 0 || !begins || depth > fewest) continue;
      found = i;
      fewest = depth;
    }
    return found;
  }
}
