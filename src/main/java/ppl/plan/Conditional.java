package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import ppl.form.Bound;
import ppl.form.NormalForm;
import ppl.form.Rewrite;
import ppl.form.Term;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Prim;
import ppl.ir.Subst;
import ppl.lower.Model;
import ppl.runtime.Statistic;

/// The natural parameters of an unknown's distribution given all others, as texts: what its statistics are multiplied
/// by in the log joint.
final class Conditional {
  private static final List<String> LETTERS = List.of("i", "j", "k", "l", "m", "r", "s", "u", "v");
  private static final List<String> LETTERS_SUMMED = List.of("k", "l", "m", "q", "r", "s", "u");

  /// One summand of a natural parameter.
  ///
  /// @param ranges what is summed over
  /// @param where  conditions on these and on the subscripts of the unknown
  private record Part(List<Term.Range> ranges, List<Expr> where, Expr coefficient) {}

  private final NormalForm form;
  private final Letters names;
  private final Map<String, String> renamed = new HashMap<>();
  private final MathText text = new MathText(renamed);
  private final Set<String> taken = new HashSet<>();
  private final Map<Index, Index> letters = new HashMap<>();
  private final Map<Array, Expr> categories = new HashMap<>();
  private final Map<Array, Expr> lowest = new HashMap<>();
  private final Interner interner = new Interner();

  Conditional(Model model, List<Array> unknowns) {
    for (var u : model.unknowns()) u.discrete().flatMap(Model.Discrete::lower).ifPresent(n -> lowest.put(u.array(), n));
    for (var u : model.unknowns()) u.discrete().flatMap(Model.Discrete::count).ifPresent(n -> categories.put(u.array(), n));
    this.form = NormalForm.given(model, unknowns);
    var terms = new ArrayList<>(form.terms());
    for (var b : form.bounds()) terms.add(limit(b));
    this.names = Letters.of(model);
    for (var t : terms) indices(t).stream().filter(i -> !isNumbered(i)).map(Index::name).forEach(taken::add);
    for (var name : taken.stream().filter(names::isName).sorted().toList()) renamed.put(name, another());
    for (var t : terms) letters(t);
  }

  private static List<Index> indices(Term t) {
    var all = new ArrayList<>(t.ranges().stream().map(Term.Range::index).toList());
    for (var e : Graph.nodes(List.of(t.coefficient()))) if (e instanceof Expr.Reduce r) all.add(r.index());
    return all;
  }

  /// A letter for an index that is called like something in the model.
  private String another() {
    var letter = names.first(LETTERS_SUMMED, taken);
    taken.add(letter);
    return letter;
  }

  /// What is compared with, as a term.
  private static Term limit(Bound b) {
    return new Term(b.ranges(), b.guards(), b.value(), List.of(), b.span());
  }

  private static boolean isNumbered(Index i) {
    return Character.isDigit(i.name().charAt(i.name().length() - 1));
  }

  /// Letters for what is summed over, none twice in a term.
  private void letters(Term t) {
    var used = new HashSet<>(renamed.values());
    for (var i : indices(t)) if (!isNumbered(i)) used.add(i.name());
    for (var r : t.ranges()) {
      if (!isNumbered(r.index())) continue;
      var letter = names.first(LETTERS_SUMMED, used);
      used.add(letter);
      taken.add(letter);
      letters.put(r.index(), new Index(letter));
    }
  }

  private Expr shown(Index i) {
    return sub(var(letters.getOrDefault(i, i)), integer(1));
  }

  NormalForm form() {
    return form;
  }

  MathText text() {
    return text;
  }

  /// Subscripts for an element of an unknown, named apart from everything that is summed over.
  List<Index> subscripts(int rank) {
    var used = new HashSet<>(taken);
    var all = new ArrayList<Index>();
    for (int d = 0; d < rank; d++) {
      var letter = names.first(LETTERS, used);
      used.add(letter);
      all.add(new Index(letter));
    }
    return all;
  }

