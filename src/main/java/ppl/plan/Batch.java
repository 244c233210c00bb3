package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.form.Term;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Rename;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;

/// Rows in batches in index notation: loops over rows become loops over those of the batch, and blocks with a value for
/// each row have those of the batch alone. See [ppl.runtime.BatchKernel] for the arguments.
final class Batch {
  private static final Expr UNKNOWN_EXTENT = integer(Integer.MAX_VALUE);
  /// Numbers that the batch says of each plate.
  private static final int NUMBERS = 3;

  private final Rowwise rows;
  private final Map<Index, Integer> loops = new IdentityHashMap<>();
  private final List<Array> positions = new ArrayList<>();
  private final Array batch = argument("batch", Kind.INT);
  private final Array weight = argument("weight", Kind.REAL);

  Batch(Rowwise rows) {
    this.rows = rows;
    loops.putAll(rows.loops());
    for (var _ : rows.plates()) positions.add(argument("position", Kind.INT));
  }

  private static Array argument(String name, Kind kind) {
    return new Array(name, kind, List.of(UNKNOWN_EXTENT), Array.Role.ARGUMENT);
  }

  Rowwise rows() {
    return rows;
  }

  Array argument() {
    return batch;
  }

  Array weight() {
    return weight;
  }

  private Expr number(int plate, int which) {
    return batch.read(integer(NUMBERS * plate + which));
  }

  private Optional<Rowwise.Axis> axis(Array unknown) {
    return Optional.ofNullable(rows.axes().get(unknown));
  }

  /// Extents of an unknown's values in the batch.
  List<Expr> dims(Array unknown) {
    var dims = new ArrayList<>(unknown.dims());
    axis(unknown).ifPresent(a -> dims.set(a.dimension(), number(a.plate(), 0)));
    return dims;
  }

  /// Where subscripts of an unknown lead among its values in the batch.
  List<Expr> at(Array unknown, List<Expr> at) {
    var to = new ArrayList<>(at);
    axis(unknown).ifPresent(a -> to.set(a.dimension(), positions.get(a.plate()).read(at.get(a.dimension()))));
    return to;
  }

  boolean isRow(Term.Range r) {
    return loops.containsKey(r.index());
  }

  Expr extent(Term.Range r) {
    return number(loops.get(r.index()), 0);
  }

  Expr position(Term.Range r) {
    return positions.get(loops.get(r.index())).read(sub(var(r.index()), r.from()));
  }

  /// Notes that loops over the extents of an unknown run over rows.
  void loop(Array unknown, List<Index> indices) {
    axis(unknown).ifPresent(a -> loops.put(indices.get(a.dimension()), a.plate()));
  }

  /// The same over the batch, and weighted.
  Stmt.Block of(Stmt.Block block) {
    return block(block, false);
  }

  private Stmt.Block block(Stmt.Block block, boolean inside) {
    return block.map(s -> statement(s, inside));
  }

  private Stmt statement(Stmt s, boolean inside) {
    return switch (s) {
      case Stmt.For f when loops.containsKey(f.index()) -> listed(f, loops.get(f.index()));
      case Stmt.Add(Array a, var at, Expr value) when a == Array.TARGET ->
          new Stmt.Add(a, at, mul(weight.read(integer(inside ? 1 : 0)), value));
      case Stmt other -> Stmts.within(other, b -> block(b, inside));
    };
  }

  private Stmt listed(Stmt.For f, int plate) {
    var j = new Index(f.index().name());
    var row = batch.read(add(number(plate, 1), var(j)));
    Expr n = f.from() instanceof Expr.Int(int zero) && zero == 0 ? row : add(f.from(), row);
    var body = Rename.of(block(f.body(), true), Map.of(f.index(), n), a -> rule(a, n, plate, j));
    return new Stmt.For(j, integer(0), number(plate, 0), f.reverse(), f.independent(), body);
  }

  /// The place of a row of the loop is known; that of another is looked up.
  private Optional<Subst.Rule> rule(Array a, Expr n, int plate, Index j) {
    int of = positions.indexOf(a);
    if (of < 0) return Optional.empty();
    return Optional.of(at -> of == plate && at.getFirst() == n ? var(j) : batch.read(add(number(of, 2), at.getFirst())));
  }

  /// Writes to `out` which row of the first plate the rows of the others belong to.
  Stmt owners(Array out) {
    var all = new ArrayList<Stmt>();
    all.add(new Stmt.Fill(out, ZERO));
    Expr offset = integer(0);
    for (var p : rows.plates()) {
      if (p.owner().isEmpty()) continue;
      var at = add(offset, sub(var(p.row()), p.from()));
      all.add(new Stmt.For(p.row(), p.from(), p.to(), false, true,
          new Stmt.Block(List.of(), List.of(new Stmt.Set(out, List.of(at), toReal(p.owner().get()))))));
      offset = add(offset, sub(p.to(), p.from()));
    }
    return new Stmt.Block(List.of(), all);
  }

  /// Numbers of rows.
  List<Expr> sizes() {
    return rows.plates().stream().map(p -> sub(p.to(), p.from())).toList();
  }
}
