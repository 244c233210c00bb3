package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.stream.Collectors;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Prim;

/// Unknowns whose elements at the same place are one state: `0 <= s < count`, the first unknown's value varies slowest.
record Group(List<Variable> variables) {
  Group {
    variables = List.copyOf(variables);
  }

  Expr count() {
    return variables.stream().map(Variable::count).reduce((a, b) -> mul(a, b)).orElseThrow();
  }

  /// The number of states as a real, which does not overflow.
  Expr size() {
    return variables.stream().map(v -> toReal(v.count())).reduce((a, b) -> mul(a, b)).orElseThrow();
  }

  int position(Array unknown) {
    for (int i = 0; i < variables.size(); i++) if (variables.get(i).array() == unknown) return i;
    throw new IllegalArgumentException(unknown + " is not in the group");
  }

  boolean has(Array unknown) {
    return variables.stream().anyMatch(v -> v.array() == unknown);
  }

  /// The value of an unknown in a state.
  Expr value(int position, Expr state) {
    var v = variables.get(position);
    var digit = state;
    for (int i = position + 1; i < variables.size(); i++) digit = apply(Prim.IDIV, digit, variables.get(i).count());
    if (position > 0) digit = apply(Prim.IMOD, digit, v.count());
    return add(digit, v.lower());
  }

  /// The state in which an element's unknowns have the values that they were drawn with.
  List<Expr> drawn(List<Expr> at) {
    return variables.stream().map(v -> v.array().read(at)).toList();
  }

  /// The unknowns that elements belong to, for people.
  static String names(List<Slot> slots) {
    return slots.stream().map(s -> "`" + s.unknown().name() + "`").distinct().collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return variables.stream().map(v -> "`" + v + "`").collect(Collectors.joining(", "));
  }
}
