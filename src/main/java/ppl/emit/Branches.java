package ppl.emit;

import java.util.function.Consumer;
import ppl.ir.Kind;
import ppl.ir.Prim;

/// Conditions as jumps.
///
/// @param push brings a value to the stack
record Branches(Asm.Code out, Consumer<Val> push) {
  /// Jumps if the condition's truth is `when`, else falls through.
  void branch(Val condition, Asm.Mark target, boolean when) {
    if (condition.inline && isTruth(condition)) decide(condition, target, when);
    else {
      push.accept(condition);
      out.jumpOfOne(when ? Asm.When.NE : Asm.When.EQ, target);
    }
  }

  /// Leaves the truth of a comparison or of a logical operation on the stack as 1 or 0.
  void truth(Val value) {
    var no = new Asm.Mark();
    var end = new Asm.Mark();
    decide(value, no, false);
    out.constant(1);
    out.jump(end);
    out.mark(no);
    out.constant(0);
    out.mark(end);
  }

  private static boolean isTruth(Val v) {
    return v.node.op instanceof Op.Apply(Prim p)
        && (p.emission() instanceof Prim.Emission.Compare || p.emission() instanceof Prim.Emission.Logic);
  }

  private void decide(Val v, Asm.Mark target, boolean when) {
    if (!(v.node.op instanceof Op.Apply(Prim prim))) throw new IllegalStateException("no condition: " + v.node.op);
    switch (prim) {
      case NOT -> branch(v.args.get(0), target, !when);
      case AND -> both(v, target, when, true);
      case OR -> both(v, target, when, false);
      default -> compare(v, prim, target, when);
    }
  }

  /// Two conditions, of which the second is asked only if the first is `going`.
  private void both(Val v, Asm.Mark target, boolean when, boolean going) {
    if (when != going) {
      branch(v.args.get(0), target, when);
      branch(v.args.get(1), target, when);
      return;
    }
    var skip = new Asm.Mark();
    branch(v.args.get(0), skip, !going);
    branch(v.args.get(1), target, going);
    out.mark(skip);
  }

  private void compare(Val v, Prim prim, Asm.Mark target, boolean wanted) {
    var when = wanted ? test(prim) : test(prim).negated();
    push.accept(v.args.get(0));
    if (prim.parameters().getFirst() == Kind.REAL) {
      push.accept(v.args.get(1));
      out.compare(1);
      out.jumpOfOne(when, target);
    } else if (v.args.get(1).node.isInt(0)) out.jumpOfOne(when, target);
    else {
      push.accept(v.args.get(1));
      out.jumpOfTwo(when, target);
    }
  }

  private static Asm.When test(Prim prim) {
    if (!(prim.emission() instanceof Prim.Emission.Compare(Prim.Emission.Test test)))
      throw new IllegalStateException(prim + " is no comparison");
    return switch (test) {
      case LT -> Asm.When.LT;
      case LE -> Asm.When.LE;
      case EQ -> Asm.When.EQ;
    };
  }
}
