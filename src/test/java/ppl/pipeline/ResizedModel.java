package ppl.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;

/// A random model in whose loops arrays have another size in each turn, and the same written out turn by turn.
///
/// @param loops    with loops
/// @param unrolled without
/// @param data     JSON values by name
record ResizedModel(String loops, String unrolled, Map<String, String> data) {
  static final String LIBRARY = """
      fun faded(x : real[A], r : real) : real[A] {
        s : real[A]
        for i in 1..A { s[i] = x[i] + (i > 1 ? inv_logit(r) * s[max(i - 1, 1)] : 0.0) }
        return s
      }
      fun near(x : real[A], r : real) : real[A, A] {
        m : real[A, A]
        for i in 1..A { for j in 1..A { m[i, j] = exp(-square(x[i] - x[j])) + (i == j ? 1 + exp(r) : 0.0) } }
        return m
      }
      fun windows(x : real[A], r : real) : real {
        s : real[A]
        for i in 1..A {
          w = sort(r * x[1..i])
          s[i] = dot(w, cumulative_sum(x[1..i])) + sum(faded(x[i..A], r))
        }
        return sum(tanh(s))
      }
      fun chosen(x : real[A], r : real) : real {
        k : int
        if A > 2 { k = A - 1 } else { k = A }
        s : real[k]
        for i in 1..k { s[i] = i > 1 ? tanh(s[max(i - 1, 1)]) + r * x[i] : x[1] }
        return dot(s, sort(r * x[1..k]))
      }
      fun corner(m : real[A, B], k : int) : real {
        c : real[k, A]
        for i in 1..k { for j in 1..A { c[i, j] = m[j, min(i, B)] * j } }
        return sum(tanh(c * m))
      }
      """;
  private static final String DATA = """
      data N : int
      data len : int[N]
      data x : real[N]
      data M : real[N, N]
      k : int[N]
      k[1] = 1
      for i in 2..N { k[i] = max(1, N - k[i - 1]) }
      r : real ~ Normal(0, 1)
      u : real[N] ~ Normal(0, 1)
      """;

  static Arbitrary<ResizedModel> models() {
    return Tape.tapes(90).map(numbers -> new Maker(new Tape(numbers)).model());
  }

  @Override
  public String toString() {
    return loops + Whole.object(data) + "\n";
  }

  private static final class Maker {
    private final Tape tape;
    private final int n;
    private final StringBuilder loops = new StringBuilder(LIBRARY + DATA);
    private final StringBuilder unrolled = new StringBuilder(LIBRARY + DATA);
    private final Map<String, String> data = new LinkedHashMap<>();
    private int names;

    Maker(Tape tape) {
      this.tape = tape;
      n = 2 + tape.choose(3);
    }

    ResizedModel model() {
      do statement(); while (names < 5 && !tape.ended());
      data.put("N", "" + n);
      data.put("len", list(i -> "" + (1 + tape.choose(n))));
      data.put("x", list(i -> "" + tape.real()));
      data.put("M", list(i -> list(j -> "" + (i == j ? 3.5 : 1.0 / (1 + i + j)))));
      return new ResizedModel(loops.toString(), unrolled.toString(), data);
    }

    private void observed(String name, String type, String values) {
      both("data %s : %s\n".formatted(name, type));
      data.put(name, values);
    }

    private String list(IntFunction<String> element) {
      return IntStream.range(0, n).mapToObj(element).collect(Collectors.joining(", ", "[", "]"));
    }

    private void statement() {
      int own = ++names;
      switch (tape.choose(10)) {
        case 0 -> each("target += 0.1 * " + scalar(2, "@i"));
        case 1 -> {
          observed("y" + own, "real[N]", list(i -> "" + tape.real()));
          each("y%d[@i] ~ Normal(%s, %s)".formatted(own, scalar(2, "@i"), tape.of("1", "exp(0.2 * r)")));
        }
        case 2 -> {
          observed("z" + own, "real[N, N]", list(_ -> list(i -> "" + tape.real())));
          var part = part("@i");
          each("z%d[@i, %s] ~ MultivariateNormal(%s, %s)".formatted(own, part, vector(2, part), matrix(part)));
        }
        case 3 -> each("if x[@i] > 0 { target += %s } else { target += 0.1 * %s }".formatted(
            scalar(2, "@i"), scalar(1, "@i")));
        case 4 -> nested("target += 0.1 * " + scalar(2, tape.of("@j", "@i")));
        case 5 -> given("d" + own, "tanh(" + scalar(2, "@i") + ")");
        case 6 -> given("h" + own, "tanh(0.3 * sum(faded(h%d[1..@i - 1], r)) + %s)".formatted(own, scalar(1, "@i")));
        case 7 -> local(own);
        case 8 -> {
          observed("y" + own, "real[N]", list(i -> "" + tape.real()));
          each("y%d[@i] ~ Normal(%s, %s)".formatted(own, linear(part("@i")), tape.of("1", "2")));
        }
        default -> {
          both("generate {\ng%d : real[N]\n".formatted(own));
          each("g%d[@i] = %s".formatted(own, scalar(2, "@i")));
          both("}\n");
        }
      }
    }

