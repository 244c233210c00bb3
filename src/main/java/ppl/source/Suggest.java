package ppl.source;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// "Did you mean": the known word that a misspelt one most likely stands for.
public final class Suggest {
  private Suggest() {}

  /// The nearest of `known` words, if one is near enough to be more than a guess: the same but for case and
  /// underscores, or within one edit in three letters. An edit adds, drops or changes a letter or swaps two neighbours
  /// (the restricted distance of Damerau and Levenshtein). Of equally near words the first is taken.
  public static Optional<String> closest(String word, Collection<String> known) {
    var spelled = known.stream().filter(k -> !k.equals(word) && plain(k).equals(plain(word))).findFirst();
    return spelled.isPresent() ? spelled : nearest(word, known);
  }

  /// The same as advice: "did you mean `sigma`?"
  public static Optional<String> help(String word, Collection<String> known) {
    return closest(word, known).map(k -> "did you mean `" + k + "`?"
        + (alike(k).equals(alike(word)) ? " They look alike, but are different characters" : ""));
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    record Scored(String word, int distance) {}
    var lower = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(k -> !k.equals(word) && Math.abs(k.length() - word.length()) <= reach(word, k))
        .map(k -> new Scored(k, distance(lower, k.toLowerCase(Locale.ROOT))))
        .filter(s -> s.distance() <= reach(word, s.word()))
        .min(Comparator.comparingInt(Scored::distance))
        .map(Scored::word);
  }

  private static String plain(String word) {
    return alike(word).replace("_", "").toLowerCase(Locale.ROOT);
  }

  /// The same for characters that Unicode has twice, such as the sign for micro and the Greek letter.
  private static String alike(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFKC);
  }

  private static int reach(String a, String b) {
    return Math.min(3, Math.max(a.length(), b.length()) / 3);
  }

  /// The number of edits between two words.
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) last[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (swapped(a, i, b, j)) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }

  private static boolean swapped(String a, int i, String b, int j) {
    return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