  /// What has the first of these names in the books, unless something else is called so here.
  String symbol(String... wanted) {
    var used = new HashSet<>(taken);
    used.addAll(LETTERS);
    return names.first(List.of(wanted), used);
  }

  /// The coefficient of a statistic at certain subscripts (counted from 1), times `scale`, plus `more`.
  String parameter(Array unknown, Statistic statistic, List<Index> at, double scale, double more) {
    return parameter(unknown, statistic, at, scale, real(more));
  }

  String parameter(Array unknown, Statistic statistic, List<Index> at, double scale, Expr more) {
    var parts = parts(unknown, statistic, at);
    parts.add(new Part(List.of(), List.of(), div(more, real(scale))));
    return sum(parts, scale);
  }

  /// What data keep an element above (or below, if `upper`).
  List<String> limits(Array unknown, boolean upper, List<Index> at) {
    var all = new LinkedHashSet<String>();
    for (var b : form.bounds()) {
      if (b.unknown() != unknown || b.upper() != upper) continue;
      var p = part(limit(b), b.at(), at, dims(unknown, at.size()), origins(unknown, at.size()));
      var over = p.ranges.isEmpty() ? "" : (upper ? "min" : "max") + under(p.ranges, inside(p.ranges, p.where)) + " ";
      all.add(over + text.of(p.coefficient) + outside(p.ranges, p.where));
    }
    return List.copyOf(all);
  }

  private List<Part> parts(Array unknown, Statistic statistic, List<Index> at) {
    var parts = new ArrayList<Part>();
    for (var t : form.terms()) {
      var stats = t.factors().stream().filter(f -> f instanceof Term.Stat).map(f -> (Term.Stat) f).toList();
      if (stats.size() == 1 && stats.getFirst().unknown() == unknown && stats.getFirst().statistic().equals(statistic))
        parts.add(part(t, stats.getFirst().at(), at, dims(unknown, at.size()), origins(unknown, at.size())));
    }
    return parts;
  }

  /// Texts for elements that are alike, by their subscripts: those that a term names by number stand for themselves.
  private Map<List<String>, String> byElement(List<Part> parts, List<Index> at, double scale) {
    var groups = new LinkedHashMap<List<String>, List<Part>>();
    for (var p : parts) {
      var names = new ArrayList<>(at.stream().map(Index::name).toList());
      var rest = new ArrayList<Expr>();
      var values = new HashMap<Index, Expr>();
      for (var w : p.where) {
        int d = w instanceof Expr.Apply(Prim q, var args) && q == Prim.IEQ && args.get(0) instanceof Expr.Int
            && args.get(1) instanceof Expr.Var(Index i) ? at.indexOf(i) : -1;
        if (d < 0) rest.add(w);
        else {
          var number = ((Expr.Apply) w).args().get(0);
          names.set(d, text.of(number));
          values.put(at.get(d), number);
        }
      }
      groups.computeIfAbsent(names, k -> new ArrayList<>())
          .add(new Part(p.ranges, rest, Subst.indices(values).apply(p.coefficient)));
    }
    var all = at.stream().map(Index::name).toList();
    var texts = new LinkedHashMap<List<String>, String>();
    if (groups.containsKey(all) && groups.size() > 1) {
      texts.put(all, sum(parts, scale));
      return texts;
    }
    groups.forEach((names, some) -> {
      var t = sum(some, scale);
      if (!t.equals("0")) texts.put(names, t);
    });
    return texts;
  }

  /// What [#parameter] says, for elements apart.
  Map<List<String>, String> parameters(Array unknown, Statistic statistic, List<Index> at, double scale) {
    return byElement(parts(unknown, statistic, at), at, scale);
  }

  /// The coefficients of products of two values, for elements apart.
  Map<List<String>, String> pairs(Array a, List<Index> at, Array b, List<Index> bt, double scale) {
    var indices = new ArrayList<>(at);
    indices.addAll(bt);
    return byElement(pairParts(a, at, b, bt), indices, scale);
  }

