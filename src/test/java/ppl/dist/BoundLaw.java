package ppl.dist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Differentiate;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// A law whose arguments have values: what the law tests look at, evaluated by the reference interpreter.
final class BoundLaw {
  private final String name;
  private final Law law;
  private final Map<Array, double[]> arguments;
  private final Array x;
  private final Map<String, Program> programs = new HashMap<>();

  private record Program(Interpreter interpreter, Stmt.Block block, Array out) {}

  private BoundLaw(String name, Law law, Map<Array, double[]> arguments) {
    this.name = name;
    this.law = law;
    this.arguments = arguments;
    this.x = new Array("x", law.kind(), law.dims(), Array.Role.ARGUMENT);
  }

  /// Arguments as arrays, so that nothing is folded away.
  static final class Arguments {
    private final Map<Array, double[]> values = new LinkedHashMap<>();

    Expr real(double value) {
      return array("a", Kind.REAL, List.of(), value).scalar();
    }

    Expr integer(int value) {
      return array("n", Kind.INT, List.of(), value).scalar();
    }

    Arr vector(double... v) {
      return array("v", Kind.REAL, List.of(v.length), v);
    }

    Arr array(String name, Kind kind, List<Integer> dims, double... v) {
      var a = new Array(name, kind, dims.stream().map(Exprs::integer).toList(), Array.Role.ARGUMENT);
      values.put(a, v);
      return Arr.of(a);
    }

    /// Adds `other` and `gap` to an argument that was given below.
    void shift(Arr argument, Arr other, double gap) {
      var values = of(argument);
      values[0] = of(other)[0] + gap + Math.abs(values[0]);
    }

    void raise(Arr argument, double by) {
      of(argument)[0] += by;
    }

    private double[] of(Arr argument) {
      var read = (Expr.Read) argument.scalar();
      return values.get(read.array());
    }

    BoundLaw bind(String name, Law law) {
      return new BoundLaw(name, law, values);
    }
  }

  Law law() {
    return law;
  }

  /// The law of the Cholesky factors of this one's matrices.
  BoundLaw cholesky() {
    return new BoundLaw(name + " factor", law.cholesky().orElseThrow(), arguments);
  }

  boolean discrete() {
    return law.kind() == Kind.INT;
  }

  double logpdf(double... at) {
    return evaluate("logpdf", law::logpdf, at);
  }

  double logcdf(double at) {
    return evaluate("logcdf", (b, a) -> law.logcdf(b, a.scalar()), at);
  }

  double logccdf(double at) {
    return evaluate("logccdf", (b, a) -> law.logccdf(b, a.scalar()), at);
  }

  double lower() {
    return law.support().lower().map(this::value).orElse(Double.NEGATIVE_INFINITY);
  }

  double upper() {
    return law.support().upper().map(this::value).orElse(Double.POSITIVE_INFINITY);
  }

  boolean contains(double... at) {
    return evaluate("contains", (b, a) -> Exprs.toReal(law.support().contains(a)), at) != 0;
  }

  /// The elements of an array in the arguments: a mean, a standard deviation.
  double[] values(Arr a) {
    int size = a.dims().stream().mapToInt(d -> (int) value(d)).reduce(1, (p, q) -> p * q);
    var out = new Array("out", Kind.REAL, a.dims(), Array.Role.ARGUMENT);
    var got = new double[size];
    var block = Build.block(b -> b.fill(out, a));
    bind(new Interpreter(new Random(0))).bind(out, got).run(block);
    return got;
  }

  double value(Expr e) {
    return bind(new Interpreter(new Random(0))).evaluate(e);
  }

  int size() {
    return law.dims().stream().mapToInt(d -> (int) value(d)).reduce(1, (p, q) -> p * q);
  }

  /// Independent draws, one row each.
  double[][] draws(int n, long seed) {
    var out = new Array("out", law.kind(), law.dims(), Array.Role.ARGUMENT);
    var got = new double[size()];
    var block = Build.block(b -> law.draw(b, out, List.of()));
    var interpreter = bind(new Interpreter(new Random(seed)));
    var rows = new double[n][];
    for (int i = 0; i < n; i++) {
      interpreter.bind(out, got).run(block);
      rows[i] = got.clone();
    }
    return rows;
  }

