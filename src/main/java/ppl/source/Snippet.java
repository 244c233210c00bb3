package ppl.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Lines of one source with places underlined: one as the subject of a message, others as remarks.
final class Snippet {
  private static final int WIDTH = 120;

  /// @param mark `^` under the subject, `-` under a remark
  private record Underline(int line, int start, int end, char mark, String label, Style style) {}

  private final Renderer renderer;
  private final Source source;
  private final List<Underline> underlines = new ArrayList<>();

  Snippet(Renderer renderer, Source source) {
    this.renderer = renderer;
    this.source = source;
  }

  void add(Span span, char mark, String label, Style style) {
    int first = source.line(span.start());
    int last = source.line(Math.max(span.start(), span.end() - 1));
    if (first == last) {
      underlines.add(new Underline(first, at(span.start()), at(span.start()) + span.end() - span.start(), mark, label,
          style));
      return;
    }
    underlines.add(new Underline(first, at(span.start()), source.lineText(first).length(), mark, "", style));
    underlines.add(new Underline(last, indent(last), at(span.end() - 1) + 1, mark, label, style));
  }

  private int at(int offset) {
    return source.column(offset) - 1;
  }

  private int indent(int line) {
    var text = source.lineText(line);
    return text.length() - text.stripLeading().length();
  }

  int lastLine() {
    return underlines.stream().mapToInt(Underline::line).max().orElse(1);
  }

  void render(StringBuilder out, int gutter) {
    underlines.sort(Comparator.comparingInt(Underline::line).thenComparing(u -> u.mark() == '^' ? 0 : 1));
    bar(out, gutter);
    int shown = 0;
    for (var u : underlines) {
      if (u.line() != shown) {
        if (shown != 0) between(out, gutter, shown, u.line());
        source(out, gutter, u.line());
      }
      shown = u.line();
      underline(out, gutter, u);
    }
  }

  private void bar(StringBuilder out, int gutter) {
    out.append(renderer.paint(Style.FRAME, " ".repeat(gutter) + " |")).append('\n');
  }

  /// A line left out is shown if it is the only one; more are dots.
  private void between(StringBuilder out, int gutter, int before, int after) {
    if (after - before == 2) source(out, gutter, before + 1);
    else if (after - before > 2) out.append(renderer.paint(Style.FRAME, " ".repeat(gutter) + " :")).append('\n');
  }

  private void source(StringBuilder out, int gutter, int line) {
    var text = cropped(new Cells(source.lineText(line)).text(), offset(line));
    var number = ("%" + gutter + "d |").formatted(line);
    out.append(renderer.paint(Style.FRAME, number));
    if (!text.isEmpty()) out.append(' ').append(text);
    out.append('\n');
  }

  /// How many columns at the left of a very long line are not shown, so that its first underline is.
  private int offset(int line) {
    var cells = new Cells(source.lineText(line));
    int first = underlines.stream().filter(u -> u.line() == line).mapToInt(u -> cells.column(u.start())).min()
        .orElse(0);
    return first < WIDTH - 20 ? 0 : first - WIDTH / 3;
  }

  private static String cropped(String text, int offset) {
    if (offset == 0 && text.length() <= WIDTH) return text;
    var left = offset > 0 ? ".." : "";
    var from = Math.min(text.length(), offset + left.length());
    return text.length() - from <= WIDTH ? left + text.substring(from)
        : left + text.substring(from, from + WIDTH) + "..";
  }

  private void underline(StringBuilder out, int gutter, Underline u) {
    var cells = new Cells(source.lineText(u.line()));
    int left = offset(u.line());
    int start = Math.clamp(cells.column(u.start()) - left, 0, WIDTH);
    int end = Math.clamp(Math.max(cells.column(u.end()) - left, start + 1), start + 1, WIDTH + 1);
    var marks = String.valueOf(u.mark()).repeat(end - start) + (u.label().isEmpty() ? "" : " " + u.label());
    out.append(renderer.paint(Style.FRAME, " ".repeat(gutter) + " |"));
    out.append(' ').repeat(' ', start).append(renderer.paint(u.style(), marks)).append('\n');
  }
}