  private List<Part> pairParts(Array a, List<Index> at, Array b, List<Index> bt) {
    var parts = new ArrayList<Part>();
    for (var t : form.terms()) {
      var stats = t.factors().stream().filter(f -> f instanceof Term.Stat).map(f -> (Term.Stat) f).toList();
      if (stats.size() != 2) continue;
      var first = stats.get(0);
      var second = stats.get(1);
      boolean straight = first.unknown() == a && second.unknown() == b;
      boolean crossed = first.unknown() == b && second.unknown() == a;
      if (!straight && !crossed) continue;
      boolean symmetric = a == b && isSymmetric(t, first.at(), second.at());
      if (straight) {
        var p = pair(t, first.at(), second.at(), a, at, b, bt);
        parts.add(symmetric ? new Part(p.ranges, p.where, mul(real(2), p.coefficient)) : p);
      }
      if (crossed && !symmetric) parts.add(pair(t, second.at(), first.at(), a, at, b, bt));
    }
    return parts;
  }

  private Part pair(Term t, List<Expr> x, List<Expr> y, Array a, List<Index> at, Array b, List<Index> bt) {
    var all = new ArrayList<>(x);
    all.addAll(y);
    var indices = new ArrayList<>(at);
    indices.addAll(bt);
    var dims = new ArrayList<>(a.dims());
    dims.addAll(b.dims());
    return part(t, all, indices, dims, java.util.Collections.nCopies(all.size(), integer(1)));
  }

  /// Whether a term sums over both orders of a pair.
  private boolean isSymmetric(Term t, List<Expr> a, List<Expr> b) {
    for (int d = 0; d < a.size(); d++) {
      if (interner.intern(a.get(d)) == interner.intern(b.get(d))) continue;
      if (range(t, a.get(d)).isEmpty() || range(t, b.get(d)).isEmpty()) return false;
    }
    return true;
  }

  private static Optional<Term.Range> range(Term t, Expr e) {
    return t.ranges().stream().filter(r -> e instanceof Expr.Var(Index i) && i == r.index()).findFirst();
  }

  /// An indicator has one subscript more than the unknown; it takes all values.
  private List<Expr> dims(Array a, int rank) {
    var dims = new ArrayList<>(a.dims().subList(0, Math.min(rank, a.rank())));
    if (rank > a.rank()) dims.add(categories.get(a));
    return dims;
  }

  /// What each subscript counts from: values of discrete unknowns from the lowest.
  private List<Expr> origins(Array a, int rank) {
    var origins = new ArrayList<Expr>(java.util.Collections.nCopies(Math.min(rank, a.rank()), integer(1)));
    if (rank > a.rank()) origins.add(lowest.get(a));
    return origins;
  }

