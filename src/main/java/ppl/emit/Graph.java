package ppl.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr.Reducer;
import ppl.ir.Kind;
import ppl.ir.Prim;

/// Makes the nodes of one routine, each once.
final class Graph {
  private record Key(Op op, List<Node> args) {}

  private final Map<Key, Node> known = new HashMap<>();
  private final Region routine;
  final List<Node> nodes = new ArrayList<>();
  private int names;

  Graph(Region routine) {
    this.routine = routine;
  }

  Node integer(int value) {
    return node(new Op.IntConst(value), List.of(), Kind.INT, routine, false);
  }

  Node real(double value) {
    return node(new Op.RealConst(value), List.of(), Kind.REAL, routine, false);
  }

  /// A fresh loop variable.
  Node variable(String name) {
    var v = new Node(nodes.size(), new Op.Var(name, names++), List.of(), Kind.INT, routine, new HashSet<>(), false);
    v.variables.add(v);
    nodes.add(v);
    return v;
  }

  Node result(Kind kind, Region region) {
    return node(new Op.Result(names++), List.of(), kind, region, false);
  }

  Node ref(Array array) {
    return node(new Op.Ref(array), List.of(), array.kind(), routine, false);
  }

  Node element(Array array, int version, Region since, Node flat) {
    return node(new Op.Element(array, version), List.of(ref(array), flat), array.kind(), since, false);
  }

  Node cell(Array array, int version, Region since) {
    return node(new Op.Cell(array, version), List.of(), array.kind(), since, false);
  }

  Node check(Array array, int dimension, Node subscript, Node extent) {
    var op = new Op.Check(array, dimension);
    return node(op, List.of(subscript, extent), Kind.INT, routine, true);
  }

  Node select(Node condition, Node yes, Node no) {
    if (condition.isConstant()) return condition.isInt(0) ? no : yes;
    return yes == no ? yes : node(new Op.Select(), List.of(condition, yes, no), yes.kind, routine, false);
  }

  Node reduce(Reducer reducer, Node variable, Node from, Node to, Node body) {
    return node(new Op.Reduce(reducer, variable), List.of(from, to, body), body.kind, routine, isPartial(reducer, body));
  }

  /// Whether whole numbers may leave their range; truth values do not.
  private static boolean isPartial(Reducer reducer, Node body) {
    boolean truth = body.op instanceof Op.Apply(Prim p)
        && (p.emission() instanceof Prim.Emission.Compare || p.emission() instanceof Prim.Emission.Logic);
    return body.kind == Kind.INT && !truth && (reducer == Reducer.SUM || reducer == Reducer.PRODUCT);
  }

  Node apply(Prim prim, Node... args) {
    return apply(prim, List.of(args));
  }

  Node apply(Prim prim, List<Node> args) {
    if (prim.emission() instanceof Prim.Emission.Nothing) return args.getFirst();
    if (args.stream().allMatch(Node::isConstant)) return fold(prim, args);
    return switch (prim) {
      case ADD -> isReal(args.get(0), 0) ? args.get(1) : isReal(args.get(1), 0) ? args.get(0) : node(prim, args);
      case MUL -> isReal(args.get(0), 1) ? args.get(1) : isReal(args.get(1), 1) ? args.get(0) : node(prim, args);
      case IADD -> args.get(0).isInt(0) ? args.get(1) : args.get(1).isInt(0) ? args.get(0) : node(prim, args);
      case IMUL -> args.get(0).isInt(1) ? args.get(1) : args.get(1).isInt(1) ? args.get(0)
          : args.get(0).isInt(0) || args.get(1).isInt(0) ? integer(0) : node(prim, args);
      default -> node(prim, args);
    };
  }

  private Node fold(Prim prim, List<Node> args) {
    var y = prim.at(args.stream().mapToDouble(Node::constant).toArray());
    if (y.isEmpty()) return node(prim, args);
    return prim.result() == Kind.REAL ? real(y.getAsDouble()) : integer((int) y.getAsDouble());
  }

  private Node node(Prim prim, List<Node> args) {
    return node(new Op.Apply(prim), args, prim.result(), routine, prim.isPartial());
  }

  private Node node(Op op, List<Node> args, Kind kind, Region since, boolean unsafe) {
    return known.computeIfAbsent(new Key(op, args), k -> make(op, args, kind, since, unsafe));
  }

  private Node make(Op op, List<Node> args, Kind kind, Region since, boolean unsafe) {
    var home = since;
    Set<Node> variables = Set.of();
    for (var a : args) {
      if (a.home.depth > home.depth) home = a.home;
      variables = union(variables, a.variables);
      unsafe |= a.unsafe;
    }
    if (op instanceof Op.Reduce(var r, var bound) && variables.contains(bound)) {
      variables = new HashSet<>(variables);
      variables.remove(bound);
    }
    var n = new Node(nodes.size(), op, args, kind, home, variables, unsafe);
    nodes.add(n);
    return n;
  }

  private static Set<Node> union(Set<Node> a, Set<Node> b) {
    if (a.containsAll(b)) return a;
    if (b.containsAll(a)) return b;
    var both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }

  private static boolean isReal(Node n, double value) {
    return n.op instanceof Op.RealConst(double v) && v == value;
  }
}
