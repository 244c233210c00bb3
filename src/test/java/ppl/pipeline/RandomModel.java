package ppl.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import ppl.dist.Ability;
import ppl.dist.Distribution;
import ppl.ir.Kind;
import ppl.pipeline.RandomTerms.Typed;

/// A random well-typed model with data.
///
/// @param statements at top level; their order carries no meaning
/// @param data       JSON values by name
record RandomModel(List<String> statements, Map<String, String> data) {
  /// Models of up to about a dozen statements.
  static Arbitrary<RandomModel> models() {
    return Tape.tapes(160).map(RandomModel::of);
  }

  static RandomModel of(List<Integer> numbers) {
    return new Maker(new Tape(numbers)).model();
  }

  String text() {
    return RandomTerms.LIBRARY + String.join("\n", statements) + "\n";
  }

  RandomModel shuffled(Random random) {
    var other = new ArrayList<>(statements);
    Collections.shuffle(other, random);
    return new RandomModel(other, data);
  }

  @Override
  public String toString() {
    return text() + Whole.object(data) + "\n";
  }

  /// Writes statements one after the other.
  static final class Maker {
    static final List<String> SIZES = List.of("N", "M", "K");

    final Tape tape;
    final Map<String, Integer> sizes = new LinkedHashMap<>();
    final List<String> statements = new ArrayList<>();
    final Map<String, String> data = new LinkedHashMap<>();
    private final List<Typed> known = new ArrayList<>();
    private int names;

    Maker(Tape tape) {
      this.tape = tape;
      SIZES.forEach(s -> sizes.put(s, 2 + tape.choose(3)));
    }

    RandomModel model() {
      prior();
      for (int n = 0; n < 9 && !tape.ended(); n++) statement();
      if (tape.chance(50)) generate();
      declareFrame();
      return new RandomModel(statements, data);
    }

    private void statement() {
      switch (tape.choose(21)) {
        case 0, 1 -> prior();
        case 2 -> bounded();
        case 3 -> event();
        case 4 -> shaped();
        case 5 -> deterministic();
        case 6 -> plate();
        case 7 -> recurrence();
        case 8, 9 -> likelihood();
        case 10 -> combined();
        case 11 -> target();
        case 12 -> table();
        case 13 -> rows();
        case 14, 15 -> new RandomTables(this).write();
        case 16, 17 -> new RandomSeries(this).write();
        case 18 -> resized();
        default -> new RandomPriors(this).write();
      }
    }

    String fresh(String stem) {
      return stem + ++names;
    }

    RandomTerms terms() {
      return new RandomTerms(tape, List.copyOf(known), ++names);
    }

    RandomTerms termsWith(String text) {
      var more = new ArrayList<>(known);
      more.add(new Typed(text, List.of()));
      return new RandomTerms(tape, more, ++names);
    }

    RandomLaws laws() {
      return new RandomLaws(tape, terms());
    }

    List<String> dims(int most) {
      return IntStream.range(0, tape.choose(most + 1)).mapToObj(d -> tape.of(SIZES)).toList();
    }

    static String type(String word, List<String> dims) {
      return dims.isEmpty() ? word : word + "[" + String.join(", ", dims) + "]";
    }

    List<Integer> extents(List<String> dims) {
      return dims.stream().map(sizes::get).toList();
    }

    void give(String name, List<String> dims) {
      known.add(new Typed(name, dims));
    }

    private void prior() {
      var u = fresh("u");
      var dims = dims(2);
      statements.add("%s : %s ~ %s".formatted(u, type("real", dims), laws().law(tape.of(RandomLaws.REAL), dims)));
      give(u, dims);
    }

    private void bounded() {
      var u = fresh("b");
      var dims = dims(1);
      var lower = terms().real(List.of(), 2);
      var width = terms().positive(List.of(), 2);
      var support = tape.of("positive", "nonnegative", "unit", "real(lower = " + lower + ")", "real(upper = " + lower + ")",
          "real(" + lower + " .. " + lower + " + " + width + ")");
      var law = tape.of("Normal(%s, %s)".formatted(terms().real(dims, 2), terms().positive(List.of(), 2)),
          "StudentT(4, %s, 1)".formatted(terms().real(dims, 2)), "Logistic(0, %s)".formatted(terms().positive(dims, 2)), "Flat()",
          "Cauchy(0, 2)");
      statements.add("%s : %s ~ %s".formatted(u, type(support, dims), law));
      give(u, dims);
    }

