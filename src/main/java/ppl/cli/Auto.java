package ppl.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import ppl.infer.NoStart;
import ppl.runtime.Posterior;
import ppl.runtime.Verdict;

/// Which of several engines is believed: the first whose answer is trustworthy; else the last, unless what came before
/// it is less doubtful, as it is where the chains of a mixture sit in different modes. Where one finds that there is no
/// posterior, that is the answer, and none is looked for. A run that is stopped ends with the engine that is at work.
final class Auto {
  private static final List<String> CLOSED = List.of("exact", "cavi");

  /// The answer of an engine.
  interface Attempt {
    Posterior by(String engine) throws NoStart;
  }

  private Auto() {}

  /// @param plan    engines by name in the order in which they are tried
  /// @param last    what may take long, tried where all else is doubtful
  /// @param worth   whether it may take the time that it needs; where nothing else has an answer it may
  /// @param praises what is to be said of an engine whose answer is trustworthy
  static Methods.Answer run(List<String> plan, String last, boolean worth, Attempt attempt, UnaryOperator<String> praises)
      throws NoStart {
    var doubts = new ArrayList<String>();
    Optional<Posterior> best = Optional.empty();
    for (var name : plan) {
      try {
        var quick = attempt.by(name);
        if (quick.interrupted()) return stopped(quick, name, best, doubts);
        if (quick.level() == Verdict.Level.TRUSTWORTHY) {
          doubts.add(praises.apply(name));
          return new Methods.Answer(quick, String.join("; ", doubts));
        }
        if (isVoid(quick)) return new Methods.Answer(quick, String.join(", ", doubts));
        doubts.add(name + " was " + quick.level().words());
        if (best.isEmpty() || quick.level().compareTo(best.get().level()) < 0) best = Optional.of(quick);
      } catch (NoStart e) {
        if (e.improper().isPresent()) throw e;
        doubts.add(without(name));
      }
    }
    if (!worth && best.isPresent())
      return new Methods.Answer(best.get(), last + " would take long and was not tried; --method " + last + " does it");
    try {
      var thorough = attempt.by(last);
      if (thorough.interrupted()) return stopped(thorough, last, best, doubts);
      if (best.isEmpty() || isVoid(thorough) || thorough.level().compareTo(best.get().level()) <= 0)
        return new Methods.Answer(thorough, String.join(", ", doubts));
      return new Methods.Answer(best.get(), last + " was " + thorough.level().words());
    } catch (NoStart e) {
      if (e.improper().isPresent()) throw e;
      return new Methods.Answer(best.orElseThrow(() -> e), without(last));
    }
  }

  /// Of a run that was stopped while an engine was at work: what that has, or a whole answer from before that is less doubtful.
  /// Neither is the one that the run would have come to, and both say so.
  private static Methods.Answer stopped(Posterior part, String name, Optional<Posterior> best, List<String> doubts) {
    if (best.isEmpty() || part.draws().total() > 0 && part.level().compareTo(best.get().level()) <= 0) {
      doubts.add("as far as it came");
      return new Methods.Answer(part, String.join("; ", doubts));
    }
    return new Methods.Answer(best.get().interrupted("The run was interrupted before " + name + " had an answer."),
        name + " was interrupted");
  }

  private static boolean isVoid(Posterior p) {
    return p.level() == Verdict.Level.NO_POSTERIOR;
  }

  /// Closed forms need no start; what they do not find is a distribution, which does not say that there is none.
  private static String without(String name) {
    return name + (CLOSED.contains(name) ? " came to no answer" : " found no start");
  }
}
