package ppl.parse;

import java.util.Optional;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;
import ppl.source.Span;

/// Bounds how deep brackets, blocks and conditionals may stand in one another, before anything recurses into them.
final class Nesting {
  static final int MAX_DEPTH = 200;

  private Nesting() {}

  /// What there is to say, if the tokens nest too deeply.
  static Optional<Diagnostic> check(Tokens tokens) {
    int brackets = 0;
    int questions = 0;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.type(i)) {
        case PplLexer.LPAREN, PplLexer.LBRACK, PplLexer.LBRACE -> brackets++;
        case PplLexer.RPAREN, PplLexer.RBRACK, PplLexer.RBRACE -> brackets = Math.max(0, brackets - 1);
        case PplLexer.QUESTION -> questions++;
        case PplLexer.COLON -> questions = Math.max(0, questions - 1);
        case PplLexer.TILDE -> questions = 0;
        default -> {}
      }
      if (brackets + questions > MAX_DEPTH) return Optional.of(tooDeep(tokens.span(i)));
    }
    return Optional.empty();
  }

  private static Diagnostic tooDeep(Span span) {
    return Diagnostic.error("E0108", span, "this is nested more than %d levels deep", MAX_DEPTH)
        .help("give an inner part a name of its own, `part = ..`, and use that");
  }

  static Diagnostic tooManyBranches(Span span) {
    return Diagnostic.error("E0108", span, "an `if` has at most %d branches", MAX_DEPTH)
        .help("look the value up in an array instead, `values[k]`");
  }

  static Diagnostic tooLong(Span span) {
    return Diagnostic.error("E0108", span, "this expression has more than %d levels", ExprFold.MAX_HEIGHT)
        .help("give its parts names of their own, `part = ..`; for a long sum write `sum([..])`");
  }
}
