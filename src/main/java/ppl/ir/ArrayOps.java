package ppl.ir;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import ppl.math.ArrayKernels;
import ppl.math.Grouping;

/// The primitives on whole stored arrays, with their adjoints: linear algebra and sorting. Each function adds a call to
/// a build and gives back the result's array. Matrices are stored row by row.
///
/// Adjoints: Giles (2008), "An extended collection of matrix derivative results for forward and reverse mode
/// algorithmic differentiation".
public final class ArrayOps {
  private ArrayOps() {}

  /// The lower triangular L with L L' = `a`, zeros above; only the lower part of `a` is read. NaN where `a` is not
  /// positive definite.
  public static Array cholesky(Build b, Array a) {
    var n = a.dims().get(0);
    return call(b, CHOLESKY, List.of(a), List.of(matrix("chol", n, n)), List.of(n));
  }

  /// L^-1 `rhs` for a lower triangular L; `rhs` is a vector or a matrix.
  public static Array solveLower(Build b, Array l, Array rhs) {
    return call(b, SOLVE_LOWER, List.of(l, rhs), List.of(like("x", rhs)), rows(rhs));
  }

  /// L'^-1 `rhs` for a lower triangular L; `rhs` is a vector or a matrix.
  public static Array solveLowerTransposed(Build b, Array l, Array rhs) {
    return call(b, SOLVE_LOWER_TRANSPOSED, List.of(l, rhs), List.of(like("x", rhs)), rows(rhs));
  }

  /// (L L')^-1 `rhs`, given the Cholesky factor L.
  public static Array solveSpd(Build b, Array l, Array rhs) {
    return solveLowerTransposed(b, l, solveLower(b, l, rhs));
  }

  /// log det(L L'), given the Cholesky factor L.
  public static Expr logDeterminantSpd(Array l) {
    return Exprs.mul(Exprs.real(2), Exprs.sum(l.dims().get(0), i -> Exprs.log(l.read(i, i))));
  }

  /// What normal densities need of a symmetric positive definite matrix.
  ///
  /// @param square r' A^-1 r
  /// @param logs   log det(A) / 2
  public record SpdForm(Expr square, Expr logs) {}

  /// Only the lower part of `a` is read. NaN where `a` is not positive definite.
  public static SpdForm spdForm(Build b, Array a, Array r) {
    var n = a.dims().get(0);
    var outputs = List.of(Array.computed("form", Kind.REAL, List.of(Exprs.integer(2))), like("z", r), matrix("factor", n, n));
    var y = call(b, SPD_FORM, List.of(a, r), outputs, List.of(n));
    return new SpdForm(y.read(Exprs.integer(0)), y.read(Exprs.integer(1)));
  }

  /// A^-1 `rhs` for a regular `a`; `rhs` is a vector or a matrix. Infinities or NaN where `a` is singular.
  public static Array solve(Build b, Array a, Array rhs) {
    var n = a.dims().get(0);
    return call(b, SOLVE, List.of(a, rhs), List.of(like("x", rhs), matrix("lu", n, n), pivots(n)), rows(rhs));
  }

  /// A^-1 for a regular `a`.
  public static Array inverse(Build b, Array a) {
    var n = a.dims().get(0);
    return call(b, INVERSE, List.of(a), List.of(matrix("inv", n, n), matrix("lu", n, n), pivots(n)), List.of(n));
  }

  /// log |det A|.
  public static Expr logDeterminant(Build b, Array a) {
    var n = a.dims().get(0);
    var y = Array.computed("logdet", Kind.REAL, List.of(Exprs.integer(1)));
    var outputs = List.of(y, matrix("lu", n, n), pivots(n));
    return call(b, LOG_DETERMINANT, List.of(a), outputs, List.of(n)).read(Exprs.integer(0));
  }

  /// The matrix product; `right` is a vector or a matrix.
  public static Array multiply(Build b, Array left, Array right) {
    var n = left.dims().get(0);
    var m = right.rank() == 1 ? Exprs.integer(1) : right.dims().get(1);
    var dims = right.rank() == 1 ? List.of(n) : List.of(n, m);
    return call(b, MULTIPLY, List.of(left, right), List.of(Array.computed("product", Kind.REAL, dims)),
        List.of(n, left.dims().get(1), m));
  }

