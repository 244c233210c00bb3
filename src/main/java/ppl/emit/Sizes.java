package ppl.emit;

import java.util.List;
import ppl.ir.Prim;

/// Upper estimates of the bytes of code, before it is written.
final class Sizes {
  /// To bring a value that is not on the stack.
  static final int LOAD = 5;
  /// To keep a value, in a variable and in a field.
  private static final int STORE = 11;
  private static final int CALL = 16;
  private static final int LOOP = 32;

  private Sizes() {}

  /// The instructions of one operation, without those of its arguments.
  static int own(Val v) {
    return switch (v.node.op) {
      case Op.IntConst o -> 3;
      case Op.RealConst o -> 3;
      case Op.Var o -> LOAD;
      case Op.Ref o -> LOAD;
      case Op.Result o -> LOAD;
      case Op.Cell o -> LOAD;
      case Op.Element o -> 1;
      case Op.Check o -> 10;
      case Op.Select o -> 14;
      case Op.Reduce o -> LOOP;
      case Op.Apply(Prim prim) -> switch (prim.emission()) {
        case Prim.Emission.Op o -> 1;
        case Prim.Emission.Invoke o -> 3;
        case Prim.Emission.Compare o -> 12;
        case Prim.Emission.Logic o -> 16;
        case Prim.Emission.Nothing o -> 0;
      };
    };
  }

  static int of(Entry entry) {
    return switch (entry) {
      case Val v -> v.size + STORE + inner(v);
      case Item item -> own(item) + inner(item)
          + item.values.stream().mapToInt(v -> v.inline ? v.size : LOAD).sum();
      case Entry.Outline o -> CALL;
    };
  }

  static int of(List<Entry> code) {
    int size = 0;
    for (var e : code) size += of(e);
    return size;
  }

  private static int inner(Owner owner) {
    int size = 0;
    for (var r : owner.inner()) size += of(r.code);
    return size;
  }

  private static int own(Item item) {
    return switch (item.act) {
      case Item.Act.Store a -> 1;
      case Item.Act.StoreCell a -> STORE;
      case Item.Act.Fill a -> 3;
      case Item.Act.Loop a -> LOOP;
      case Item.Act.Choice a -> 10;
      case Item.Act.Call a -> 6;
      case Item.Act.Share a -> 10 + 5 * item.operands.size();
      case Item.Act.Draw a -> STORE + 8;
      case Item.Act.Return a -> 1;
      case Item.Act.Allocate a -> 16 + 6 * item.operands.size();
      case Item.Act.Grow a -> 24 + 6 * item.operands.size();
      case Item.Act.Take a -> 40;
      case Item.Act.Expect a -> 24 + 6 * item.operands.size();
      case Item.Act.Copy a -> 20;
      case Item.Act.Drop a -> 5;
    };
  }
}
