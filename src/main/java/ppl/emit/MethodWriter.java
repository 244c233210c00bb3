package ppl.emit;

import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Type;
import ppl.ir.Array;
import ppl.ir.ArrayOp;
import ppl.ir.Kind;
import ppl.ir.Method;

/// Writes the steps of one method.
final class MethodWriter {
  static final String OFF_HEAP = "ppl/runtime/OffHeap";
  private static final String STORAGE = "ppl/runtime/Storage";

  private final Asm.Code out;
  private final Layout layout;
  private final Routine routine;
  private final Body body;
  private final Locals locals;
  private final ValueWriter values;

  MethodWriter(Asm.Code out, Layout layout, Routine routine, Variables variables, Body body) {
    this.out = out;
    this.layout = layout;
    this.routine = routine;
    this.body = body;
    this.locals = new Locals(out, layout, routine, variables, body);
    this.values = new ValueWriter(out, locals, this::steps);
  }

  void write(Optional<Kind> result) {
    locals.enter();
    steps(body.code);
    if (result.isEmpty()) {
      locals.leave();
      out.finish(result);
    }
  }

  private void steps(List<Entry> code) {
    for (var e : code)
      switch (e) {
        case Val v -> values.define(v);
        case Item item -> item(item);
        case Entry.Outline o -> outline(o);
      }
  }

  private void outline(Entry.Outline o) {
    out.self();
    var s = routine.signature();
    for (int slot = 1; slot < s.locals(); slot++) out.loadReference(slot);
    out.invoke(routine.method(Optional.of(o)), s.descriptor(Optional.empty()));
  }

  private void item(Item item) {
    switch (item.act) {
      case Item.Act.Store(Array a) -> {
        item.values.forEach(values::push);
        out.storeElement(a.kind());
      }
      case Item.Act.StoreCell(Array a) -> {
        values.push(item.values.getFirst());
        locals.storeCell(a);
      }
      case Item.Act.Fill(Array a) -> {
        item.values.forEach(values::push);
        var d = Asm.descriptor(a.kind());
        out.invokeStatic("java/util/Arrays", "fill", "([" + d + (item.values.size() == 4 ? "II" : "") + d + ")V");
      }
      case Item.Act.Loop(Node variable, boolean reverse) ->
          values.loop(variable, item.values.get(0), item.values.get(1), reverse, item.inner(), () -> {});
      case Item.Act.Choice c -> choice(item);
      case Item.Act.Call(ArrayOp op, var inputs, var outputs) -> call(item, op, inputs);
      case Item.Act.Share(Part part) -> {
        var arguments = part.arguments();
        for (int k = 0; k < arguments.size(); k++) {
          out.self();
          values.push(item.values.get(1 + k));
          out.put(layout.storage(arguments.get(k)), type(arguments.get(k)));
        }
        out.self();
        out.get(Part.HANDS, Part.HANDS_TYPE);
        out.self();
        out.constant(part.number());
        values.push(item.values.getFirst());
        out.invokeOfInterface("ppl/runtime/Hands", "run", "(" + Part.HANDS_TYPE + Part.DIVIDED_TYPE + "II)V");
      }
      case Item.Act.Draw(var sampler, Node result) -> {
        call(true, item, sampler.method());
        locals.keep(result);
      }
      case Item.Act.Return r -> {
        values.push(item.values.getFirst());
        out.finish(routine.result());
      }
      case Item.Act.Allocate(Array a) -> allocate(a, item);
      case Item.Act.Grow(Array a) -> grow(a, item);
      case Item.Act.Take(Array a, int slot) -> take(a, slot);
      case Item.Act.Expect(Array a) -> expect(a, item);
      case Item.Act.Copy(Array a) -> adopt(a);
      case Item.Act.Drop(Array a) -> {
        out.self();
        out.absent();
        out.put(layout.storage(a), type(a));
      }
    }
  }

  /// Makes of an array on the stack one in the usual form.
  private void usual(Array a) {
    switch (a.form()) {
      case USUAL -> {}
      case OFF_HEAP -> out.invokeStatic(OFF_HEAP, "array", "(" + type(a) + ")[D");
      case BYTES, SHORTS -> out.invokeStatic("ppl/runtime/Narrow", "wholes", "(Ljava/lang/Object;)[I");
    }
  }