  double[] scalars(int n, long seed) {
    return Arrays.stream(draws(n, seed)).mapToDouble(r -> r[0]).toArray();
  }

  /// The derivative of what `function` makes by all real arguments and, where it is real, by the variate.
  double[] gradient(BiFunction<Build, Arr, Expr> function, double... at) {
    var adjoints = new LinkedHashMap<Array, Array>();
    var results = new ArrayList<double[]>();
    var interpreter = bind(new Interpreter(new Random(0))).bind(x, at.clone());
    for (var a : inputs()) {
      var d = new Array("d", Kind.REAL, a.dims(), Array.Role.ARGUMENT);
      var got = new double[(a == x ? at : arguments.get(a)).length];
      adjoints.put(a, d);
      results.add(got);
      interpreter.bind(d, got);
    }
    var body = Build.block(b -> b.add(new Stmt.Add(Array.TARGET, List.of(), function.apply(b, Arr.of(x)))));
    interpreter.run(Differentiate.gradient(body, adjoints));
    var inputs = inputs();
    for (int i = 0; i < results.size(); i++)
      fold(results.get(i), inputs.get(i) == x ? at : arguments.get(inputs.get(i)));
    return results.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /// The same by central differences.
  double[] differences(BiFunction<Build, Arr, Expr> function, double... at) {
    var result = new ArrayList<Double>();
    for (var a : inputs()) {
      var values = a == x ? at : arguments.get(a);
      for (int i = 0; i < values.length; i++) result.add(slope(function, values, i, at));
    }
    return result.stream().mapToDouble(d -> d).toArray();
  }

  /// The elements of a symmetric matrix move in pairs: both get the sum of their derivatives.
  private static void fold(double[] derivative, double[] values) {
    var once = derivative.clone();
    for (int i = 0; i < values.length; i++) if (mirror(values, i) != i) derivative[i] += once[mirror(values, i)];
  }

  /// Where element i stands again if `values` is a symmetric matrix, else i.
  private static int mirror(double[] values, int i) {
    int n = (int) Math.round(Math.sqrt(values.length));
    if (n * n != values.length) return i;
    for (int k = 0; k < values.length; k++) if (values[k] != values[k % n * n + k / n]) return i;
    return i % n * n + i / n;
  }

  private double slope(BiFunction<Build, Arr, Expr> function, double[] values, int i, double[] at) {
    double kept = values[i];
    int twin = mirror(values, i);
    double h = 1e-5 * Math.max(1e-2, Math.abs(kept));
    if (values == at) h = Math.min(h, 1e-3 * Math.min(kept - lower(), upper() - kept));
    double step = h;
    var f = IntStream.of(-2, -1, 1, 2).mapToDouble(k -> {
      values[i] = kept + k * step;
      values[twin] = values[i];
      return evaluate(function, at);
    }).toArray();
    values[i] = kept;
    values[twin] = kept;
    return (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * h);
  }

  private List<Array> inputs() {
    var inputs = new ArrayList<>(arguments.keySet().stream().filter(a -> a.kind() == Kind.REAL).toList());
    if (law.kind() == Kind.REAL) inputs.add(x);
    return inputs;
  }

  private double evaluate(String key, BiFunction<Build, Arr, Expr> function, double... at) {
    var program = programs.computeIfAbsent(key, k -> compile(function));
    program.interpreter.bind(x, at).run(program.block);
    return program.interpreter.values(program.out)[0];
  }

  double evaluate(BiFunction<Build, Arr, Expr> function, double... at) {
    var program = compile(function);
    program.interpreter.bind(x, at).run(program.block);
    return program.interpreter.values(program.out)[0];
  }

  private Program compile(BiFunction<Build, Arr, Expr> function) {
    var b = new Build();
    var out = b.array("value", Kind.REAL, List.of());
    b.add(new Stmt.Set(out, List.of(), function.apply(b, Arr.of(x))));
    return new Program(bind(new Interpreter(new Random(0))), b.block(), out);
  }

  private Interpreter bind(Interpreter interpreter) {
    arguments.forEach(interpreter::bind);
    return interpreter;
  }

  @Override
  public String toString() {
    return name + arguments.values().stream().map(Arrays::toString).toList();
  }
}
