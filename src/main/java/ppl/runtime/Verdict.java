package ppl.runtime;

/// One finding about an answer, in words for its reader.
///
/// @param level how far the answer may be believed as far as this finding goes
/// @param sentence what was found
/// @param advice what to do about it; empty where there is nothing to do
public record Verdict(Level level, String sentence, String advice) {
  /// From good to bad.
  public enum Level {
    TRUSTWORTHY("trustworthy"),
    DOUBTFUL("doubtful"),
    NOT_TO_BE_USED("not to be used"),
    /// There is no posterior that an answer could be about.
    NO_POSTERIOR("not to be used");

    private final String words;

    Level(String words) {
      this.words = words;
    }

    /// As a reader sees it.
    public String words() {
      return words;
    }
  }

  public static Verdict trustworthy(String sentence) {
    return new Verdict(Level.TRUSTWORTHY, sentence, "");
  }

  public static Verdict doubtful(String sentence, String advice) {
    return new Verdict(Level.DOUBTFUL, sentence, advice);
  }

  public static Verdict unusable(String sentence, String advice) {
    return new Verdict(Level.NOT_TO_BE_USED, sentence, advice);
  }

  /// About the model and its data, whatever the answer.
  public static Verdict noPosterior(String sentence, String advice) {
    return new Verdict(Level.NO_POSTERIOR, sentence, advice);
  }
}
