package ppl.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Random well-typed expressions: smooth functions of what is in scope, of moderate size.
final class RandomTerms {
  /// A real expression's text and the names of its extents.
  record Typed(String text, List<String> dims) {}

  /// Functions and a distribution that every model defines and expressions call.
  static final String LIBRARY = """
      fun wave(x : real, s : real) : real = sin(x) + 0.2 * s
      fun spread(x : real[A]) : real {
        m = mean(x)
        s = sum(i in 1..A : (x[i] - m)^2)
        return sqrt(s + 1)
      }
      fun shifted(x : real[A], by : real) : real[A] = [tanh(x[i]) + by for i in 1..A]
      fun hinge(x : real, at : real) : real {
        d = x - at
        if d < 0 { return 0.1 * wave(d, at) } else if d > 9 { return 9 }
        return d^2
      }
      fun faded(x : real[A], r : real) : real[A] {
        s : real[A]
        s[1] = x[1]
        for i in 2..A { s[i] = inv_logit(r) * s[i - 1] + x[i] }
        return s
      }
      fun kernel(x : real[A], y : real[B]) : real[A, B] = [exp(-square(x[i] - y[j])) for i in 1..A, j in 1..B]
      dist Bent(a : real, b : positive) on real {
        logpdf(x) = -log(b) - (x - a) / b - 2 * log1p_exp(-(x - a) / b)
        cdf(x) = inv_logit((x - a) / b)
        sample = a + b * sample(Logistic(0, 1))
      }
      dist Ring(m : real[A], s : positive) on real[A] { logpdf(x) = -A * log(s) - log1p(squared_distance(x, m) / s^2) }
      dist After(start : real, rate : positive) on real(lower = start) {
        logpdf(x) = log(rate) - rate * (x - start)
        cdf(x) = 1 - exp(-rate * (x - start))
        sample = start - log(sample(Uniform(0, 1))) / rate
      }
      """;

  private final Tape tape;
  private final List<Typed> known;
  private final int fresh;

  RandomTerms(Tape tape, List<Typed> known, int fresh) {
    this.tape = tape;
    this.known = known;
    this.fresh = fresh;
  }

  private RandomTerms with(Typed more) {
    var all = new ArrayList<>(known);
    all.add(more);
    return new RandomTerms(tape, all, fresh + 1);
  }

  private String variable() {
    return "i" + fresh;
  }

  String positive(List<String> dims, int depth) {
    return tape.of("exp(0.4 * tanh(%s))", "(0.5 + 0.3 * square(tanh(%s)))", "(0.01 + log1p_exp(%s))").formatted(real(dims, depth - 1));
  }

  String unit(List<String> dims, int depth) {
    return "inv_logit(%s)".formatted(real(dims, depth - 1));
  }

  /// An expression over `dims`, or over its last ones.
  String broadcast(List<String> dims, int depth) {
    return real(dims.subList(tape.choose(dims.size() + 1), dims.size()), depth);
  }