  /// The last a(t, .) of a(0, k) = `steps`(k, 0),
  /// a(t, k) = log(sum_i exp(a(t - 1, i) + `moves`(i, k))) + `steps`(k, t).
  public static Array logChain(Build b, Array steps, Array moves) {
    var states = steps.dims().get(0);
    var length = steps.dims().get(1);
    var outputs = List.of(Array.computed("last", Kind.REAL, List.of(states)), matrix("shares", length, states),
        matrix("factors", states, length), Array.computed("scales", Kind.REAL, List.of(length)),
        matrix("weights", states, states),
        Array.computed("logs", Kind.REAL, List.of(Exprs.add(length, states))));
    return call(b, LOG_CHAIN, List.of(steps, moves), outputs, List.of(length, states));
  }

  /// Eigenvalues in ascending order, and unit eigenvectors as columns.
  public record Eigen(Array values, Array vectors) {}

  /// The eigendecomposition of a symmetric matrix. Eigenvectors of equal eigenvalues have no derivative.
  public static Eigen eigen(Build b, Array a) {
    var n = a.dims().get(0);
    var values = Array.computed("eigenvalues", Kind.REAL, List.of(n));
    var vectors = matrix("eigenvectors", n, n);
    call(b, EIGEN, List.of(a), List.of(values, vectors), List.of(n));
    return new Eigen(values, vectors);
  }

  /// The elements of a vector in ascending order, and for each where it was.
  public record Sorted(Array values, Array from) {}

  public static Sorted sort(Build b, Array x) {
    var n = x.dims().get(0);
    var values = like("sorted", x);
    var from = Array.computed("from", Kind.INT, List.of(n));
    call(b, SORT, List.of(x), List.of(values, from), List.of(n));
    return new Sorted(values, from);
  }

  /// Adds `count` rows of `rows` to what the upper triangular `r` stands for: |A x| = |R x| for every x and all rows A
  /// that it was given. `r` starts at 0; its lower part stays as it is. For data alone: there is no derivative.
  public static Stmt absorb(Array rows, Array r, Expr count) {
    return new Stmt.Call(ABSORB, List.of(rows), List.of(r), List.of(count, r.dims().get(1)));
  }

  /// Rows of whole numbers, brought together where they are equal.
  ///
  /// @param order the rows, group after group; only those that are in a group
  /// @param start where each group begins in `order`, and where the last one ends
  /// @param count one element: the number of groups
  public record Groups(Array order, Array start, Array count) {}

  /// Groups the rows of a matrix of whole numbers, or the elements of an array of them, in ascending order. A row that begins
  /// with [Grouping#LEFT_OUT] is in no group.
  ///
  /// @param most groups that there is room for; the others are counted
  public static Groups group(Build b, Array keys, Expr most) {
    var n = keys.dims().get(0);
    var order = Array.computed("order", Kind.INT, List.of(n));
    var start = Array.computed("start", Kind.INT, List.of(Exprs.add(most, Exprs.integer(1))));
    var count = Array.computed("groups", Kind.INT, List.of(Exprs.integer(1)));
    var columns = keys.rank() == 1 ? Exprs.integer(1) : keys.dims().get(1);
    call(b, GROUP, List.of(keys), List.of(order, start, count), List.of(n, columns));
    return new Groups(order, start, count);
  }

  private static final ArrayOp ABSORB = kernel("absorb", "[D[DII",
      (in, out, n) -> ArrayKernels.absorb(in[0], out[0], n[0], n[1]));

  private static final ArrayOp GROUP = kernel("group", "Ljava/lang/Object;[I[I[III", (in, out, n) ->
      whole(out[0], order -> whole(out[1], start -> whole(out[2],
          count -> ArrayKernels.group(whole(in[0]), order, start, count, n[0], n[1])))));

