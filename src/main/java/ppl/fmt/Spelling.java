package ppl.fmt;

import ppl.ast.Name;
import ppl.parse.Names;

/// How names and texts are written.
final class Spelling {
  private Spelling() {}

  static String name(Name name) {
    return Names.isPlain(name.text()) ? name.text() : "`" + name.text() + "`";
  }

  static String string(String value) {
    var written = new StringBuilder("\"");
    value.chars().forEach(c -> {
      switch (c) {
        case '"' -> written.append("\\\"");
        case '\\' -> written.append("\\\\");
        case '\n' -> written.append("\\n");
        case '\r' -> written.append("\\r");
        case '\t' -> written.append("\\t");
        default -> written.append((char) c);
      }
    });
    return written.append('"').toString();
  }
}
