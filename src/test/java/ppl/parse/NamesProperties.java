package ppl.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.antlr.v4.runtime.Token;
import ppl.parse.generated.PplLexer;
import ppl.source.Source;

/// What may stand in a name, of all that Unicode has: letters, then also marks, digits and subscripts.
class NamesProperties {
  @Property(tries = 2000)
  void charactersStandWhereTheirKindMay(@ForAll @IntRange(max = Character.MAX_CODE_POINT) int character) {
    check(character);
  }

  /// Where most scripts are.
  @Property(tries = 2000)
  void commonCharactersStandWhereTheirKindMay(@ForAll @IntRange(max = 0x3100) int character) {
    check(character);
  }

  private static void check(int character) {
    boolean first = character == '_' || Character.isLetter(character)
        || Character.getType(character) == Character.LETTER_NUMBER;
    boolean later = first || Character.isDigit(character) || character >= 0x2080 && character <= 0x2089
        || List.of(Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK)
            .contains((byte) Character.getType(character));
    var text = Character.toString(character);
    assertEquals(first, isName(text));
    assertEquals(later, isName("x" + text));
    assertEquals(later, isName("x" + text + "1"));
  }

  /// Whether it is one name, read as it is written.
  private static boolean isName(String text) {
    var tokens = Tokens.of(new Source("names.ppl", text));
    return tokens.type(0) == PplLexer.NAME && tokens.type(1) == Token.EOF && tokens.text(0).equals(text);
  }
}
