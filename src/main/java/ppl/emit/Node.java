package ppl.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ppl.ir.Kind;

/// A value, wherever it will be computed: nodes with equal operation and equal arguments are one object.
final class Node {
  final int id;
  final Op op;
  final List<Node> args;
  final Kind kind;
  /// The innermost region of statements that it depends on; it exists nowhere outside.
  final Region home;
  /// Variables of the loops in whose bodies alone it exists.
  final Set<Node> variables;
  /// Whether it may throw, so that it must not be computed unless it is needed.
  final boolean unsafe;
  /// Statements that overwrite what it reads.
  final List<Item> overwrites = new ArrayList<>(0);
  /// Where it is needed.
  final List<Use> uses = new ArrayList<>(1);
  boolean live;

  Node(int id, Op op, List<Node> args, Kind kind, Region home, Set<Node> variables, boolean unsafe) {
    this.id = id;
    this.op = op;
    this.args = args;
    this.kind = kind;
    this.home = home;
    this.variables = variables;
    this.unsafe = unsafe;
  }

  boolean isConstant() {
    return op instanceof Op.IntConst || op instanceof Op.RealConst;
  }

  /// Its constant value; meaningful if [#isConstant()].
  double constant() {
    return switch (op) {
      case Op.IntConst(int v) -> v;
      case Op.RealConst(double v) -> v;
      default -> Double.NaN;
    };
  }

  boolean isInt(int value) {
    return op instanceof Op.IntConst(int v) && v == value;
  }
}
