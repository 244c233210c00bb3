package ppl.check;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.ast.Expr;
import ppl.ast.Precedence;

/// A text of this language with places to fill in: `Weibull(v, lambda^(-1 / v))` over `v` and `lambda`.
record Template(List<String> places, String text) {
  private static final Pattern WORD = Pattern.compile("(?<!\\w)[\\p{L}_][\\w]*(?!\\w|\\()");

  Template {
    places = List.copyOf(places);
  }

  /// What is put in a place.
  ///
  /// @param simple whether it stands beside an operator without parentheses
  record Filling(String text, boolean simple) {
    static Filling of(Expr e) {
      return new Filling(e.span().text(), Precedence.of(e) == Precedence.POSTFIX);
    }
  }

  /// Over the arguments of a call as it is documented elsewhere: `dweib(v, lambda)`.
  static Template over(String call, String text) {
    var inside = call.substring(call.indexOf('(') + 1, call.lastIndexOf(')'));
    return new Template(inside.isBlank() ? List.of() : List.of(inside.split(", *")), text);
  }

  /// Whether so many values fill it.
  boolean takes(int values) {
    return values == places.size();
  }

  String with(List<Expr> values) {
    return with(IntStream.range(0, places.size()).boxed()
        .collect(Collectors.toMap(places::get, i -> Filling.of(values.get(i))))).text();
  }

  /// With these in place of the names; other names stay.
  Filling with(Map<String, Filling> values) {
    if (values.containsKey(text)) return values.get(text);
    var words = WORD.matcher(text);
    return new Filling(words.replaceAll(m -> Matcher.quoteReplacement(values.containsKey(m.group())
        ? put(values.get(m.group()), m.start(), m.end()) : m.group())), false);
  }

  private String put(Filling value, int start, int end) {
    return value.simple() || !operator(text.substring(0, start).stripTrailing(), true)
        && !operator(text.substring(end).stripLeading(), false) ? value.text() : "(" + value.text() + ")";
  }

  private static boolean operator(String side, boolean last) {
    return !side.isEmpty() && "+-*/^'=".indexOf(side.charAt(last ? side.length() - 1 : 0)) >= 0
        && !(last && side.endsWith(" =") && !side.endsWith("=="));
  }

  /// The names in a text that are no functions and no constants.
  static List<String> words(String text) {
    return WORD.matcher(text).results().map(m -> m.group()).filter(w -> !w.equals("pi")).distinct().toList();
  }
}