    private void event() {
      var d = tape.of(RandomLaws.EVENT);
      var u = fresh("v");
      var lead = dims(1);
      var law = laws().law(d, lead);
      boolean factor = d.domain().cholesky().isPresent() && tape.chance(50);
      statements.add("%s : %s ~ %s".formatted(u, type(declared(d) + (factor ? "_cholesky" : ""), sizes(d, lead)), law));
      give(u, event(d, lead));
    }

    /// The dimensions of a family of events.
    private static List<String> event(Distribution d, List<String> lead) {
      var dims = new ArrayList<>(lead);
      for (int r = 0; r < d.eventRank(); r++) dims.add(d.name().equals("NormalGamma") ? "2" : "K");
      return List.copyOf(dims);
    }

    /// The same as a type says them: a square matrix has one size.
    private static List<String> sizes(Distribution d, List<String> lead) {
      var dims = event(d, lead);
      return d.eventRank() == 2 ? dims.subList(0, dims.size() - 1) : dims;
    }

    private static String declared(Distribution d) {
      return switch (d.domain()) {
        case SIMPLEX, COV, CORR -> d.domain().word();
        case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT, ORDERED, COV_CHOLESKY, CORR_CHOLESKY -> "real";
      };
    }

    private void shaped() {
      var u = fresh("s");
      var dims = new ArrayList<>(dims(1));
      dims.add("K");
      var law = tape.of("Normal(0.3, 2)", "StudentT(5, 0, 1)");
      statements.add(switch (tape.choose(6)) {
        case 0 -> "%s : %s ~ %s".formatted(u, type("ordered", dims), law);
        case 1 -> "%s : %s ~ %s".formatted(u, type("positive_ordered", dims), tape.of("Exponential(1)", "Gamma(2, 1.5)"));
        case 2 -> "%s : %s ~ %s".formatted(u, type("sum_to_zero", dims), law);
        case 3 -> "%s : %s ~ Flat()".formatted(u, type("unit_vector", dims));
        case 4 -> "%s : %s ~ Flat()".formatted(u, type("simplex", dims));
        default -> "%s : %s ~ MultivariateNormal(rep(0.1, K), %s)".formatted(u, type("real", dims),
            tape.of("cov", "precision", "cholesky") + " = diag(rep(2.0, K))");
      });
      give(u, dims);
    }

    private void deterministic() {
      var d = fresh("d");
      var dims = dims(2);
      var value = terms().real(dims, 4);
      statements.add(tape.chance(50) ? "%s = %s".formatted(d, value) : "%s : %s = %s".formatted(d, type("real", dims), value));
      give(d, dims);
    }

    private void plate() {
      var n = tape.of(SIZES);
      var p = fresh("p");
      var i = fresh("j");
      boolean unknown = tape.chance(60);
      statements.add("%s : real[%s]".formatted(p, n));
      var local = fresh("l");
      var inner = termsWith("x" + n + "[" + i + "]");
      var first = inner.real(List.of(), 3);
      var second = termsWith(local).real(List.of(), 2);
      statements.add("for %s in 1..%s {\n  %s = %s\n  %s[%s] %s\n}".formatted(i, n, local, first, p, i,
          unknown ? "~ Normal(" + second + ", " + terms().positive(List.of(), 2) + ")" : "= " + local + " * 0.5 + " + second));
      give(p, List.of(n));
    }

    private void recurrence() {
      var n = tape.of(SIZES);
      var h = fresh("h");
      var t = fresh("t");
      boolean unknown = tape.chance(40);
      statements.add("%s : real[%s]".formatted(h, n));
      var start = terms().real(List.of(), 2);
      var step = termsWith("%s[%s - 1]".formatted(h, t)).real(List.of(), 3);
      statements.add((unknown ? "%s[1] ~ Normal(%s, 1)" : "%s[1] = %s").formatted(h, start));
      statements.add("for %s in 2..%s { %s[%s] %s }".formatted(t, n, h, t,
          unknown ? "~ Normal(" + step + " + 0.3 * " + h + "[" + t + " - 1], 0.7)" : "= 0.5 * tanh(%s[%s - 1]) + %s".formatted(h, t, step)));
      give(h, List.of(n));
    }

    void observed(String y, String type, String value) {
      statements.add("data %s : %s".formatted(y, type));
      data.put(y, value);
    }

