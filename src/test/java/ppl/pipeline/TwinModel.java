package ppl.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import ppl.dist.Distribution;
import ppl.dist.Parameter;
import ppl.ir.Kind;
import ppl.pipeline.TwinTerms.Term;

/// A random model written twice, by broadcasting and with loops.
///
/// @param loops the text in which every element is given by itself
/// @param data  of both
record TwinModel(String broadcast, String loops, Map<String, String> data) {
  static Arbitrary<TwinModel> models() {
    return Tape.tapes(150).map(numbers -> new Maker(new Tape(numbers)).model());
  }

  @Override
  public String toString() {
    return broadcast + "\n// the same:\n" + loops + "\n" + Whole.object(data) + "\n";
  }

  private static final class Maker {
    private static final List<String> SIZES = List.of("N", "M", "K");

    private final Tape tape;
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private final StringBuilder broadcast = new StringBuilder();
    private final StringBuilder loops = new StringBuilder();
    private final Map<String, String> data = new LinkedHashMap<>();
    private final List<Term> known = new ArrayList<>();
    private int names;

    Maker(Tape tape) {
      this.tape = tape;
      SIZES.forEach(s -> sizes.put(s, 2 + tape.choose(3)));
    }

    TwinModel model() {
      prior();
      for (int n = 0; n < 8 && !tape.ended(); n++) {
        switch (tape.choose(10)) {
          case 0 -> prior();
          case 1 -> events();
          case 2 -> computed();
          case 3, 4 -> likelihood();
          case 5 -> combined();
          case 6 -> columns();
          case 7 -> recurrence();
          case 8 -> later();
          default -> added();
        }
      }
      var frame = frame();
      return new TwinModel(RandomTerms.LIBRARY + frame + broadcast, RandomTerms.LIBRARY + frame + loops, data);
    }

    private String fresh(String stem) {
      return stem + ++names;
    }

    private TwinTerms terms() {
      return new TwinTerms(tape, List.copyOf(known));
    }

    private List<String> dims(int least, int most) {
      return IntStream.range(0, least + tape.choose(most - least + 1)).mapToObj(d -> tape.of(SIZES)).toList();
    }

    private static String type(String word, List<String> dims) {
      return dims.isEmpty() ? word : word + "[" + String.join(", ", dims) + "]";
    }

    private List<String> variables(List<String> dims) {
      return dims.stream().map(d -> fresh("i")).toList();
    }

    private void both(String line) {
      broadcast.append(line).append('\n');
      loops.append(line).append('\n');
    }

    /// `name sign value`, whole and by element.
    private void give(String name, List<String> dims, String sign, Term value) {
      broadcast.append("%s %s %s\n".formatted(name, sign, value.whole()));
      elements(name, dims, sign, value);
    }

    private void elements(String name, List<String> dims, String sign, Term value) {
      var i = variables(dims);
      if (dims.isEmpty()) loops.append("%s %s %s\n".formatted(name, sign, value.whole()));
      else if (dims.size() == 2 && tape.chance(30))
        loops.append("%s { %s { %s[%s, %s] %s %s } }\n".formatted(TwinTerms.loop(i.subList(1, 2), dims.subList(1, 2)),
            TwinTerms.loop(i.subList(0, 1), dims.subList(0, 1)), name, i.get(0), i.get(1), sign, value.element(i)));
      else loops.append("%s { %s[%s] %s %s }\n".formatted(TwinTerms.loop(i, dims), name, String.join(", ", i), sign, value.element(i)));
    }

    private Term law(Distribution d, List<String> dims) {
      var form = tape.of(d.forms());
      var arguments = form.parameters().stream().map(p -> argument(d, p, dims)).toArray(Term[]::new);
      return call(d.name(), form.names(), dims, arguments);
    }

