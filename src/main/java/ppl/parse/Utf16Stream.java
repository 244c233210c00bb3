package ppl.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;

/// A text as ANTLR reads it: code points, but counted in UTF-16 units, so that token positions are source offsets. Beyond
/// ASCII, what may stand in a name is shown as one character for each kind.
final class Utf16Stream implements CharStream {
  private static final int LETTER = 0xAA;
  private static final int MARK_OR_DIGIT = 0x660;

  private final String name;
  private final String text;
  private int at;

  Utf16Stream(String name, String text) {
    this.name = name;
    this.text = text;
  }

  @Override
  public void consume() {
    if (at >= text.length()) throw new IllegalStateException("past the end");
    at += Character.charCount(text.codePointAt(at));
  }

  @Override
  public int LA(int distance) {
    if (distance == 0) return 0;
    return distance > 0 ? ahead(distance) : behind(-distance);
  }

  private int ahead(int distance) {
    int i = at;
    for (int n = 1; n < distance && i < text.length(); n++) i += Character.charCount(text.codePointAt(i));
    return i < text.length() ? shown(text.codePointAt(i)) : EOF;
  }

  private int behind(int distance) {
    int i = at;
    for (int n = 1; n < distance && i > 0; n++) i -= Character.charCount(text.codePointBefore(i));
    return i > 0 ? shown(text.codePointBefore(i)) : EOF;
  }

  private static int shown(int character) {
    return character < 128 ? character : switch (Character.getType(character)) {
      case Character.UPPERCASE_LETTER, Character.LOWERCASE_LETTER, Character.TITLECASE_LETTER, Character.MODIFIER_LETTER,
          Character.OTHER_LETTER, Character.LETTER_NUMBER -> LETTER;
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK,
          Character.DECIMAL_DIGIT_NUMBER -> MARK_OR_DIGIT;
      default -> character;
    };
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return at;
  }

  @Override
  public void seek(int index) {
    at = Math.min(index, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return name;
  }

  @Override
  public String getText(Interval interval) {
    if (interval.a >= text.length()) return "";
    return text.substring(interval.a, Math.min(interval.b + 1, text.length()));
  }
}
