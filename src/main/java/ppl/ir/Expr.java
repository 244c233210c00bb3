package ppl.ir;

import java.util.List;
import ppl.math.Wholes;

/// Index notation: a scalar expression over index variables, array elements and primitive functions.
///
/// Nodes are immutable and form a graph: a node that is used twice is one value. Equality is identity, so that no
/// operation on a shared graph ever walks it as a tree; [Interner] brings structurally equal nodes together. Build
/// nodes through [Exprs], which simplifies on the way.
public sealed interface Expr {
  Kind kind();

  /// The operands, in order.
  List<Expr> children();

  /// A whole number.
  record Int(int value) implements Expr {
    public Kind kind() {
      return Kind.INT;
    }

    public List<Expr> children() {
      return List.of();
    }

    public boolean equals(Object o) {
      return this == o;
    }

    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// A real number.
  record Real(double value) implements Expr {
    public Kind kind() {
      return Kind.REAL;
    }

    public List<Expr> children() {
      return List.of();
    }

    public boolean equals(Object o) {
      return this == o;
    }

    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// The value of an index variable.
  record Var(Index index) implements Expr {
    public Kind kind() {
      return Kind.INT;
    }

    public List<Expr> children() {
      return List.of();
    }

    public boolean equals(Object o) {
      return this == o;
    }

    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// An array element, every subscript counted from 0.
  record Read(Array array, List<Expr> at) implements Expr {
    public Read {
      at = List.copyOf(at);
      if (at.size() != array.rank())
        throw new IllegalArgumentException(array + " has " + array.rank() + " dimensions, not " + at.size());
      for (var e : at) if (e.kind() != Kind.INT) throw new IllegalArgumentException("subscript of " + array);
    }

    public Kind kind() {
      return array.kind();
    }

    public List<Expr> children() {
      return at;
    }

    public boolean equals(Object o) {
      return this == o;
    }

    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// A primitive function of its arguments. Whole numbers where a real is wanted are converted by [Prim#REAL_OF].
  record Apply(Prim prim, List<Expr> args) implements Expr {
    public Apply {
      args = List.copyOf(args);
      if (args.size() != prim.parameters().size()) throw new IllegalArgumentException("arguments of " + prim);
      for (int i = 0; i < args.size(); i++)
        if (args.get(i).kind() != prim.parameters().get(i))
          throw new IllegalArgumentException("argument " + i + " of " + prim + " is " + args.get(i).kind());
    }

    public Kind kind() {
      return prim.result();
    }

    public List<Expr> children() {
      return args;
    }

    public boolean equals(Object o) {
      return this == o;
    }

    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// `body` combined over `from <= index < to`; over nothing it is the reducer's unit.
  record Reduce(Reducer reducer, Index index, Expr from, Expr to, Expr body) implements Expr {
    public Reduce {
      if (from.kind() != Kind.INT || to.kind() != Kind.INT) throw new IllegalArgumentException("bounds of " + index);
    }

    public Kind kind() {
      return body.kind();
    }

    public List<Expr> children() {
      return List.of(from, to, body);
    }

    public boolean equals(Object o) {
      return this == o;
    }

    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// `yes` where `condition` is not 0, else `no`; only the chosen one is evaluated.
  record Select(Expr condition, Expr yes, Expr no) implements Expr {
    public Select {
      if (condition.kind() != Kind.INT) throw new IllegalArgumentException("condition is no int");
      if (yes.kind() != no.kind()) throw new IllegalArgumentException("branches of different kinds");
    }

    public Kind kind() {
      return yes.kind();
    }

    public List<Expr> children() {
      return List.of(condition, yes, no);
    }

    public boolean equals(Object o) {
      return this == o;
    }

    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// How a [Reduce] combines.
  enum Reducer {
    SUM(0), PRODUCT(1), MAX(Double.NEGATIVE_INFINITY), MIN(Double.POSITIVE_INFINITY);

    private final double unit;

    Reducer(double unit) {
      this.unit = unit;
    }

    public double unit() {
      return unit;
    }

    public double combine(double a, double b) {
      return switch (this) {
        case SUM -> a + b;
        case PRODUCT -> a * b;
        case MAX -> Math.max(a, b);
        case MIN -> Math.min(a, b);
      };
    }

    /// The same of whole numbers; an [ArithmeticException] where there is no such whole number.
    public int combineWholes(int a, int b) {
      return switch (this) {
        case SUM -> Wholes.add(a, b);
        case PRODUCT -> Wholes.multiply(a, b);
        case MAX -> Math.max(a, b);
        case MIN -> Math.min(a, b);
      };
    }
  }
}
