package ppl.fmt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A text that knows where it may be broken into lines (after Wadler, A prettier printer, 2003).
/// Its [Word]s are exactly the tokens of the text, so that comments find their places by counting.
sealed interface Doc {
  /// One token.
  record Word(String text) implements Doc {}

  /// A space where no line ends.
  record Space() implements Doc {}

  /// A line end if the group around it is broken, else `flat`.
  record Break(String flat) implements Doc {}

  /// A line end always; `blank` keeps one blank line that was written there.
  record NewLine(boolean blank) implements Doc {}

  /// Where comments go that stand before a closing bracket.
  record Dangling() implements Doc {}

  /// Documentation of what follows; left out where comments are taken from a source.
  record Documentation(String text) implements Doc {}

  /// Two columns further in.
  record Indent(Doc inner) implements Doc {}

  /// In one line if that is possible, else broken at each of its own breaks.
  record Group(Doc inner) implements Doc {}

  record Seq(List<Doc> parts) implements Doc {}

  static Doc word(String text) {
    return new Word(text);
  }

  static Doc seq(Doc... parts) {
    return new Seq(List.of(parts));
  }

  static Doc seq(List<Doc> parts) {
    return new Seq(List.copyOf(parts));
  }

  static Doc empty() {
    return new Seq(List.of());
  }

  static Doc space() {
    return new Space();
  }

  /// A space or a line end.
  static Doc line() {
    return new Break(" ");
  }

  /// Nothing or a line end.
  static Doc cut() {
    return new Break("");
  }

  static Doc group(Doc... parts) {
    return new Group(seq(parts));
  }

  static Doc indent(Doc... parts) {
    return new Indent(seq(parts));
  }

  /// Words with spaces between them.
  static Doc words(Doc... parts) {
    return separated(Stream.of(parts).toList(), space());
  }

  /// `a, b, c`, broken after each comma or nowhere.
  static Doc commas(List<Doc> parts) {
    return separated(parts, seq(word(","), line()));
  }

  static Doc separated(List<Doc> parts, Doc separator) {
    var out = new ArrayList<Doc>();
    for (var part : parts) {
      if (!out.isEmpty()) out.add(separator);
      out.add(part);
    }
    return new Seq(List.copyOf(out));
  }

  /// `open inner close`, in one line or with the inside further in.
  static Doc brackets(String open, Doc inner, String close) {
    return group(word(open), indent(cut(), inner, new Dangling()), cut(), word(close));
  }
}
