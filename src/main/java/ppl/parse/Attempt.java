package ppl.parse;

import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import ppl.parse.generated.PplParser;
import ppl.parse.generated.PplParser.StatementContext;

/// What came of reading one statement.
sealed interface Attempt {
  /// A statement, and the index of the token behind it.
  record Read(StatementContext tree, int next) implements Attempt {}

  /// Token `at` cannot stand where it does.
  ///
  /// @param start    where the statement begins
  /// @param inner    where the innermost statement, column or method begins that holds the place
  /// @param expected the tokens that could stand there
  /// @param rule     the innermost rule that was being read
  record Failed(int start, int inner, int at, IntervalSet expected, int rule) implements Attempt {}

  /// Reads statements from tokens, first with ANTLR's fast prediction and, if that fails, with the full one.
  final class Reader {
    private final Tokens tokens;
    private final PplParser parser;

    Reader(Tokens tokens) {
      this.tokens = tokens;
      this.parser = new PplParser(tokens.stream());
      parser.removeErrorListeners();
      parser.setErrorHandler(new BailErrorStrategy());
    }

    Attempt at(int start) {
      return attempt(start, PredictionMode.SLL)
          .or(() -> attempt(start, PredictionMode.LL))
          .orElseGet(() -> failure(start));
    }

    private Optional<Attempt> attempt(int start, PredictionMode mode) {
      try {
        return Optional.of(read(start, mode));
      } catch (ParseCancellationException notSo) {
        return Optional.empty();
      }
    }

    private Attempt read(int start, PredictionMode mode) {
      parser.reset();
      parser.getInterpreter().setPredictionMode(mode);
      parser.getTokenStream().seek(start);
      var tree = parser.statement();
      return new Read(tree, parser.getTokenStream().index());
    }

    private Attempt failure(int start) {
      try {
        return read(start, PredictionMode.LL);
      } catch (ParseCancellationException e) {
        if (!(e.getCause() instanceof RecognitionException why)) throw e;
        var context = why.getCtx() instanceof ParserRuleContext c ? c : parser.getContext();
        return new Failed(start, inner(context, start), tokens.indexOf(why.getOffendingToken()),
            expected(why), context == null ? -1 : context.getRuleIndex());
      }
    }

    private static IntervalSet expected(RecognitionException why) {
      return why.getOffendingState() < 0 ? new IntervalSet() : why.getExpectedTokens();
    }

    private int inner(ParserRuleContext context, int start) {
      for (var c = context; c != null; c = c.getParent())
        if (isItem(c) && c.getStart() != null && c.getStart().getType() != Token.EOF)
          return Math.max(start, tokens.indexOf(c.getStart()));
      return start;
    }

    private static boolean isItem(ParserRuleContext c) {
      return switch (c.getRuleIndex()) {
        case PplParser.RULE_statement, PplParser.RULE_column, PplParser.RULE_method -> true;
        default -> false;
      };
    }
  }
}
