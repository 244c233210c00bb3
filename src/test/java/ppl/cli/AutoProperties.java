package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import ppl.infer.Answers;
import ppl.infer.NoStart;
import ppl.runtime.Posterior;
import ppl.runtime.Verdict;

/// Which answer is believed, whatever the engines find.
class AutoProperties {
  /// What comes of an engine: an answer with this verdict, or no start.
  enum Outcome {
    TRUSTWORTHY, DOUBTFUL, UNUSABLE, NO_START, VOID, VOID_START;

    boolean isVoid() {
      return this == VOID || this == VOID_START;
    }

    Posterior answer(String name) throws NoStart {
      return Answers.of(name, switch (this) {
        case TRUSTWORTHY -> Verdict.Level.TRUSTWORTHY;
        case DOUBTFUL -> Verdict.Level.DOUBTFUL;
        case UNUSABLE -> Verdict.Level.NOT_TO_BE_USED;
        case VOID -> Verdict.Level.NO_POSTERIOR;
        case NO_START -> throw Answers.none();
        case VOID_START -> throw Answers.improper();
      });
    }
  }

  /// Nobody is asked after somebody has said that there is no posterior.
  @Property(tries = 300)
  void noPosteriorHasNoAnswer(@ForAll @Size(min = 1, max = 5) List<Outcome> outcomes) throws NoStart {
    var names = IntStream.range(0, outcomes.size()).mapToObj(i -> "e" + i).toList();
    var asked = new ArrayList<String>();
    Auto.Attempt attempt = name -> {
      asked.add(name);
      return outcomes.get(names.indexOf(name)).answer(name);
    };
    int end = IntStream.range(0, outcomes.size())
        .filter(i -> outcomes.get(i).isVoid() || outcomes.get(i) == Outcome.TRUSTWORTHY).findFirst().orElse(-1);
    Assume.that(end >= 0 && outcomes.get(end).isVoid());
    var plan = names.subList(0, names.size() - 1);
    if (outcomes.get(end) == Outcome.VOID_START) {
      var thrown = assertThrows(NoStart.class, () -> Auto.run(plan, names.getLast(), true, attempt, n -> n));
      assertTrue(thrown.improper().isPresent());
    } else {
      var answer = Auto.run(plan, names.getLast(), true, attempt, n -> n);
      assertEquals(names.get(end), answer.posterior().method());
    }
    assertEquals(names.subList(0, end + 1), asked);
  }

  @Property(tries = 300)
  void theFirstTrustworthyElseTheLeastDoubtful(@ForAll @Size(max = 4) List<Outcome> quick, @ForAll Outcome last) throws NoStart {
    var outcomes = new ArrayList<>(quick);
    outcomes.add(last);
    Assume.that(outcomes.stream().noneMatch(Outcome::isVoid));
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

  /// Whoever is at work: nobody is asked after that, the answer says that it is not the whole run's, and it is never more doubtful
  /// than one that was there before.
  @Property(tries = 300)
  void aStoppedRunSaysSo(@ForAll @Size(max = 3) List<Outcome> before, @ForAll Verdict.Level level,
      @ForAll @IntRange(max = 2) int draws, @ForAll boolean last) throws NoStart {
    Assume.that(before.stream().noneMatch(o -> o.isVoid() || o == Outcome.TRUSTWORTHY));
    var names = IntStream.range(0, before.size()).mapToObj(i -> "e" + i).toList();
    var plan = new ArrayList<>(names);
    plan.add(last ? "other" : "stopped");
    var answer = Auto.run(last ? names : plan, last ? "stopped" : "other", true, name -> {
      assertNotEquals("other", name);
      return name.equals("stopped") ? Answers.part(name, level, draws) : before.get(names.indexOf(name)).answer(name);
    }, n -> n);
    assertTrue(answer.posterior().interrupted());
    var best = before.stream().filter(o -> o != Outcome.NO_START).min(Enum::compareTo);
    boolean part = best.isEmpty()
        || draws > 0 && level.compareTo(best.get() == Outcome.DOUBTFUL ? Verdict.Level.DOUBTFUL : Verdict.Level.NOT_TO_BE_USED) <= 0;
    assertEquals(part, answer.posterior().method().equals("stopped"));
    if (part) return;
    assertEquals("stopped was interrupted", answer.reason());
    assertEquals("The run was interrupted before stopped had an answer.", answer.posterior().verdicts().getLast().sentence());
  }

  @Property(tries = 100)
  void whatTakesTooLongIsLeftUnlessThereIsNothingElse(@ForAll @Size(max = 3) List<Outcome> quick) throws NoStart {
    Assume.that(quick.stream().noneMatch(Outcome::isVoid));
    var names = IntStream.range(0, quick.size()).mapToObj(i -> "e" + i).toList();
    var answer = Auto.run(names, "last", false,
        name -> name.equals("last") ? Outcome.TRUSTWORTHY.answer(name) : quick.get(names.indexOf(name)).answer(name), n -> n);
    boolean nothing = quick.stream().allMatch(o -> o == Outcome.NO_START);
    assertEquals(nothing, answer.posterior().method().equals("last"));
    if (!nothing && !quick.contains(Outcome.TRUSTWORTHY))
      assertEquals("last would take long and was not tried; --method last does it", answer.reason());
  }
}
