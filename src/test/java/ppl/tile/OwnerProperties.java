package ppl.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ppl.ir.Exprs.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// Elements are told apart only where no two iterations add to the same one, and are where places are laid out plainly.
class OwnerProperties {
  private static final Array OUT = new Array("out", Kind.REAL, List.of(integer(1000)), Array.Role.ARGUMENT);
  private static final Array N = new Array("N", Kind.INT, List.of(), Array.Role.DATA);
  private static final Array M = new Array("M", Kind.INT, List.of(), Array.Role.DATA);
  private static final Array PICK = new Array("pick", Kind.INT, List.of(N.read()), Array.Role.DATA);
  private static final Index I = new Index("i");
  private static final Index J = new Index("j");
  private static final Index K = new Index("k");

  /// `for i in 0 ..< N { for j in 0 ..< M { for k in 0 ..< 3 { .. } } }` with additions at all of `at`.
  private static Stmt.For nest(List<Expr> at) {
    var additions = at.stream().<Stmt>map(e -> new Stmt.Add(OUT, List.of(e), ONE)).toList();
    return around(I, N.read(), around(J, M.read(), around(K, integer(3), additions.toArray(Stmt[]::new))));
  }

  private static Stmt.For around(Index index, Expr to, Stmt... body) {
    return new Stmt.For(index, integer(0), to, false, true, new Stmt.Block(List.of(), List.of(body)));
  }

  private static boolean isTold(Expr... at) {
    return Owner.isTold(nest(List.of(at)), additions(List.of(at)));
  }

  private static List<Stmt.Add> additions(List<Expr> at) {
    return at.stream().map(e -> new Stmt.Add(OUT, List.of(e), ONE)).toList();
  }

  @Example
  void plainPlacesAreTold() {
    var n = N.read();
    var m = M.read();
    var row = add(mul(var(I), m), var(J));
    assertTrue(isTold(var(I)));
    assertTrue(isTold(row));
    assertTrue(isTold(add(mul(row, integer(3)), var(K))));
    assertTrue(isTold(add(m, add(mul(row, integer(3)), var(K)))));
    assertTrue(isTold(var(I), add(n, var(I))));
    assertTrue(isTold(row, add(mul(n, m), row)));
    assertTrue(isTold(add(mul(var(K), n), var(I))));
    assertTrue(isTold(add(mul(PICK.read(var(J)), n), var(I))));
  }

  @Example
  void whatMeetsIsNot() {
    var n = N.read();
    assertFalse(isTold(var(J)));
    assertFalse(isTold(PICK.read(var(I))));
    assertFalse(isTold(add(var(I), var(J))));
    assertFalse(isTold(var(I), add(var(I), integer(1))));
    assertFalse(isTold(add(mul(var(I), integer(2)), var(K))));
    assertFalse(isTold(var(I), sub(sub(n, integer(1)), var(I))));
  }

  @Property(tries = 1000)
  void whatIsToldIsApart(@ForAll long seed) {
    var r = new Random(seed);
    var at = IntStream.range(0, 1 + r.nextInt(2)).mapToObj(_ -> place(r, 3)).toList();
    if (!Owner.isTold(nest(at), additions(at))) return;
    int n = 1 + r.nextInt(4);
    int m = 1 + r.nextInt(4);
    var pick = r.ints(n, 0, 3).asDoubleStream().toArray();
    var owners = new HashMap<Integer, Integer>();
    for (int i = 0; i < n; i++)
      for (int j = 0; j < m; j++)
        for (int k = 0; k < 3; k++)
          for (var e : at) {
            int owner = i;
            int place = value(e, Map.of(I, i, J, j, K, k), n, m, pick);
            assertEquals(owner, owners.computeIfAbsent(place, _ -> owner), () -> at + " at " + place);
          }
  }

  private static Expr place(Random r, int depth) {
    var leaves = List.of(var(I), var(I), var(J), var(K), N.read(), M.read(), integer(r.nextInt(4)), PICK.read(var(I)));
    if (depth == 0 || r.nextInt(4) == 0) return leaves.get(r.nextInt(leaves.size()));
    var a = place(r, depth - 1);
    var b = place(r, depth - 1);
    return switch (r.nextInt(6)) {
      case 0 -> sub(a, b);
      case 1 -> mul(a, b);
      case 2, 3 -> add(a, b);
      default -> add(mul(a, List.of(N.read(), M.read(), integer(3)).get(r.nextInt(3))), b);
    };
  }

  private static int value(Expr e, Map<Index, Integer> at, int n, int m, double[] pick) {
    return switch (e) {
      case Expr.Int(int v) -> v;
      case Expr.Var(Index i) -> at.get(i);
      case Expr.Read(Array a, var subscripts) -> a == N ? n : a == M ? m
          : (int) pick[Math.clamp(value(subscripts.getFirst(), at, n, m, pick), 0, n - 1)];
      case Expr.Apply(var prim, var args) -> {
        int x = value(args.get(0), at, n, m, pick);
        int y = args.size() < 2 ? 0 : value(args.get(1), at, n, m, pick);
        yield switch (prim) {
          case IADD -> x + y;
          case ISUB -> x - y;
          case IMUL -> x * y;
          case INEG -> -x;
          default -> throw new IllegalStateException(prim.toString());
        };
      }
      default -> throw new IllegalStateException(e.toString());
    };
  }
}
