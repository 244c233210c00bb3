package ppl.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Random expressions written twice: over whole arrays, and for one element.
final class TwinTerms {
  /// An expression over `dims`.
  ///
  /// @param whole its text by broadcasting
  /// @param at    the text of the element at subscripts
  record Term(List<String> dims, String whole, Function<List<String>, String> at) {
    static Term of(String number) {
      return new Term(List.of(), number, i -> number);
    }

    static Term array(String name, List<String> dims) {
      return new Term(dims, name, i -> i.isEmpty() ? name : name + "[" + String.join(", ", i) + "]");
    }

    /// The element at subscripts of at least as many dimensions: the last ones count.
    String element(List<String> subscripts) {
      return at.apply(subscripts.subList(subscripts.size() - dims.size(), subscripts.size()));
    }
  }

  /// All but the first of N elements.
  static final String LATER = "N - 1";

  private final Tape tape;
  private final List<Term> known;
  private int fresh;

  TwinTerms(Tape tape, List<Term> known) {
    this.tape = tape;
    this.known = known;
  }

  /// With an array that only these expressions see.
  TwinTerms with(Term more) {
    var all = new ArrayList<>(known);
    all.addFirst(more);
    all.addFirst(more);
    return new TwinTerms(tape, all);
  }

  Term real(List<String> dims, int depth) {
    if (depth <= 0 || tape.ended() || tape.chance(10)) return leaf(dims);
    return switch (tape.choose(dims.isEmpty() ? 8 : 9)) {
      case 0 -> combine(dims, "(%s + %s)", real(dims, depth - 1), lower(dims, depth - 1));
      case 1 -> combine(dims, "(%s - %s)", lower(dims, depth - 1), real(dims, depth - 1));
      case 2 -> combine(dims, "(tanh(%s) .* %s)", real(dims, depth - 1), lower(dims, depth - 1));
      case 3 -> combine(dims, "(%s ./ %s)", real(dims, depth - 1), positive(dims, depth - 1));
      case 4 -> combine(dims, tape.of("sin", "tanh", "inv_logit", "log1p_exp", "-", "Phi") + "(%s)", real(dims, depth - 1));
      case 5 -> combine(dims, "(%s > 0.2 ? %s : %s)", data(dims), real(dims, depth - 1), lower(dims, depth - 1));
      case 6 -> combine(dims, "wave(%s, %s)", real(dims, depth - 1), real(List.of(), depth - 1));
      case 7 -> combine(dims, tape.of("logpdf", "logcdf") + "(" + tape.of("Normal", "Logistic", "Bent") + "(%s, %s), %s)",
          lower(dims, depth - 1), positive(List.of(), depth - 1), real(dims, depth - 1));
      default -> leaf(dims);
    };
  }

  Term positive(List<String> dims, int depth) {
    return combine(dims, tape.of("exp(0.4 * tanh(%s))", "(0.5 + 0.3 * square(tanh(%s)))"), lower(dims, depth - 1));
  }

  Term unit(List<String> dims, int depth) {
    return combine(dims, "inv_logit(%s)", lower(dims, depth - 1));
  }

  /// Over `dims` or over the last of them.
  private Term lower(List<String> dims, int depth) {
    return real(dims.subList(tape.choose(dims.size() + 1), dims.size()), depth);
  }

  static Term combine(List<String> dims, String format, Term... parts) {
    return new Term(widest(dims, parts), format.formatted(texts(parts, p -> p.whole)),
        i -> format.formatted(texts(parts, p -> p.element(i))));
  }

  /// The dimensions of the result: those of the part with the most.
  private static List<String> widest(List<String> dims, Term... parts) {
    int most = 0;
    for (var p : parts) most = Math.max(most, p.dims.size());
    return dims.subList(dims.size() - most, dims.size());
  }

  private static Object[] texts(Term[] parts, Function<Term, String> text) {
    return java.util.Arrays.stream(parts).map(text).toArray();
  }

  private Term data(List<String> dims) {
    if (dims.equals(List.of(LATER))) return slice("xN");
    return Term.array(dims.isEmpty() ? "x0" : dims.size() == 1 ? "x" + dims.getFirst() : "X" + String.join("", dims), dims);
  }

  private Term slice(String name) {
    boolean first = tape.chance(50);
    return new Term(List.of(LATER), name + (first ? "[1..N - 1]" : "[2..N]"),
        i -> name + "[" + i.getFirst() + (first ? "]" : " + 1]"));
  }

  private Term leaf(List<String> dims) {
    if (dims.isEmpty()) return known(dims).orElseGet(() -> Term.of(number()));
    if (dims.equals(List.of(LATER))) return slice(known(List.of("N")).map(Term::whole).filter(w -> w.matches("\\w+")).orElse("xN"));
    return dims.size() == 1 ? vector(dims.getFirst()) : matrix(dims);
  }

