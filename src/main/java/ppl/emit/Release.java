package ppl.emit;

import java.util.List;
import java.util.Optional;
import ppl.ir.Array;

/// What a class needs that lets data go which it holds in another form: a method for each such array that asks for it
/// where it is not there any more, and one that lets all go.
record Release(Asm asm, Layout layout, List<Array> data, List<Array> held) {
  static final String RESTORING = "ppl/runtime/Restoring";
  private static final String TYPE = "Lppl/runtime/Restoring$Source;";
  private static final String FIELD = "source";
  private static final int SLOTS = 2;

  /// The method that gives the storage of an array.
  static String method(Layout layout, Array array) {
    return layout.storage(array) + "$given";
  }

  void write() {
    asm.field(FIELD, TYPE);
    for (var a : held) given(a);
    release();
  }

  private void given(Array a) {
    var out = asm.method(false, method(layout, a), "()" + MethodWriter.type(a));
    var absent = new Asm.Mark();
    var present = new Asm.Mark();
    out.self();
    out.get(layout.storage(a), MethodWriter.type(a));
    out.jumpIfAbsent(absent);
    out.jump(present);
    out.mark(absent);
    out.self();
    out.self();
    out.get(FIELD, TYPE);
    out.constant(data.indexOf(a));
    out.invokeOfInterface(RESTORING, "matrix", "(" + TYPE + "I)[D");
    out.put(layout.storage(a), MethodWriter.type(a));
    out.mark(present);
    out.self();
    out.get(layout.storage(a), MethodWriter.type(a));
    out.finishReference();
  }

  /// Asks `held` which slots there are.
  private void release() {
    var out = asm.method(true, "release", "(" + TYPE + ")V");
    out.self();
    out.loadReference(1);
    out.put(FIELD, TYPE);
    out.self();
    out.constant(data.size());
    out.invokeOfInterface(RESTORING, "held", "(L" + RESTORING + ";I)[D");
    out.storeReference(SLOTS);
    for (var a : held) {
      out.self();
      out.loadReference(SLOTS);
      out.constant(data.indexOf(a));
      out.self();
      out.get(layout.storage(a), MethodWriter.type(a));
      out.invokeOfInterface(RESTORING, "kept", "([DI[D)[D");
      out.put(layout.storage(a), MethodWriter.type(a));
    }
    out.finish(Optional.empty());
  }

  /// Hands the source on to another instance, which is local variable 1.
  void share(Asm.Code out) {
    out.loadReference(1);
    out.self();
    out.get(FIELD, TYPE);
    out.put(FIELD, TYPE);
  }
}
