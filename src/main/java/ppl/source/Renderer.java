package ppl.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes diagnostics for people.
///
/// ```
/// error[E0203]: there is no `sigm`
///  --> model.ppl:3:16
///   |
/// 3 | y ~ Normal(mu, sigm)
///   |                ^^^^
///   = help: did you mean `sigma`?
/// ```
///
/// @param coloured with the colour codes of terminals
public record Renderer(boolean coloured) {
  public static Renderer plain() {
    return new Renderer(false);
  }

  /// All of them in the order of their places, with a count at the end; empty if there are none.
  public String render(Diagnostics diagnostics) {
    return render(diagnostics.all());
  }

  /// All of them in the order of their places, with a count at the end; empty if there are none.
  public String render(List<Diagnostic> diagnostics) {
    if (diagnostics.isEmpty()) return "";
    var parts = inOrder(diagnostics).map(this::render).collect(Collectors.joining("\n"));
    return parts + "\n" + count(diagnostics) + "\n";
  }

  /// One of them; ends with a line end.
  public String render(Diagnostic d) {
    var out = new StringBuilder();
    var style = style(d.severity());
    out.append(paint(style, label(d.severity()) + "[" + d.code() + "]"));
    out.append(paint(Style.MESSAGE, ": " + d.message())).append('\n');
    var snippets = snippets(d, style);
    int gutter = snippets.values().stream().mapToInt(s -> String.valueOf(s.lastLine()).length()).max().orElse(1);
    snippets.forEach((place, snippet) -> {
      out.append(paint(Style.FRAME, " ".repeat(gutter) + "--> ")).append(position(place)).append('\n');
      snippet.render(out, gutter);
    });
    d.help().ifPresent(help -> {
      out.append(paint(Style.FRAME, " ".repeat(gutter) + " = ")).append(paint(Style.HELP, "help"));
      out.append(": ").append(help.replace("\n", "\n" + " ".repeat(gutter + 9))).append('\n');
    });
    return out.toString();
  }

  String paint(Style style, String text) {
    return coloured ? style.on(text) : text;
  }

  /// One snippet a source; its key is the place that heads it.
  private Map<Span, Snippet> snippets(Diagnostic d, Style style) {
    var heads = new LinkedHashMap<Source, Span>();
    var snippets = new LinkedHashMap<Span, Snippet>();
    d.span().ifPresent(span -> add(shown(span), '^', "", style, heads, snippets));
    for (var note : d.notes()) add(shown(note.span()), '-', note.message(), Style.NOTE, heads, snippets);
    return snippets;
  }

  private void add(Span span, char mark, String label, Style style, Map<Source, Span> heads,
      Map<Span, Snippet> snippets) {
    var head = heads.computeIfAbsent(span.source(), _ -> span);
    snippets.computeIfAbsent(head, h -> new Snippet(this, h.source())).add(span, mark, label, style);
  }

  /// The end of a text is shown behind its last word, not on an empty line.
  private static Span shown(Span span) {
    var text = span.source().text();
    if (span.start() < text.length()) return span;
    int end = text.stripTrailing().length();
    return new Span(span.source(), end, end);
  }

  private static String position(Span span) {
    var source = span.source();
    return source.name() + ":" + source.line(span.start()) + ":" + source.column(span.start());
  }

  private static Stream<Diagnostic> inOrder(List<Diagnostic> diagnostics) {
    var sources = new ArrayList<Source>();
    diagnostics.forEach(d -> d.span().map(Span::source).filter(s -> !sources.contains(s)).ifPresent(sources::add));
    return diagnostics.stream().sorted(
        Comparator.<Diagnostic>comparingInt(d -> d.span().map(s -> sources.indexOf(s.source())).orElse(-1))
            .thenComparingInt(d -> d.span().map(Span::start).orElse(-1)));
  }

  private String count(List<Diagnostic> diagnostics) {
    return Stream.of(Diagnostic.Severity.values())
        .map(severity -> counted(severity, diagnostics.stream().filter(d -> d.severity() == severity).count()))
        .filter(s -> !s.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private String counted(Diagnostic.Severity severity, long n) {
    if (n == 0) return "";
    return paint(style(severity), n + " " + label(severity) + (n == 1 ? "" : "s"));
  }

  private static String label(Diagnostic.Severity severity) {
    return switch (severity) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "note";
    };
  }

  private static Style style(Diagnostic.Severity severity) {
    return switch (severity) {
      case ERROR -> Style.ERROR;
      case WARNING -> Style.WARNING;
      case NOTE -> Style.NOTE;
    };
  }
}
