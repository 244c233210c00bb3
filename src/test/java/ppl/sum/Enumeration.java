package ppl.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Exprs;
import ppl.ir.Interpreter;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.lower.Model;

/// The slow obvious way: the log density for every combination of values of all discrete unknowns.
///
/// @param values  one after the other
/// @param density log densities
record Enumeration(List<int[]> values, double[] density) {
  /// @param model before discrete unknowns are summed out
  /// @param slots its data
  static Enumeration of(Model model, Object[] slots, double[] q) {
    var interpreter = new Interpreter(new SplittableRandom(1));
    for (int i = 0; i < slots.length; i++) interpreter.bind(model.slots().get(i).array(), reals(slots[i]));
    interpreter.bind(model.position(), q);
    var unknowns = model.unknowns().stream().filter(u -> u.discrete().isPresent()).toList();
    var counts = new ArrayList<Integer>();
    var lower = new ArrayList<Integer>();
    for (var u : unknowns)
      for (int i = 0; i < size(interpreter, u.array()); i++) {
        if (!isThere(interpreter, u, i)) continue;
        lower.add((int) interpreter.evaluate(u.discrete().orElseThrow().lower().orElseThrow()));
        counts.add((int) interpreter.evaluate(u.discrete().orElseThrow().count().orElseThrow()));
      }
    var values = new ArrayList<int[]>();
    var state = new int[counts.size()];
    do {
      var at = new int[state.length];
      for (int i = 0; i < at.length; i++) at[i] = lower.get(i) + state[i];
      values.add(at);
    } while (next(state, counts));
    return new Enumeration(values, values.stream().mapToDouble(v -> density(model, interpreter, unknowns, v)).toArray());
  }

  private static boolean isThere(Interpreter interpreter, Model.Unknown u, int element) {
    return u.discrete().orElseThrow().gaps().map(g -> interpreter.values(g)[element] != 0).orElse(true);
  }

  private static boolean next(int[] state, List<Integer> counts) {
    for (int i = state.length - 1; i >= 0; i--) {
      if (++state[i] < counts.get(i)) return true;
      state[i] = 0;
    }
    return false;
  }

  private static double density(Model model, Interpreter interpreter, List<Model.Unknown> unknowns, int[] values) {
    var statements = new ArrayList<Stmt>();
    int next = 0;
    for (var u : unknowns) {
      var dims = u.array().dims().stream().mapToInt(d -> (int) interpreter.evaluate(d)).toArray();
      int size = size(interpreter, u.array());
      for (int i = 0; i < size; i++) {
        var at = new ppl.ir.Expr[dims.length];
        for (int d = dims.length - 1, rest = i; d >= 0; rest /= dims[d--]) at[d] = Exprs.integer(rest % dims[d]);
        if (isThere(interpreter, u, i)) statements.add(new Stmt.Set(u.array(), List.of(at), Exprs.integer(values[next++])));
      }
    }
    var arrays = new ArrayList<Array>();
    for (var s : model.steps()) {
      arrays.addAll(s.block().arrays());
      statements.addAll(s.block().statements());
    }
    var undeclared = Stmts.writes(new Stmt.Block(arrays, statements)).stream()
        .filter(a -> a.role() == Array.Role.COMPUTED).toList();
    double sum = interpreter.run(new Stmt.Block(Stream.concat(arrays.stream(), undeclared.stream()).toList(), statements));
    return Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
  }

  private static int size(Interpreter interpreter, Array a) {
    return a.dims().stream().mapToInt(d -> (int) interpreter.evaluate(d)).reduce(1, (x, y) -> x * y);
  }

  private static double[] reals(Object values) {
    if (values instanceof double[] d) return d;
    return java.util.Arrays.stream((int[]) values).asDoubleStream().toArray();
  }

  double total() {
    double most = Double.NEGATIVE_INFINITY;
    for (double d : density) most = Math.max(most, d);
    double sum = 0;
    for (double d : density) sum += Math.exp(d - most);
    return most + Math.log(sum);
  }

}