  /// Solves the subscripts of a term for what it sums over.
  private Part part(Term t, List<Expr> found, List<Index> wanted, List<Expr> dims, List<Expr> origins) {
    var ranges = new ArrayList<>(t.ranges());
    var values = new HashMap<Index, Expr>();
    var ends = new ArrayList<Expr>();
    var same = new HashMap<Expr, Expr>();
    var left = new ArrayList<Integer>();
    for (int d = 0; d < wanted.size(); d++) {
      var origin = origins.get(d);
      var solved = solve(found.get(d), ranges);
      if (solved.isEmpty()) {
        left.add(d);
        continue;
      }
      var r = solved.get().range();
      int shift = solved.get().shift();
      var i = var(wanted.get(d));
      ranges.remove(r);
      values.put(r.index(), sub(sub(i, origin), integer(shift)));
      var least = add(r.from(), integer(shift + 1));
      var most = add(r.to(), integer(shift));
      if (!(least instanceof Expr.Int(int l) && l <= 1)) ends.add(le(least, i));
      if (!(shift >= 0 && interner.intern(r.to()) == interner.intern(dims.get(d)))
          && !(most instanceof Expr.Int(int m) && dims.get(d) instanceof Expr.Int(int n) && m >= n)) ends.add(upTo(i, most));
    }
    for (int d : left) if (!(found.get(d) instanceof Expr.Int)) same.put(interner.intern(found.get(d)), sub(var(wanted.get(d)), origins.get(d)));
    var all = new HashMap<Index, Expr>(values);
    for (var r : ranges) all.put(r.index(), shown(r.index()));
    var subst = Subst.indices(all);
    var kept = new ArrayList<Term.Range>();
    for (var r : ranges) kept.add(new Term.Range(letters.getOrDefault(r.index(), r.index()), subst.apply(r.from()), subst.apply(r.to())));
    // an end may hang on what else is summed over
    var where = new ArrayList<>(ends.stream().map(subst::apply).toList());
    for (int d : left) where.add(eq(add(subst.apply(found.get(d)), origins.get(d)), var(wanted.get(d))));
    for (var g : t.guards()) where.add(subst.apply(g));
    Expr c = t.coefficient();
    for (var f : t.factors()) if (f instanceof Term.Opaque(Expr value, String why)) c = mul(c, value);
    c = Rewrite.of(interner.intern(c), same);
    return new Part(kept, where.stream().filter(w -> !(w instanceof Expr.Int)).toList(), subst.apply(c));
  }

  private static Expr upTo(Expr i, Expr most) {
    var above = add(most, integer(1));
    return above instanceof Expr.Apply(Prim p, var args) && (p == Prim.IADD || p == Prim.ISUB) && args.contains(integer(1))
        ? le(i, most) : lt(i, above);
  }

  private record Solved(Term.Range range, int shift) {}

  private static Optional<Solved> solve(Expr e, List<Term.Range> ranges) {
    for (var r : ranges) {
      if (e instanceof Expr.Var(Index i) && i == r.index()) return Optional.of(new Solved(r, 0));
      if (e instanceof Expr.Apply(Prim p, var args) && (p == Prim.IADD || p == Prim.ISUB) && args.get(0) instanceof Expr.Var(Index i)
          && i == r.index() && args.get(1) instanceof Expr.Int(int c)) return Optional.of(new Solved(r, p == Prim.IADD ? c : -c));
    }
    return Optional.empty();
  }

  /// A part of a term, its indices counted from 1.
  Expr shown(Term t, Expr e) {
    var shown = new HashMap<Index, Expr>();
    for (var r : t.ranges()) shown.put(r.index(), shown(r.index()));
    return Subst.indices(shown).apply(e);
  }

  // Texts

