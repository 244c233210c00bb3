package ppl.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Differentiate;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.RandomPrograms;
import ppl.ir.Rename;
import ppl.ir.Stmt;
import ppl.ir.Unit;
import ppl.runtime.Kernel;

/// A random program as a unit with log density and gradient, and the array that receives the gradient.
record Programs(RandomPrograms.Program program, Unit unit, Array gradient) {
  static Programs of(long seed) {
    var p = RandomPrograms.of(seed);
    var q = p.position();
    var g = new Array("gradient", Kind.REAL, q.dims(), Array.Role.ARGUMENT);
    var data = p.bindings().keySet().stream().filter(a -> a.role() == Array.Role.DATA).toList();
    var unit = new Unit("models.Random", data, List.of(), Stmt.Block.EMPTY, List.of(
        new Unit.Routine("logDensity", List.of(q), false, p.body()),
        new Unit.Routine("gradient", List.of(q, g), false, Differentiate.gradient(p.body(), Map.of(q, g)))));
    return new Programs(p, unit, g);
  }

  /// The program under a condition that data decide, and once more where it does not hold.
  Programs chosen(boolean holds) {
    var given = new Array("given", Kind.INT, List.of(), Array.Role.DATA);
    var found = Array.computed("found", Kind.INT, List.of());
    var p = program;
    var otherwise = Rename.of(p.body());
    var body = Build.block(b -> b.add(new Stmt.If(found.read(), p.body(), otherwise)));
    var q = p.position();
    var data = new ArrayList<>(unit.data());
    data.add(given);
    var prepare = Build.block(b -> b.add(new Stmt.Set(found, List.of(), given.read())));
    var bindings = new LinkedHashMap<>(p.bindings());
    bindings.put(given, new double[] {holds ? 1 : 0});
    return new Programs(new RandomPrograms.Program(p.body(), bindings, p.position()), new Unit(
        unit.name(), data, List.of(found), prepare, List.of(
            new Unit.Routine("logDensity", List.of(q), false, body),
            new Unit.Routine("gradient", List.of(q, gradient), false, Differentiate.gradient(body, Map.of(q, gradient))))), gradient);
  }

  /// The program with data of two digits after the point.
  Programs rounded() {
    var bindings = new LinkedHashMap<>(program.bindings());
    bindings.replaceAll((a, v) -> a.role() == Array.Role.DATA ? Arrays.stream(v).map(x -> Math.rint(x * 100) / 100).toArray() : v);
    return new Programs(new RandomPrograms.Program(program.body(), bindings, program.position()), unit, gradient);
  }

  /// The same with `n` rows of data, some of them again and again.
  Programs with(int n) {
    var bindings = new LinkedHashMap<Array, double[]>();
    program.bindings().forEach((a, v) -> bindings.put(a, a.role() == Array.Role.DATA ? again(a, v, n) : v));
    return new Programs(new RandomPrograms.Program(program.body(), bindings, program.position()), unit, gradient);
  }

  private static double[] again(Array a, double[] values, int n) {
    if (a.rank() == 0) return new double[] {n};
    int rows = a.rank() == 1 ? 1 : ((Expr.Int) a.dims().getFirst()).value();
    int given = values.length / rows;
    var all = new double[rows * n];
    for (int r = 0; r < rows; r++) for (int i = 0; i < n; i++) all[r * n + i] = values[r * given + i * i % given];
    return all;
  }

  Object[] data() {
    return unit.data().stream().map(a -> bound(a, program.bindings().get(a))).toArray();
  }

  /// Values as generated code takes them.
  static Object bound(Array array, double[] values) {
    return array.kind() == Kind.REAL ? values : Arrays.stream(values).mapToInt(v -> (int) v).toArray();
  }

  Kernel bind(byte[] bytes) {
    return Loader.load(bytes).bind(data());
  }

  double interpretedDensity() {
    return program.interpreter().run(program.body());
  }

  double interpretedGradient(double[] gradient) {
    return program.interpreter().bind(this.gradient, gradient).run(unit.routines().get(1).body());
  }
}
