package ppl.ir;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// A primitive on whole arrays: Cholesky factor, triangular solve, eigenvalues, a vector's random draw.
///
/// @param name    what prints show
/// @param run     for the interpreter
/// @param method  for generated code: static, returns void; takes a `RandomGenerator` first if `random`, then one
///                `double[]` (or `int[]` for an [Kind#INT] array) for each input, for each output, then an int for
///                each size
/// @param adjoint how adjoints flow back, or empty where the operation has no derivative
/// @param random  whether it draws
/// @param lower   whether it reads no more of its first input, a square matrix, than the lower part
public record ArrayOp(String name, Run run, Method method, Optional<Adjoint> adjoint, boolean random,
    boolean lower) {
  /// The operation on flat row-major arrays; whole numbers as doubles.
  @FunctionalInterface
  public interface Run {
    void run(RandomGenerator random, double[][] inputs, double[][] outputs, int[] sizes);
  }

  /// Statements that add to the adjoints of the inputs, given the call and the adjoint array of each of its inputs
  /// and outputs. An input that needs no adjoint has none.
  @FunctionalInterface
  public interface Adjoint {
    List<Stmt> of(Stmt.Call call, Function<Array, Optional<Array>> adjoint);
  }
}
