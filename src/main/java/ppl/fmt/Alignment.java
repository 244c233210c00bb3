package ppl.fmt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ppl.parse.Gap;
import ppl.source.Source;

/// Signs under each other. Where a text lines up the `:`, `~` or `=` of neighbouring statements of one kind, which shows
/// in more than one space before one of them, the layout lines up all of them; elsewhere one space stands there.
final class Alignment {
  /// A text with its tokens.
  private record Words(String text, List<String> words, List<Integer> starts) {
    static Words of(String text) {
      var source = new Source("text", text);
      return new Words(text, Gap.words(source), Gap.starts(source));
    }

    int end(int i) {
      return starts.get(i) + words.get(i).length();
    }

    /// How many spaces and nothing else stand before a token, or nothing where something else does.
    Optional<Integer> spaces(int i) {
      var between = text.substring(end(i - 1), starts.get(i));
      return between.chars().allMatch(c -> c == ' ') ? Optional.of(between.length()) : Optional.empty();
    }

    boolean beginsLine(int i) {
      return i == 0 || text.substring(end(i - 1), starts.get(i)).indexOf('\n') >= 0;
    }

    int column(int position) {
      return text.codePointCount(text.lastIndexOf('\n', position - 1) + 1, position);
    }

    int length(int position) {
      int end = text.indexOf('\n', position);
      return column(end < 0 ? text.length() : end);
    }
  }

  /// A line that begins with a statement whose signs may be lined up.
  ///
  /// @param kind  what neighbours have in common
  /// @param signs the tokens to line up, in order
  private record Line(int first, String kind, List<Integer> signs) {}

  private final Words before;
  private final Words after;
  private final Map<Integer, Integer> pads = new TreeMap<>();

  private Alignment(Words before, Words after) {
    this.before = before;
    this.after = after;
  }

  /// The text `after` with the alignment of `before`, which has the same tokens.
  static String of(String before, String after) {
    var a = new Alignment(Words.of(before), Words.of(after));
    a.runs().forEach(a::align);
    var out = new StringBuilder(after);
    new TreeMap<>(a.pads).descendingMap().forEach((i, n) -> out.insert(a.after.starts().get(i), " ".repeat(n)));
    return out.toString();
  }

  /// Neighbouring lines of one kind.
  private List<List<Line>> runs() {
    var runs = new ArrayList<List<Line>>();
    Optional<Line> last = Optional.empty();
    for (int i = 0; i < after.words().size(); i++) {
      if (!after.beginsLine(i)) continue;
      var line = line(i);
      if (line.isPresent() && last.isPresent() && continues(last.get(), line.get())) runs.getLast().add(line.get());
      else line.ifPresent(l -> runs.add(new ArrayList<>(List.of(l))));
      last = line;
    }
    return runs;
  }

  private boolean continues(Line above, Line below) {
    var between = after.text().substring(after.starts().get(above.first()), after.starts().get(below.first()));
    return above.kind().equals(below.kind()) && between.chars().filter(c -> c == '\n').count() == 1
        && after.column(after.starts().get(above.first())) == after.column(after.starts().get(below.first()));
  }

  /// `data x : T`, `x : T ~ D`, `x : T = e`, `x[i] = e`, `x ~ D`.
  private Optional<Line> line(int first) {
    boolean data = after.words().get(first).equals("data") || after.words().get(first).equals("learn");
    int depth = 0;
    var signs = new ArrayList<Integer>();
    for (int i = first; i < after.words().size() && (i == first || !after.beginsLine(i)); i++) {
      switch (after.words().get(i)) {
        case "(", "[", "{" -> depth++;
        case ")", "]", "}" -> depth--;
        case ":" -> {
          if (depth == 0 && signs.isEmpty()) signs.add(i);
          else if (depth == 0) return kind(first, data, signs);
        }
        case "~", "=" -> {
          if (depth != 0) continue;
          signs.add(i);
          return kind(first, data, signs);
        }
        case "for", "if", "fun", "dist", "?" -> {
          return kind(first, data, signs);
        }
        default -> {}
      }
    }
    return kind(first, data, signs);
  }

  private Optional<Line> kind(int first, boolean data, List<Integer> signs) {
    if (signs.isEmpty() || signs.stream().anyMatch(i -> i == 0 || after.spaces(i).isEmpty())) return Optional.empty();
    var sign = after.words().get(signs.getFirst());
    return Optional.of(new Line(first, (data ? after.words().get(first) : "") + sign, List.copyOf(signs)));
  }

  private void align(List<Line> run) {
    for (int n = 0; n < 2; n++) {
      int sign = n;
      var lines = run.stream().filter(l -> l.signs().size() > sign).toList();
      boolean meant = lines.stream().anyMatch(l -> before.spaces(l.signs().get(sign)).orElse(0) > 1);
      if (!meant) continue;
      int target = lines.stream().mapToInt(l -> column(l, sign)).max().orElse(0);
      boolean fits = lines.stream().allMatch(l -> padded(l) + after.length(after.starts().get(l.first())) + target
          - column(l, sign) <= Layout.WIDTH);
      if (fits) lines.forEach(l -> {
        int pad = target - column(l, sign);
        if (pad > 0) pads.merge(l.signs().get(sign), pad, Integer::sum);
      });
    }
  }

  /// Where a sign stands, with what was put before it.
  private int column(Line l, int sign) {
    int i = l.signs().get(sign);
    return after.column(after.starts().get(i)) + l.signs().stream().filter(s -> s < i)
        .mapToInt(s -> pads.getOrDefault(s, 0)).sum();
  }

  private int padded(Line l) {
    return l.signs().stream().mapToInt(s -> pads.getOrDefault(s, 0)).sum();
  }
}
