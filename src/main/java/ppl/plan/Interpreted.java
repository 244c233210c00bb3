package ppl.plan;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import ppl.ir.Array;
import ppl.ir.BrokenRule;
import ppl.ir.Interpreter;
import ppl.ir.Stmt;
import ppl.ir.Unit;
import ppl.runtime.Kernel;
import ppl.runtime.Narrow;
import ppl.runtime.OffHeap;
import ppl.runtime.Once;
import ppl.runtime.SubscriptException;

/// A unit run by the reference interpreter: slow, and what compiled code has to agree with.
public final class Interpreted implements Kernel {
  private final Unit unit;
  private Object[] data = {};

  public Interpreted(Unit unit) {
    this.unit = unit;
  }

  @Override
  public Kernel bind(Object[] data) {
    this.data = data;
    return this;
  }

  @Override
  public double extents(double[] out) {
    return run("extents", RandomGenerator.getDefault(), out);
  }

  @Override
  public double check(double[] out) {
    return run("check", RandomGenerator.getDefault(), out);
  }

  @Override
  public double logDensity(double[] q) {
    return run("logDensity", RandomGenerator.getDefault(), q);
  }

  @Override
  public double gradient(double[] q, double[] gradient) {
    return run("gradient", RandomGenerator.getDefault(), q, gradient);
  }

  @Override
  public double constrain(double[] q, double[] out, RandomGenerator random) {
    return run("constrain", random, q, out);
  }

  @Override
  public double predict(double[] q, double[] out, RandomGenerator random) {
    return run("predict", random, q, out);
  }

  @Override
  public Kernel fork() {
    return new Interpreted(unit).bind(data);
  }

  private double run(String name, RandomGenerator random, double[]... arguments) {
    var routine = unit.routines().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
    var interpreter = new Interpreter(random);
    try {
      return run(routine, interpreter, arguments);
    } catch (BrokenRule e) {
      throw new SubscriptException(e.getMessage());
    }
  }

  private double run(Unit.Routine routine, Interpreter interpreter, double[]... arguments) {
    for (int i = 0; i < data.length; i++) interpreter.bind(unit.data().get(i), values(unit.data().get(i), data[i]));
    interpreter.run(new Stmt.Block(unit.prepared(), List.of(unit.prepare())));
    for (int i = 0; i < arguments.length; i++) interpreter.bind(routine.arguments().get(i), arguments[i]);
    return interpreter.run(routine.body());
  }

  /// What a data slot holds as the interpreter wants it; whole numbers are copied once they are asked for.
  static Supplier<double[]> values(Array array, Object values) {
    return switch (array.kind()) {
      case REAL -> () -> values instanceof OffHeap matrix ? matrix.array() : (double[]) values;
      case INT -> Once.of(() -> Narrow.reals(values));
    };
  }
}