  /// Like parts are summed; a sum of the same number again and again is a count.
  private String sum(List<Part> all, double scale) {
    double constant = 0;
    var texts = new LinkedHashMap<Quotient, Double>();
    var parts = new ArrayList<Part>();
    for (var p : all) summands(p, 1, p.coefficient, parts);
    for (var p : whole(parts)) {
      var f = text.factors(p.coefficient);
      double number = f.number() * scale;
      var free = new Graph.Free();
      var inside = p.where.stream().flatMap(w -> free.of(w).stream()).collect(Collectors.toSet());
      var out = new LinkedHashMap<Expr, Double>();
      var in = new LinkedHashMap<Expr, Double>();
      var summed = p.ranges.stream().map(Term.Range::index).collect(Collectors.toSet());
      f.powers().forEach((base, power) -> (free.of(base).stream().anyMatch(summed::contains) ? in : out).put(base, power));
      var ranges = new ArrayList<Term.Range>();
      for (var r : p.ranges) {
        boolean used = in.keySet().stream().anyMatch(b -> free.of(b).contains(r.index())) || inside.contains(r.index())
            || p.ranges.stream().anyMatch(o -> o != r && (free.of(o.from()).contains(r.index()) || free.of(o.to()).contains(r.index())));
        if (used) ranges.add(r);
        else {
          var count = text.factors(sub(r.to(), r.from()));
          number *= count.number();
          count.powers().forEach((b, q) -> out.merge(b, q, Double::sum));
        }
      }
      if (ranges.isEmpty() && out.isEmpty() && p.where.isEmpty()) {
        constant += number;
        continue;
      }
      if (in.size() == 1 && out.isEmpty()) {
        var base = in.keySet().iterator().next();
        if (in.get(base) == 1 && base instanceof Expr.Apply(Prim q, var args) && (q == Prim.SUB || q == Prim.ADD)
            && args.get(0) instanceof Expr.Real(double c) && c < 0 && q == Prim.SUB) {
          in.clear();
          in.put(interner.intern(sub(real(-c), neg(args.get(1)))), 1.0);
          number = -number;
        }
      }
      texts.merge(term(ranges, p.where, out, in), number, Double::sum);
    }
    var s = new StringBuilder();
    boolean shown = Math.abs(constant) > 1e-12;
    if (shown && constant > 0 || texts.isEmpty()) s.append(MathText.number(constant));
    texts.forEach((t, number) -> {
      if (number == 0) return;
      if (s.isEmpty()) s.append(number < 0 ? "-" : "");
      else s.append(number < 0 ? " - " : " + ");
      s.append(scaled(Math.abs(number), t));
    });
    if (shown && constant < 0 && !texts.isEmpty()) s.append(" - ").append(MathText.number(-constant));
    return s.isEmpty() ? "0" : s.toString();
  }

  /// The same where what is said where a condition holds, and again where it does not, is said once.
  private List<Part> whole(List<Part> parts) {
    for (var p : parts)
      for (var q : parts) {
        var both = p == q ? Optional.<Part>empty() : either(p, q);
        if (both.isEmpty()) continue;
        var rest = new ArrayList<>(parts);
        rest.set(rest.indexOf(p), both.get());
        rest.remove(q);
        return whole(rest);
      }
    return parts;
  }

  /// One of two parts that differ in a condition, which holds in the first where it does not in the second.
  private Optional<Part> either(Part p, Part q) {
    if (p.ranges.size() != q.ranges.size() || p.where.size() != q.where.size()) return Optional.empty();
    var same = new HashMap<Index, Expr>();
    for (int n = 0; n < p.ranges.size(); n++) {
      var r = p.ranges.get(n);
      var o = q.ranges.get(n);
      var subst = Subst.indices(same);
      if (interner.intern(subst.apply(o.from())) != interner.intern(r.from()) || interner.intern(subst.apply(o.to())) != interner.intern(r.to()))
        return Optional.empty();
      same.put(o.index(), var(r.index()));
    }
    var subst = Subst.indices(same);
    if (interner.intern(subst.apply(q.coefficient)) != interner.intern(p.coefficient)) return Optional.empty();
    var mine = new ArrayList<>(interner.intern(p.where));
    var other = new ArrayList<>(interner.intern(subst.apply(q.where)));
    var common = new ArrayList<>(mine);
    common.retainAll(other);
    mine.removeAll(common);
    other.removeAll(common);
    return mine.size() == 1 && other.size() == 1 && interner.intern(not(mine.getFirst())) == other.getFirst()
        ? Optional.of(new Part(p.ranges, common, p.coefficient)) : Optional.empty();
  }

  /// The text of a product.
  ///
  /// @param above empty for 1
  /// @param below what it is divided by, if anything
  /// @param where in brackets: where it is there
  /// @param ends  whether `above` ends with a quotient itself
  private record Quotient(String above, Map<Expr, Double> below, String where, boolean ends) {}

