package ppl.ast;

import java.util.List;
import ppl.source.Source;
import ppl.source.Span;

/// A file as written.
///
/// @param misread statements that were read by guessing what was meant
/// @param unread  parts of the text that could not be read
public record Ast(Source source, List<Stmt> statements, List<Span> misread, List<Span> unread) {
  public Ast {
    statements = List.copyOf(statements);
    misread = List.copyOf(misread);
    unread = List.copyOf(unread);
  }

  public Ast(Source source, List<Stmt> statements) {
    this(source, statements, List.of(), List.of());
  }
}
