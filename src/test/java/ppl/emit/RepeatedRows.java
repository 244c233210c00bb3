package ppl.emit;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Differentiate;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.RandomPrograms;
import ppl.ir.Stmt;
import ppl.ir.Unit;

/// Random likelihoods of rows of which some are the same: products with the rows of a matrix, its columns, effects of groups,
/// conditions on data, values of a row's own, several statements in a loop and several loops.
final class RepeatedRows {
  private static final int COLUMNS = 3;
  private static final int GROUPS = 4;

  private final Random random;
  private final Array n = new Array("N", Kind.INT, List.of(), Array.Role.DATA);
  private final Array x = new Array("x", Kind.REAL, List.of(n.read()), Array.Role.DATA);
  private final Array matrix = new Array("X", Kind.REAL, List.of(n.read(), integer(COLUMNS)), Array.Role.DATA);
  private final Array y = new Array("y", Kind.INT, List.of(n.read()), Array.Role.DATA);
  private final Array g = new Array("g", Kind.INT, List.of(n.read()), Array.Role.DATA);
  private final Array q = new Array("q", Kind.REAL, List.of(integer(COLUMNS + GROUPS)), Array.Role.ARGUMENT);
  private final Array beta = Array.computed("beta", Kind.REAL, List.of(integer(COLUMNS)));
  private final Array theta = Array.computed("theta", Kind.REAL, List.of(integer(GROUPS)));
  private final List<Expr> own = new ArrayList<>();

  private final boolean chosen;

  private RepeatedRows(long seed, boolean chosen) {
    random = new Random(seed);
    this.chosen = chosen;
  }

  /// @param distinct so many rows at most differ, of `rows`
  static Programs of(long seed, int rows, int distinct) {
    return new RepeatedRows(seed, false).program(rows, distinct);
  }

  /// With loops that do nothing in some rows.
  static Programs chosen(long seed, int rows, int distinct) {
    return new RepeatedRows(seed, true).program(rows, distinct);
  }

  private Programs program(int rows, int distinct) {
    var bindings = bindings(rows, distinct);
    var body = Build.block(b -> {
      take(b, beta, 0);
      take(b, theta, COLUMNS);
      for (int loops = 1 + random.nextInt(2); loops > 0; loops--) loop(b);
    });
    var gradient = new Array("gradient", Kind.REAL, q.dims(), Array.Role.ARGUMENT);
    var unit = new Unit("models.Rows", List.of(n, x, matrix, y, g), List.of(), Stmt.Block.EMPTY, List.of(
        new Unit.Routine("logDensity", List.of(q), false, body),
        new Unit.Routine("gradient", List.of(q, gradient), false, Differentiate.gradient(body, Map.of(q, gradient)))));
    return new Programs(new RandomPrograms.Program(body, bindings, q), unit, gradient);
  }

  private Map<Array, double[]> bindings(int rows, int distinct) {
    var which = random.ints(rows, 0, distinct).toArray();
    var values = random.doubles(distinct * (COLUMNS + 1), -1.5, 1.5).map(v -> random.nextInt(3) == 0 ? 0 : v).toArray();
    var whole = random.ints(2L * distinct, 0, GROUPS).toArray();
    var bindings = new LinkedHashMap<Array, double[]>();
    for (var a : List.of(n, x, matrix, y, g)) bindings.put(a, new double[a == n ? 1 : a == matrix ? rows * COLUMNS : rows]);
    bindings.get(n)[0] = rows;
    for (int i = 0; i < rows; i++) {
      int r = which[i];
      bindings.get(x)[i] = values[r * (COLUMNS + 1)];
      System.arraycopy(values, r * (COLUMNS + 1) + 1, bindings.get(matrix), i * COLUMNS, COLUMNS);
      bindings.get(y)[i] = whole[2 * r];
      bindings.get(g)[i] = whole[2 * r + 1];
    }
    bindings.put(q, random.doubles(COLUMNS + GROUPS, -1, 1).toArray());
    return bindings;
  }

  private void take(Build b, Array a, int from) {
    b.declare(a);
    var i = new Index("i");
    b.loops(List.of(i), a.dims(), at -> new Stmt.Set(a, at, q.read(add(integer(from), var(i)))));
  }

  private void loop(Build b) {
    var i = new Index("n");
    own.clear();
    var body = Build.block(inner -> {
      for (int k = 1 + random.nextInt(3); k > 0; k--) statement(inner, var(i), 1);
      adds(inner, var(i));
    });
    b.add(new Stmt.For(i, integer(0), n.read(), false, true, chosen ? under(truth(var(i)), body) : body));
  }

  private static Stmt.Block under(Expr condition, Stmt.Block body) {
    return Build.block(b -> b.add(new Stmt.If(condition, body, Stmt.Block.EMPTY)));
  }

  private void adds(Build b, Expr i) {
    b.add(new Stmt.Add(Array.TARGET, List.of(), value(i, 3)));
  }

  private void statement(Build b, Expr i, int depth) {
    switch (random.nextInt(depth > 0 ? 6 : 2)) {
      case 0, 1 -> adds(b, i);
      case 2, 3 -> {
        var s = b.array("s", Kind.REAL, List.of());
        b.add(new Stmt.Set(s, List.of(), value(i, 2)));
        own.add(s.read());
      }
      case 4 -> b.add(new Stmt.If(truth(i), Build.block(t -> statement(t, i, 0)), Build.block(t -> statement(t, i, 0))));
      default -> {
        var k = new Index("k");
        var term = mul(value(i, 1), mul(matrix.read(i, var(k)), beta.read(var(k))));
        b.add(new Stmt.For(k, integer(0), integer(COLUMNS), false, random.nextBoolean(),
            Build.block(t -> t.add(new Stmt.Add(Array.TARGET, List.of(), term)))));
      }
    }
  }

  private Expr value(Expr i, int depth) {
    if (depth == 0) return leaf(i);
    var v = value(i, depth - 1);
    return switch (random.nextInt(11)) {
      case 0 -> add(v, value(i, depth - 1));
      case 1 -> sub(v, value(i, depth - 1));
      case 2, 3 -> mul(v, value(i, depth - 1));
      case 4 -> div(v, add(real(1.5), square(value(i, depth - 1))));
      case 5 -> exp(apply(Prim.TANH, v));
      case 6 -> apply(Prim.LOG1P_EXP, v);
      case 7 -> log(add(ONE, square(v)));
      case 8 -> apply(Prim.LOG_INV_LOGIT, v);
      case 9 -> select(truth(i), v, value(i, depth - 1));
      default -> neg(v);
    };
  }

  private Expr leaf(Expr i) {
    if (!own.isEmpty() && random.nextInt(4) == 0) return own.get(random.nextInt(own.size()));
    return switch (random.nextInt(9)) {
      case 0, 1 -> sum(integer(COLUMNS), k -> mul(matrix.read(i, k), beta.read(k)));
      case 2 -> matrix.read(i, integer(random.nextInt(COLUMNS)));
      case 3 -> x.read(i);
      case 4 -> toReal(y.read(i));
      case 5 -> theta.read(g.read(i));
      case 6 -> theta.read(y.read(i));
      case 7 -> select(eq(g.read(i), integer(0)), x.read(i), theta.read(sub(g.read(i), integer(1))));
      default -> beta.read(integer(random.nextInt(COLUMNS)));
    };
  }

  private Expr truth(Expr i) {
    return random.nextBoolean() ? lt(y.read(i), integer(1 + random.nextInt(2))) : lt(ZERO, x.read(i));
  }
}