    private static Term call(String name, List<String> labels, List<String> dims, Term... arguments) {
      var format = name + "(" + String.join(", ", labels.stream().map(l -> l + " = %s").toList()) + ")";
      return new Term(dims, format.formatted(java.util.Arrays.stream(arguments).map(Term::whole).toArray()),
          i -> format.formatted(java.util.Arrays.stream(arguments).map(a -> a.element(i)).toArray()));
    }

    private Term argument(Distribution d, Parameter p, List<String> dims) {
      if (p.rank() == 1) return vector(p, dims);
      if (p.name().equals("lower")) return p.kind() == Kind.INT ? Term.of("0") : TwinTerms.combine(dims, "(-5 - %s)", terms().positive(dims, 2));
      if (p.name().equals("upper")) return p.kind() == Kind.INT ? Term.of("9") : TwinTerms.combine(dims, "(4 + %s)", terms().positive(dims, 2));
      if (p.name().equals("minimum")) return TwinTerms.combine(dims, "(0.1 * %s)", terms().unit(dims, 2));
      return switch (p.domain()) {
        case REAL, SIMPLEX, ORDERED, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> terms().real(dims, 3);
        case POSITIVE, NONNEGATIVE -> terms().positive(dims, 3);
        case UNIT -> terms().unit(dims, 3);
        case INT, COUNT, POSITIVE_INT -> Term.of("7");
        case BINARY -> Term.of("1");
      };
    }

    /// One vector for all, or one a row.
    private Term vector(Parameter p, List<String> dims) {
      return switch (p.domain()) {
        case SIMPLEX -> Term.of("softmax(" + terms().real(List.of("K"), 2).whole() + ")");
        case ORDERED -> Term.of("cumulative_sum(exp(" + terms().real(List.of("K"), 2).whole() + "))");
        case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY ->
            dims.size() == 1 ? rows(terms().real(List.of(dims.getFirst(), "K"), 3)) : Term.of(terms().real(List.of("K"), 2).whole());
      };
    }

    /// A matrix as one vector a row: for one row, the vector of its elements.
    private Term rows(Term matrix) {
      var k = fresh("k");
      return new Term(List.of("rows"), matrix.whole(), i ->
          "[%s for %s in 1..K]".formatted(matrix.element(List.of(i.getFirst(), k)), k));
    }

    private void prior() {
      var u = fresh("u");
      var dims = dims(0, 2);
      var law = law(tape.of(RandomLaws.REAL), dims);
      broadcast.append("%s : %s ~ %s\n".formatted(u, type("real", dims), law.whole()));
      if (dims.isEmpty()) loops.append("%s : real ~ %s\n".formatted(u, law.whole()));
      else {
        loops.append("%s : %s\n".formatted(u, type("real", dims)));
        elements(u, dims, "~", law);
      }
      known.add(Term.array(u, dims));
    }

    private void events() {
      var v = fresh("v");
      var n = tape.of(SIZES);
      var i = fresh("i");
      boolean simplex = tape.chance(50);
      var type = (simplex ? "simplex" : "real") + "[" + n + ", K]";
      var mean = rows(simplex ? terms().positive(List.of(n, "K"), 3) : terms().real(List.of(n, "K"), 3));
      boolean wide = !simplex || mean.whole().length() > 0;
      var law = simplex ? "Dirichlet(0.5 + 0.5 * square(tanh(%s)))" : "MultivariateNormal(%s, cov = 0.3 * crossprod(XMK) + diag(rep(1, K)))";
      var arg = simplex ? rows(terms().with(Term.array("X" + n + "K", List.of(n, "K"))).real(List.of(n, "K"), 0)) : mean;
      broadcast.append("%s : %s ~ %s\n".formatted(v, type, law.formatted(arg.whole())));
      loops.append("%s : %s\nfor %s in 1..%s { %s[%s] ~ %s }\n".formatted(v, type, i, n, v, i, law.formatted(arg.element(List.of(i)))));
      known.add(Term.array(v, List.of(n, "K")));
    }

