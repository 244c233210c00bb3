package ppl.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Collects the statements of a block while expressions are made that need some.
public final class Build {
  private final List<Array> arrays = new ArrayList<>();
  private final List<Stmt> statements = new ArrayList<>();

  /// Another block that begins with what is there already.
  public Build copy() {
    var b = new Build();
    b.arrays.addAll(arrays);
    b.statements.addAll(statements);
    return b;
  }

  /// A new array that lives in this block.
  public Array array(String name, Kind kind, List<Expr> dims) {
    var a = Array.computed(name, kind, dims);
    arrays.add(a);
    return a;
  }

  /// Makes an array that exists already one of this block's own.
  public Array declare(Array array) {
    arrays.add(array);
    return array;
  }

  public void add(Stmt statement) {
    statements.add(statement);
  }

  /// Stores `value` in a new array of this block and gives the array back.
  public Array store(String name, Arr value) {
    var a = array(name, value.kind(), value.dims());
    fill(a, value);
    return a;
  }

  /// Sets all of `array` to `value`, by independent loops.
  public void fill(Array array, Arr value) {
    loops(value.indices("i"), value.dims(), at -> new Stmt.Set(array, at, value.at(at)));
  }

  /// Sets the elements of `array` that begin with the subscripts `lead` to `value`, by independent loops.
  public void fill(Array array, List<Expr> lead, Arr value) {
    loops(value.indices("i"), value.dims(), at ->
        new Stmt.Set(array, Stream.concat(lead.stream(), at.stream()).toList(), value.at(at)));
  }

  /// One independent loop for each index, the statement inside.
  public void loops(List<Index> indices, List<Expr> dims, Function<List<Expr>, Stmt> inner) {
    List<Expr> at = indices.stream().map(i -> (Expr) new Expr.Var(i)).toList();
    var s = inner.apply(at);
    for (int d = indices.size() - 1; d >= 0; d--)
      s = new Stmt.For(
          indices.get(d), new Expr.Int(0), dims.get(d), false, true, new Stmt.Block(List.of(), List.of(s)));
    add(s);
  }

  /// Writes `values` to `out`, one after the other, each row-major.
  public void pour(Array out, List<Arr> values) {
    Expr offset = Exprs.integer(0);
    for (var v : values) {
      var start = offset;
      loops(v.indices("i"), v.dims(), at ->
          new Stmt.Set(out, List.of(Exprs.add(start, flat(at, v.dims()))), Exprs.toReal(v.at(at))));
      offset = Exprs.add(offset, count(v.dims()));
    }
  }

  /// The number of elements of an array.
  public static Expr count(List<Expr> dims) {
    return dims.stream().reduce(Exprs.integer(1), (a, b) -> Exprs.mul(a, b));
  }

  private static Expr flat(List<Expr> at, List<Expr> dims) {
    Expr flat = Exprs.integer(0);
    for (int d = 0; d < at.size(); d++) flat = Exprs.add(Exprs.mul(flat, dims.get(d)), at.get(d));
    return flat;
  }

  /// Calls a primitive on stored arrays; outputs are new arrays of this block.
  public Array call(ArrayOp op, String name, List<Array> inputs, List<Expr> outputDims, List<Expr> sizes) {
    var out = array(name, Kind.REAL, outputDims);
    add(new Stmt.Call(op, inputs, List.of(out), sizes));
    return out;
  }

  /// What `body` collects, as a block of its own.
  public static Stmt.Block block(Consumer<Build> body) {
    var b = new Build();
    body.accept(b);
    return b.block();
  }

  public boolean isEmpty() {
    return statements.isEmpty();
  }

  public Stmt.Block block() {
    return new Stmt.Block(arrays, statements);
  }
}
