package ppl.io;

import java.util.OptionalDouble;

/// Decimal numbers in texts: read quickly and exactly, shown briefly.
public final class Numbers {
  private static final int MOST_SHOWN = 40;

  private Numbers() {}

  /// Shortest text of a value; whole numbers without a point.
  public static String show(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
  }

  /// A text in quotes on one line, cut where it is long.
  static String quote(String text) {
    var cut = text.codePointCount(0, text.length()) > MOST_SHOWN
        ? text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "…" : text;
    var out = new StringBuilder("\"");
    cut.codePoints().forEach(c -> {
      if (c == '\n') out.append("\\n");
      else if (c == '\r') out.append("\\r");
      else if (c == '\t') out.append("\\t");
      else if (Character.isISOControl(c) || c == 0xFEFF || Character.getType(c) == Character.FORMAT)
        out.append("\\u%04x".formatted(c));
      else out.appendCodePoint(c);
    });
    return out.append('"').toString();
  }

  /// The number that `text` spells, if it spells one: decimal, or NaN or an infinity in any common spelling.
  public static OptionalDouble parse(String text) {
    return parse(text.toCharArray(), 0, text.length());
  }

  /// The number in `length` characters from `from`.
  static OptionalDouble parse(char[] chars, int from, int length) {
    int i = from;
    int end = from + length;
    boolean negative = i < end && chars[i] == '-';
    if (i < end && (chars[i] == '-' || chars[i] == '+')) i++;
    long mantissa = 0;
    int digits = 0;
    int scale = 0;
    boolean point = false;
    int start = i;
    for (; i < end; i++) {
      char c = chars[i];
      if (c == '.' && !point) point = true;
      else if (c >= '0' && c <= '9') {
        if (mantissa < 100_000_000_000_000_000L) mantissa = mantissa * 10 + (c - '0');
        else return slow(chars, from, length);
        digits++;
        if (point) scale--;
      } else break;
    }
    if (digits == 0) return word(new String(chars, start, end - start), negative);
    if (i < end) return chars[i] == 'e' || chars[i] == 'E' ? slow(chars, from, length) : OptionalDouble.empty();
    double value = Decimal.nearest(mantissa, scale);
    if (Double.isNaN(value)) return slow(chars, from, length);
    return OptionalDouble.of(negative ? -value : value);
  }

  /// Whether `text` spells a finite number that no double holds.
  static boolean tooLarge(String text) {
    return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?") && parse(text).isEmpty();
  }

  /// Not a number where it is larger than any double.
  private static OptionalDouble slow(char[] chars, int from, int length) {
    for (int i = from; i < from + length; i++) {
      char c = chars[i];
      boolean mark = c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
      if (!mark && (c < '0' || c > '9')) return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(new String(chars, from, length));
      return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble word(String text, boolean negative) {
    return switch (text) {
      case "NaN", "nan" -> OptionalDouble.of(Double.NaN);
      case "Inf", "inf", "Infinity", "infinity" ->
          OptionalDouble.of(negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
      default -> OptionalDouble.empty();
    };
  }
}
