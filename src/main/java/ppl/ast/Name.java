package ppl.ast;

import ppl.source.Span;

/// An identifier where it stands; `text` is without back quotes.
public record Name(String text, Span span) {
  @Override
  public String toString() {
    return text;
  }
}
