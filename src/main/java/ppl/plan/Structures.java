package ppl.plan;

import java.util.ArrayList;
import java.util.List;
import ppl.form.Facts;
import ppl.form.NormalForm;
import ppl.form.Term;
import ppl.ir.Array;
import ppl.lower.Model;
import ppl.runtime.Statistic;

/// Which unknowns have closed forms, read off the normal form of a model's log joint.
///
/// Each unknown is looked at for itself: given all others, the log joint must be linear in statistics that one family
/// has. That does not depend on what becomes of the others, so the set of closed unknowns is the largest there is.
/// Unknowns that are normal given the rest join into one block as long as the log joint stays quadratic in them, and the
/// user does not want them apart.
public final class Structures {
  private final Model model;
  private final NormalForm form;
  private final Facts facts;
  private final Factorization factors;

  private Structures(Model model, Factorization factors) {
    this.model = model;
    this.factors = factors;
    this.form = NormalForm.of(model);
    this.facts = Facts.of(model, form.prelude());
  }

  public static Structure of(Model model) {
    return of(model, Factorization.FREE);
  }

  /// @param factors which unknowns may share a block
  public static Structure of(Model model, Factorization factors) {
    return new Structures(model, factors).structure();
  }

  private Structure structure() {
    var candidate = new Candidate(model, facts, form.terms(), form.bounds());
    var closed = new ArrayList<Structure.Closed>();
    var normal = new ArrayList<Array>();
    var refusals = new ArrayList<Structure.Refusal>();
    var drawn = model.drawn();
    for (var u : model.unknowns())
      if (!drawn.contains(u.array())) switch (candidate.of(u, u.range())) {
        case Candidate.Found(Structure.Gaussian family, Uses uses) -> normal.add(u.array());
        case Candidate.Found(var family, Uses uses) -> closed.add(new Structure.Closed(List.of(u.array()), family));
        case Candidate.Prevented(String why, var span) ->
            refusals.add(new Structure.Refusal(u.array(), why, span, new Edits(model, facts, form).of(u)));
      }
    for (var block : blocks(normal)) closed.add(new Structure.Closed(block, new Structure.Gaussian()));
    closed.sort(java.util.Comparator.comparingInt(c -> order(c.unknowns().getFirst())));
    return new Structure(form, closed, refusals);
  }

  private int order(Array a) {
    for (int i = 0; i < model.unknowns().size(); i++) if (model.unknowns().get(i).array() == a) return i;
    throw new IllegalStateException("no unknown " + a);
  }

  /// Joins normal unknowns that meet in some term, in declaration order, where nothing of higher degree forbids it.
  private List<List<Array>> blocks(List<Array> normal) {
    var blocks = new ArrayList<List<Array>>();
    for (var u : normal) {
      var joined = new ArrayList<>(List.of(u));
      for (var other : List.copyOf(blocks)) {
        var together = new ArrayList<>(other);
        together.addAll(joined);
        if (meet(other, joined) && factors.joins(together) && isQuadratic(together)) {
          blocks.remove(other);
          joined = together;
        }
      }
      joined.sort(java.util.Comparator.comparingInt(this::order));
      blocks.add(joined);
    }
    return blocks;
  }

  private boolean meet(List<Array> a, List<Array> b) {
    return form.terms().stream().anyMatch(t -> touches(t, a) && touches(t, b));
  }

  private static boolean touches(Term t, List<Array> some) {
    return t.factors().stream().anyMatch(f -> f instanceof Term.Stat s && some.contains(s.unknown()));
  }

  private boolean isQuadratic(List<Array> some) {
    return form.terms().stream().allMatch(t -> t.factors().stream()
        .filter(f -> f instanceof Term.Stat s && some.contains(s.unknown()))
        .mapToDouble(f -> ((Term.Stat) f).statistic() instanceof Statistic.Power(double p) ? p : 3).sum() <= 2);
  }
}
