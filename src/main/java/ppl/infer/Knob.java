package ppl.infer;

import java.util.List;
import java.util.Optional;

/// One setting of an engine as a command line shows, reads and records it.
///
/// @param name lower case with hyphens, as in `--target-accept`
/// @param fallback the default, as text
/// @param doc one line for the help page
/// @param kind what texts it takes
public record Knob(String name, String fallback, String doc, Kind kind) {
  /// What a setting may be.
  public sealed interface Kind {
    /// A whole number in a closed range.
    record Whole(long least, long greatest) implements Kind {}

    /// A number in a closed range.
    record Real(double least, double greatest) implements Kind {}

    /// One of several words.
    record Choice(List<String> words) implements Kind {}
  }

  public static Knob whole(String name, long fallback, long least, long greatest, String doc) {
    return new Knob(name, Long.toString(fallback), doc, new Kind.Whole(least, greatest));
  }

  public static Knob real(String name, double fallback, double least, double greatest, String doc) {
    return new Knob(name, Double.toString(fallback), doc, new Kind.Real(least, greatest));
  }

  public static Knob choice(String name, String doc, String... words) {
    return new Knob(name, words[0], doc, new Kind.Choice(List.of(words)));
  }

  /// Why `text` cannot be taken, in words; empty where it can.
  public Optional<String> objection(String text) {
    String wanted = switch (kind) {
      case Kind.Whole(long a, long b) -> parses(text, true, a, b) ? "" : "a whole number from " + a + " to " + b;
      case Kind.Real(double a, double b) -> parses(text, false, a, b) ? "" : "a number from " + a + " to " + b;
      case Kind.Choice(List<String> words) -> words.contains(text) ? "" : "one of " + String.join(", ", words);
    };
    return wanted.isEmpty() ? Optional.empty() : Optional.of(name + " is " + wanted + ", not '" + text + "'");
  }

  private static boolean parses(String text, boolean whole, double least, double greatest) {
    try {
      double x = whole ? Long.parseLong(text) : Double.parseDouble(text);
      return x >= least && x <= greatest;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
