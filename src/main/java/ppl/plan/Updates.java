package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.form.Facts;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;
import ppl.lower.Model;
import ppl.runtime.Statistic;

/// The distribution of each closed unknown given all others, as a statistician writes it; read off the normal form.
final class Updates {
  /// More are not read.
  private static final int LINES = 25;

  private static final Statistic LOG1M = new Statistic.Log1m();
  private static final Statistic LOG_DET = new Statistic.LogDeterminant();
  private static final Statistic INVERSE = new Statistic.Inverse();

  private final Model model;

  private final Facts facts;

  private final Predicate<Array> bounded;

  /// @param bounded whether a number has bounds other than those that its statistics ask for
  Updates(Model model, Predicate<Array> bounded) {
    this.model = model;
    this.facts = Facts.of(model);
    this.bounded = bounded;
  }

  /// Lines of text; the first names the distribution.
  List<String> of(Structure.Closed closed) {
    return switch (closed.family()) {
      case Structure.Gaussian g -> gaussian(closed.unknowns());
      case Structure.Discrete d -> discrete(closed.unknowns().getFirst(), d.chained());
      case Structure.Independent i -> switch (i.space()) {
        case SCALAR -> scalar(closed.unknowns().getFirst(), i.statistics());
        case POLYA_GAMMA -> polyaGamma(closed.unknowns().getFirst());
        case SIMPLEX -> simplex(closed.unknowns().getFirst());
        case COVARIANCE -> covariance(closed.unknowns().getFirst(), i.statistics());
      };
    };
  }

  private static String element(Array a, List<Index> at) {
    return element(MathText.name(a), at.stream().map(Index::name).toList());
  }

  private static List<String> line(String x, String law) {
    return List.of(x + " | rest ~ " + law);
  }

  private List<String> scalar(Array u, List<Statistic> statistics) {
    var c = new Conditional(model, List.of(u));
    var at = c.subscripts(u.rank());
    var x = element(u, at);
    if (statistics.contains(LOG1M) && statistics.stream().noneMatch(s -> s instanceof Statistic.Power))
      return line(x, "Beta(%s, %s)".formatted(c.parameter(u, Statistic.LOG, at, 1, 1), c.parameter(u, LOG1M, at, 1, 1)) + limits(c, u, at, 0, 1).truncated(x));
    if (List.of(Statistic.VALUE, Statistic.SQUARE).containsAll(statistics) && statistics.contains(Statistic.SQUARE)) {
      var lines = new ArrayList<>(normal(u, c, at, x));
      lines.set(0, lines.getFirst() + everywhere(c, u, at).truncated(x));
      return lines;
    }
    if (!bounded.test(u) && List.of(Statistic.LOG, Statistic.VALUE, Statistic.RECIPROCAL).containsAll(statistics)
        && statistics.contains(Statistic.VALUE) && statistics.contains(Statistic.RECIPROCAL))
      return inverseGaussian(u, c, at, x);
    var power = statistics.stream().filter(s -> s instanceof Statistic.Power).map(s -> ((Statistic.Power) s).exponent()).findFirst();
    var others = statistics.stream().filter(s -> s instanceof Statistic.Power).count();
    boolean pareto = power.isEmpty() && !limits(c, u, at, 0, Double.POSITIVE_INFINITY).minimum().isEmpty();
    if (others > 1 || statistics.contains(LOG1M) || power.isEmpty() && !pareto || !facts.isPositive(u)) {
      var sum = new StringBuilder();
      for (var s : statistics) summand(sum, c.parameter(u, s, at, 1, 0), s, x);
      boolean positive = statistics.stream().anyMatch(s -> s instanceof Statistic.Log || s instanceof Statistic.Power(double e) && e < 0);
      var range = limits(c, u, at, positive ? 0 : Double.NEGATIVE_INFINITY, statistics.contains(LOG1M) ? 1 : Double.POSITIVE_INFINITY).range(x);
      return List.of("log density of %s | rest = %s + constant%s, by quadrature".formatted(x, sum, range.isEmpty() ? "" : " where " + range));
    }
    if (power.isEmpty()) {
      var minimum = limits(c, u, at, 0, Double.POSITIVE_INFINITY).minimum();
      return line(x, "Pareto(minimum = %s, shape = %s)".formatted(minimum, c.parameter(u, Statistic.LOG, at, -1, -1)) + below(everywhere(c, u, at).maximum(), x));
    }
    double k = power.get();
    var moved = new Statistic.Power(k);
    var base = Math.abs(k) == 1 ? x : x + "^" + MathText.number(Math.abs(k));
    // x^a exp(c x^k) dx with y = x^|k| is y^((a + 1) / |k| - 1) exp(c y^(+-1)) dy
    double each = 1 / Math.abs(k);
    var family = k > 0 ? "Gamma(shape = %s, rate = %s)".formatted(c.parameter(u, Statistic.LOG, at, each, each), c.parameter(u, moved, at, -1, 0))
        : "InverseGamma(shape = %s, scale = %s)".formatted(c.parameter(u, Statistic.LOG, at, -each, -each), c.parameter(u, moved, at, -1, 0));
    return line(base, family + limits(c, u, at, 0, Double.POSITIVE_INFINITY).truncated(x));
  }

