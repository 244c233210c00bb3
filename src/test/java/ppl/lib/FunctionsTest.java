package ppl.lib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import ppl.check.Check;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.lib.Function.Outcome;
import ppl.source.Source;
import ppl.typed.Dim;
import ppl.typed.Interval;
import ppl.typed.Size;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Type;

/// What library functions promise by their types and what their lowerings do.
class FunctionsTest {
  private static final int N = 3;

  static Stream<Signature> signatures() {
    return Stream.of(Elementary.ROWS, Special.ROWS, Reductions.BY_PARTS, Reductions.AT_ONCE, Vectors.ROWS, Matrices.ROWS, Kernels.ROWS)
        .flatMap(List::stream).map(Row::signature);
  }

  private static int extent(String letter) {
    return Character.isDigit(letter.charAt(0)) ? Integer.parseInt(letter) : N;
  }

  private static TExpr typed(Signature.Parameter p) {
    var dims = p.anyRank() ? List.of(Dim.of(Size.of(N)), Dim.of(Size.of(2)))
        : p.dims().stream().map(d -> Dim.of(Size.of(extent(d)))).toList();
    var scalar = p.kind() == Signature.Kind.INT ? Type.INT_SCALAR : Type.REAL_SCALAR;
    return new TExpr.Num(N, new Type(scalar, dims), new Source("test", "x").all());
  }

