package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static ppl.ir.Exprs.*;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// A chain as one operation has the value and the derivative of the recurrence in logarithms, however unlikely its
/// states are.
class LogChainsProperties {
  private static final Array Q = new Array("q", Kind.REAL, List.of(integer(2)), Array.Role.ARGUMENT);
  private static final Array G = new Array("g", Kind.REAL, List.of(integer(2)), Array.Role.ARGUMENT);

  private record Chain(Array moves, Array steps, Stmt.Block body) {}

  /// @param stored whether the terms of a sum are stored before
  /// @param inner  whether another element than the last is wanted too
  private static Chain chain(int length, int states, boolean stored, boolean inner) {
    var n = integer(length);
    var k = integer(states);
    var moves = new Array("moves", Kind.REAL, List.of(k, k), Array.Role.DATA);
    var steps = new Array("steps", Kind.REAL, List.of(n, k), Array.Role.DATA);
    return new Chain(moves, steps, Build.block(b -> {
      var a = b.array("a", Kind.REAL, List.of(n, k));
      b.loops(List.of(new Index("k")), List.of(k), at -> {
        var s = at.getFirst();
        return new Stmt.Set(a, List.of(integer(0), s), mul(Q.read(integer(1)), steps.read(integer(0), s)));
      });
      var t = new Index("t");
      var s = new Index("k");
      var body = Build.block(turn -> {
        Expr before = sub(var(t), integer(1));
        Expr value;
        if (stored) {
          var values = turn.array("values", Kind.REAL, List.of(k));
          turn.loops(List.of(new Index("i")), List.of(k), at -> new Stmt.Set(values, at,
              add(a.read(before, at.getFirst()), mul(Q.read(integer(0)), moves.read(at.getFirst(), var(s))))));
          value = logSumExp(k, values::read);
        } else value = logSumExp(k, i -> add(a.read(before, i), mul(Q.read(integer(0)), moves.read(i, var(s)))));
        var step = mul(Q.read(integer(1)), steps.read(var(t), var(s)));
        turn.add(new Stmt.Set(a, List.of(var(t), var(s)), add(step, value)));
      });
      var each = new Stmt.For(s, integer(0), k, false, true, body);
      b.add(new Stmt.For(t, integer(1), n, false, false, new Stmt.Block(List.of(), List.of(each))));
      b.add(new Stmt.Add(Array.TARGET, List.of(), logSumExp(k, i -> a.read(integer(length - 1), i))));
      if (inner) b.add(new Stmt.Add(Array.TARGET, List.of(), a.read(integer(0), integer(0))));
    }));
  }

  private static double[] run(Chain c, Stmt.Block body, double[] moves, double[] steps) {
    var out = new double[2];
    double value = new Interpreter(new Random(1)).bind(Q, new double[] {1, 1}).bind(G, out).bind(c.moves, moves)
        .bind(c.steps, steps).run(Differentiate.gradient(body, Map.of(Q, G)));
    return new double[] {value, out[0], out[1]};
  }

  private static boolean calls(Stmt.Block body) {
    var found = new boolean[1];
    Stmts.walk(body, s -> found[0] |= s instanceof Stmt.Call);
    return found[0];
  }

  @Property(tries = 200)
  void anOperationIsTheRecurrence(@ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int length,
      @ForAll @IntRange(min = 2, max = 6) int states, @ForAll boolean stored) {
    var random = new Random(seed);
    var c = chain(length, states, stored, false);
    var fast = LogChains.of(c.body);
    assertEquals(true, calls(fast));
    double width = Math.pow(10, random.nextInt(5));
    double spread = Math.pow(10, random.nextInt(3));
    var moves = random.doubles((long) states * states, -spread, 0).toArray();
    var steps = random.doubles((long) length * states, -width, width / 10).toArray();
    var expected = run(c, c.body, moves, steps);
    double scale = length * (width + spread);
    assertArrayEquals(expected, run(c, fast, moves, steps), 1e-13 * scale, () -> Arrays.toString(expected));
  }

  /// A state that is too unlikely for a proportion at one step turns out to be what explains the rest best.
  @Property(tries = 50)
  void whatIsLostIsFound(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int at) {
    var random = new Random(seed);
    int length = at + 8;
    var c = chain(length, 3, true, false);
    var moves = new double[] {0, -340, -340, -900, 0, -340, -340, -340, 0};
    var steps = random.doubles(3L * length, -1, 0).toArray();
    steps[3 * at] -= 800;
    steps[3 * at + 2] -= 700;
    for (int t = at + 1; t < length; t++) for (int k = 1; k < 3; k++) steps[3 * t + k] -= 200;
    assertArrayEquals(run(c, c.body, moves, steps), run(c, LogChains.of(c.body), moves, steps), 1e-9);
  }

  @Example
  void otherElementsKeepTheRecurrence() {
    assertEquals(false, calls(LogChains.of(chain(4, 2, true, true).body)));
  }
}
