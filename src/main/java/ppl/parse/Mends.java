package ppl.parse;

import ppl.source.Diagnostic;

/// The mistakes that are known, in the order in which they are tried.
final class Mends {
  private Mends() {}

  static Mend of(Tokens tokens, Attempt.Failed failed) {
    return Mend.skip(Diagnostic.error("E0101", tokens.span(failed.at()), "unexpected `%s`", Excerpt.of(tokens.text(failed.at()))));
  }
}
