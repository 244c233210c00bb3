package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ppl.source.Diagnostics;

/// Damaged models and data through the whole pipeline: whatever is wrong is a diagnostic, never an exception.
class MutationProperties {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*|[0-9.]+|\\s+|.", Pattern.DOTALL);

  private record Damaged(String text, String json) {}

  @Provide
  Arbitrary<Damaged> damaged() {
    return Combinators.combine(RandomModel.models(), Tape.tapes(12), Tape.tapes(6)).as(MutationProperties::damage);
  }

  /// Tokens dropped, doubled, exchanged or replaced by others of the same text.
  private static String mutate(String text, Tape tape) {
    List<String> tokens = new ArrayList<>(TOKEN.matcher(text).results().map(m -> m.group()).toList());
    while (!tape.ended() && tokens.size() > 1) {
      int at = tape.choose(tokens.size());
      int other = tape.choose(tokens.size());
      switch (tape.choose(5)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(other));
        case 2 -> tokens.set(at, tokens.get(other));
        case 3 -> tokens.set(at, tape.of("0", "-1", "1", "3", "1000000000", "NaN", "null", "x", "[", "]"));
        default -> {
          var one = tokens.get(at);
          tokens.set(at, tokens.get(other));
          tokens.set(other, one);
        }
      }
    }
    return tokens.stream().collect(Collectors.joining());
  }

  @Property(tries = 150)
  void damageIsReportedOrHarmless(@ForAll("damaged") Damaged model) {
    var diagnostics = new Diagnostics();
    var ready = Whole.attempt(model.text, model.json, diagnostics);
    assertTrue(ready.isPresent() || diagnostics.hasErrors());
    ready.ifPresent(r -> {
      var target = r.program().bind(r.data()).predicting();
      var q = PipelineProperties.position(target, 1);
      target.gradient(q, new double[q.length]);
    });
  }

  static Damaged damage(RandomModel model, List<Integer> texts, List<Integer> data) {
    return new Damaged(RandomTerms.LIBRARY + mutate(String.join("\n", model.statements()) + "\n", new Tape(texts)),
        mutate(Whole.object(model.data()), new Tape(data)));
  }
}