    private void computed() {
      var d = fresh("d");
      var dims = dims(1, 2);
      both("%s : %s".formatted(d, type("real", dims)));
      var value = terms().real(dims, 4);
      if (value.dims().size() < dims.size()) value = TwinTerms.combine(dims, "(%s + %s)", Term.array(zeros(dims), dims), value);
      give(d, dims, "=", value);
      known.add(Term.array(d, dims));
    }

    private static String zeros(List<String> dims) {
      return dims.size() == 1 ? "x" + dims.getFirst() : "X" + String.join("", dims);
    }

    private String observed(Distribution d, List<String> dims) {
      var y = fresh("y");
      both("data %s : %s".formatted(y, type(d.kind() == Kind.INT ? "int" : "real", dims)));
      data.put(y, new RandomLaws(tape, new RandomTerms(tape, List.of(), 0)).value(d, dims.stream().map(sizes::get).toList()));
      return y;
    }

    private void likelihood() {
      var d = tape.of(RandomLaws.SCALAR);
      var dims = dims(1, 2);
      var y = observed(d, dims);
      give(y, dims, "~", law(d, dims));
    }

    private void combined() {
      var d = tape.of(RandomLaws.REAL.stream().filter(x -> x.abilities().contains(ppl.dist.Ability.TAILS)).toList());
      var dims = dims(1, 1);
      var y = observed(d, dims);
      var w = terms().unit(List.of(), 2).whole();
      give(y, dims, "~", switch (tape.choose(3)) {
        case 0 -> TwinTerms.combine(dims, "truncated(%s, lower = -6.5, upper = 7 + %s)", law(d, dims), terms().positive(dims, 2));
        case 1 -> {
          data.computeIfPresent(y, (name, values) -> censored(values));
          yield TwinTerms.combine(dims, "censored(%s, lower = 0.25)", law(d, dims));
        }
        default -> TwinTerms.combine(dims, "mixture([%s, 1 - %s], %s, %s)", Term.of(w), Term.of(w), law(d, dims), law(d, dims));
      });
    }

    /// The values, none below 0.25.
    private static String censored(String values) {
      return java.util.Arrays.stream(values.substring(1, values.length() - 1).split(", "))
          .map(v -> Double.toString(Math.max(0.25, Double.parseDouble(v)))).toList().toString();
    }

    /// A matrix of unknowns given column by column or row by row.
    private void columns() {
      var z = fresh("z");
      var n = tape.of(SIZES);
      var m = tape.of(SIZES);
      var i = fresh("i");
      var c = fresh("c");
      boolean byColumn = tape.chance(50);
      var inner = byColumn ? n : m;
      both("%s : real[%s, %s]".formatted(z, n, m));
      var mean = terms().with(Term.of("0.5 * " + c)).real(List.of(inner), 3);
      var sd = terms().positive(List.of(inner), 2);
      boolean random = tape.chance(60);
      var value = random ? call("Normal", List.of("mean", "sd"), List.of(inner), mean, sd)
          : TwinTerms.combine(List.of(inner), "(%s + %s)", Term.array("x" + inner, List.of(inner)), mean);
      var sign = random ? "~" : "=";
      broadcast.append("for %s in 1..%s { %s[%s] %s %s }\n".formatted(c, byColumn ? m : n, z, byColumn ? ", " + c : c, sign, value.whole()));
      loops.append("for %s in 1..%s, %s in 1..%s { %s[%s] %s %s }\n".formatted(c, byColumn ? m : n, i, inner, z,
          byColumn ? i + ", " + c : c + ", " + i, sign, value.element(List.of(i))));
      known.add(Term.array(z, List.of(n, m)));
    }

