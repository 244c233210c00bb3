package ppl.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One thing to tell users about their text or data: where, what is wrong, and what to write instead.
///
/// @param code   a stable name, for example `E0203`; the first digit pair is the phase
/// @param span   the place; empty for a message about a file as a whole or about the command
/// @param message one sentence in the user's words, without a full stop
/// @param notes  further places that explain it, in order
/// @param help   what to write instead, or empty
public record Diagnostic(
    Severity severity, String code, Optional<Span> span, String message, List<Note> notes, Optional<String> help) {
  /// How bad it is. Only errors stop the work.
  public enum Severity { ERROR, WARNING, NOTE }

  /// A second place, with what is to be seen there.
  public record Note(Span span, String message) {}

  /// An error at a place; `message` is a [String#format] pattern.
  public static Diagnostic error(String code, Span span, String message, Object... args) {
    return new Diagnostic(Severity.ERROR, code, Optional.of(span), format(message, args), List.of(), Optional.empty());
  }

  /// An error without a place in a text.
  public static Diagnostic error(String code, String message, Object... args) {
    return new Diagnostic(Severity.ERROR, code, Optional.empty(), format(message, args), List.of(), Optional.empty());
  }

  /// A warning at a place.
  public static Diagnostic warning(String code, Span span, String message, Object... args) {
    return new Diagnostic(Severity.WARNING, code, Optional.of(span), format(message, args), List.of(),
        Optional.empty());
  }

  /// The same with a line of advice.
  public Diagnostic help(String text, Object... args) {
    return new Diagnostic(severity, code, span, message, notes, Optional.of(format(text, args)));
  }

  /// The same with a further place.
  public Diagnostic note(Span place, String text, Object... args) {
    var all = new ArrayList<>(notes);
    all.add(new Note(place, format(text, args)));
    return new Diagnostic(severity, code, span, message, List.copyOf(all), help);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  private static String format(String pattern, Object... args) {
    return args.length == 0 ? pattern : pattern.formatted(args);
  }
}
