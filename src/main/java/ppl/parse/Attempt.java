package ppl.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
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
  /// @param expected tells of a token type whether it could stand there
  /// @param rule     the innermost rule that was being read
  record Failed(int start, int inner, int at, IntPredicate expected, int rule) implements Attempt {
    /// Not tried, because what would be read is not what is meant.
    static Failed assumed(int start) {
      return new Failed(start, start, start, _ -> false, -1);
    }
  }

  /// Reads statements from tokens, first with ANTLR's fast prediction and, if that fails, with the full one.
  final class Reader {
    /// Statements of more tokens than this are not tried again and again.
    private static final int MAX_PROBE = 1000;

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
            expected(start, tokens.indexOf(why.getOffendingToken())), context == null ? -1 : context.getRuleIndex());
      }
    }

    /// A token is expected if reading gets past it. ANTLR's own answer depends on which loops it has already left.
    private IntPredicate expected(int start, int at) {
      if (at - start > MAX_PROBE) return _ -> false;
      var known = new HashMap<Integer, Boolean>();
      return type -> known.computeIfAbsent(type, t -> passes(start, at, t));
    }

    private boolean passes(int start, int at, int type) {
      var end = tokens.get(tokens.size() - 1);
      var probe = Tokens.made(tokens.source(), type, "", end.getStartIndex(), end.getStartIndex());
      var fresh = new ArrayList<Token>();
      tokens.list().subList(start, at).forEach(t -> fresh.add(new CommonToken(t)));
      fresh.add(probe);
      fresh.add(new CommonToken(end));
      var reader = new Reader(new Tokens(tokens.source(), fresh, List.of()));
      return reader.furthest() > at - start;
    }

    /// The index of the token at which reading from the beginning stops.
    private int furthest() {
      try {
        read(0, PredictionMode.LL);
        return parser.getTokenStream().index();
      } catch (ParseCancellationException e) {
        return e.getCause() instanceof RecognitionException why ? tokens.indexOf(why.getOffendingToken()) : 0;
      }
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
