package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Every row of the table of primitives against its own value.
class PrimProperties {
  /// Where each argument is drawn from; the function is smooth inside.
  private static double[][] domain(Prim p) {
    return switch (p) {
      case FMIN, FMAX -> box(-3, 0, 0.1, 3);
      case ABS -> box(-3, -0.1);
      case ADD, SUB, MUL, LOG_ADD_EXP, ATAN2, HYPOT, LT, LE, EQ -> box(-3, 3, -3, 3);
      case DIV -> box(-3, 3, 0.2, 4);
      case FMOD -> box(0.1, 5, 6, 9);
      case CBRT -> box(0.1, 3);
      case NEG, DETACH, SIGN, FLOOR, CEIL, ROUND, TRUNC, STEP, EXP, EXPM1, LOG1P_EXP, INV_LOGIT, LOG_INV_LOGIT,
          LOG1M_INV_LOGIT, INV_CLOGLOG, SIN, COS, ATAN, SINH, COSH, TANH, ASINH, ERF, ERFC, ERFCX, PHI, LOG_PHI,
          LOG_PHI_DX, LOG_BESSEL_I0, BESSEL_I1_I0 -> box(-3, 3);
      case POW -> box(0.1, 3, -2, 3);
      case SQRT, LOG, LGAMMA, TGAMMA, DIGAMMA, TRIGAMMA -> box(0.1, 6);
      case LOG1P, LFACTORIAL -> box(-0.8, 5);
      case LOG1M -> box(-4, 0.9);
      case LOG1M_EXP -> box(-6, -0.05);
      case LOG_DIFF_EXP, LOG_INV_LOGIT_DIFF, LOG_DIFF_PHI -> box(1, 3, -3, 0.9);
      case LOGIT, INV_PHI -> box(0.05, 0.95);
      case LMULTIPLY -> box(-2, 3, 0.1, 4);
      case XLOG1PY -> box(-2, 3, -0.8, 4);
      case TAN -> box(-1.2, 1.2);
      case ASIN, ACOS, ATANH -> box(-0.9, 0.9);
      case ACOSH -> box(1.1, 5);
      case POLYGAMMA -> box(1, 3, 0.5, 6);
      case LMGAMMA, LMGAMMA_DX -> box(1, 4, 2, 8);
      case LBETA, LOG_RISING_FACTORIAL -> box(0.2, 6, 0.2, 6);
      case LCHOOSE, LOG_FALLING_FACTORIAL -> box(6, 12, 0.2, 5);
      case GAMMA_P, GAMMA_Q, LOG_GAMMA_P, LOG_GAMMA_Q, GAMMA_P_DA, GAMMA_P_DX, LOG_GAMMA_P_DA, LOG_GAMMA_P_DX,
          LOG_GAMMA_Q_DA, LOG_GAMMA_Q_DX -> box(0.3, 6, 0.3, 8);
      case INC_BETA, INC_BETA_C, LOG_INC_BETA, LOG_INC_BETA_C, INC_BETA_DA, INC_BETA_DB, INC_BETA_DX, LOG_INC_BETA_DA,
          LOG_INC_BETA_DB, LOG_INC_BETA_DX, LOG_INC_BETA_C_DA, LOG_INC_BETA_C_DB, LOG_INC_BETA_C_DX ->
          box(0.4, 5, 0.4, 5, 0.1, 0.9);
      case OWENS_T, SKEW_NORMAL_LCDF -> box(-2, 2, -2, 2);
      case STUDENT_T_LCDF, STUDENT_T_LCDF_DNU, STUDENT_T_LCDF_DT -> box(0.8, 9, -3, 3);
      case VON_MISES_CDF, VON_MISES_LCDF, VON_MISES_CDF_DKAPPA -> box(-2.5, 2.5, 0.2, 6);
      case REAL_OF, INEG, IABS, NOT -> box(-9, 9);
      case IADD, ISUB, IMUL, EADD, ESUB, EMUL, IMIN, IMAX, ILT, ILE, IEQ -> box(-9, 9, -9, 9);
      case IDIV, IMOD -> box(-9, 9, 1, 5);
      case SOME -> box(1, 9);
      case AND, OR -> box(0, 1, 0, 1);
    };
  }

  private static double[][] box(double... bounds) {
    var box = new double[bounds.length / 2][];
    for (int i = 0; i < box.length; i++) box[i] = new double[] {bounds[2 * i], bounds[2 * i + 1]};
    return box;
  }

  private static double[] draw(Prim p, RandomGenerator random) {
    var box = domain(p);
    assertEquals(p.parameters().size(), box.length, p.name());
    var x = new double[box.length];
    for (int i = 0; i < x.length; i++)
      x[i] = p.parameters().get(i) == Kind.INT
          ? random.nextInt((int) box[i][0], (int) box[i][1] + 1)
          : random.nextDouble(box[i][0], box[i][1]);
    return x;
  }