  String real(List<String> dims, int depth) {
    if (depth <= 0 || tape.ended() || tape.chance(15)) return leaf(dims);
    return switch (tape.choose(dims.isEmpty() ? 11 : 12)) {
      case 0 -> "(%s + %s)".formatted(real(dims, depth - 1), broadcast(dims, depth - 1));
      case 1 -> "(%s - %s)".formatted(broadcast(dims, depth - 1), real(dims, depth - 1));
      case 2 -> "(tanh(%s) .* %s)".formatted(real(dims, depth - 1), broadcast(dims, depth - 1));
      case 3 -> "(%s ./ %s)".formatted(real(dims, depth - 1), positive(dims.subList(tape.choose(dims.size() + 1), dims.size()), depth - 1));
      case 4 -> tape.of("tanh", "sin", "cos", "inv_logit", "log1p_exp", "atan", "Phi", "lgamma_of", "-")
          .replace("lgamma_of", "lgamma(1.2 + square(")
          .concat("(" + real(dims, depth - 1) + ")").replaceAll("^(lgamma.*)$", "$1))");
      case 5 -> "(%s > 0.1 ? %s : %s)".formatted(data(dims), real(dims, depth - 1), broadcast(dims, depth - 1));
      case 6 -> "wave(%s, %s)".formatted(real(dims, depth - 1), real(List.of(), depth - 1));
      case 7 -> "(5 * tanh(0.2 * logpdf(%s, %s)))".formatted(law(dims, depth - 1), real(dims, depth - 1));
      case 8 -> "(%s)^2".formatted("tanh(" + real(dims, depth - 1) + ")");
      case 9 -> "hinge(tanh(%s), %s)".formatted(real(dims, depth - 1), number());
      case 10 -> "(1 + %s) ^ tanh(%s)".formatted(unit(dims, depth), broadcast(dims, depth - 1));
      default -> dims.size() == 1 ? vector(dims.getFirst(), depth) : matrix(dims, depth);
    };
  }

  private String law(List<String> dims, int depth) {
    return tape.of("Normal", "Logistic", "Gumbel", "Cauchy", "Bent") + "(" + broadcast(dims, depth - 1) + ", "
        + positive(List.of(), depth) + ")";
  }

  private String leaf(List<String> dims) {
    var fitting = known.stream().filter(k -> k.dims().equals(dims)).toList();
    if (!fitting.isEmpty() && !tape.chance(15)) return tape.of(fitting).text();
    if (dims.isEmpty()) return scalarOf();
    if (dims.size() == 1 && tape.chance(50)) return vectorOf(dims.getFirst());
    var v = new ArrayList<String>();
    for (int d = 0; d < dims.size(); d++) v.add(variable() + "_" + d);
    return "[" + IntStream.range(0, v.size()).mapToObj(d -> "0.3 * sin(1.0 * " + v.get(d) + ")").collect(Collectors.joining(" + "))
        + " for " + IntStream.range(0, v.size()).mapToObj(d -> v.get(d) + " in 1.." + dims.get(d)).collect(Collectors.joining(", ")) + "]";
  }

  /// A number made of an array, or a constant.
  private String scalarOf() {
    var arrays = known.stream().filter(k -> k.dims().size() == 1).toList();
    if (arrays.isEmpty() || tape.chance(30)) return number();
    var a = tape.of(arrays);
    var n = a.dims().getFirst();
    var i = variable();
    return switch (tape.choose(14)) {
      case 6 -> "max(%s)".formatted(a.text());
      case 7 -> "prod(%s in 1..%s : 1 + 0.5 * tanh(%s[%s]))".formatted(i, n, a.text(), i);
      case 8 -> "log_sum_exp(%s in 1..%s, %sb in 1..%s : %s[%s] * sin(1.0 * %sb))".formatted(i, n, i, i, a.text(), i, i);
      case 9 -> "mean([%s[%s] * %s for %s in 2..%s])".formatted(a.text(), i, number(), i, n);
      case 10 -> "min(%s in 1..%s : sum(%sb in 1..%s : %s[%sb] / %s))".formatted(i, n, i, i, a.text(), i, i);
      case 11 -> "log_determinant_spd(crossprod(kernel(%s, %s)) + identity(%s))".formatted(a.text(), a.text(), n);
      case 12 -> "quad_form(gp_exp_quad(%s, 1, 1), %s)".formatted(vectorOf(n), a.text());
      case 0 -> a.text() + "[" + tape.of("1", a.dims().getFirst()) + "]";
      case 1 -> "mean(" + a.text() + ")";
      case 2 -> "sum(%s in 1..%s : 0.5 * %s[%s] + 0.1)".formatted(variable(), a.dims().getFirst(), a.text(), variable());
      case 3 -> "log_sum_exp(" + a.text() + ")";
      case 4 -> "spread(" + a.text() + ")";
      case 5 -> "dot(%s, %s)".formatted(a.text(), tape.of(vectorOf(n), a.text()));
      default -> "sum(%s[1..2])".formatted(a.text());
    };
  }

