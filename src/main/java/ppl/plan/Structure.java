package ppl.plan;

import java.util.List;
import java.util.Optional;
import ppl.form.NormalForm;
import ppl.form.Term;
import ppl.ir.Array;
import ppl.runtime.Block;
import ppl.runtime.Statistic;
import ppl.source.Span;

/// What the normal form of a model shows: which unknowns have closed-form updates, in which blocks, and what prevents
/// the others.
///
/// @param form     the log joint; every factor of an unknown in a block is a [Term.Stat] of that block
/// @param blocks   unknowns with closed forms
/// @param refusals for every other unknown the first reason
public record Structure(NormalForm form, List<Closed> blocks, List<Refusal> refusals) {
  public Structure {
    blocks = List.copyOf(blocks);
    refusals = List.copyOf(refusals);
  }

  public List<Term> terms() {
    return form.terms();
  }

  /// The family of a block, before sizes are known; see [Block.Shape].
  public sealed interface Family {}

  /// Independent events.
  public record Independent(Block.Space space, List<Statistic> statistics) implements Family {
    public Independent {
      statistics = List.copyOf(statistics);
    }
  }

  /// One joint normal.
  public record Gaussian() implements Family {}

  /// Discrete values; dependent in pairs if `chained`.
  public record Discrete(boolean chained) implements Family {}

  /// @param unknowns in declaration order; more than one only if normal
  public record Closed(List<Array> unknowns, Family family) {
    public Closed {
      unknowns = List.copyOf(unknowns);
    }
  }

  /// @param why  one sentence in the words of the model
  /// @param span the statement that prevents a closed form
  /// @param edit the smallest change that would allow one; it was tried
  public record Refusal(Array unknown, String why, Span span, Optional<String> edit) {}
}
