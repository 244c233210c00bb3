package ppl.io;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What to do about texts where numbers are due, by how they look.
///
/// @param name  of the data
/// @param words the different texts
/// @param mixed whether there are numbers beside them
record TextAdvice(String name, List<String> words, boolean mixed) {
  private static final Pattern DASHES = Pattern.compile("^[\\u2010-\\u2015\\u2212\\uFE63\\uFF0D]");
  private static final String COMMA = "[-+]?\\d+,\\d+";
  private static final String THOUSANDS = "[-+]?\\d{1,3}([, '\\u00A0\\u202F]\\d{3})+(\\.\\d+)?";
  private static final String UNIT = "[$€£¥<>~=]?\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?\\s*[\\p{L}°µ$€£¥/²³]*";

  /// What else stands for a missing value in files.
  private static final Set<String> GAPS = Set.of(".", "..", "-", "--", "?", "na", "n.a.", "n/a", "#n/a", "<na>", "none", "missing", "nan", "nil",
      "*", "null", "#div/0!", "#value!");
  private static final Set<String> TRUTHS = Set.of("true", "false", "yes", "no", "t", "f", "y", "n");

  String text() {
    if (all(w -> GAPS.contains(w.strip().toLowerCase(Locale.ROOT)))) return "a value that is missing is written `NA`, or nothing";
    if (all(w -> TRUTHS.contains(w.strip().toLowerCase(Locale.ROOT)))) return "write yes as 1 and no as 0";
    if (words.stream().anyMatch(w -> w.matches(COMMA))) return comma();
    if (all(w -> w.matches(THOUSANDS))) return "write numbers without marks between thousands";
    if (words.stream().anyMatch(w -> w.endsWith("%") && isNumber(w.replaceAll(" *%$", ""))))
      return "write fractions or percentages as numbers, without `%`";
    if (words.stream().anyMatch(w -> DASHES.matcher(w).find() && isNumber(DASHES.matcher(w).replaceFirst("-"))))
      return "write a minus as the hyphen - of the keyboard";
    if (words.stream().anyMatch(w -> isNumber(w.strip()))) return "numbers stand without quotes";
    if (all(w -> w.matches("\\d{4}[-/.]\\d{1,2}([-/.]\\d{1,2}.*)?|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}.*|\\d{1,2}:\\d{2}(:\\d{2})?")))
      return "a date or a time is no number: write for instance the days since the first of them";
    if (all(w -> w.matches(UNIT))) return "write the number alone, without a unit or a sign before it";
    return mixed ? "this is text among numbers: write the number, or `NA` where it is missing"
        : "these are labels: declare `%s` a `factor`, and pick an effect of each by `a[%1$s]`; a number is needed to calculate with them".formatted(name);
  }

  private String comma() {
    var word = words.stream().filter(w -> w.matches(COMMA)).findFirst().orElseThrow();
    var point = "write decimals with a point: %s is `%s`".formatted(Numbers.quote(word), word.replace(',', '.'));
    return words.stream().filter(w -> w.indexOf(',') >= 0).allMatch(w -> w.matches(THOUSANDS))
        ? point + ", or `%s` if the comma is between thousands".formatted(word.replace(",", "")) : point;
  }

  private boolean all(Predicate<String> test) {
    return words.stream().allMatch(test);
  }

  private static boolean isNumber(String text) {
    return Numbers.parse(text).isPresent();
  }
}
