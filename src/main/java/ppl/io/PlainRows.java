package ppl.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.OptionalDouble;
import ppl.runtime.Narrow;

/// The rows of one piece of a plain table, read into their places in its columns.
final class PlainRows {
  /// Digits that surely fit into a long.
  private static final int DIGITS = 18;
  private static final int BAD = -1;

  private final byte[] bytes;
  private final byte separator;
  private final PlainColumn[] columns;
  private final int piece;
  private final int first;
  private final int last;
  private final BitSet[] gaps;
  private final Labels[] labels;
  /// The whole numbers of the piece.
  private final int[][] wholes;
  private int row;
  private double number;

  /// @param piece which of the file's it is, from 0
  /// @param first the number of the first row, from 0
  /// @param last  past that of the last
  PlainRows(byte[] bytes, char separator, PlainColumn[] columns, int piece, int first, int last) {
    this.bytes = bytes;
    this.separator = (byte) separator;
    this.columns = columns;
    this.piece = piece;
    this.first = first;
    this.last = last;
    gaps = new BitSet[columns.length];
    labels = new Labels[columns.length];
    wholes = new int[columns.length][];
    for (int c = 0; c < columns.length; c++) {
      wholes[c] = new int[columns[c] instanceof PlainColumn.Wholes ? last - first : 0];
      gaps[c] = new BitSet();
      labels[c] = new Labels();
    }
  }

  /// Gaps of a column, counted from the first row of the piece.
  BitSet gaps(int column) {
    return gaps[column];
  }

  /// The texts of a column, by the codes that it holds.
  Labels labels(int column) {
    return labels[column];
  }

  /// Reads the lines from `at` to `end`; whether they were all plain and as many as were counted, which they are not
  /// where something else writes to the file meanwhile.
  boolean read(int at, int end) {
    for (row = first; at < end && row < last; row++) {
      at = line(at);
      if (at == BAD) return false;
    }
    if (at < end || row != last) return false;
    for (int c = 0; c < columns.length; c++)
      if (columns[c] instanceof PlainColumn.Wholes(var pieces)) {
        pieces[piece] = Narrow.of(wholes[c]);
        wholes[c] = new int[0];
      }
    return true;
  }

  static boolean isText(byte[] bytes, int from, int to) {
    var in = ByteBuffer.wrap(bytes, from, to - from);
    var out = CharBuffer.allocate(1 << 13);
    var decoder = StandardCharsets.UTF_8.newDecoder();
    while (true) {
      var result = decoder.decode(in, out.clear(), true);
      if (result.isUnderflow()) return true;
      if (result.isError()) return false;
    }
  }

  /// Past the end of the line at `at`.
  private int line(int at) {
    if (bytes[at] == '\n' || bytes[at] == '\r') return BAD;
    int last = columns.length - 1;
    for (int c = 0; c <= last; c++) {
      at = switch (columns[c]) {
        case PlainColumn.Reals(var to, int first, int step) -> {
          int end = number(at, c);
          if (end != BAD) to[first + row * step] = number;
          yield end;
        }
        case PlainColumn.Beside(var to, int first, int step) -> {
          int end = number(at, c);
          if (end != BAD) to.set(first + row * step, number);
          yield end;
        }
        case PlainColumn.Wholes _ -> {
          int end = number(at, c);
          if (end != BAD) wholes[c][row - first] = (int) number;
          yield end != BAD && Growing.isWhole(number) ? end : BAD;
        }
        case PlainColumn.Codes(var to) -> label(at, c, to);
        case PlainColumn.Nothing() -> end(at);
      };
      if (at == BAD) return BAD;
      if (c < last && bytes[at++] != separator) return BAD;
    }
    if (bytes[at] == '\r') at++;
    return bytes[at] == '\n' ? at + 1 : BAD;
  }