  public static final ArrayOp CHOLESKY = lower(op(kernel("cholesky", "[D[DI",
      (in, out, n) -> ArrayKernels.cholesky(in[0], out[0], n[0])),
      step(kernel("choleskyAdjoint", "[D[D[D[DI",
          (in, out, n) -> ArrayKernels.choleskyAdjoint(in[0], in[1], out[0], out[1], n[0])),
          List.of(out(0), outBar(0)), List.of(inBar(0), work(in(0))))));

  private static final ArrayOp SPD_FORM = lower(op(kernel("spdForm", "[D[D[D[D[DI",
      (in, out, n) -> ArrayKernels.spdForm(in[0], in[1], out[0], out[1], out[2], n[0])),
      step(kernel("spdFormAdjoint", "[D[D[D[D[D[DI",
          (in, out, n) -> ArrayKernels.spdFormAdjoint(in[0], in[1], in[2], out[0], out[1], out[2], n[0])),
          List.of(out(2), out(1), outBar(0)), List.of(inBar(0), inBar(1), work(in(0))))));

  public static final ArrayOp SOLVE_LOWER = op(kernel("solveLower", "[D[D[DII",
      (in, out, n) -> ArrayKernels.solveLower(in[0], in[1], out[0], n[0], n[1])),
      step(kernel("solveLowerAdjoint", "[D[D[D[D[D[D[DII", (in, out, n) ->
          ArrayKernels.solveLowerAdjoint(in[0], in[1], in[2], out[0], out[1], out[2], out[3], n[0], n[1])),
          List.of(in(0), out(0), outBar(0)), List.of(inBar(0), inBar(1), work(in(1)), work(in(1)))));

  public static final ArrayOp SOLVE_LOWER_TRANSPOSED = op(kernel("solveLowerTransposed", "[D[D[DII",
      (in, out, n) -> ArrayKernels.solveLowerTransposed(in[0], in[1], out[0], n[0], n[1])),
      step(kernel("solveLowerTransposedAdjoint", "[D[D[D[D[D[D[DII", (in, out, n) ->
          ArrayKernels.solveLowerTransposedAdjoint(in[0], in[1], in[2], out[0], out[1], out[2], out[3], n[0], n[1])),
          List.of(in(0), out(0), outBar(0)), List.of(inBar(0), inBar(1), work(in(1)), work(in(1)))));

  public static final ArrayOp SOLVE = op(kernel("solve", "[D[D[D[D[III",
      (in, out, n) -> whole(out[2], p -> ArrayKernels.solve(in[0], in[1], out[0], out[1], p, n[0], n[1]))),
      step(kernel("solveAdjoint", "[D[I[D[D[D[D[D[DII", (in, out, n) ->
          ArrayKernels.solveAdjoint(in[0], whole(in[1]), in[2], in[3], out[0], out[1], out[2], out[3], n[0], n[1])),
          List.of(out(1), out(2), out(0), outBar(0)), List.of(inBar(0), inBar(1), work(in(1)), work(in(1)))));

  public static final ArrayOp INVERSE = op(kernel("inverse", "[D[D[D[II",
      (in, out, n) -> whole(out[2], p -> ArrayKernels.inverse(in[0], out[0], out[1], p, n[0]))),
      step(kernel("inverseAdjoint", "[D[D[D[D[DI",
          (in, out, n) -> ArrayKernels.inverseAdjoint(in[0], in[1], out[0], out[1], out[2], n[0])),
          List.of(out(0), outBar(0)), List.of(inBar(0), work(in(0)), work(in(0)))));

  public static final ArrayOp LOG_DETERMINANT = op(kernel("logDeterminant", "[D[D[D[II",
      (in, out, n) -> whole(out[2], p -> ArrayKernels.logDeterminant(in[0], out[0], out[1], p, n[0]))),
      step(kernel("logDeterminantAdjoint", "[D[I[D[D[DI",
          (in, out, n) -> ArrayKernels.logDeterminantAdjoint(in[0], whole(in[1]), in[2], out[0], out[1], n[0])),
          List.of(out(1), out(2), outBar(0)), List.of(inBar(0), work(in(0)))));