  private String scaled(double number, Quotient q) {
    if (q.above.isEmpty()) return MathText.number(number) + over(q.below, 1) + q.where;
    double inverse = Math.rint(1 / number);
    if (number < 1 && !q.ends && Math.abs(1 / number - inverse) < 1e-9) return q.above + over(q.below, inverse) + q.where;
    return (number == 1 ? "" : MathText.number(number) + " ") + q.above + over(q.below, 1) + q.where;
  }

  private String over(Map<Expr, Double> below, double number) {
    if (below.isEmpty()) return number == 1 ? "" : " / " + MathText.number(number);
    return " / " + text.piece(new MathText.Factors(number, below)).at(below.size() == 1 && number == 1 ? 2 : 4);
  }

  /// A sum that is not summed over anything is taken apart.
  private void summands(Part p, double number, Expr e, List<Part> into) {
    var f = text.factors(e);
    var only = f.powers().size() == 1 ? f.powers().entrySet().iterator().next() : null;
    if (p.ranges.isEmpty() && only != null && only.getValue() == 1 && only.getKey() instanceof Expr.Apply(Prim q, var args)
        && (q == Prim.ADD || q == Prim.SUB || q == Prim.IADD || q == Prim.ISUB)) {
      boolean minus = q == Prim.SUB || q == Prim.ISUB;
      summands(p, number * f.number(), args.get(0), into);
      summands(p, number * f.number() * (minus ? -1 : 1), args.get(1), into);
    } else into.add(new Part(p.ranges, p.where, mul(real(number), toReal(e))));
  }

  private Quotient term(List<Term.Range> ranges, List<Expr> where, Map<Expr, Double> out, Map<Expr, Double> in) {
    var above = new LinkedHashMap<Expr, Double>();
    var below = new LinkedHashMap<Expr, Double>();
    out.forEach((base, power) -> (power > 0 ? above : below).put(base, Math.abs(power)));
    var outer = above.isEmpty() ? "" : text.piece(new MathText.Factors(1, above)).at(2);
    var outside = outside(ranges, where);
    if (ranges.isEmpty() && outer.isEmpty() && below.isEmpty() && !outside.isEmpty()) return new Quotient(outside.strip(), below, "", false);
    if (ranges.isEmpty()) return new Quotient(outer, below, outside, false);
    var under = under(ranges, inside(ranges, where));
    var sum = in.isEmpty() ? "#" + (under.startsWith("_{") ? under.substring(1) : "{" + under.substring(1) + "}")
        : "sum" + under + " " + text.piece(new MathText.Factors(1, in)).at(2);
    return new Quotient((outer.isEmpty() ? "" : outer + " ") + sum, below, outside, in.values().stream().anyMatch(power -> power < 0));
  }

  /// Conditions on what is summed over.
  private static List<Expr> inside(List<Term.Range> ranges, List<Expr> where) {
    var free = new Graph.Free();
    var summed = ranges.stream().map(Term.Range::index).collect(Collectors.toSet());
    return where.stream().filter(w -> free.of(w).stream().anyMatch(summed::contains)).toList();
  }

  /// The other conditions, in brackets.
  private String outside(List<Term.Range> ranges, List<Expr> where) {
    var inside = inside(ranges, where);
    var text = where.stream().filter(w -> !inside.contains(w)).map(this.text::condition).collect(Collectors.joining(", "));
    return text.isEmpty() ? "" : " [" + text + "]";
  }

  private String under(List<Term.Range> ranges, List<Expr> inside) {
    var conditions = inside.stream().map(text::condition).collect(Collectors.joining(", "));
    var names = ranges.stream().map(r -> r.from() instanceof Expr.Int(int f) && f == 0 ? text.name(r.index())
        : text.name(r.index()) + "=" + text.of(add(r.from(), integer(1))) + ".." + text.of(r.to())).collect(Collectors.joining(","));
    return conditions.isEmpty() && ranges.size() == 1 && !names.contains("=") ? "_" + names
        : "_{" + names + (conditions.isEmpty() ? "" : ": " + conditions) + "}";
  }
}
