package ppl.parse;

import java.util.ArrayList;
import java.util.List;
import ppl.parse.generated.PplLexer;
import ppl.source.Source;

/// What stands between two tokens and means nothing: comments and blank lines.
///
/// @param trailing    comments that begin in the line in which the token before ends
/// @param leading     the other comments
/// @param blankBefore a blank line separates the token behind the gap from what is before it
public record Gap(List<Comment> trailing, List<Comment> leading, boolean blankBefore) {
  /// A comment as written, without white space behind it.
  ///
  /// @param toLineEnd   nothing may follow it in its line
  /// @param blankBefore a blank line separates it from what is before it
  public record Comment(String text, boolean toLineEnd, boolean blankBefore) {}

  /// A line must end in this gap, because of a comment that ends its line or has one to itself.
  public boolean breaksLine() {
    return trailing.stream().anyMatch(Comment::toLineEnd) || !leading.isEmpty();
  }

  /// The gap before each token of a text in order, and at last the one before its end.
  public static List<Gap> all(Source source) {
    var tokens = Tokens.of(source);
    var gaps = new ArrayList<Gap>();
    int comment = 0;
    int end = 0;
    for (var t : tokens.list()) {
      var builder = new Builder(source, end, gaps.isEmpty());
      for (; comment < tokens.comments().size()
          && tokens.comments().get(comment).getStartIndex() < t.getStartIndex(); comment++) {
        var c = tokens.comments().get(comment);
        builder.add(c.getStartIndex(), c.getStopIndex() + 1, c.getType() != PplLexer.BLOCK);
      }
      gaps.add(builder.build(t.getStartIndex()));
      end = t.getStopIndex() + 1;
    }
    return List.copyOf(gaps);
  }

  /// The texts of all tokens of a text in order.
  public static List<String> words(Source source) {
    return Tokens.of(source).list().stream().map(t -> t.getText()).toList();
  }

  /// Where all tokens of a text begin, in order.
  public static List<Integer> starts(Source source) {
    return Tokens.of(source).list().stream().map(t -> t.getStartIndex()).toList();
  }

  private static final class Builder {
    private record Place(int start, int end, boolean toLineEnd) {}

    private final Source source;
    private final int tokenEnd;
    private final boolean first;
    private final List<Place> places = new ArrayList<>();

    Builder(Source source, int tokenEnd, boolean first) {
      this.source = source;
      this.tokenEnd = tokenEnd;
      this.first = first;
    }

    void add(int start, int end, boolean toLineEnd) {
      places.add(new Place(start, end, toLineEnd));
    }

    Gap build(int next) {
      var trailing = new ArrayList<Comment>();
      var leading = new ArrayList<Comment>();
      int before = tokenEnd;
      for (var p : places) {
        var text = source.text().substring(p.start(), p.end()).stripTrailing();
        var comment = new Comment(text, p.toLineEnd(), lines(before, p.start()) > 1);
        (!first && lines(tokenEnd, p.start()) == 0 ? trailing : leading).add(comment);
        before = p.end();
      }
      return new Gap(List.copyOf(trailing), List.copyOf(leading), lines(before, next) > 1);
    }

    private int lines(int from, int to) {
      int n = 0;
      for (int i = from; i < to; i++) if (source.text().charAt(i) == '\n') n++;
      return n;
    }
  }
}
