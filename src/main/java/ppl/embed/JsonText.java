package ppl.embed;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Reads and writes JSON as text.
final class JsonText {
  private static final int LEVELS_ON_LINES = 2;

  private final String text;
  private int at;

  JsonText(String text) {
    this.text = text;
  }

  Json whole() {
    var value = value();
    space();
    if (at < text.length()) throw wrong("more after the end");
    return value;
  }

  private Json value() {
    space();
    if (at >= text.length()) throw wrong("a value is missing");
    return switch (text.charAt(at)) {
      case '{' -> fields();
      case '[' -> array();
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Bool(true));
      case 'f' -> word("false", new Json.Bool(false));
      case 'n' -> word("null", new Json.Null());
      default -> number();
    };
  }

  private Json fields() {
    var fields = new LinkedHashMap<String, Json>();
    at++;
    if (!next('}'))
      do {
        space();
        var name = string();
        take(':');
        fields.put(name, value());
      } while (more('}'));
    return new Json.Fields(fields);
  }

  private Json array() {
    var items = new ArrayList<Json>();
    at++;
    if (!next(']'))
      do items.add(value());
      while (more(']'));
    return new Json.Array(items);
  }

  private boolean more(char end) {
    if (next(end)) return false;
    take(',');
    return true;
  }

  private boolean next(char c) {
    space();
    if (at >= text.length() || text.charAt(at) != c) return false;
    at++;
    return true;
  }

  private void take(char c) {
    if (!next(c)) throw wrong("'" + c + "' is missing");
  }

  private String string() {
    take('"');
    var out = new StringBuilder();
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return out.toString();
      }
      out.append(c == '\\' ? escaped() : c);
    }
    throw wrong("a text does not end");
  }

  /// The character that an escape means; leaves the position at its last character.
  private char escaped() {
    if (++at >= text.length()) throw wrong("a text does not end");
    return switch (text.charAt(at)) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        if (at + 4 >= text.length()) throw wrong("an escape does not end");
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
      }
      case '"', '\\', '/' -> text.charAt(at);
      default -> throw wrong("an unknown escape");
    };
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) throw wrong("an unknown word");
    at += word.length();
    return value;
  }

  private Json number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) at++;
    if (start == at) throw wrong("a value is missing");
    return new Json.Num(Double.parseDouble(text.substring(start, at)));
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("no JSON at character " + (at + 1) + ": " + what);
  }

  static void write(Json value, int level, StringBuilder out) {
    switch (value) {
      case Json.Null() -> out.append("null");
      case Json.Bool(var truth) -> out.append(truth);
      case Json.Num(var number) -> out.append(number == (long) number && Math.abs(number) < 1e15
          ? String.valueOf((long) number) : String.valueOf(number));
      case Json.Text(var string) -> quote(string, out);
      case Json.Array(var items) -> {
        out.append('[');
        var between = separator(level);
        items.forEach(i -> write(i, level + 1, next(out, '[', between)));
        close(items.isEmpty(), level, ']', out);
      }
      case Json.Fields(var byName) -> {
        out.append('{');
        var between = separator(level);
        byName.forEach((name, v) -> {
          quote(name, next(out, '{', between));
          write(v, level + 1, out.append(": "));
        });
        close(byName.isEmpty(), level, '}', out);
      }
    }
  }

  private static String separator(int level) {
    return level < LEVELS_ON_LINES ? "\n" + "  ".repeat(level + 1) : " ";
  }

  /// Goes on after the opening character, or after a comma.
  private static StringBuilder next(StringBuilder out, char open, String between) {
    boolean first = out.charAt(out.length() - 1) == open;
    return first && between.equals(" ") ? out : out.append(first ? "" : ",").append(between);
  }

  private static void close(boolean empty, int level, char end, StringBuilder out) {
    if (!empty && level < LEVELS_ON_LINES) out.append('\n').append("  ".repeat(level));
    out.append(end);
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ') out.append("\\u%04x".formatted((int) c));
      else out.append(c);
    }
    out.append('"');
  }
}
