package ppl.source;

/// A half-open range of characters in one source.
public record Span(Source source, int start, int end) {
  public Span {
    if (start < 0 || end < start || end > source.text().length())
      throw new IllegalArgumentException(start + ".." + end);
  }

  /// The smallest span that covers this one and `that`.
  public Span to(Span that) {
    return new Span(source, Math.min(start, that.start), Math.max(end, that.end));
  }

  /// The characters themselves.
  public String text() {
    return source.text().substring(start, end);
  }
}
