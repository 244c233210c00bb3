package ppl.sum;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Subst;

/// A factor as an elimination uses it.
///
/// @param turn  which turn of the factor's loops it is
/// @param roles what the factor's marks stand for
record Part(Factor factor, Alignment turn, Map<Array, Role> roles) {
  /// What the value of a mark is.
  sealed interface Role {
    /// Of the unknown at this position in the group, where the elimination is.
    record Here(int position) implements Role {}

    /// Of the unknown at this position in the group, one step before.
    record Before(int position) implements Role {}

    /// Of an element that is not eliminated here.
    record Outside(Slot slot) implements Role {}
  }

  boolean isPair() {
    return roles.values().stream().anyMatch(r -> r instanceof Role.Before);
  }

  /// Whether its value depends on nothing but the states of the group.
  boolean isFixed() {
    return turn.guards().isEmpty() && factor.guards().isEmpty()
        && roles.values().stream().noneMatch(r -> r instanceof Role.Outside)
        && factor.body() instanceof Body.Written w && w.block().isEmpty()
        && w.expressions().stream().allMatch(e -> new ppl.ir.Graph.Free().of(e).isEmpty());
  }

  /// @param where values of the elimination's indices
  Expr value(Build outer, Build inner, Map<Index, Expr> where, Function<Role, Expr> state) {
    var at = Subst.indices(where);
    var indices = new HashMap<Index, Expr>();
    turn.where().forEach((i, e) -> indices.put(i, at.apply(e)));
    var states = new HashMap<Array, Expr>();
    roles.forEach((mark, role) -> states.put(mark, state.apply(role)));
    return factor.value(outer, inner, new Place(indices, states), at.apply(turn.guards()));
  }

  static List<Part> pairs(List<Part> parts) {
    return parts.stream().filter(Part::isPair).toList();
  }

  static List<Part> single(List<Part> parts) {
    return parts.stream().filter(p -> !p.isPair()).toList();
  }
}