    private void likelihood() {
      var y = fresh("y");
      if (tape.chance(20)) {
        vectors(y);
        return;
      }
      var d = tape.of(RandomLaws.SCALAR);
      var dims = dims(2);
      observed(y, type(d.kind() == Kind.INT ? "int" : "real", dims), laws().value(d, extents(dims)));
      if (dims.size() == 2 && tape.chance(40)) {
        var i = fresh("j");
        statements.add("for %s in 1..%s { %s }".formatted(i, dims.get(0), tape.chance(50)
            ? "%s[%s] ~ %s".formatted(y, i, laws().law(d, dims.subList(1, 2)))
            : "%s[%s, ] ~ %s".formatted(y, i, laws().law(d, dims.subList(1, 2)))));
      } else if (dims.size() == 1 && tape.chance(30)) {
        statements.add("%s[1..2] ~ %s".formatted(y, laws().law(d, List.of())));
      } else if (d.kind() == Kind.REAL && tape.chance(20)) {
        statements.add("%s * 0.9 ~ %s".formatted(y, laws().law(d, dims)));
      } else statements.add("%s ~ %s".formatted(y, laws().law(d, dims)));
    }

    private void vectors(String y) {
      var all = new ArrayList<>(RandomLaws.EVENT);
      all.addAll(RandomLaws.WHOLE.stream().filter(d -> d.eventRank() > 0).toList());
      var d = tape.of(all);
      var lead = dims(1);
      int k = d.name().equals("NormalGamma") ? 2 : sizes.get("K");
      var one = laws().event(d, k);
      observed(y, type(d.kind() == Kind.INT ? "int" : declared(d), sizes(d, lead)),
          lead.isEmpty() ? one : Collections.nCopies(sizes.get(lead.getFirst()), one).toString());
      statements.add("%s ~ %s".formatted(y, laws().law(d, lead)));
    }

    private void combined() {
      var y = fresh("y");
      var dims = dims(1);
      var all = RandomLaws.REAL.stream().filter(d -> d.abilities().contains(Ability.TAILS)).toList();
      var d = tape.of(all);
      var law = laws().law(d, dims);
      boolean whole = tape.chance(25);
      var count = tape.of(RandomLaws.WHOLE.stream().filter(x -> x.domain() == ppl.dist.Domain.COUNT && x.eventRank() == 0).toList());
      observed(y, type(whole ? "int" : "real", dims), laws().value(whole ? count : d, extents(dims)));
      var w = "softmax([%s, %s])".formatted(terms().real(List.of(), 2), terms().real(List.of(), 2));
      statements.add(y + " ~ " + (whole
          ? tape.of("zero_inflated", "hurdle") + "(%s, %s)".formatted(terms().unit(dims, 2), laws().law(count, dims))
          : switch (tape.choose(4)) {
            case 0 -> "truncated(%s, lower = -6.5, upper = %s)".formatted(law, "7 + " + terms().positive(dims, 2));
            case 1 -> "censored(%s, lower = %s)".formatted(law, dims.isEmpty() ? y : "min(" + y + ")");
            case 2 -> "mixture(%s, %s, %s)".formatted(w, law, laws().law(d, dims));
            default -> "mixture(softmax(%s), k in 1..K : Normal(xK[k] + %s, %s))".formatted(
                terms().real(List.of("K"), 2), terms().real(dims, 2), terms().positive(List.of(), 2));
          }));
    }

    private void target() {
      var dims = dims(1);
      var n = tape.of(SIZES);
      statements.add(switch (tape.choose(3)) {
        case 0 -> "target += %s".formatted(terms().real(dims, 4));
        case 1 -> "if x0 > 0 and size(x%s) > 2 { target += %s } else { target += %s }".formatted(
            n, terms().real(dims, 3), terms().real(List.of(), 3));
        default -> {
          var i = fresh("j");
          yield "for %s in 1..%s {\n  if x%s[%s] > 0.2 { target += %s } else if %s > 1 { target += %s }\n}".formatted(i, n, n, i,
              termsWith("x" + n + "[" + i + "]").real(List.of(), 3), i, termsWith("1.0 * " + i).real(List.of(), 2));
        }
      });
    }

    /// Parts with another size in each turn.
    private void resized() {
      var n = tape.of(SIZES);
      var i = fresh("j");
      var part = "(%s)[%s]".formatted(terms().real(List.of(n), 2), tape.of("1..%s", "%s.." + n).formatted(i));
      var value = tape.of("cumulative_sum(%1$s)", "softmax(%1$s)", "faded(%1$s, %2$s)", "kernel(%1$s, %1$s)",
          "cholesky(crossprod(kernel(%1$s, %1$s)) + identity(size(%1$s)))").formatted(part, terms().real(List.of(), 1));
      statements.add("for %s in 1..%s { target += 0.1 * sum(tanh(%s)) }".formatted(i, n, value));
    }