    private void both(String text) {
      loops.append(text);
      unrolled.append(text);
    }

    /// A quantity that later statements use.
    private void given(String name, String value) {
      both(name + " : real[N]\n");
      each("%s[@i] = %s".formatted(name, value));
      both("target += 0.2 * sum(tanh(%s))\n".formatted(name));
    }

    /// A part that has a name.
    private void local(int own) {
      var part = part("@i");
      var value = vector(2, part);
      var use = "target += 0.1 * dot(%1$s, tanh(%1$s)) + 0.1 * " + over("%1$s", part);
      loops.append("for i in 1..N {\n  v%d = %s\n  %s\n}\n".formatted(
          own, at(value, "i", ""), at(use, "i", "").formatted("v" + own)));
      for (int i = 1; i <= n; i++) unrolled.append(at(use.formatted(value), "" + i, "")).append('\n');
    }

    private void each(String text) {
      loops.append("for i in 1..N { %s }\n".formatted(at(text, "i", "")));
      for (int i = 1; i <= n; i++) unrolled.append(at(text, "" + i, "")).append('\n');
    }

    private void nested(String text) {
      boolean inner = tape.chance(60);
      loops.append("for i in 1..N { for j in %s { %s } }\n".formatted(inner ? "1..i" : "i..N", at(text, "i", "j")));
      for (int i = 1; i <= n; i++)
        for (int j = inner ? 1 : i; j <= (inner ? i : n); j++) unrolled.append(at(text, "" + i, "" + j)).append('\n');
    }

    private static String at(String text, String i, String j) {
      return text.replace("@i", i).replace("@j", j);
    }

    private String part(String i) {
      return tape.of("1..%s", "%s..N", "1..len[%s]", "1..%s - 1", "%s + 1..N", "min(%1$s, 2)..%1$s", "1..k[%s]").formatted(i);
    }

    private String scalar(int depth, String i) {
      return over(vector(depth, part(i)), "");
    }

    /// A linear form of unknowns.
    private String linear(String part) {
      var v = tape.of("u[%s]", "(r * x[%s])").formatted(part);
      var m = "M[%1$s, %1$s]".formatted(part);
      return switch (tape.choose(5)) {
        case 0 -> "dot(%s, sort(x[%s]))".formatted(v, part);
        case 1 -> "sum(cumulative_sum(%s))".formatted(v);
        case 2 -> "sum(solve(%s, %s))".formatted(m, v);
        case 3 -> "sum(cholesky(%s) * %s)".formatted(m, v);
        default -> "dot(faded(x[%s], 1), %s * %s)".formatted(part, m, v);
      };
    }

    /// A number that all of a vector has a part in.
    private String over(String v, String part) {
      return switch (tape.choose(part.isEmpty() ? 9 : 6)) {
        case 0 -> "sum(" + v + ")";
        case 1 -> "windows(" + v + ", r)";
        case 2 -> "log_determinant_spd(near(" + v + ", r))";
        case 3 -> "log_sum_exp(append(r, " + v + "))";
        case 4 -> "sum(faded(" + v + ", 0.3 * r))";
        case 5 -> "chosen(" + v + ", 0.5 * r)";
        default -> {
          var own = part(tape.of("@i"));
          yield switch (tape.choose(3)) {
            case 0 -> "quad_form(%s, %s)".formatted(matrix(own), vector(1, own));
            case 1 -> "corner(%s, 2)".formatted(matrix(own));
            default -> "sum(inverse(%s) * %s)".formatted(matrix(own), vector(1, own));
          };
        }
      };
    }

    private String matrix(String part) {
      return tape.of("M[%1$s, %1$s]", "exp(0.3 * r) * M[%1$s, %1$s]", "near(u[%1$s], r)", "crossprod(M[, %1$s])").formatted(part);
    }

    private String vector(int depth, String part) {
      if (depth == 0) return tape.of("u[%s]", "x[%s]", "(r * x[%s])").formatted(part);
      var v = vector(depth - 1, part);
      return switch (tape.choose(12)) {
        case 0 -> "tanh(" + v + ")";
        case 1 -> "sort(" + v + " + 2 * x[" + part + "])";
        case 2 -> "cumulative_sum(" + v + ")";
        case 3 -> "softmax(" + v + ")";
        case 4 -> "faded(" + v + ", r)";
        case 5 -> "(" + matrix(part) + " * " + v + ")";
        case 6 -> "solve(" + matrix(part) + ", " + v + ")";
        case 7 -> "(cholesky(" + matrix(part) + ") * " + v + ")";
        case 8 -> "solve_lower(cholesky(" + matrix(part) + "), " + v + ")";
        case 9 -> "solve_spd(" + matrix(part) + ", " + v + ")";
        case 10 -> "reverse(" + v + ")";
        default -> "(" + v + " + exp(0.2 * " + vector(0, part) + "))";
      };
    }
  }
}
