package ppl.emit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import ppl.ir.Array;
import ppl.ir.Kind;

/// The local variables of one method, and the fields that stand behind some.
final class Locals {
  private final Asm.Code out;
  private final Layout layout;
  private final Routine routine;
  private final Variables variables;
  private final Body body;
  private final Map<Object, Integer> slots = new HashMap<>();
  private int free;

  Locals(Asm.Code out, Layout layout, Routine routine, Variables variables, Body body) {
    this.out = out;
    this.layout = layout;
    this.routine = routine;
    this.variables = variables;
    this.body = body;
    this.free = routine.signature().locals();
  }

  /// Brings what the method needs often from fields, and gives every scalar a value. What may have to be asked for is asked for
  /// where it is needed, if it is.
  void enter() {
    body.uses.forEach((value, weight) -> {
      if (weight > 1 && !isArgument(value) && !grows(value) && !isHeld(value) && !body.defined.contains(value) && variables.isSettled(value, body)) {
        fetch(value);
        keepLocally(value);
      }
    });
    for (var cell : body.cells)
      if (isLocal(cell)) {
        if (isField(cell)) fetchCell(cell);
        else if (cell.kind() == Kind.REAL) out.constant(0.0);
        else out.constant(0);
        out.store(cell.kind(), slot(cell));
      }
  }

  /// Puts scalars back that other methods go on with.
  void leave() {
    for (var cell : body.writtenCells)
      if (isLocal(cell) && isField(cell)) {
        out.load(cell.kind(), slot(cell));
        putCell(cell);
      }
  }

  /// Pushes a value that is not computed here and now.
  void load(Object value) {
    if (isArgument(value)
        && value instanceof Node n && n.op instanceof Op.Ref(Array a)) out.loadReference(routine.signature().slot(a));
    else if (!slots.containsKey(value)) fetch(value);
    else if (isReference(value)) out.loadReference(slots.get(value));
    else out.load(Variables.kind(value), slots.get(value));
  }

  /// Stores the value on the stack under its name, also for other methods that use it.
  void keep(Object value) {
    keepLocally(value);
    publish(value);
  }

  /// Hands the value of a local variable to other methods that use it.
  void publish(Object value) {
    if (!variables.isShared(value)) return;
    out.self();
    out.load(Variables.kind(value), slots.get(value));
    out.put(variables.field(value), Asm.descriptor(Variables.kind(value)));
  }

  void loadCell(Array cell) {
    if (isLocal(cell)) out.load(cell.kind(), slot(cell));
    else fetchCell(cell);
  }

  void storeCell(Array cell) {
    if (isLocal(cell)) out.store(cell.kind(), slot(cell));
    else putCell(cell);
  }

  /// A new variable without a name.
  int fresh(Kind kind) {
    int slot = free;
    free += kind == Kind.REAL ? 2 : 1;
    return slot;
  }

  /// The variable of a value that is defined here.
  int slot(Object value) {
    var slot = slots.get(value);
    if (slot == null) slots.put(value, slot = fresh(isReference(value) ? Kind.INT : Variables.kind(value)));
    return slot;
  }

  private void keepLocally(Object value) {
    if (isReference(value)) out.storeReference(slot(value));
    else out.store(Variables.kind(value), slot(value));
  }

  private void fetch(Object value) {
    var member = value instanceof Node n && n.op instanceof Op.Ref(Array a) ? routine.signature().member(a)
        : Optional.<Signature.Member>empty();
    if (member.isPresent()) {
      out.loadReference(member.get().slot());
      out.constant(member.get().place());
      out.loadArray();
      return;
    }
    out.self();
    switch (value) {
      case Node n when n.op instanceof Op.Ref(Array a) && layout.isHeld(a) -> out.invoke(Release.method(layout, a), "()" + MethodWriter.type(a));
      case Node n when n.op instanceof Op.Ref(Array a) -> out.get(layout.storage(a), MethodWriter.type(a));
      case Node n when n.op instanceof Op.Cell(Array a, var v) -> out.get(layout.scalar(a), Asm.descriptor(a.kind()));
      default -> out.get(variables.field(value), Asm.descriptor(Variables.kind(value)));
    }
  }

  private void fetchCell(Array cell) {
    out.self();
    out.get(cellField(cell), Asm.descriptor(cell.kind()));
  }

  /// From the stack to the field.
  private void putCell(Array cell) {
    int slot = fresh(cell.kind());
    out.store(cell.kind(), slot);
    out.self();
    out.load(cell.kind(), slot);
    out.put(cellField(cell), Asm.descriptor(cell.kind()));
  }

  private static boolean isReference(Object value) {
    return value instanceof Node n && n.op instanceof Op.Ref;
  }

  /// Whether it is storage that is replaced on the way: what was prepared has its size.
  private boolean grows(Object value) {
    return value instanceof Node n && n.op instanceof Op.Ref(Array a) && layout.grows(a)
        && (!layout.isPrepared(a) || routine.own().contains(a));
  }

  private boolean isHeld(Object value) {
    return value instanceof Node n && n.op instanceof Op.Ref(Array a) && layout.isHeld(a);
  }

  /// Whether it is a parameter of the method.
  private boolean isArgument(Object value) {
    return value instanceof Node n && n.op instanceof Op.Ref(Array a) && routine.signature().has(a);
  }

  /// Whether a scalar is in a local variable while the method runs: no method that this one calls uses it.
  private boolean isLocal(Array cell) {
    return !body.delegates(cell);
  }

  private boolean isField(Array cell) {
    return routine.own().contains(cell) || variables.isSharedCell(cell);
  }

  private String cellField(Array cell) {
    return routine.own().contains(cell) ? layout.scalar(cell) : variables.field(cell);
  }
}