  /// Takes the number at `at`; the end of its field.
  private int number(int at, int column) {
    int i = at;
    boolean negative = bytes[i] == '-';
    if (negative || bytes[i] == '+') i++;
    int start = i;
    long digits = 0;
    int d;
    while ((d = bytes[i] - '0') >= 0 && d <= 9) {
      digits = 10 * digits + d;
      i++;
    }
    int count = i - start;
    int power = 0;
    if (bytes[i] == '.') {
      int point = ++i;
      while ((d = bytes[i] - '0') >= 0 && d <= 9) {
        digits = 10 * digits + d;
        i++;
      }
      power = point - i;
      count -= power;
    }
    if (count == 0 || count > DIGITS && count - zeros(start) > DIGITS) return unusual(at, column);
    if ((bytes[i] | 0x20) == 'e') {
      int sign = bytes[i + 1] == '-' ? -1 : 1;
      i += bytes[i + 1] == '-' || bytes[i + 1] == '+' ? 2 : 1;
      int from = i;
      int exponent = 0;
      while ((d = bytes[i] - '0') >= 0 && d <= 9 && i < from + 4) {
        exponent = 10 * exponent + d;
        i++;
      }
      if (i == from) return unusual(at, column);
      power += sign * exponent;
    }
    if (bytes[i] != separator && bytes[i] != '\n' && bytes[i] != '\r') return unusual(at, column);
    double value = Decimal.nearest(digits, power);
    if (Double.isNaN(value)) return unusual(at, column);
    number = negative ? -value : value;
    return i;
  }

  /// How many zeros a number begins with.
  private int zeros(int i) {
    int count = 0;
    for (; bytes[i] == '0' || bytes[i] == '.'; i++) if (bytes[i] == '0') count++;
    return count;
  }

  /// A field that is no number at first sight.
  private int unusual(int at, int column) {
    int end = end(at);
    if (end == BAD) return BAD;
    boolean quoted = bytes[at] == '"';
    int from = quoted ? at + 1 : stripped(at, end);
    int to = quoted ? end - 1 : strippedEnd(from, end);
    if (isGap(from, to, quoted)) {
      gaps[column].set(row - first);
      number = 0;
      return end;
    }
    var value = parse(from, to);
    number = value.orElse(0);
    return value.isPresent() ? end : BAD;
  }

  private OptionalDouble parse(int from, int to) {
    return Numbers.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  private int label(int at, int column, int[] codes) {
    int end = end(at);
    if (end == BAD) return BAD;
    boolean quoted = bytes[at] == '"';
    int from = quoted ? at + 1 : stripped(at, end);
    int to = quoted ? end - 1 : strippedEnd(from, end);
    for (int i = from; i < to; i++) if (bytes[i] == 0) return BAD;
    if (isGap(from, to, quoted)) gaps[column].set(row - first);
    else codes[row] = labels[column].code(bytes, from, to);
    return end;
  }

  /// The end of the field at `at`, which is one line's and holds no quotes but those around it.
  private int end(int at) {
    int i = at;
    if (bytes[i] == '"') {
      do i++; while (bytes[i] != '"' && bytes[i] != '\n' && bytes[i] != '\r');
      if (bytes[i] != '"') return BAD;
      i++;
      return bytes[i] == separator || bytes[i] == '\n' || bytes[i] == '\r' ? i : BAD;
    }
    while (bytes[i] != separator && bytes[i] != '\n' && bytes[i] != '\r') i++;
    return i;
  }

  private int stripped(int i, int end) {
    while (i < end && bytes[i] > 0 && bytes[i] <= ' ') i++;
    return i;
  }

  private int strippedEnd(int from, int end) {
    while (end > from && bytes[end - 1] > 0 && bytes[end - 1] <= ' ') end--;
    return end;
  }

  private boolean isGap(int from, int to, boolean quoted) {
    if (from == to) return true;
    if (quoted) return false;
    if (to - from == 2) return bytes[from] == 'N' && bytes[from + 1] == 'A';
    return to - from == 4 && (bytes[from] | 0x20) == 'n'
        && new String(bytes, from, 4, StandardCharsets.ISO_8859_1).equalsIgnoreCase("null");
  }
}
