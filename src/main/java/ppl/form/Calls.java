package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import ppl.form.Definitions.Frame;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Stmt;

/// What linear algebra gives, element by element, in terms of factors and inverses of matrices.
final class Calls {
  /// The elements of a result, at index variables of its own.
  record Result(List<Frame.Loop> loops, Expr value) {
    List<Expr> at() {
      return loops.stream().map(l -> (Expr) var(l.index())).toList();
    }
  }

  /// A matrix with values for its parameters.
  private record Use(Matrix matrix, List<Expr> parameters) {
    Expr read(Array symbol, Expr... at) {
      var all = new ArrayList<>(parameters);
      all.addAll(List.of(at));
      return symbol.read(all);
    }
  }

  private final Facts facts;
  private final Map<Array, Matrix> symbols = new HashMap<>();

  Calls(Facts facts) {
    this.facts = facts;
  }

  /// The matrix that a symbol is of.
  Optional<Matrix> matrix(Array symbol) {
    return Optional.ofNullable(symbols.get(symbol));
  }

  /// @param inline writes out what is known of elements of local arrays
  Optional<Result> of(Stmt.Call c, List<Frame> frames, Function<Expr, Expr> inline) {
    var in = c.inputs();
    var n = c.sizes().getFirst();
    if (c.op() == ArrayOps.MULTIPLY) return Optional.of(product(n, c.sizes().get(1), c.outputs().getFirst(),
        (i, k) -> inline.apply(in.get(0).read(i, k)), in.get(1), inline));
    if (c.op() == ArrayOps.CHOLESKY)
      return use(in.get(0), n, false, true, frames, inline).map(u -> square(n, (i, j) -> u.read(u.matrix().factor(), i, j)));
    if (c.op() == ArrayOps.SOLVE_LOWER || c.op() == ArrayOps.SOLVE_LOWER_TRANSPOSED) {
      boolean transposed = c.op() == ArrayOps.SOLVE_LOWER_TRANSPOSED;
      return use(in.get(0), n, true, true, frames, inline).map(u -> product(n, n, c.outputs().getFirst(),
          (i, k) -> transposed ? u.read(u.matrix().factorInverse(), k, i) : u.read(u.matrix().factorInverse(), i, k),
          in.get(1), inline));
    }
    if (c.op() == ArrayOps.SOLVE)
      return use(in.get(0), n, false, false, frames, inline).map(u -> product(n, n, c.outputs().getFirst(),
          (i, k) -> u.read(u.matrix().inverse(), i, k), in.get(1), inline));
    if (c.op() == ArrayOps.INVERSE)
      return use(in.get(0), n, false, false, frames, inline).map(u -> square(n, (i, j) -> u.read(u.matrix().inverse(), i, j)));
    if (c.op() == ArrayOps.LOG_DETERMINANT)
      return use(in.get(0), n, false, false, frames, inline).map(u -> new Result(
          List.of(new Frame.Loop(new Index("i"), integer(0), integer(1))), u.read(u.matrix().logDeterminant())));
    return Optional.empty();
  }

  private static Frame.Loop loop(String name, Expr n) {
    return new Frame.Loop(new Index(name), integer(0), n);
  }

  private static Result square(Expr n, BiFunction<Expr, Expr, Expr> element) {
    var i = loop("i", n);
    var j = loop("j", n);
    return new Result(List.of(i, j), element.apply(var(i.index()), var(j.index())));
  }

  private static Result product(
      Expr n, Expr inner, Array out, BiFunction<Expr, Expr, Expr> left, Array right, Function<Expr, Expr> inline) {
    var i = loop("i", n);
    if (out.rank() == 1)
      return new Result(List.of(i), sum(inner, k -> mul(left.apply(var(i.index()), k), inline.apply(right.read(k)))));
    var c = loop("c", out.dims().get(1));
    return new Result(List.of(i, c), sum(inner, k ->
        mul(left.apply(var(i.index()), k), inline.apply(right.read(k, var(c.index()))))));
  }

  /// The matrix that a local array holds; a factor of one that is known already is found again. Matrices of one size are
  /// kept together: there is none where each turn of a loop has another.
  private Optional<Use> use(Array a, Expr n, boolean isFactor, boolean isDefinite, List<Frame> frames, Function<Expr, Expr> inline) {
    if (!new Graph.Free().of(n).isEmpty()) return Optional.empty();
    var i = new Index("i");
    var j = new Index("j");
    var element = inline.apply(a.read(var(i), var(j)));
    if (isFactor && element instanceof Expr.Read(Array symbol, var at) && symbols.containsKey(symbol)
        && symbols.get(symbol).factor() == symbol && isVar(at.get(at.size() - 2), i) && isVar(at.getLast(), j))
      return Optional.of(new Use(symbols.get(symbol), at.subList(0, at.size() - 2)));
    var values = new ArrayList<Expr>();
    var parameters = new ArrayList<Matrix.Parameter>();
    var replaced = new LinkedHashMap<Expr, Expr>();
    for (var e : Graph.nodes(List.of(element)))
      if (e instanceof Expr.Read(Array z, var at) && facts.isDiscrete(z)) {
        var free = new Graph.Free().of(e);
        var categories = facts.categories(z);
        if (free.contains(i) || free.contains(j) || categories.isEmpty()) return Optional.empty();
        var known = values.stream().filter(v -> v instanceof Expr.Read(Array y, var yat) && y == z && Definitions.obviously(yat, at)).findFirst();
        var p = known.map(v -> parameters.get(values.indexOf(v)).index()).orElseGet(() -> {
          var k = new Index("k");
          parameters.add(new Matrix.Parameter(k, categories.get().lower(), categories.get().count()));
          values.add(e);
          return k;
        });
        replaced.put(e, var(p));
      }
    element = Rewrite.of(element, replaced);
    var free = new Graph.Free().of(element);
    for (var f : frames)
      if (f instanceof Frame.Loop(Index l, Expr from, Expr to) && free.contains(l)) {
        if (!new Graph.Free().of(sub(to, from)).isEmpty()) return Optional.empty();
        parameters.add(new Matrix.Parameter(l, from, sub(to, from)));
        values.add(var(l));
      }
    var matrix = Matrix.of(parameters, i, j, element, n, isFactor, isDefinite);
    for (var s : matrix.symbols()) {
      symbols.put(s, matrix);
      facts.symbol(s, element);
    }
    return Optional.of(new Use(matrix, values));
  }

  private static boolean isVar(Expr e, Index i) {
    return e instanceof Expr.Var(Index j) && j == i;
  }

  boolean isEmpty() {
    return symbols.isEmpty();
  }
}