  private static List<String> inverseGaussian(Array u, Conditional c, List<Index> at, String x) {
    var p = c.symbol("p");
    var psi = c.symbol("psi");
    var chi = c.symbol("chi");
    return line(x, "GeneralizedInverseGaussian(%s = %s, %s = %s, %s = %s): %s^(%s - 1) exp(-(%s %s + %s / %s) / 2)".formatted(
        p, c.parameter(u, Statistic.LOG, at, 1, 1), psi, c.parameter(u, Statistic.VALUE, at, -2, 0),
        chi, c.parameter(u, Statistic.RECIPROCAL, at, -2, 0), x, p, psi, x, chi, x));
  }

  /// A coefficient times a statistic, as one quotient where both have denominators.
  private static void summand(StringBuilder sum, String c, Statistic statistic, String x) {
    if (c.equals("0")) return;
    boolean minus = c.startsWith("-") && !outside(c, " + ") && !outside(c, " - ");
    var size = minus ? c.substring(1) : c;
    sum.append(sum.isEmpty() ? minus ? "-" : "" : minus ? " - " : " + ");
    var cut = size.lastIndexOf(" / ");
    boolean quotient = cut > 0 && !outside(size, " + ") && !outside(size, " - ") && outside(size.substring(cut), " / ")
        && !outside(size.substring(0, cut), " / ");
    var above = quotient ? size.substring(0, cut) : size;
    var below = new ArrayList<>(quotient ? List.of(size.substring(cut + 3)) : List.<String>of());
    var half = above.equals("0.5") && below.isEmpty();
    if (half) below.add("2");
    var factor = half || above.equals("1") ? "" : above;
    boolean inverse = statistic instanceof Statistic.Power(double p) && p < 0;
    if (inverse) below.add(StatisticWords.of(new Statistic.Power(-((Statistic.Power) statistic).exponent()), x));
    boolean open = outside(factor, " + ") || outside(factor, " - ") || factor.contains(" if ")
        || !inverse && (factor.startsWith("sum") || factor.contains(" sum"));
    var top = (open ? "(" + factor + ")" : factor) + (inverse ? "" : (factor.isEmpty() ? "" : " ") + StatisticWords.of(statistic, x));
    sum.append(top.isEmpty() ? "1" : top).append(below.isEmpty() ? "" : " / " + (below.size() == 1 ? below.getFirst() : "(" + String.join(" ", below) + ")"));
  }

