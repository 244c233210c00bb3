package ppl.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import ppl.ast.Ast;
import ppl.ast.Stmt;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;
import ppl.source.Span;

/// Reads a `.ppl` text.
///
/// Statement by statement; where one cannot be read, the first [Mend] that knows the mistake reports it, puts right
/// the tokens, and reading goes on as if the right thing had been written. So one run finds every mistake, and
/// a mistake is told once.
public final class Parser {
  private static final int MAX_ERRORS = 50;

  private final Diagnostics diagnostics;
  private final List<Stmt> statements = new ArrayList<>();
  private final Deque<Integer> starts = new ArrayDeque<>();
  private Tokens tokens;
  private Attempt.Reader reader;
  private StmtFold fold;
  private final List<Span> misread = new ArrayList<>();
  private final List<Span> unread = new ArrayList<>();
  private boolean guessed;
  private int errors;
  private int abandoned;

  private Parser(Tokens tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.reader = new Attempt.Reader(tokens);
    this.fold = new StmtFold(tokens.source(), tokens.docs(), diagnostics);
  }

  /// The syntax tree of a text. Says all that is wrong with its syntax (codes `E01..` and `W01..`).
  /// The tree holds every statement that could be read, also where that took guessing what was meant, so that later
  /// stages can go on looking for mistakes; whether the text is right is for [Diagnostics#hasErrors] to say.
  public static Optional<Ast> parse(Source source, Diagnostics diagnostics) {
    var tokens = Tokens.of(source);
    var tooDeep = Nesting.check(tokens);
    if (tooDeep.isPresent()) {
      diagnostics.add(tooDeep.get());
      return Optional.empty();
    }
    return new Parser(tokens, diagnostics).file();
  }

  private Optional<Ast> file() {
    if (tokens.type(0) == Token.EOF) report(empty());
    for (int i = 0; tokens.type(i) != Token.EOF && errors < MAX_ERRORS; ) i = step(i);
    if (errors >= MAX_ERRORS) {
      diagnostics.add(Diagnostic.error("E0199", "there are more syntax errors; this is where we stop listing them"));
      return Optional.empty();
    }
    Traps.check(tokens, diagnostics);
    if (unread.isEmpty() && misread.isEmpty()) Placement.check(statements, diagnostics);
    return Optional.of(new Ast(tokens.source(), statements, misread, unread));
  }

  private int step(int i) {
    var foreign = StanMends.bounded(tokens, i);
    if (foreign.isPresent()) {
      apply(foreign.get());
      return i;
    }
    return switch (tokens.type(i)) {
      case PplLexer.RBRACE -> strayBrace(i);
      case PplLexer.ELSE -> strayElse(i);
      default -> switch (reader.at(i)) {
        case Attempt.Read read -> {
          starts.push(i);
          statements.add(fold.statement(read.tree()));
          if (guessed || abandoned > 0) misread.add(tokens.span(i, read.next()));
          guessed = false;
          yield read.next();
        }
        case Attempt.Failed failed -> mend(failed);
      };
    };
  }

  private int mend(Attempt.Failed failed) {
    var mend = Mends.of(tokens, failed);
    apply(mend);
    return mend.edits().isEmpty() ? recover(failed) : again(failed);
  }

  private void apply(Mend mend) {
    mend.diagnostics().forEach(this::report);
    if (!mend.faithful()) guessed = true;
    if (mend.edits().isEmpty()) return;
    for (var edit : mend.edits().reversed()) tokens = tokens.splice(edit.from(), edit.to(), edit.by());
    reader = new Attempt.Reader(tokens);
  }

  /// What cannot begin a statement may continue the one before, which is then read again.
  private int again(Attempt.Failed failed) {
    if (failed.at() != failed.start() || starts.isEmpty()) return failed.start();
    statements.removeLast();
    return starts.pop();
  }

  /// Skips to where a statement seems to begin.
  private int recover(Attempt.Failed failed) {
    starts.clear();
    int next = Recovery.next(tokens, failed);
    int from = failed.start();
    while (failed.at() == failed.start() && from > 0 && !tokens.beginsLine(from)) from--;
    unread.add(tokens.span(from, next));
    guessed = false;
    for (int i = failed.start(); i < next; i++) {
      if (tokens.type(i) == PplLexer.LBRACE) abandoned++;
      if (tokens.type(i) == PplLexer.RBRACE) abandoned = Math.max(0, abandoned - 1);
    }
    return next;
  }

  /// A brace that closes a block whose head could not be read closes it quietly.
  private int strayBrace(int i) {
    unread.add(tokens.span(i));
    starts.clear();
    if (abandoned > 0) abandoned--;
    else report(Diagnostic.error("E0103", tokens.span(i), "this `}` closes nothing").help("remove it"));
    return i + 1;
  }

  private int strayElse(int i) {
    if (unread.isEmpty() && misread.isEmpty())
      report(Diagnostic.error("E0101", tokens.span(i), "this `else` belongs to no `if`")
          .help("write `if condition { .. } else { .. }`"));
    unread.add(tokens.span(i));
    if (tokens.type(i + 1) == PplLexer.LBRACE) abandoned++;
    return tokens.type(i + 1) == PplLexer.LBRACE ? i + 2 : i + 1;
  }

  private Diagnostic empty() {
    return Diagnostic.error("E0109", tokens.span(0), "this file says nothing")
        .help("a model is made of lines such as `mu : real ~ Normal(0, 1)`");
  }

  private void report(Diagnostic d) {
    if (d.isError()) errors++;
    diagnostics.add(d);
  }
}
