package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// Products of the tile's rows of a matrix of data, re-laid, with a vector, and of its columns with the lanes.
final class Products {
  private final Shape shape;
  private final Expr base;
  private final Expr length;
  private final Matrices matrices;
  private final Build before;
  private final Subscripts subscripts;
  private final Scopes scopes;
  private final Graph.Free free = new Graph.Free();
  private final List<Stmt> after = new ArrayList<>();
  private final Map<Expr, Array> vectors = new IdentityHashMap<>();

  Products(Shape shape, Expr base, Expr length, Matrices matrices, Build before, Subscripts subscripts, Scopes scopes) {
    this.shape = shape;
    this.base = base;
    this.length = length;
    this.matrices = matrices;
    this.before = before;
    this.subscripts = subscripts;
    this.scopes = scopes;
  }

  /// The products of the lanes' rows of a matrix of data with a vector, if that is what is summed.
  Optional<Array> of(Expr.Reduce r) {
    if (r.reducer() != Expr.Reducer.SUM || !(r.from() instanceof Expr.Int(int from) && from == 0)) return Optional.empty();
    var found = Factors.of(r.body(), x -> subscripts.isRow(x, r.index(), r.to()));
    return found.filter(f -> !subscripts.varies(f.rest())).map(f -> {
      var b = scopes.build();
      var matrix = matrices.laid(f.matrix().array());
      var out = b.array("product", Kind.REAL, List.of(integer(shape.width())));
      b.add(matrix.multiply(vector(r, f.rest()), out, base, length));
      return out;
    });
  }

  /// Adds to `sums`, an element for each column, the products of the columns of a matrix of data with the lanes of
  /// `factor`: a product with the transposed matrix.
  ///
  /// @param late whether it is enough that they are there after the last tile
  void addTransposed(Array matrix, Array factor, Array sums, Expr columns, boolean late) {
    var b = late ? before : scopes.build();
    var gathered = b.array("gathered", Kind.REAL, List.of(columns, integer(8)));
    var laid = matrices.laid(matrix);
    b.add(laid.clear(gathered));
    scopes.build().add(laid.addTransposed(factor, gathered, base, length));
    finish(laid.fold(gathered, sums), late);
  }

  /// Does something now, or after the last tile.
  void finish(Stmt s, boolean late) {
    if (late) after.add(s);
    else scopes.build().add(s);
  }

  /// What is done after the last tile.
  List<Stmt> after() {
    return after;
  }

  /// An array of the loop's surroundings, or of what is being written.
  Array array(String name, List<Expr> dims, boolean late) {
    return (late ? before : scopes.build()).array(name, Kind.REAL, dims);
  }

  /// The elements that a matrix is multiplied with, side by side.
  private Array vector(Expr.Reduce r, Expr element) {
    if (element instanceof Expr.Read(Array a, var at) && at.size() == 1 && at.getFirst() instanceof Expr.Var(Index i)
        && i == r.index() && Equal.of(a.dims().getFirst(), r.to())) return a;
    boolean once = Set.of(r.index()).containsAll(free.of(element));
    var known = once ? vectors.get(element) : null;
    if (known != null) return known;
    var b = once ? before : scopes.build();
    var array = b.array("vector", Kind.REAL, List.of(r.to()));
    b.add(new Stmt.For(r.index(), r.from(), r.to(), false, true,
        new Stmt.Block(List.of(), List.of(new Stmt.Set(array, List.of(var(r.index())), element)))));
    if (once) vectors.put(element, array);
    return array;
  }
}
