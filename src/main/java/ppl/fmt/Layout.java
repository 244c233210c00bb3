package ppl.fmt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import ppl.parse.Gap;

/// Writes a [Doc] in lines of a width, with the comments and blank lines of the gaps between its words.
/// A comment that ends its line breaks every group that it stands in.
final class Layout {
  static final int WIDTH = 100;

  private static final Gap NOTHING = new Gap(List.of(), List.of(), false);

  private record Item(int indent, boolean flat, Doc doc) {}

  private final List<Gap> gaps;
  private final boolean documented;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Item> stack = new ArrayDeque<>();
  private int column;
  private int word;
  private boolean lineDone = true;
  private boolean blankAllowed;
  private boolean spacePending;
  private boolean dangled;

  /// @param gaps the gaps before the words and before the end; empty to write the documentation only
  Layout(List<Gap> gaps) {
    this.gaps = gaps;
    this.documented = gaps.isEmpty();
  }

  String write(Doc doc) {
    stack.push(new Item(0, false, doc));
    while (!stack.isEmpty()) step(stack.pop());
    if (column > 0) out.append('\n');
    return out.toString();
  }

  private void step(Item item) {
    int indent = item.indent();
    switch (item.doc()) {
      case Doc.Word(var text) -> word(text, indent);
      case Doc.Space() -> spacePending = true;
      case Doc.Break(var flat) -> lineBreak(item.flat(), flat);
      case Doc.NewLine(var blank) -> {
        lineDone = true;
        blankAllowed = blank;
      }
      case Doc.Dangling() -> dangling(indent);
      case Doc.Documentation(var text) -> documentation(text, indent);
      case Doc.Indent(var inner) -> stack.push(new Item(indent + 2, item.flat(), inner));
      case Doc.Group(var inner) -> stack.push(new Item(indent, item.flat() || fits(inner, indent), inner));
      case Doc.Seq(var parts) -> parts.reversed().forEach(p -> stack.push(new Item(indent, item.flat(), p)));
    }
  }

  private void lineBreak(boolean flat, String written) {
    if (!flat) lineDone = true;
    else if (!written.isEmpty()) spacePending = true;
  }

  private void word(String text, int indent) {
    var gap = gap(word);
    if (!dangled) comments(gap.leading(), indent);
    dangled = false;
    write(text, indent, gap.blankBefore());
    word++;
    trailing(gap(word).trailing());
  }

  private void dangling(int indent) {
    comments(gap(word).leading(), indent);
    dangled = true;
  }

  private void comments(List<Gap.Comment> comments, int indent) {
    for (var c : comments) {
      lineDone = true;
      write(c.text(), indent, c.blankBefore());
      lineDone = true;
      blankAllowed = true;
    }
  }

  private void trailing(List<Gap.Comment> comments) {
    for (var c : comments) {
      var space = c.toLineEnd() ? "  " : " ";
      verbatim(space + c.text());
      if (c.toLineEnd()) lineDone = true;
      else spacePending = true;
    }
  }

  private void documentation(String text, int indent) {
    if (!documented || text.isEmpty()) return;
    for (var line : text.split("\n", -1)) {
      write(line.isEmpty() ? "///" : "/// " + line, indent, false);
      lineDone = true;
    }
  }

  /// Writes a text at the end of the line, or at the indentation of the next one.
  private void write(String text, int indent, boolean blankBefore) {
    if (lineDone) {
      if (column > 0) out.append('\n');
      if (blankBefore && blankAllowed && !out.isEmpty()) out.append('\n');
      out.repeat(' ', indent);
      column = indent;
    } else if (spacePending) {
      out.append(' ');
      column++;
    }
    lineDone = false;
    blankAllowed = false;
    spacePending = false;
    verbatim(text);
  }

  private void verbatim(String text) {
    out.append(text);
    int lastLine = text.lastIndexOf('\n');
    column = lastLine < 0 ? column + width(text) : Math.max(1, width(text.substring(lastLine + 1)));
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private Gap gap(int index) {
    return index < gaps.size() ? gaps.get(index) : NOTHING;
  }

  /// The group in one line, and what follows it up to the next possible line end, fit in what is left of the line.
  private boolean fits(Doc group, int indent) {
    var ahead = new ArrayDeque<Item>();
    ahead.push(new Item(0, true, group));
    Iterator<Item> behind = stack.iterator();
    boolean newLine = lineDone || !gap(word).leading().isEmpty();
    int left = WIDTH - (newLine ? indent : column + (spacePending ? 1 : 0));
    int seen = word;
    while (left >= 0) {
      boolean inside = !ahead.isEmpty();
      if (!inside && !behind.hasNext()) return true;
      var item = inside ? ahead.pop() : behind.next();
      switch (item.doc()) {
        case Doc.Word(var text) -> {
          if (seen > word && gap(seen).breaksLine()) return !item.flat();
          left -= width(text) + (seen > word ? trailingWidth(gap(seen)) : 0);
          seen++;
        }
        case Doc.Space() -> left--;
        case Doc.Break(var flat) -> {
          if (!item.flat()) return true;
          left -= flat.length();
        }
        case Doc.NewLine _ -> {
          return !item.flat();
        }
        case Doc.Dangling(), Doc.Documentation(_) -> {}
        case Doc.Indent(var inner) -> ahead.push(new Item(0, item.flat(), inner));
        case Doc.Group(var inner) -> ahead.push(new Item(0, item.flat(), inner));
        case Doc.Seq(var parts) -> parts.reversed().forEach(p -> ahead.push(new Item(0, item.flat(), p)));
      }
    }
    return false;
  }

  private static int trailingWidth(Gap gap) {
    return gap.trailing().stream().mapToInt(c -> width(c.text()) + 1).sum();
  }
}
