package ppl.parse;

import java.util.List;
import org.antlr.v4.runtime.Token;
import ppl.source.Diagnostic;

/// A mistake understood: what to say, and what to read instead.
///
/// @param edits    in order of place, not overlapping; empty if reading must go on elsewhere
/// @param faithful the edited text means what was meant, so that later stages may look at it
record Mend(List<Diagnostic> diagnostics, List<Edit> edits, boolean faithful) {
  /// The tokens from `from` to before `to` replaced.
  record Edit(int from, int to, List<Token> by) {}

  static Mend of(Diagnostic d, Edit... edits) {
    return new Mend(List.of(d), List.of(edits), true);
  }

  /// Says it, and reads on at the next statement.
  static Mend skip(Diagnostic d) {
    return new Mend(List.of(d), List.of(), false);
  }

  /// Says it, and reads something that is not quite what was meant.
  Mend unfaithful() {
    return new Mend(diagnostics, edits, false);
  }
}
