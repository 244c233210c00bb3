package ppl.parse;

import java.util.List;
import java.util.function.Supplier;
import ppl.ast.Expr;
import ppl.ast.Expr.BinaryOp;
import ppl.ast.Expr.UnaryOp;
import ppl.ast.Precedence;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Span;

/// Makes a tree of a flat chain `a + b * -c ^ d` by precedence climbing over [Precedence].
/// A prefix operator is allowed as any right operand and then reaches as far as its own precedence lets it.
final class Climb {
  record Prefix(UnaryOp op, Span span) {}

  record Operator(BinaryOp op, Span span) {}

  record Operand(List<Prefix> prefixes, Supplier<Expr> value) {}

  private final List<Operand> operands;
  private final List<Operator> operators;
  private final Diagnostics diagnostics;
  private int next;

  Climb(List<Operand> operands, List<Operator> operators, Diagnostics diagnostics) {
    this.operands = operands;
    this.operators = operators;
    this.diagnostics = diagnostics;
  }

  Expr whole() {
    return climb(Precedence.OR);
  }

  /// The longest expression from here whose operators are at least as tight as `loosest`.
  private Expr climb(Precedence loosest) {
    return extended(prefixed(operands.get(next), 0), loosest);
  }

  private Expr extended(Expr first, Precedence loosest) {
    var left = first;
    Operator previous = null;
    while (next < operators.size() && !operators.get(next).op().precedence.looserThan(loosest)) {
      var operator = operators.get(next++);
      var chained = binary(left, operator);
      if (previous != null) refuseChain(previous, operator, left, chained);
      left = chained;
      previous = operator;
    }
    return left;
  }

  private Expr binary(Expr left, Operator operator) {
    var precedence = operator.op().precedence;
    boolean right = precedence.associativity() == Precedence.Associativity.RIGHT;
    var operand = climb(right ? precedence : precedence.tighter());
    return new Expr.Binary(operator.op(), left, operand, left.span().to(operand.span()));
  }

  private Expr prefixed(Operand operand, int from) {
    if (from == operand.prefixes().size()) return operand.value().get();
    var prefix = operand.prefixes().get(from);
    var inner = extended(prefixed(operand, from + 1), prefix.op().precedence);
    return new Expr.Unary(prefix.op(), inner, prefix.span().to(inner.span()));
  }

  private void refuseChain(Operator first, Operator second, Expr before, Expr after) {
    if (first.op().precedence != Precedence.COMPARISON || second.op().precedence != Precedence.COMPARISON) return;
    if (!(before instanceof Expr.Binary inner) || !(after instanceof Expr.Binary outer)) return;
    diagnostics.add(Diagnostic.error("E0125", second.span(), "comparisons do not chain")
        .note(first.span(), "the first comparison")
        .help("write `%s and %s %s %s`, or parentheses if you compare a comparison", Excerpt.of(before),
            Excerpt.of(inner.right()), second.op().symbol, Excerpt.of(outer.right())));
  }
}