  String number() {
    var text = Double.toString(tape.real());
    return text.startsWith("-") ? "(" + text + ")" : text;
  }

  /// Data of `n` elements; there are none of a size that is a number.
  private String vectorOf(String n) {
    var i = variable() + "_x";
    return Character.isDigit(n.charAt(0)) ? "[0.9 - 0.7 * %s for %s in 1..%s]".formatted(i, i, n) : "x" + n;
  }

  /// An expression of data alone, for conditions.
  private String data(List<String> dims) {
    return dims.isEmpty() ? "x0" : dims.size() == 1 ? "x" + dims.getFirst() : "X" + String.join("", dims);
  }

  private String vector(String n, int depth) {
    var other = tape.of("N", "M", "K");
    var i = variable();
    return switch (tape.choose(13)) {
      case 8 -> "faded(%s, %s)".formatted(real(List.of(n), depth - 1), real(List.of(), depth - 1));
      case 9 -> "solve_spd(0.1 * crossprod(%s) + diag(%s), %s)".formatted(
          real(List.of(other, n), depth - 1), positive(List.of(n), depth - 1), real(List.of(n), depth - 1));
      case 10 -> "(cholesky(gp_exp_quad(x%s, 0.5 + %s, 1) + identity(%s)) * %s)".formatted(
          n, unit(List.of(), depth - 1), n, real(List.of(n), depth - 1));
      case 11 -> "(kernel(%s, %s) * %s)".formatted(real(List.of(n), depth - 1), real(List.of(other), depth - 1), real(List.of(other), depth - 1));
      case 0 -> "[%s for %s in 1..%s]".formatted(
          with(new Typed("x" + n + "[" + i + "]", List.of())).real(List.of(), depth - 1), i, n);
      case 1 -> "(%s)[g%s%s]".formatted(real(List.of(other), depth - 1), n, other);
      case 2 -> "(%s * %s)".formatted(real(List.of(n, other), depth - 1), real(List.of(other), depth - 1));
      case 3 -> "(%s)[, %s]".formatted(real(List.of(n, other), depth - 1), tape.of("1", other));
      case 4 -> "(%s)[%s]".formatted(real(List.of(other, n), depth - 1), tape.of("1", other));
      case 5 -> "shifted(%s, %s)".formatted(real(List.of(n), depth - 1), real(List.of(), depth - 1));
      case 6 -> tape.of("softmax", "cumulative_sum", "reverse") + "(" + real(List.of(n), depth - 1) + ")";
      case 7 -> "(%s)[g%s%s, g%sM]".formatted(real(List.of(other, "M"), depth - 1), n, other, n);
      default -> "[sum(%s) for %s in 1..%s]".formatted(
          "(" + real(List.of(n, other), depth - 1) + ")[" + i + "]", i, n);
    };
  }

  private String matrix(List<String> dims, int depth) {
    var r = dims.get(0);
    var c = dims.get(1);
    var other = tape.of("N", "M", "K");
    return switch (tape.choose(6)) {
      case 0 -> "(%s * %s)".formatted(real(List.of(r, other), depth - 1), real(List.of(other, c), depth - 1));
      case 1 -> "(%s)'".formatted(real(List.of(c, r), depth - 1));
      case 2 -> "outer(%s, %s)".formatted(real(List.of(r), depth - 1), real(List.of(c), depth - 1));
      case 3 -> "(%s)[g%s%s]".formatted(real(List.of(other, c), depth - 1), r, other);
      case 4 -> "diag_pre_multiply(%s, %s)".formatted(real(List.of(r), depth - 1), real(dims, depth - 1));
      default -> "[%s for %s in 1..%s]".formatted(real(List.of(c), depth - 1), variable(), r);
    };
  }
}