  private static List<Expr> constants(Prim p, double[] x) {
    var all = new ArrayList<Expr>();
    for (int i = 0; i < x.length; i++)
      all.add(p.parameters().get(i) == Kind.INT ? Exprs.integer((int) x[i]) : Exprs.real(x[i]));
    return all;
  }

  private static double difference(Prim p, double[] x, int i, double h) {
    var up = x.clone();
    var down = x.clone();
    up[i] += h;
    down[i] -= h;
    return (p.value().apply(up) - p.value().apply(down)) / (2 * h);
  }

  @Property(tries = 60)
  void derivativesAreLimitsOfDifferences(@ForAll long seed) {
    var random = new java.util.Random(seed);
    for (var p : Prim.values()) {
      var x = draw(p, random);
      if (!p.smooth() || p.partials() == Partials.UNKNOWN) continue;
      var args = constants(p, x);
      var partials = p.partials().of(args, Exprs.apply(p, args));
      for (int i = 0; i < x.length; i++)
        if (p.parameters().get(i) == Kind.REAL) {
          double exact = new Interpreter(random).evaluate(partials.get(i));
          double h = 1e-3;
          double limit = (4 * difference(p, x, i, h / 2) - difference(p, x, i, h)) / 3;
          assertEquals(limit, exact, 2e-6 * (1 + Math.abs(limit)), () -> p + " at " + Arrays.toString(x));
        }
    }
  }

  @Property(tries = 20)
  void emittedMethodsComputeTheValue(@ForAll long seed) throws Throwable {
    var random = new java.util.Random(seed);
    for (var p : Prim.values())
      if (p.emission() instanceof Prim.Emission.Invoke(String owner, String name)) {
        var kinds = p.parameters().stream().map(PrimProperties::java).toList();
        var handle = MethodHandles.lookup()
            .findStatic(Class.forName(owner.replace('/', '.')), name, MethodType.methodType(java(p.result()), kinds));
        var x = draw(p, random);
        var boxed = new ArrayList<Object>();
        for (int i = 0; i < x.length; i++)
          if (p.parameters().get(i) == Kind.INT) boxed.add((int) x[i]);
          else boxed.add(x[i]);
        double y = ((Number) handle.invokeWithArguments(boxed)).doubleValue();
        assertEquals(p.value().apply(x), y, p.name());
      }
  }

  private static Class<?> java(Kind kind) {
    return kind == Kind.INT ? int.class : double.class;
  }

  @Example
  void derivativesHoldInTheTails() {
    assertPartial(30, Prim.LOG_PHI, 0, -30.0);
    assertPartial(1, Prim.LOG1P_EXP, 0, 800.0);
    assertPartial(0, Prim.LOG1P_EXP, 0, -800.0);
    assertPartial(1, Prim.LOG_INV_LOGIT, 0, -800.0);
    assertPartial(0.5, Prim.LOG_ADD_EXP, 0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertPartial(1, Prim.LOG_ADD_EXP, 0, 3.0, Double.NEGATIVE_INFINITY);
    assertPartial(0, Prim.POW, 0, 0.0, 2.0);
    assertPartial(-6, Prim.POW, 0, -3.0, 2.0);
    assertPartial(0, Prim.POW, 1, 0.0, 2.0);
    assertPartial(0, Prim.LMULTIPLY, 1, 0.0, 0.0);
    assertPartial(1, Prim.ABS, 0, 2.0);
    assertPartial(0, Prim.FMIN, 0, 2.0, 1.0);
    assertPartial(1, Prim.FMAX, 0, 2.0, 1.0);
  }

  private static void assertPartial(double expected, Prim p, int i, double... x) {
    var args = constants(p, x);
    double d = new Interpreter(new java.util.Random(1)).evaluate(p.partials().of(args, Exprs.apply(p, args)).get(i));
    assertEquals(expected, d, 0.04 * Math.abs(expected), p + Arrays.toString(x));
  }

  @Example
  void unknownSecondDerivativesAreRefused() {
    var q = new Array("q", Kind.REAL, List.of(), Array.Role.ARGUMENT);
    var g = new Array("g", Kind.REAL, List.of(), Array.Role.ARGUMENT);
    var add = new Stmt.Add(Array.TARGET, List.of(), Exprs.apply(Prim.GAMMA_P_DA, q.read(), Exprs.ONE));
    var block = new Stmt.Block(List.of(), List.of(add));
    var e = assertThrows(IllegalArgumentException.class, () -> Differentiate.gradient(block, java.util.Map.of(q, g)));
    assertTrue(e.getMessage().contains("gamma_p_da"));
  }
}
