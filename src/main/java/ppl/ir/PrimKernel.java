package ppl.ir;

import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/// Kinds, value and emission of a primitive: what the rows of [Prim] have in common, by the way in which they are
/// computed.
///
/// @param isPartial whether there are arguments for which it throws
record PrimKernel(List<Kind> parameters, Kind result, Prim.Value value, Prim.Emission emission, boolean isPartial) {
  private static final String JAVA = "java/lang/Math";
  private static final String WHOLES = "ppl/math/Wholes";

  PrimKernel(List<Kind> parameters, Kind result, Prim.Value value, Prim.Emission emission) {
    this(parameters, result, value, emission, false);
  }

  /// A function of three reals.
  interface Real3 {
    double apply(double a, double b, double c);
  }

  /// A function of a whole number and a real.
  interface IntReal {
    double apply(int n, double x);
  }

  /// A condition on the arguments.
  interface Holds {
    boolean test(double[] x);
  }

  /// One instruction on reals.
  static PrimKernel op(int opcode, int parameters, Prim.Value value) {
    return new PrimKernel(all(Kind.REAL, parameters), Kind.REAL, value, new Prim.Emission.Op(opcode));
  }

  /// One instruction on whole numbers.
  static PrimKernel intOp(int opcode, int parameters, Prim.Value value) {
    return new PrimKernel(all(Kind.INT, parameters), Kind.INT, value, new Prim.Emission.Op(opcode));
  }

  static PrimKernel toReal() {
    return new PrimKernel(List.of(Kind.INT), Kind.REAL, x -> x[0], new Prim.Emission.Op(135));
  }

  /// The argument itself.
  static PrimKernel same() {
    return new PrimKernel(List.of(Kind.REAL), Kind.REAL, x -> x[0], new Prim.Emission.Nothing());
  }

  static PrimKernel compare(Kind kind, Prim.Emission.Test test, Holds holds) {
    return new PrimKernel(all(kind, 2), Kind.INT, truth(holds), new Prim.Emission.Compare(test));
  }

  static PrimKernel logic(int parameters, Holds holds) {
    return new PrimKernel(all(Kind.INT, parameters), Kind.INT, truth(holds), new Prim.Emission.Logic());
  }

  /// A method of `Math`.
  static PrimKernel java(String name, DoubleUnaryOperator f) {
    return call(JAVA, name, f);
  }

  static PrimKernel java(String name, DoubleBinaryOperator f) {
    return call(JAVA, name, f);
  }

  static PrimKernel javaInt(String name, IntUnaryOperator f) {
    return new PrimKernel(all(Kind.INT, 1), Kind.INT, x -> f.applyAsInt((int) x[0]), invoke(JAVA, name));
  }

  static PrimKernel javaInt(String name, IntBinaryOperator f) {
    return new PrimKernel(all(Kind.INT, 2), Kind.INT, x -> f.applyAsInt((int) x[0], (int) x[1]), invoke(JAVA, name));
  }

  /// An operation of [ppl.math.Wholes], which may have no value.
  static PrimKernel whole(String name, IntUnaryOperator f) {
    return new PrimKernel(all(Kind.INT, 1), Kind.INT, x -> f.applyAsInt((int) x[0]), invoke(WHOLES, name), true);
  }

  static PrimKernel whole(String name, IntBinaryOperator f) {
    return new PrimKernel(
        all(Kind.INT, 2), Kind.INT, x -> f.applyAsInt((int) x[0], (int) x[1]), invoke(WHOLES, name), true);
  }

  /// A method of a class of `ppl.math`.
  static PrimKernel math(String owner, String name, DoubleUnaryOperator f) {
    return call("ppl/math/" + owner, name, f);
  }

  static PrimKernel math(String owner, String name, DoubleBinaryOperator f) {
    return call("ppl/math/" + owner, name, f);
  }

  static PrimKernel math(String owner, String name, Real3 f) {
    return new PrimKernel(
        all(Kind.REAL, 3), Kind.REAL, x -> f.apply(x[0], x[1], x[2]), invoke("ppl/math/" + owner, name));
  }

  static PrimKernel mathInt(String owner, String name, IntReal f) {
    return new PrimKernel(
        List.of(Kind.INT, Kind.REAL), Kind.REAL, x -> f.apply((int) x[0], x[1]), invoke("ppl/math/" + owner, name));
  }

  private static PrimKernel call(String owner, String name, DoubleUnaryOperator f) {
    return new PrimKernel(all(Kind.REAL, 1), Kind.REAL, x -> f.applyAsDouble(x[0]), invoke(owner, name));
  }

  private static PrimKernel call(String owner, String name, DoubleBinaryOperator f) {
    return new PrimKernel(all(Kind.REAL, 2), Kind.REAL, x -> f.applyAsDouble(x[0], x[1]), invoke(owner, name));
  }

  private static Prim.Emission invoke(String owner, String name) {
    return new Prim.Emission.Invoke(owner, name);
  }

  private static Prim.Value truth(Holds holds) {
    return x -> holds.test(x) ? 1 : 0;
  }

  private static List<Kind> all(Kind kind, int n) {
    return Collections.nCopies(n, kind);
  }
}
