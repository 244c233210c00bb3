package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import ppl.infer.Answers;
import ppl.infer.NoStart;
import ppl.runtime.Posterior;
import ppl.runtime.Verdict;

/// Which answer is believed, whatever the engines find.
class AutoProperties {
  /// What comes of an engine: an answer with this verdict, or no start.
  enum Outcome {
    TRUSTWORTHY, DOUBTFUL, UNUSABLE, NO_START;

    Posterior answer(String name) throws NoStart {
      return Answers.of(name, switch (this) {
        case TRUSTWORTHY -> Verdict.Level.TRUSTWORTHY;
        case DOUBTFUL -> Verdict.Level.DOUBTFUL;
        case UNUSABLE -> Verdict.Level.NOT_TO_BE_USED;
        case NO_START -> throw Answers.none();
      });
    }
  }

  @Property(tries = 300)
  void theFirstTrustworthyElseTheLeastDoubtful(@ForAll @Size(max = 4) List<Outcome> quick, @ForAll Outcome last) throws NoStart {
    var outcomes = new ArrayList<>(quick);
    outcomes.add(last);
    var names = IntStream.range(0, outcomes.size()).mapToObj(i -> "e" + i).toList();
    var asked = new ArrayList<String>();
    Auto.Attempt attempt = name -> {
      asked.add(name);
      return outcomes.get(names.indexOf(name)).answer(name);
    };
    int first = outcomes.indexOf(Outcome.TRUSTWORTHY);
    var plan = names.subList(0, quick.size());
    if (outcomes.stream().allMatch(o -> o == Outcome.NO_START)) {
      assertThrows(NoStart.class, () -> Auto.run(plan, names.getLast(), true, attempt, n -> n));
      return;
    }
    var answer = Auto.run(plan, names.getLast(), true, attempt, n -> n + " did");
    assertEquals(names.subList(0, first < 0 ? names.size() : first + 1), asked);
    // of equally doubtful ones the last was the most thorough, and of the others the first
    var least = outcomes.stream().min(Enum::compareTo).orElseThrow();
    int expected = last == least ? quick.indexOf(Outcome.TRUSTWORTHY) : outcomes.indexOf(least);
    assertEquals(expected < 0 ? names.getLast() : names.get(expected), answer.posterior().method());
    if (first >= 0 && first < quick.size()) {
      var said = answer.reason().split("; ");
      assertEquals(names.get(first) + " did", said[said.length - 1]);
    }
  }

  @Property(tries = 100)
  void whatTakesTooLongIsLeftUnlessThereIsNothingElse(@ForAll @Size(max = 3) List<Outcome> quick) throws NoStart {
    var names = IntStream.range(0, quick.size()).mapToObj(i -> "e" + i).toList();
    var answer = Auto.run(names, "last", false,
        name -> name.equals("last") ? Outcome.TRUSTWORTHY.answer(name) : quick.get(names.indexOf(name)).answer(name), n -> n);
    boolean nothing = quick.stream().allMatch(o -> o == Outcome.NO_START);
    assertEquals(nothing, answer.posterior().method().equals("last"));
    if (!nothing && !quick.contains(Outcome.TRUSTWORTHY))
      assertEquals("last would take long and was not tried; --method last does it", answer.reason());
  }
}
