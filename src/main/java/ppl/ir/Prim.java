package ppl.ir;

import static ppl.ir.Exprs.*;
import static ppl.ir.Kind.INT;
import static ppl.ir.Kind.REAL;

import java.util.List;

/// The primitive scalar functions. One row says all that the compiler knows of one: kinds, value, derivatives, emission.
///
/// Whole numbers stand as doubles in [#value]; truth values are 0 and 1. A partial derivative is an expression in the
/// arguments `x` and in the function's own value `y`, one for each argument; those of whole-number arguments are unused.
public enum Prim {
  // reals
  ADD("+", r(2), REAL, x -> x[0] + x[1], (x, y) -> List.of(ONE, ONE), op(Opcodes.DADD)),
  SUB("-", r(2), REAL, x -> x[0] - x[1], (x, y) -> List.of(ONE, real(-1)), op(Opcodes.DSUB)),
  MUL("*", r(2), REAL, x -> x[0] * x[1], (x, y) -> List.of(x.get(1), x.get(0)), op(Opcodes.DMUL)),
  DIV("/", r(2), REAL, x -> x[0] / x[1],
      (x, y) -> List.of(div(ONE, x.get(1)), neg(div(y, x.get(1)))), op(Opcodes.DDIV)),
  NEG("-", r(1), REAL, x -> -x[0], (x, y) -> List.of(real(-1)), op(Opcodes.DNEG)),
  EXP("exp", r(1), REAL, x -> Math.exp(x[0]), (x, y) -> List.of(y), math("exp")),
  LOG("log", r(1), REAL, x -> Math.log(x[0]), (x, y) -> List.of(div(ONE, x.get(0))), math("log")),
  SQRT("sqrt", r(1), REAL, x -> Math.sqrt(x[0]), (x, y) -> List.of(div(real(0.5), y)), math("sqrt")),
  /// The argument, held constant by differentiation.
  DETACH("detach", r(1), REAL, x -> x[0], Partials.NONE, new Emission.Nothing()),
  POW("^", r(2), REAL, x -> Math.pow(x[0], x[1]),
      (x, y) -> List.of(
          mul(x.get(1), apply("POW", x.get(0), sub(x.get(1), ONE))),
          select(eq(y, ZERO), ZERO, mul(y, log(x.get(0))))),
      math("pow")),
  LT("<", r(2), INT, x -> x[0] < x[1] ? 1 : 0, Partials.NONE, new Emission.Compare(Emission.Test.LT)),
  LE("<=", r(2), INT, x -> x[0] <= x[1] ? 1 : 0, Partials.NONE, new Emission.Compare(Emission.Test.LE)),
  EQ("==", r(2), INT, x -> x[0] == x[1] ? 1 : 0, Partials.NONE, new Emission.Compare(Emission.Test.EQ)),

  // whole numbers
  REAL_OF("real", List.of(INT), REAL, x -> x[0], Partials.NONE, op(Opcodes.I2D)),
  IADD("+", i(2), INT, x -> x[0] + x[1], Partials.NONE, op(Opcodes.IADD)),
  ISUB("-", i(2), INT, x -> x[0] - x[1], Partials.NONE, op(Opcodes.ISUB)),
  IMUL("*", i(2), INT, x -> x[0] * x[1], Partials.NONE, op(Opcodes.IMUL)),
  INEG("-", i(1), INT, x -> -x[0], Partials.NONE, op(Opcodes.INEG)),
  ILT("<", i(2), INT, x -> x[0] < x[1] ? 1 : 0, Partials.NONE, new Emission.Compare(Emission.Test.LT)),
  ILE("<=", i(2), INT, x -> x[0] <= x[1] ? 1 : 0, Partials.NONE, new Emission.Compare(Emission.Test.LE)),
  IEQ("==", i(2), INT, x -> x[0] == x[1] ? 1 : 0, Partials.NONE, new Emission.Compare(Emission.Test.EQ)),
  AND("and", i(2), INT, x -> x[0] != 0 && x[1] != 0 ? 1 : 0, Partials.NONE, new Emission.Logic()),
  OR("or", i(2), INT, x -> x[0] != 0 || x[1] != 0 ? 1 : 0, Partials.NONE, new Emission.Logic()),
  NOT("not", i(1), INT, x -> x[0] == 0 ? 1 : 0, Partials.NONE, new Emission.Logic());

  /// The function itself.
  @FunctionalInterface
  public interface Value {
    double apply(double[] x);
  }

  /// The partial derivatives at `x`, where the value is `y`.
  @FunctionalInterface
  public interface Partials {
    /// No derivative flows through: a step function, a comparison, anything on whole numbers.
    Partials NONE = (x, y) -> java.util.Collections.nCopies(x.size(), ZERO);

    List<Expr> of(List<Expr> x, Expr y);
  }

  /// How the function becomes bytecode.
  public sealed interface Emission {
    /// One instruction.
    record Op(int opcode) implements Emission {}

    /// A static call; the descriptor follows from the kinds.
    record Invoke(String owner, String name) implements Emission {}

    /// A comparison, to 0 or 1 (or straight into a branch).
    record Compare(Test test) implements Emission {}

    /// And, or, not on truth values.
    record Logic() implements Emission {}

    /// The argument itself.
    record Nothing() implements Emission {}

    enum Test { LT, LE, EQ }
  }

  private final String symbol;
  private final List<Kind> parameters;
  private final Kind result;
  private final Value value;
  private final Partials partials;
  private final Emission emission;

  Prim(String symbol, List<Kind> parameters, Kind result, Value value, Partials partials, Emission emission) {
    this.symbol = symbol;
    this.parameters = parameters;
    this.result = result;
    this.value = value;
    this.partials = partials;
    this.emission = emission;
  }

  public String symbol() {
    return symbol;
  }

  public List<Kind> parameters() {
    return parameters;
  }

  public Kind result() {
    return result;
  }

  public Value value() {
    return value;
  }

  public Partials partials() {
    return partials;
  }

  /// Whether a derivative flows through.
  public boolean smooth() {
    return partials != Partials.NONE;
  }

  public Emission emission() {
    return emission;
  }

  private static List<Kind> r(int n) {
    return java.util.Collections.nCopies(n, REAL);
  }

  private static List<Kind> i(int n) {
    return java.util.Collections.nCopies(n, INT);
  }

  private static Expr apply(String prim, Expr... args) {
    return Exprs.apply(valueOf(prim), args);
  }

  private static Emission op(int opcode) {
    return new Emission.Op(opcode);
  }

  private static Emission math(String name) {
    return new Emission.Invoke("java/lang/Math", name);
  }

  /// JVM instruction codes (Java Virtual Machine Specification, chapter 6).
  private static final class Opcodes {
    static final int DADD = 99, DSUB = 103, DMUL = 107, DDIV = 111, DNEG = 119, I2D = 135;
    static final int IADD = 96, ISUB = 100, IMUL = 104, INEG = 116;
  }
}
