package ppl.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import ppl.parse.generated.PplLexer;
import ppl.source.Source;
import ppl.source.Span;

/// The tokens of a source: what the grammar reads, ended by one `EOF`, and the comments beside it.
/// Positions are offsets of the source. Every list is as short as the text, and every text has tokens.
record Tokens(Source source, List<Token> list, List<Token> comments) {
  static Tokens of(Source source) {
    var lexer = new PplLexer(new Utf16Stream(source.name(), source.text()));
    lexer.removeErrorListeners();
    var list = new ArrayList<Token>();
    var comments = new ArrayList<Token>();
    for (var t = lexer.nextToken(); t.getType() != Token.EOF; t = lexer.nextToken())
      (t.getChannel() == Token.DEFAULT_CHANNEL ? list : comments).add(t);
    list.add(made(source, Token.EOF, "<EOF>", source.text().length(), source.text().length()));
    return new Tokens(source, List.copyOf(list), List.copyOf(comments));
  }

  /// A token that was not written, or not so; it stands for the text from `start` to `end`.
  static Token made(Source source, int type, String text, int start, int end) {
    var t = new CommonToken(type, text);
    t.setStartIndex(start);
    t.setStopIndex(end - 1);
    return t;
  }

  CommonTokenStream stream() {
    return new CommonTokenStream(new ListTokenSource(list));
  }

  Token get(int index) {
    return list.get(Math.clamp(index, 0, list.size() - 1));
  }

  /// The token's type, or `EOF` outside the list.
  int type(int index) {
    return index < 0 || index >= list.size() ? Token.EOF : list.get(index).getType();
  }

  String text(int index) {
    return get(index).getText();
  }

  int size() {
    return list.size();
  }

  Span span(int index) {
    return span(get(index));
  }

  Span span(Token t) {
    return new Span(source, t.getStartIndex(), Math.max(t.getStartIndex(), t.getStopIndex() + 1));
  }

  /// From the first token to before the last.
  Span span(int from, int to) {
    return to <= from ? span(from) : span(from).to(span(to - 1));
  }

  /// Nothing stands between this token and the next.
  boolean glued(int index) {
    return get(index).getStopIndex() + 1 == get(index + 1).getStartIndex();
  }

  /// No other token stands before this one in its line.
  boolean beginsLine(int index) {
    return index <= 0 || !onOneLine(span(index - 1).end(), span(index).start());
  }

  /// The place in the list of a token that was parsed from it.
  int indexOf(Token t) {
    int i = t.getTokenIndex();
    return i >= 0 && i < list.size() ? i : list.size() - 1;
  }

  /// The same with the tokens from `from` to before `to` replaced.
  Tokens splice(int from, int to, List<Token> by) {
    var changed = new ArrayList<Token>(list.subList(0, from));
    changed.addAll(by);
    changed.addAll(list.subList(to, list.size()));
    return new Tokens(source, List.copyOf(changed), comments);
  }

  /// The text of the `///` comments before each token that has some, by the token's offset. A comment behind
  /// another token in its line is a remark on that one and documents nothing.
  Map<Integer, String> docs() {
    var docs = new HashMap<Integer, String>();
    int next = 0;
    for (var c : comments) {
      if (c.getType() != PplLexer.DOC) continue;
      while (list.get(next).getStartIndex() < c.getStartIndex() && next < list.size() - 1) next++;
      if (next > 0 && onOneLine(span(next - 1).end(), c.getStartIndex())) continue;
      docs.merge(list.get(next).getStartIndex(), docText(c.getText()), (a, b) -> a + "\n" + b);
    }
    return docs;
  }

  private boolean onOneLine(int start, int end) {
    return end <= start || source.text().substring(start, end).indexOf('\n') < 0;
  }

  private static String docText(String comment) {
    var text = comment.substring(3).stripTrailing();
    return text.startsWith(" ") ? text.substring(1) : text;
  }
}