  /// Whether a sign stands outside of all brackets.
  private static boolean outside(String text, String sign) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      if (depth == 0 && text.startsWith(sign, i)) return true;
    }
    return false;
  }

  /// Limits beyond those of a family.
  private Limits limits(Conditional c, Array u, List<Index> at, double least, double most) {
    return new Limits(c, facts, u, at, least, most);
  }

  private Limits everywhere(Conditional c, Array u, List<Index> at) {
    return limits(c, u, at, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private static String below(String most, String x) {
    return most.isEmpty() ? "" : ", truncated to " + x + " < " + most;
  }

  private List<String> normal(Array u, Conditional c, List<Index> at, String x) {
    var p = c.parameter(u, Statistic.SQUARE, at, -2, 0);
    var h = c.parameter(u, Statistic.VALUE, at, 1, 0);
    var precision = c.symbol("p", "q", "a", "b");
    var natural = c.symbol("h", "g", "d", "e");
    return List.of("%s | rest ~ Normal(mean = %s / %s, precision = %s)".formatted(x, natural, precision, precision),
        precision + " = " + p, natural + " = " + h);
  }

  private List<String> gaussian(List<Array> all) {
    var c = new Conditional(model, all);
    if (all.size() == 1) {
      var u = all.getFirst();
      boolean pairs = c.form().terms().stream().anyMatch(t -> t.factors().stream().filter(f -> f instanceof ppl.form.Term.Stat).count() > 1);
      var at = c.subscripts(u.rank());
      if (!pairs) return normal(u, c, at, element(u, at));
    }
    var names = all.stream().map(MathText::name).collect(Collectors.joining(", "));
    var lines = new ArrayList<String>();
    var matrix = c.symbol("P", "Q", "A", "B");
    var natural = c.symbol("h", "g", "d", "e");
    lines.add("%s | rest ~ Normal, jointly, with symmetric precision matrix %s and mean %s^-1 %s:".formatted(names, matrix, matrix, natural));
    for (var u : all) {
      var at = c.subscripts(u.rank());
      c.parameters(u, Statistic.VALUE, at, 1).forEach((i, h) -> lines.add("%s of %s = %s".formatted(natural, element(u.name(), i), h)));
      c.parameters(u, Statistic.SQUARE, at, -2).forEach((i, p) -> lines.add(
          "%s of %s, with itself%s = %s".formatted(matrix, element(u.name(), i), i.stream().anyMatch(Updates::isLetter) ? " alone" : "", p)));
    }
    for (int i = 0; i < all.size(); i++)
      for (int j = i; j < all.size(); j++) {
        var a = all.get(i);
        var b = all.get(j);
        var letters = c.subscripts(a.rank() + b.rank());
        var said = new HashSet<List<String>>();
        c.pairs(a, letters.subList(0, a.rank()), b, letters.subList(a.rank(), letters.size()), -1).forEach((at, p) -> {
          var x = at.subList(0, a.rank());
          var y = at.subList(a.rank(), at.size());
          said.add(at);
          if (a == b && mirrored(x, y, said)) return;
          lines.add("%s of %s with %s = %s".formatted(matrix, element(a.name(), x), element(b.name(), y), p));
        });
      }
    if (lines.size() <= LINES) return lines;
    var some = new ArrayList<>(lines.subList(0, LINES));
    some.add("and %d more elements of %s and %s".formatted(lines.size() - LINES, matrix, natural));
    return some;
  }

  /// Whether a line on two elements, each named by number, was said before the other way round.
  private static boolean mirrored(List<String> x, List<String> y, Set<List<String>> said) {
    if (x.equals(y) || Stream.concat(x.stream(), y.stream()).anyMatch(Updates::isLetter)) return false;
    return said.contains(Stream.concat(y.stream(), x.stream()).toList());
  }

  private static boolean isLetter(String subscript) {
    return Character.isLetter(subscript.charAt(0));
  }

  private static String element(String name, List<String> at) {
    return name + (at.isEmpty() ? "" : "[" + String.join(", ", at) + "]");
  }

  private List<String> polyaGamma(Array u) {
    var c = new Conditional(model, List.of(u));
    var at = c.subscripts(u.rank());
    var tilt = c.symbol("c");
    return line(element(u, at), "PolyaGamma(shape = %s, tilt = %s), %s^2 = ".formatted(shape(u, c, at), tilt, tilt)
        + c.parameter(u, Statistic.VALUE, at, -2, 0));
  }

  private String shape(Array u, Conditional c, List<Index> at) {
    var found = new ArrayList<String>();
    for (var x : model.unknowns())
      if (x.array() == u && x.range() instanceof Model.Range.PolyaGamma(Array shape, var block))
        Stmts.walk(block, s -> {
          if (!(s instanceof Stmt.Set(Array a, var places, Expr value)) || a != shape) return;
          var shown = new HashMap<Index, Expr>();
          for (int d = 0; d < at.size(); d++)
            if (places.get(d) instanceof Expr.Var(Index i)) shown.put(i, sub(var(at.get(d)), integer(1)));
          if (shown.size() == at.size()) found.add(c.text().of(Subst.indices(shown).apply(value)));
        });
    return found.isEmpty() ? "the number of trials" : found.getFirst();
  }

  /// Whether something keeps an element above a number that is not 0.
  boolean hasMinimum(Array u) {
    var c = new Conditional(model, List.of(u));
    return !limits(c, u, c.subscripts(u.rank()), 0, Double.POSITIVE_INFINITY).minimum().isEmpty();
  }

  private List<String> simplex(Array u) {
    var c = new Conditional(model, List.of(u));
    var at = c.subscripts(u.rank());
    return line(element(u, at.subList(0, at.size() - 1)), "Dirichlet with concentration[%s] = %s".formatted(
        at.getLast().name(), c.parameter(u, Statistic.LOG, at, 1, 1)));
  }

  private List<String> covariance(Array u, List<Statistic> statistics) {
    var c = new Conditional(model, List.of(u));
    var at = c.subscripts(u.rank());
    var lead = at.subList(0, at.size() - 2);
    var cell = at.subList(at.size() - 2, at.size()).stream().map(Index::name).collect(Collectors.joining(", "));
    var k = toReal(add(u.dims().getLast(), integer(1)));
    boolean inverse = statistics.contains(INVERSE);
    var df = c.parameter(u, LOG_DET, lead, inverse ? -2 : 2, inverse ? neg(k) : k);
    var name = element(u, lead);
    return inverse
        ? List.of(name + " | rest ~ InverseWishart(df = %s, scale)".formatted(df), "scale[%s] = %s".formatted(cell, c.parameter(u, INVERSE, at, -2, 0)))
        : List.of(name + " | rest ~ Wishart(df = %s, scale)".formatted(df), "scale^-1[%s] = %s".formatted(cell, c.parameter(u, Statistic.VALUE, at, -2, 0)));
  }

  private List<String> discrete(Array u, boolean chained) {
    var c = new Conditional(model, List.of(u));
    var at = c.subscripts(u.rank() + 1);
    var x = element(u, at.subList(0, u.rank()));
    var value = at.getLast().name();
    var lines = new ArrayList<String>();
    var weight = c.parameter(u, new Statistic.Indicator(), at, 1, 0);
    lines.add(chained ? MathText.name(u) + " | rest ~ chain of values by forward-backward sums, with log weights"
        : "%s | rest ~ Categorical, where log P(%s = %s) is up to a constant".formatted(x, x, value));
    if (!chained) lines.add(weight);
    else {
      lines.add("of %s = %s: %s".formatted(x, value, weight));
      lines.add("of " + neighbours(c, u));
    }
    return lines;
  }

  private static String neighbours(Conditional c, Array u) {
    var text = c.text();
    return c.form().terms().stream().filter(t -> t.factors().size() == 2).map(t -> {
      var both = t.factors().stream().map(f -> ((ppl.form.Term.Stat) f).at()).map(at -> MathText.name(u)
          + at.subList(0, at.size() - 1).stream().map(e -> text.of(add(c.shown(t, e), integer(1)))).collect(Collectors.joining(", ", "[", "]"))
          + " = " + text.of(c.value(t, u, at.getLast()))).collect(Collectors.joining(", "));
      return both + ": " + text.of(c.shown(t, t.coefficient()));
    }).distinct().collect(Collectors.joining("; "));
  }
}
