package ppl.fmt;

import java.util.List;
import java.util.Random;
import ppl.parse.Gap;
import ppl.source.Source;

/// Puts comments and line ends between the tokens of a text.
final class Sprinkle {
  private static final List<String> WHITE =
      List.of(" ", "\n", "\n\n\n", "  // one\n", "\n// own\n", " /* in */", "\n/* own */ ",
      " /* two\n lines */ ", "\n/// doc\n", " /// behind\n", "\n\n// far\n\n", " /**/ ");

  private Sprinkle() {}

  /// The text with other numbers of spaces before its signs.
  static String spaces(Source model, Random random) {
    var words = Gap.words(model);
    var starts = Gap.starts(model);
    var out = new StringBuilder(model.text());
    for (int i = words.size() - 2; i > 0; i--) {
      boolean spaced = model.text().charAt(starts.get(i) - 1) == ' ';
      if (List.of(":", "~", "=").contains(words.get(i)) && spaced && random.nextInt(3) == 0)
        out.insert(starts.get(i), " ".repeat(random.nextInt(5)));
    }
    return out.toString();
  }

  static String comments(Source model, Random random) {
    var out = new StringBuilder();
    for (var word : Gap.words(model)) {
      if (word.equals("<EOF>")) break;
      out.append(random.nextInt(4) == 0 ? WHITE.get(random.nextInt(WHITE.size())) : " ").append(word);
    }
    return out.append(random.nextBoolean() ? "\n// last" : "\n").toString();
  }
}
