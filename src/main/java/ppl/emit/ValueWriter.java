package ppl.emit;

import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.Opcodes;
import ppl.ir.Array;
import ppl.ir.Expr.Reducer;
import ppl.ir.Kind;
import ppl.ir.Prim;

/// Writes the computation of values, and loops.
///
/// Every operation is rounded as it stands. Products are not fused into sums: an expression that occurs twice, once
/// stored and once not, must have equal bits, for derivatives of maxima ask which term the maximum is.
final class ValueWriter {
  private static final String MATH = "java/lang/Math";
  private static final String WHOLES = "ppl/math/Wholes";

  private final Asm.Code out;
  private final Locals locals;
  private final Consumer<List<Entry>> steps;
  private final Branches branches;

  /// @param steps writes the code of an inner region
  ValueWriter(Asm.Code out, Locals locals, Consumer<List<Entry>> steps) {
    this.out = out;
    this.locals = locals;
    this.steps = steps;
    this.branches = new Branches(out, this::push);
  }

  /// Computes a value and keeps it.
  void define(Val v) {
    if (v.node.op instanceof Op.Reduce(var reducer, var variable)) reduce(v, reducer, variable);
    else {
      compute(v);
      locals.keep(v);
    }
  }

  /// Brings a value to the stack.
  void push(Val v) {
    if (v.inline) compute(v);
    else if (v.node.op instanceof Op.IntConst(int value)) out.constant(value);
    else if (v.node.op instanceof Op.RealConst(double value)) out.constant(value);
    else locals.load(v.name());
  }

  void branch(Val condition, Asm.Mark target, boolean when) {
    branches.branch(condition, target, when);
  }

  private void compute(Val v) {
    switch (v.node.op) {
      case Op.Apply(Prim prim) -> apply(v, prim);
      case Op.Element(Array a, var version) -> {
        v.args.forEach(this::push);
        switch (a.form()) {
          case USUAL -> out.loadElement(a.kind());
          case OFF_HEAP -> out.invokeStatic(MethodWriter.OFF_HEAP, "at", "(" + MethodWriter.type(a) + "I)D");
          case BYTES -> out.op(Opcodes.BALOAD);
          case SHORTS -> out.op(Opcodes.SALOAD);
        }
      }
      case Op.Cell(Array a, var version) -> locals.loadCell(a);
      case Op.Select s -> select(v);
      case Op.Check(Array a, int dimension) -> {
        v.args.forEach(this::push);
        out.constant(a.name());
        out.constant(dimension);
        out.invokeStatic("ppl/runtime/Storage", "check", "(IILjava/lang/String;I)I");
      }
      case Op.IntConst o -> throw misplaced(v);
      case Op.RealConst o -> throw misplaced(v);
      case Op.Var o -> throw misplaced(v);
      case Op.Ref o -> throw misplaced(v);
      case Op.Result o -> throw misplaced(v);
      case Op.Reduce o -> throw misplaced(v);
    }
  }

  private static IllegalStateException misplaced(Val v) {
    return new IllegalStateException("computed on the stack: " + v.node.op);
  }

  private void apply(Val v, Prim prim) {
    switch (prim.emission()) {
      case Prim.Emission.Op(int opcode) -> {
        v.args.forEach(this::push);
        out.op(opcode);
      }
      case Prim.Emission.Invoke(String owner, String name) -> {
        v.args.forEach(this::push);
        var d = new StringBuilder("(");
        prim.parameters().forEach(k -> d.append(Asm.descriptor(k)));
        out.invokeStatic(owner, name, d.append(')').append(Asm.descriptor(prim.result())).toString());
      }
      case Prim.Emission.Compare c -> branches.truth(v);
      case Prim.Emission.Logic l -> branches.truth(v);
      case Prim.Emission.Nothing n -> push(v.args.getFirst());
    }
  }

  private void select(Val v) {
    var no = new Asm.Mark();
    var end = new Asm.Mark();
    branches.branch(v.args.get(0), no, false);
    steps.accept(v.inner().get(0).code);
    push(v.args.get(1));
    out.jump(end);
    out.mark(no);
    steps.accept(v.inner().get(1).code);
    push(v.args.get(2));
    out.mark(end);
  }

  private void reduce(Val v, Reducer reducer, Node variable) {
    var kind = v.node.kind;
    if (kind == Kind.REAL) out.constant(reducer.unit());
    else out.constant((int) reducer.unit());
    out.store(kind, locals.slot(v));
    loop(variable, v.args.get(0), v.args.get(1), false, v.inner(), () -> {
      combine(v, reducer, v.args.get(2));
      out.store(kind, locals.slot(v));
    });
    locals.publish(v);
  }

  private void combine(Val v, Reducer reducer, Val term) {
    var kind = v.node.kind;
    out.load(kind, locals.slot(v));
    push(term);
    var d = Asm.descriptor(kind);
    switch (reducer) {
      case SUM -> {
        if (kind == Kind.INT) out.invokeStatic(WHOLES, "add", "(II)I");
        else out.op(Asm.add(kind));
      }
      case PRODUCT -> {
        if (kind == Kind.INT) out.invokeStatic(WHOLES, "multiply", "(II)I");
        else out.op(Asm.multiply(kind));
      }
      case MAX -> out.invokeStatic(MATH, "max", "(" + d + d + ")" + d);
      case MIN -> out.invokeStatic(MATH, "min", "(" + d + d + ")" + d);
    }
  }

  /// Runs the body's steps and then `last` for every value of `variable`.
  ///
  /// @param inner guard and body
  void loop(Node variable, Val from, Val to, boolean reverse, List<Region> inner, Runnable last) {
    var top = new Asm.Mark();
    var end = new Asm.Mark();
    var bound = steady(reverse ? from : to);
    push(reverse ? to : from);
    if (reverse) {
      out.constant(-1);
      out.op(Asm.add(Kind.INT));
    }
    int slot = locals.slot(variable);
    out.store(Kind.INT, slot);
    compare(slot, bound, reverse ? Asm.When.LT : Asm.When.GE, end);
    steps.accept(inner.get(0).code);
    out.mark(top);
    locals.publish(variable);
    steps.accept(inner.get(1).code);
    last.run();
    out.increment(slot, reverse ? -1 : 1);
    compare(slot, bound, reverse ? Asm.When.GE : Asm.When.LT, top);
    out.mark(end);
  }

  private void compare(int slot, Runnable bound, Asm.When when, Asm.Mark to) {
    out.load(Kind.INT, slot);
    bound.run();
    out.jumpOfTwo(when, to);
  }

  /// What pushes a value again and again without computing it again.
  private Runnable steady(Val v) {
    if (!v.inline) return () -> push(v);
    int slot = locals.fresh(Kind.INT);
    push(v);
    out.store(Kind.INT, slot);
    return () -> out.load(Kind.INT, slot);
  }
}