  /// A well-conditioned symmetric matrix, numbers between 0 and 1, or [N].
  private static Arr value(Signature.Parameter p) {
    var dims = p.anyRank() ? List.of((Expr) Exprs.integer(N), Exprs.integer(2)) : p.dims().stream()
        .map(d -> (Expr) Exprs.integer(extent(d))).toList();
    if (p.kind() == Signature.Kind.INT) return new Arr(Kind.INT, dims, at -> Exprs.integer(N));
    if (dims.isEmpty()) return Arr.of(Exprs.real(0.4));
    return new Arr(Kind.REAL, dims, at -> at.size() == 1
        ? Exprs.div(Exprs.add(at.getFirst(), Exprs.integer(1)), Exprs.real(4))
        : Exprs.select(Exprs.eq(at.get(0), at.get(1)), Exprs.real(2), Exprs.real(0.25)));
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void loweringHasTheTypeThatTheSignatureSays(Signature s) {
    var function = Functions.find(s.name()).orElseThrow();
    var args = s.parameters().stream().map(FunctionsTest::typed).toList();
    var type = switch (function.typing().of(args)) {
      case Outcome.Ok(var t, var checks) -> t;
      case Outcome.Wrong w -> throw new AssertionError(w.message());
    };
    var build = new Build();
    var result = function.lowering().of(build, s.parameters().stream().map(FunctionsTest::value).toList());
    assertEquals(type.rank(), result.rank(), s.text());
    assertEquals(type.isReal() ? Kind.REAL : Kind.INT, result.kind(), s.text());
    var stored = build.store("result", result);
    var interpreter = new Interpreter(RandomGenerator.of("L64X128MixRandom"));
    interpreter.run(build.block());
    int size = type.dims().stream().mapToInt(d -> d.size().constant().orElseThrow()).reduce(1, (a, b) -> a * b);
    var values = interpreter.values(stored);
    assertEquals(size, values.length, s.text());
    boolean outside = List.of("acosh", "log_diff_exp", "log1m_exp", "log_inv_logit_diff", "lmgamma").contains(s.name());
    if (!outside) assertTrue(Arrays.stream(values).allMatch(Double::isFinite), s.text() + Arrays.toString(values));
  }

  private static final List<Interval> WHERE = List.of(new Interval(-3, 3), new Interval(0, 4), Interval.UNIT,
      new Interval(-1, 0), new Interval(1.5, 6));

  /// Random numbers of the argument's shape inside an interval; sizes and whole numbers are [N].
  private static Arr inside(Signature.Parameter p, Interval where, RandomGenerator random) {
    if (p.kind() == Signature.Kind.INT) return value(p);
    var dims = value(p).dims();
    double[] numbers = random.doubles(64, where.low(), where.high()).toArray();
    return new Arr(Kind.REAL, dims, at -> {
      Expr e = Exprs.real(numbers[0]);
      for (int i = 1; i < 30; i++) {
        Expr place = Exprs.integer(0);
        for (int d = 0; d < at.size(); d++)
          place = Exprs.add(Exprs.apply(ppl.ir.Prim.IMUL, place, dims.get(d)), at.get(d));
        e = Exprs.select(Exprs.eq(place, Exprs.integer(i)), Exprs.real(numbers[i]), e);
      }
      return e;
    });
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void valuesLieInTheRangeThatTheRowStates(Signature s) {
    var function = Functions.find(s.name()).orElseThrow();
    var random = new java.util.Random(s.text().hashCode());
    for (int round = 0; round < 12; round++) {
      var where = s.parameters().stream().map(p -> p.kind() == Signature.Kind.INT ? Interval.at(N)
          : WHERE.get(random.nextInt(WHERE.size()))).toList();
      var args = new ArrayList<Arr>();
      for (int i = 0; i < where.size(); i++) args.add(inside(s.parameters().get(i), where.get(i), random));
      var range = function.range().of(new Function.Operands(where, args.stream().map(Arr::rank).toList(), false));
      var build = new Build();
      var stored = build.store("result", function.lowering().of(build, args));
      var interpreter = new Interpreter(RandomGenerator.of("L64X128MixRandom"));
      interpreter.run(build.block());
      for (double v : interpreter.values(stored))
        assertTrue(Double.isNaN(v) || range.low() - 1e-12 <= v && v <= range.high() + 1e-12,
            s.text() + " of " + where + ": " + v + " in " + range);
    }
  }

  /// The value of an expression of the language.
  private static double[] evaluate(String text) {
    var give = (TStmt.Give) Check.of("result : real[1] = [" + text + "]").ok().body().getFirst();
    var build = new Build();
    var stored = build.store("result", lower(((TExpr.ArrayLit) give.value()).elements().getFirst(), build));
    var interpreter = new Interpreter(RandomGenerator.of("L64X128MixRandom"));
    interpreter.run(build.block());
    return interpreter.values(stored);
  }

  private static Arr lower(TExpr e, Build b) {
    return switch (e) {
      case TExpr.Num n -> Arr.of(n.type().isReal() ? Exprs.real(n.value()) : Exprs.integer((int) n.value()));
      case TExpr.Apply a -> a.function().lowering().of(b, a.args().stream().map(x -> lower(x, b)).toList());
      case TExpr.ArrayLit a -> literal(a.elements().stream().map(x -> lower(x, b)).toList());
      default -> throw new IllegalArgumentException(e.toString());
    };
  }

  private static Arr literal(List<Arr> parts) {
    var kind = parts.getFirst().kind();
    var dims = new ArrayList<Expr>(parts.getFirst().dims());
    dims.addFirst(Exprs.integer(parts.size()));
    return new Arr(kind, dims, at -> {
      Expr e = parts.getLast().at(at.subList(1, at.size()));
      for (int i = parts.size() - 2; i >= 0; i--)
        e = Exprs.select(Exprs.eq(at.getFirst(), Exprs.integer(i)), parts.get(i).at(at.subList(1, at.size())), e);
      return e;
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "2 ^ 10 | 1024", "2 ^ -1 | 0.5", "4 ^ 0.5 | 2", "-2 ^ 2 | -4", "7 div 2 | 3", "-7 div 2 | -4", "-7 mod 2 | 1",
          "7 / 2 | 3.5",
      "dot([1, 2, 3], [4, 5, 6]) | 32", "sum([1, 2, 3] .* [4, 5, 6]) | 32", "sum([[1, 2], [3, 4]] * [1, 1]) | 10",
      "sum([1, 1] * [[1, 2], [3, 4]]) | 10", "sum(([[1, 2], [3, 4]] * [[0, 1], [1, 0]])') | 10", "mean([1, 2, 6]) | 3",
          "var([1, 2, 6]) | 7", "sd([1, 1, 4]) | 1.7320508075688772",
      "log_sum_exp([0, 0]) | 0.6931471805599453", "max([3, 9, 4]) | 9", "min(3, 2) | 2", "count([1, 0, 5]) | 2",
          "any([0, 0]) | 0", "all([1, 2]) | 1",
      "sum(softmax([1, 2, 3])) | 1", "max(cumulative_sum([1, 2, 3])) | 6", "sum(stick_breaking([0.25, 0.5, 0.2])) | 1",
      "max(stick_breaking([0.25, 0.5, 0.2])) | 0.375", "min(stick_breaking([0.25, 0.5, 0.2])) | 0.075", "max(cumulative_prod([1, 2, 5])) | 10",
          "dot(sort([3, 1, 2]), [100, 10, 1]) | 123",
      "dot(sort([3.5, 1.5, 2.5]), [100, 10, 1]) | 178.5", "dot(reverse([3, 1, 2]), [100, 10, 1]) | 213",
          "sum(rep(2.5, 4)) | 10", "sum(linspaced(5, 0, 1)) | 2.5",
      "dot(append([1, 2], 3), [100, 10, 1]) | 123", "dot(append(1, [2, 3]), [100, 10, 1]) | 123",
          "dot(head([1, 2, 3], 2), [10, 1]) | 12", "dot(tail([1, 2, 3], 2), [10, 1]) | 23",
      "sum(diff([1, 4, 9])) | 8", "trace(outer([1, 2], [3, 4])) | 11", "sum(diagonal(diag([1, 2]))) | 3",
          "trace(identity(4)) | 4", "log_determinant([[2, 0], [0, 3]]) | 1.791759469228055",
      "sum(solve([[2, 1], [1, 3]], [3, 4])) | 2", "sum(solve_lower([[2, 0], [1, 3]], [2, 4])) | 2",
          "sum(solve_upper([[2, 1], [0, 3]], [3, 3])) | 2",
      "sum(cholesky([[4, 2], [2, 5]])) | 5", "quad_form([[2, 1], [1, 3]], [1, 2]) | 18",
          "trace(inverse([[2, 0], [0, 4]])) | 0.75", "sum(eigenvalues_sym([[2, 1], [1, 2]])) | 4",
      "trace(kron([[1, 2], [3, 4]], identity(2))) | 10", "sum(append_columns([[1], [2]], [3, 4])) | 10",
          "sum(one_hot(2, 3) .* [1, 2, 3]) | 2", "square(-3) | 9", "sign(-0.5) | -1",
      "step(0) | 1", "relu(-1) | 0", "choose(5, 2) | 10", "inv_logit(0) | 0.5", "Phi(0) | 0.5", "round(2.4) | 2",
          "trunc(-2.7) | -2", "(3 > 2) + (2 >= 3) | 1", "not 3 | 0", "1 and 2 | 1",
      "sum(gp_exp_quad([0, 1], 2, 1)) | 12.852245277701068", "trace(gp_periodic([0, 1], 1, 1, 1)) | 2",
          "distance([0, 3], [4, 0]) | 5"})
  void values(String text, double expected) {
    assertEquals(expected, evaluate(text)[0], 1e-12 * Math.max(1, Math.abs(expected)), text);
  }

  @Test
  void namesAreUniqueAndDocumented() {
    for (var f : Functions.all()) assertFalse(f.doc().isBlank(), f.name());
    assertTrue(Functions.all().size() > 100);
  }
}
