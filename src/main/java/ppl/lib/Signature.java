package ppl.lib;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The signature of a library function, read from its text: `solve(a : real[n, n], b : real[n]) : real[n]`.
///
/// A letter in brackets is bound by the first argument that has it, or is the value of the whole-number argument of
/// that
/// name. `T` is whatever the arguments are: whole numbers give whole numbers. `real[..]` has any number of dimensions.
record Signature(String text, String name, List<Parameter> parameters, Result result) {
  /// What an element may be.
  enum Kind { REAL, INT, ANY }

  /// @param dims   letters or numbers; none for a scalar
  /// @param anyRank any dimensions at all
  record Parameter(String name, Kind kind, List<String> dims, boolean anyRank) {
    boolean fitsRank(int rank) {
      return anyRank || dims.size() == rank;
    }
  }

  /// @param dims sums of products of letters and numbers
  record Result(Kind kind, List<String> dims) {}

  private static final Pattern WHOLE = Pattern.compile("(.+?)\\((.*)\\) : (\\w+)(?:\\[(.*)])?");
  private static final Pattern PARAMETER = Pattern.compile("\\s*(\\w+) : (\\w+)(?:\\[([^]]*)])?\\s*,?");

  static Signature of(String text) {
    var m = WHOLE.matcher(text);
    if (!m.matches()) throw new IllegalArgumentException("signature: " + text);
    var parameters = new ArrayList<Parameter>();
    var p = PARAMETER.matcher(m.group(2));
    while (p.find()) {
      boolean any = "..".equals(p.group(3));
      parameters.add(new Parameter(p.group(1), kind(p.group(2)), any ? List.of() : dims(p.group(3)), any));
    }
    return new Signature(text, m.group(1), List.copyOf(parameters), new Result(kind(m.group(3)), dims(m.group(4))));
  }

  private static Kind kind(String word) {
    return switch (word) {
      case "real" -> Kind.REAL;
      case "int" -> Kind.INT;
      case "T" -> Kind.ANY;
      default -> throw new IllegalArgumentException("kind: " + word);
    };
  }

  private static List<String> dims(String text) {
    return text == null ? List.of() : List.of(text.split("\\s*,\\s*"));
  }

  int arity() {
    return parameters.size();
  }
}
