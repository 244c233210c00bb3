package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;
import ppl.lower.Model;
import ppl.typed.Symbol;

/// The coordinates of the unknowns outside the blocks, moved together.
final class Outside {
  private final Model model;
  private final Map<Symbol, Model.Unknown> unknowns = new HashMap<>();
  private final Map<Symbol, Expr> starts = new HashMap<>();
  private final Array position;
  /// Missing data come last.
  private final Expr missing;

  Outside(Model model, Set<Array> inside) {
    this.model = model;
    Expr next = integer(0);
    for (var u : model.unknowns()) {
      if (inside.contains(u.array()) || u.discrete().isPresent()) continue;
      unknowns.put(u.symbol(), u);
      starts.put(u.symbol(), next);
      next = add(next, u.size());
    }
    missing = next;
    position = new Array("q", Kind.REAL, List.of(add(next, model.missing().size())), Array.Role.ARGUMENT);
  }

  Array position() {
    return position;
  }

  /// What constrains an unknown, if it is outside.
  Optional<Stmt> constrain(Model.Step.Constrain step) {
    boolean gaps = model.isOfGaps(step);
    if (!gaps && !unknowns.containsKey(step.unknown())) return Optional.empty();
    var offset = gaps ? model.missing().from() : unknowns.get(step.unknown()).offset();
    var start = gaps ? missing : starts.get(step.unknown());
    Subst.Rule moved = at -> position.read(add(sub(at.getFirst(), offset), start));
    var subst = Subst.of(Map.of(), a -> a == model.position() ? Optional.of(moved) : Optional.empty());
    return Optional.of(Stmts.map(step.block(), subst::apply));
  }
}