  private void choice(Item item) {
    var otherwise = new Asm.Mark();
    var end = new Asm.Mark();
    values.branch(item.values.getFirst(), otherwise, false);
    steps(item.inner().get(0).code);
    out.jump(end);
    out.mark(otherwise);
    steps(item.inner().get(1).code);
    out.mark(end);
  }

  private void call(boolean random, Item item, Method method) {
    if (random) out.loadReference(routine.signature().firstReference());
    item.values.forEach(values::push);
    out.invokeStatic(method);
  }

  /// @param arrays that the operation takes first
  private void call(Item item, ArrayOp op, List<Array> arrays) {
    if (op.random()) out.loadReference(routine.signature().firstReference());
    var types = Type.getArgumentTypes(op.method().descriptor());
    for (int k = 0; k < item.values.size(); k++) {
      values.push(item.values.get(k));
      var wanted = types[k + (op.random() ? 1 : 0)];
      if (k < arrays.size() && wanted.getSort() == Type.ARRAY) usual(arrays.get(k));
    }
    out.invokeStatic(op.method());
  }

  // storage

  /// Pushes the number of elements.
  private void size(Array a, Item item) {
    out.longOne();
    for (var extent : item.values) {
      values.push(extent);
      out.constant(a.name());
      out.invokeStatic(STORAGE, "extend", "(JILjava/lang/String;)J");
    }
  }

  private void allocate(Array a, Item item) {
    out.self();
    size(a, item);
    out.invokeStatic(STORAGE, plural(a), "(J)" + type(a));
    out.put(layout.storage(a), type(a));
  }

  private void grow(Array a, Item item) {
    out.self();
    out.self();
    out.get(layout.storage(a), type(a));
    size(a, item);
    out.invokeStatic(STORAGE, "grown", "(" + type(a) + "J)" + type(a));
    out.put(layout.storage(a), type(a));
  }

  private void take(Array a, int slot) {
    int values = locals.fresh(Kind.INT);
    out.loadReference(routine.signature().firstReference());
    out.constant(slot);
    out.constant(a.name());
    out.invokeStatic(STORAGE, plural(a), "([Ljava/lang/Object;ILjava/lang/String;)" + type(a));
    out.storeReference(values);
    out.self();
    out.loadReference(values);
    out.put(layout.storage(a), type(a));
    if (!layout.isCell(a)) return;
    out.loadReference(values);
    out.length();
    out.longOne();
    out.constant(a.name());
    out.invokeStatic(STORAGE, "expect", "(IJLjava/lang/String;)V");
    out.self();
    out.loadReference(values);
    out.constant(0);
    out.loadElement(a.kind());
    out.put(layout.scalar(a), Asm.descriptor(a.kind()));
  }

  private void expect(Array a, Item item) {
    out.self();
    out.get(layout.storage(a), type(a));
    if (a.isOffHeap()) out.invokeStatic(OFF_HEAP, "size", "(" + type(a) + ")I");
    else out.length();
    size(a, item);
    out.constant(a.name());
    out.invokeStatic(STORAGE, "expect", "(IJLjava/lang/String;)V");
  }

  private void adopt(Array a) {
    boolean cell = layout.isCell(a);
    if (cell) copy(layout.scalar(a), Asm.descriptor(a.kind()));
    if (!cell || layout.isData(a)) copy(layout.storage(a), type(a));
  }

  private void copy(String field, String descriptor) {
    out.self();
    out.loadReference(routine.signature().firstReference());
    out.get(field, descriptor);
    out.put(field, descriptor);
  }

  private static String plural(Array a) {
    return switch (a.form()) {
      case USUAL -> a.kind() == Kind.REAL ? "reals" : "integers";
      case OFF_HEAP -> "offHeap";
      case BYTES -> "bytes";
      case SHORTS -> "shorts";
    };
  }

  static String type(Array a) {
    return switch (a.form()) {
      case USUAL -> "[" + Asm.descriptor(a.kind());
      case OFF_HEAP -> "L" + OFF_HEAP + ";";
      case BYTES -> "[B";
      case SHORTS -> "[S";
    };
  }
}