  private java.util.Optional<Term> known(List<String> dims) {
    var fitting = known.stream().filter(k -> k.dims.equals(dims)).toList();
    return fitting.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(tape.of(fitting));
  }

  /// Of unknowns if there are any.
  private Term array(List<String> dims) {
    return known(dims).orElseGet(() -> known(List.of()).filter(u -> tape.chance(70))
        .map(u -> combine(dims, "(%s .* %s)", u, data(dims))).orElseGet(() -> data(dims)));
  }

  String number() {
    var text = Double.toString(tape.real());
    return text.startsWith("-") ? "(" + text + ")" : text;
  }

  private Term vector(String n) {
    var m = tape.of("N", "M", "K");
    var dims = List.of(n);
    return switch (tape.choose(8)) {
      case 0, 1 -> array(dims);
      case 2 -> {
        var a = array(List.of(m));
        yield new Term(dims, "(%s)[g%s%s]".formatted(a.whole, n, m), i -> a.element(List.of("g" + n + m + "[" + i.getFirst() + "]")));
      }
      case 3 -> {
        var a = array(List.of(m, "M"));
        yield new Term(dims, "(%s)[g%s%s, g%sM]".formatted(a.whole, n, m, n),
            i -> a.element(List.of("g" + n + m + "[" + i.getFirst() + "]", "g" + n + "M[" + i.getFirst() + "]")));
      }
      case 4 -> {
        var a = array(List.of(n, m));
        var c = tape.of("1", m);
        yield new Term(dims, "(%s)[, %s]".formatted(a.whole, c), i -> a.element(List.of(i.getFirst(), c)));
      }
      case 5 -> {
        var a = array(List.of(m, n));
        var r = tape.of("1", m);
        yield new Term(dims, "(%s)[%s]".formatted(a.whole, r), i -> a.element(List.of(r, i.getFirst())));
      }
      case 6 -> {
        var a = array(List.of(n, m));
        var b = array(List.of(m));
        var k = variable();
        yield new Term(dims, "(%s * %s)".formatted(a.whole, b.whole), i -> "sum(%s in 1..%s : %s * %s)".formatted(
            k, m, a.element(List.of(i.getFirst(), k)), b.element(List.of(k))));
      }
      default -> {
        var a = array(List.of(n, m));
        var k = variable();
        yield new Term(dims, "[mean((%s)[%s]) for %s in 1..%s]".formatted(a.whole, k, k, n), i ->
            "mean(%s in 1..%s : %s)".formatted(k, m, a.element(List.of(i.getFirst(), k))));
      }
    };
  }

  private Term matrix(List<String> dims) {
    var n = dims.get(0);
    var m = dims.get(1);
    var k = tape.of("N", "M", "K");
    return switch (tape.choose(7)) {
      case 0, 1 -> array(dims);
      case 5 -> {
        var a = array(List.of(n, k));
        var range = tape.of("", "1.." + n);
        yield new Term(dims, "(%s)[%s, g%s%s]".formatted(a.whole, range, m, k),
            i -> a.element(List.of(i.get(0), "g" + m + k + "[" + i.get(1) + "]")));
      }
      case 2 -> {
        var a = array(List.of(k, m));
        var range = tape.of("", ", ", ", 1.." + m);
        yield new Term(dims, "(%s)[g%s%s%s]".formatted(a.whole, n, k, range),
            i -> a.element(List.of("g" + n + k + "[" + i.get(0) + "]", i.get(1))));
      }
      case 3 -> {
        var a = array(List.of(m, n));
        yield new Term(dims, "(%s)'".formatted(a.whole), i -> a.element(List.of(i.get(1), i.get(0))));
      }
      case 4 -> {
        var a = array(List.of(n, k));
        var b = array(List.of(k, m));
        var v = variable();
        yield new Term(dims, "(%s * %s)".formatted(a.whole, b.whole), i -> "sum(%s in 1..%s : %s * %s)".formatted(
            v, k, a.element(List.of(i.get(0), v)), b.element(List.of(v, i.get(1)))));
      }
      default -> {
        var a = array(List.of(n));
        var b = array(List.of(m));
        yield new Term(dims, "outer(%s, %s)".formatted(a.whole, b.whole),
            i -> "(%s * %s)".formatted(a.element(List.of(i.get(0))), b.element(List.of(i.get(1)))));
      }
    };
  }

  private String variable() {
    return "s" + ++fresh;
  }

  /// Names of loop variables with the head of a loop over `dims`.
  static String loop(List<String> variables, List<String> dims) {
    return "for " + IntStream.range(0, dims.size()).mapToObj(d -> variables.get(d) + " in 1.." + dims.get(d))
        .collect(Collectors.joining(", "));
  }
}