    private void table() {
      var t = fresh("t");
      var f = fresh("f");
      var r = fresh("r");
      var a = fresh("a");
      statements.add("data %s {\n  %s : real\n  %s : factor\n}".formatted(t, r, f));
      var labels = List.of("low", "mid", "high");
      int rows = 2 + tape.choose(4);
      var column = IntStream.range(0, rows).mapToObj(i -> tape.chance(15) ? "null" : Double.toString(tape.real())).toList();
      data.put(t, "{\"%s\": %s, \"%s\": %s}".formatted(r, column, f,
          IntStream.range(0, rows).mapToObj(i -> "\"" + (i == 0 ? "low" : tape.of(labels)) + "\"").toList()));
      statements.add("%s : real[%s] ~ Normal(%s, %s)".formatted(a, f, terms().real(List.of(), 2), terms().positive(List.of(), 2)));
      var mean = tape.of("%s[%s]", "%s[%s] + 0.2 * %s[\"low\"]", "(size(%s) * %s[%s])");
      var text = mean.startsWith("(") ? mean.formatted(f, a, f) : mean.formatted(a, f, a);
      statements.add("%s ~ Normal(%s + %s, %s)".formatted(r, text, terms().real(List.of(), 2), terms().positive(List.of(), 2)));
      if (tape.chance(40)) {
        var level = fresh("c");
        statements.add("for %s in %s { target += 0.1 * %s[%s] * %s }".formatted(level, f, a, level, terms().real(List.of(), 2)));
      }
    }

    /// A family given by the rows of a matrix.
    private void rows() {
      var z = fresh("z");
      var i = fresh("j");
      var r = tape.of(SIZES);
      var c = tape.of(SIZES);
      statements.add("%s : real[%s, %s]".formatted(z, r, c));
      boolean columns = tape.chance(40);
      var dims = List.of(columns ? r : c);
      statements.add("for %s in 1..%s { %s[%s] %s }".formatted(i, columns ? c : r, z, columns ? ", " + i : tape.of(i, i + ", "),
          tape.chance(50) ? "= " + termsWith("1.0 * " + i).real(dims, 3)
              : "~ Normal(%s, %s)".formatted(termsWith("0.5 * " + i).real(dims, 2), terms().positive(dims, 2))));
      give(z, List.of(r, c));
    }

    private void generate() {
      var g = fresh("g");
      var d = fresh("g");
      var dims = dims(1);
      var draws = RandomLaws.SCALAR.stream().filter(x -> x.abilities().contains(Ability.DRAW)).toList();
      var law = tape.of(draws);
      statements.add("generate {\n  %s : %s ~ %s\n  %s = %s\n}".formatted(g, type(law.kind() == Kind.INT ? "int" : "real", dims),
          laws().law(law, dims), d, terms().real(dims, 3)));
    }

    /// The data that expressions of all models mention, as far as this one does.
    private void declareFrame() {
      var frame = new LinkedHashMap<String, String>();
      frame.put("x0", "real");
      for (var n : SIZES) frame.put("x" + n, "real[" + n + "]");
      for (var n : SIZES)
        for (var m : SIZES) {
          frame.put("X" + n + m, "real[" + n + ", " + m + "]");
          frame.put("g" + n + m, "int(1.." + m + ")[" + n + "]");
        }
      for (var e : frame.entrySet()) declare(e.getKey(), e.getValue());
      for (var n : SIZES) declare(n, "int");
    }

    private void declare(String name, String type) {
      if (!Pattern.compile("\\b" + name + "\\b").matcher(String.join("\n", statements)).find()) return;
      statements.add(0, "data " + name + " : " + type);
      data.put(name, frame(name));
    }

    private String frame(String name) {
      if (sizes.containsKey(name)) return sizes.get(name).toString();
      if (name.equals("x0")) return Double.toString(tape.real());
      int n = sizes.get(name.substring(1, 2));
      if (name.length() == 2) return IntStream.range(0, n).mapToObj(i -> Double.toString(Math.rint(1000 * Math.sin(3 * i + n)) / 1000)).toList().toString();
      int m = sizes.get(name.substring(2));
      if (name.startsWith("g")) return IntStream.range(0, n).mapToObj(i -> Integer.toString(1 + (2 * i + 1) % m)).toList().toString();
      return IntStream.range(0, n).mapToObj(i -> IntStream.range(0, m)
          .mapToObj(j -> Double.toString(Math.rint(1000 * Math.cos(5 * i + 2 * j)) / 1000)).toList()).toList().toString();
    }
  }
}