  public static final ArrayOp MULTIPLY = op(kernel("multiply", "[D[D[DIII",
      (in, out, n) -> ArrayKernels.multiply(in[0], in[1], out[0], n[0], n[1], n[2])),
      step(kernel("multiplyAdjointLeft", "[D[D[D[DIII",
          (in, out, n) -> ArrayKernels.multiplyAdjointLeft(in[0], in[1], out[0], out[1], n[0], n[1], n[2])),
          List.of(in(1), outBar(0)), List.of(inBar(0), work(in(1)))),
      step(kernel("multiplyAdjointRight", "[D[D[DIII",
          (in, out, n) -> ArrayKernels.multiplyAdjointRight(in[0], in[1], out[0], n[0], n[1], n[2])),
          List.of(in(0), outBar(0)), List.of(inBar(1))));

  private static final ArrayOp EIGEN = op(kernel("eigen", "[D[D[DI",
      (in, out, n) -> ArrayKernels.eigen(in[0], out[0], out[1], n[0])),
      step(kernel("eigenAdjoint", "[D[D[D[D[DI",
          (in, out, n) -> ArrayKernels.eigenAdjoint(in[0], in[1], in[2], in[3], out[0], n[0])),
          List.of(out(0), out(1), outBar(0), outBar(1)), List.of(inBar(0))));

  /// The adjoint of an element goes back to where it was.
  private static final ArrayOp SORT = kernel("sort", "[D[D[II",
      (in, out, n) -> whole(out[1], from -> ArrayKernels.sort(in[0], out[0], from, n[0])),
      Optional.of((c, adjoint) -> List.of(Build.block(b -> {
        var values = adjoint.apply(c.outputs().get(0)).orElseThrow();
        var xbar = adjoint.apply(c.inputs().get(0)).orElseThrow();
        b.loops(List.of(new Index("i")), c.sizes(),
            at -> new Stmt.Add(xbar, List.of(c.outputs().get(1).read(at)), values.read(at)));
      }))));

  private static final ArrayOp LOG_CHAIN = op(kernel("logChain", "[D[D[D[D[D[D[D[DII", (in, out, n) ->
      ArrayKernels.logChain(in[0], in[1], out[0], out[1], out[2], out[3], out[4], out[5], n[0], n[1])),
      step(kernel("logChainAdjoint", "[D[D[D[D[D[D[D[D[D[DII", (in, out, n) -> ArrayKernels.logChainAdjoint(
          in[0], in[1], in[2], in[3], in[4], in[5], in[6], out[0], out[1], out[2], n[0], n[1])),
          List.of(in(1), out(1), out(2), out(3), out(4), out(5), outBar(0)), List.of(inBar(0), inBar(1), work(in(1)))));

  /// A kernel as the interpreter runs it.
  private interface Kernel {
    void run(double[][] in, double[][] out, int[] sizes);
  }

  /// An array that an adjoint kernel works on, seen from the call that it belongs to.
  private record Ref(Role role, int number) {}

  private enum Role { IN, OUT, IN_BAR, OUT_BAR, WORK }

  private static Ref in(int i) {
    return new Ref(Role.IN, i);
  }

  private static Ref out(int i) {
    return new Ref(Role.OUT, i);
  }

  private static Ref inBar(int i) {
    return new Ref(Role.IN_BAR, i);
  }

  private static Ref outBar(int i) {
    return new Ref(Role.OUT_BAR, i);
  }

  /// Scratch of the extents of an input.
  private static Ref work(Ref input) {
    return new Ref(Role.WORK, input.number());
  }

  /// One adjoint kernel; it is left out if none of the adjoints that it adds to is wanted.
  private record Step(ArrayOp op, List<Ref> inputs, List<Ref> outputs) {
    void add(Build b, Stmt.Call call, Function<Array, Optional<Array>> adjoint) {
      boolean wanted = outputs.stream()
          .anyMatch(r -> r.role == Role.IN_BAR && adjoint.apply(call.inputs().get(r.number)).isPresent());
      if (!wanted) return;
      var ins = inputs.stream().map(r -> array(b, call, adjoint, r)).toList();
      var outs = outputs.stream().map(r -> array(b, call, adjoint, r)).toList();
      b.add(new Stmt.Call(op, ins, outs, call.sizes()));
    }

