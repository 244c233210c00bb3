package ppl.emit;

/// Which values are at hand wherever they exist, so that they need no place of their own.
record Leaves(Layout layout, Writes writes) {
  boolean isLeaf(Node n) {
    return switch (n.op) {
      case Op.IntConst o -> true;
      case Op.RealConst o -> true;
      case Op.Var o -> true;
      case Op.Ref o -> true;
      case Op.Result o -> true;
      case Op.Cell(var array, var version) -> layout.isShared(array) && !writes.written(array);
      case Op.Element o -> false;
      case Op.Apply o -> false;
      case Op.Select o -> false;
      case Op.Reduce o -> false;
      case Op.Check o -> false;
    };
  }
}
