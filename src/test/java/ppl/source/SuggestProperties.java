package ppl.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class SuggestProperties {
  @Property(tries = 300)
  void distanceIsSymmetricZeroOnlyForEqualWordsAndAtMostTheLength(
      @ForAll @AlphaChars @StringLength(max = 6) String a, @ForAll @AlphaChars @StringLength(max = 6) String b) {
    int d = Suggest.distance(a, b);
    assertEquals(d, Suggest.distance(b, a));
    assertEquals(a.equals(b), d == 0);
    assertTrue(d <= Math.max(a.length(), b.length()));
    assertTrue(d >= Math.abs(a.length() - b.length()));
  }

  @Property(tries = 200)
  void oneSlipInALongWordIsFound(@ForAll @AlphaChars @StringLength(min = 4, max = 12) String word) {
    var slip = word.substring(0, 1) + word.charAt(2) + word.charAt(1) + word.substring(3);
    if (!slip.equals(word)) assertEquals(Optional.of(word), Suggest.closest(slip, List.of("@@@@@@@@@@@@", word)));
  }

  @Example
  void caseAndUnderscoresComeFirst() {
    assertEquals(Optional.of("Normal"), Suggest.closest("normal", List.of("normals", "Normal")));
    assertEquals(Optional.of("sigma_y"), Suggest.closest("sigmaY", List.of("sigma_x", "sigma_y")));
    assertEquals(Optional.of("sigma"), Suggest.closest("simga", List.of("stigma", "sigma")));
  }

  @Example
  void shortOrFarWordsAreNotGuessed() {
    assertEquals(Optional.empty(), Suggest.closest("x", List.of("y", "z")));
    assertEquals(Optional.empty(), Suggest.closest("alpha", List.of("beta", "gamma")));
    assertEquals(Optional.of("X"), Suggest.closest("x", List.of("y", "X")));
  }
}