    /// An adjoint that nobody asked for is scratch if it is added to, and 0 if it is read.
    private static Array array(Build b, Stmt.Call call, Function<Array, Optional<Array>> adjoint, Ref r) {
      return switch (r.role) {
        case IN -> call.inputs().get(r.number);
        case OUT -> call.outputs().get(r.number);
        case WORK -> b.array("work", Kind.REAL, withRoom(call.inputs().get(r.number).dims()));
        case IN_BAR -> adjoint.apply(call.inputs().get(r.number))
            .orElseGet(() -> zeros(b, call.inputs().get(r.number)));
        case OUT_BAR -> adjoint.apply(call.outputs().get(r.number))
            .orElseGet(() -> zeros(b, call.outputs().get(r.number)));
      };
    }

    /// With some rows more.
    private static List<Expr> withRoom(List<Expr> dims) {
      var more = new java.util.ArrayList<>(dims);
      more.set(0, Exprs.add(dims.get(0), Exprs.integer(16)));
      return more;
    }

    private static Array zeros(Build b, Array like) {
      var a = b.array("unused", Kind.REAL, like.dims());
      b.add(new Stmt.Fill(a, Exprs.ZERO));
      return a;
    }
  }

  private static Step step(ArrayOp op, List<Ref> inputs, List<Ref> outputs) {
    return new Step(op, inputs, outputs);
  }

  private static ArrayOp kernel(String name, String parameters, Kernel kernel) {
    return kernel(name, parameters, kernel, Optional.empty());
  }

  private static ArrayOp kernel(String name, String parameters, Kernel kernel, Optional<ArrayOp.Adjoint> adjoint) {
    var method = new Method("ppl/math/ArrayKernels", name, "(" + parameters + ")V");
    return new ArrayOp(name, (random, in, out, sizes) -> kernel.run(in, out, sizes), method, adjoint, false, false);
  }

  private static ArrayOp op(ArrayOp kernel, Step... steps) {
    ArrayOp.Adjoint adjoint = (call, of) ->
        List.of(Build.block(b -> List.of(steps).forEach(s -> s.add(b, call, of))));
    return new ArrayOp(kernel.name(), kernel.run(), kernel.method(), Optional.of(adjoint), false, false);
  }

  /// The operation, of which the upper part of the first input is of no account.
  private static ArrayOp lower(ArrayOp op) {
    return new ArrayOp(op.name(), op.run(), op.method(), op.adjoint(), op.random(), true);
  }

  /// Runs a kernel that writes whole numbers.
  private static void whole(double[] out, Consumer<int[]> kernel) {
    var ints = new int[out.length];
    kernel.accept(ints);
    for (int i = 0; i < out.length; i++) out[i] = ints[i];
  }

  private static int[] whole(double[] in) {
    return Arrays.stream(in).mapToInt(x -> (int) x).toArray();
  }

  private static Array call(Build b, ArrayOp op, List<Array> inputs, List<Array> outputs, List<Expr> sizes) {
    outputs.forEach(b::declare);
    b.add(new Stmt.Call(op, inputs, outputs, sizes));
    return outputs.get(0);
  }

  private static Array matrix(String name, Expr n, Expr m) {
    return Array.computed(name, Kind.REAL, List.of(n, m));
  }

  private static Array pivots(Expr n) {
    return Array.computed("pivots", Kind.INT, List.of(n));
  }

  private static Array like(String name, Array a) {
    return Array.computed(name, Kind.REAL, a.dims());
  }

  /// The extents of a right-hand side; a vector is one column.
  private static List<Expr> rows(Array rhs) {
    return List.of(rhs.dims().get(0), rhs.rank() == 1 ? Exprs.integer(1) : rhs.dims().get(1));
  }
}
