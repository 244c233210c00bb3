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
  /// What stands for a tile of a matrix that is held beside the heap.
  private final Map<Array, Expr> tiles = new IdentityHashMap<>();

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
      var matrix = form(f.matrix().array());
      var b = scopes.build();
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
    var form = form(matrix);
    b.add(form.clear(gathered));
    scopes.build().add(form.addTransposed(factor, gathered, base, length));
    finish(form.fold(gathered, sums), late);
  }

  private Form form(Array matrix) {
    return matrix.isOffHeap() ? near(matrix) : matrices.laid(matrix);
  }

  /// The tile's rows are brought near once.
  private Form near(Array matrix) {
    var columns = matrix.dims().get(1);
    var rows = integer(shape.rows());
    var tile = tiles.computeIfAbsent(matrix, m -> m.read(base, integer(0)));
    var first = scopes.value(tile, _ -> {
      var b = scopes.build();
      var blocks = b.array("near_" + matrix.name(), Kind.REAL, List.of(mul(shape.width(columns), columns)));
      b.add(new Stmt.Call(TileOps.NEAR, List.of(matrix), List.of(blocks), List.of(base, columns, rows, length)));
      return blocks.read(integer(0));
    });
    if (first instanceof Expr.Read(Array blocks, var _)) return new Near(blocks, columns, rows);
    throw new IllegalStateException("no tile of " + matrix);
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