    /// A plate within a recurrence.
    private void recurrence() {
      var h = fresh("h");
      var t = fresh("t");
      var i = fresh("i");
      var n = tape.of(SIZES);
      var dims = List.of(n);
      both("%s : real[M, %s]".formatted(h, n));
      boolean random = tape.chance(50);
      var sign = random ? "~" : "=";
      var before = new Term(dims, "%s[%s - 1]".formatted(h, t), s -> "%s[%s - 1, %s]".formatted(h, t, s.getFirst()));
      var start = TwinTerms.combine(dims, "(%s + %s)", Term.array("x" + n, dims), terms().real(dims, 2));
      var step = TwinTerms.combine(dims, "(0.4 * %s + tanh(%s))", before, terms().with(before).real(dims, 3));
      var sd = terms().positive(dims, 2);
      var first = random ? call("Normal", List.of("mean", "sd"), dims, start, sd) : start;
      var next = random ? call("Normal", List.of("mean", "sd"), dims, step, sd) : step;
      broadcast.append("%s[1] %s %s\nfor %s in 2..M { %s[%s] %s %s }\n".formatted(h, sign, first.whole(), t, h, t, sign, next.whole()));
      loops.append("for %s in 1..%s { %s[1, %s] %s %s }\n".formatted(i, n, h, i, sign, first.element(List.of(i))));
      loops.append("for %s in 2..M, %s in 1..%s { %s[%s, %s] %s %s }\n".formatted(t, i, n, h, t, i, sign, next.element(List.of(i))));
      known.add(Term.array(h, List.of("M", n)));
    }

    /// A slice on the left, slices on the right.
    private void later() {
      var y = fresh("y");
      var dims = List.of(TwinTerms.LATER);
      both("data %s : real[N]".formatted(y));
      data.put(y, IntStream.range(0, sizes.get("N")).mapToObj(i -> Double.toString(tape.real())).toList().toString());
      var before = new Term(dims, y + "[1..N - 1]", i -> y + "[" + i.getFirst() + "]");
      var law = call("StudentT", List.of("df", "location", "scale"), dims, Term.of("4"),
          TwinTerms.combine(dims, "(0.5 * %s + %s)", before, terms().real(dims, 3)), terms().positive(dims, 2));
      var i = fresh("i");
      broadcast.append("%s[2..N] ~ %s\n".formatted(y, law.whole()));
      loops.append("for %s in 1..N - 1 { %s[%s + 1] ~ %s }\n".formatted(i, y, i, law.element(List.of(i))));
    }

    private void added() {
      var dims = dims(1, 2);
      var value = TwinTerms.combine(dims, "(%s + 0 * %s)", terms().real(dims, 4), Term.array(zeros(dims), dims));
      var i = variables(dims);
      broadcast.append("target += %s\n".formatted(value.whole()));
      loops.append("%s { target += %s }\n".formatted(TwinTerms.loop(i, dims), value.element(i)));
    }

    private String frame() {
      var text = new StringBuilder("data x0 : real\n");
      data.put("x0", "0.4");
      for (var n : SIZES) {
        text.append("data %s : int\ndata x%s : real[%s]\n".formatted(n, n, n));
        data.put(n, sizes.get(n).toString());
        data.put("x" + n, numbers(sizes.get(n), 3));
        for (var m : SIZES) {
          text.append("data X%s%s : real[%s, %s]\ndata g%s%s : int(1..%s)[%s]\n".formatted(n, m, n, m, n, m, m, n));
          int cols = sizes.get(m);
          data.put("X" + n + m, IntStream.range(0, sizes.get(n)).mapToObj(i -> numbers(cols, i + 5)).toList().toString());
          data.put("g" + n + m, IntStream.range(0, sizes.get(n)).mapToObj(i -> Integer.toString(1 + (2 * i + 1) % cols)).toList().toString());
        }
      }
      return text.toString();
    }

    private static String numbers(int n, int seed) {
      return IntStream.range(0, n).mapToObj(i -> Double.toString(Math.rint(1000 * Math.sin(3 * i + seed)) / 1000)).toList().toString();
    }
  }
}
