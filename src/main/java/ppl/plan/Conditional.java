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

  private final NormalForm form;
  private final Letters names;
  private final Map<String, String> renamed = new HashMap<>();
  private final MathText text = new MathText(renamed);
  private final SummandTexts sums = new SummandTexts(text);
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
    parts.add(new Summand(List.of(), List.of(), div(more, real(scale))));
    return sums.of(parts, scale);
  }

  /// What data keep an element above (or below, if `upper`).
  List<String> limits(Array unknown, boolean upper, List<Index> at) {
    var all = new LinkedHashSet<String>();
    for (var b : form.bounds()) {
      if (b.unknown() != unknown || b.upper() != upper) continue;
      var p = part(limit(b), b.at(), at, dims(unknown, at.size()), origins(unknown, at.size()));
      var over = p.ranges().isEmpty() ? "" : (upper ? "min" : "max") + sums.under(p) + " ";
      all.add(over + text.of(p.coefficient()) + sums.outside(p));
    }
    return List.copyOf(all);
  }

  private List<Summand> parts(Array unknown, Statistic statistic, List<Index> at) {
    var parts = new ArrayList<Summand>();
    for (var t : form.terms()) {
      var stats = t.factors().stream().filter(f -> f instanceof Term.Stat).map(f -> (Term.Stat) f).toList();
      if (stats.size() == 1 && stats.getFirst().unknown() == unknown && stats.getFirst().statistic().equals(statistic))
        parts.add(part(t, stats.getFirst().at(), at, dims(unknown, at.size()), origins(unknown, at.size())));
    }
    return parts;
  }

  /// Texts for elements that are alike, by their subscripts: those that a term names by number stand for themselves.
  private Map<List<String>, String> byElement(List<Summand> parts, List<Index> at, double scale) {
    var groups = new LinkedHashMap<List<String>, List<Summand>>();
    for (var p : parts) {
      var names = new ArrayList<>(at.stream().map(Index::name).toList());
      var rest = new ArrayList<Expr>();
      var values = new HashMap<Index, Expr>();
      for (var w : p.where()) {
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
          .add(new Summand(p.ranges(), rest, Subst.indices(values).apply(p.coefficient())));
    }
    var all = at.stream().map(Index::name).toList();
    var texts = new LinkedHashMap<List<String>, String>();
    if (groups.containsKey(all) && groups.size() > 1) {
      texts.put(all, sums.of(parts, scale));
      return texts;
    }
    groups.forEach((names, some) -> {
      var t = sums.of(some, scale);
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

  private List<Summand> pairParts(Array a, List<Index> at, Array b, List<Index> bt) {
    var parts = new ArrayList<Summand>();
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
        parts.add(symmetric ? new Summand(p.ranges(), p.where(), mul(real(2), p.coefficient())) : p);
      }
      if (crossed && !symmetric) parts.add(pair(t, second.at(), first.at(), a, at, b, bt));
    }
    return parts;
  }

  private Summand pair(Term t, List<Expr> x, List<Expr> y, Array a, List<Index> at, Array b, List<Index> bt) {
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
  private Summand part(Term t, List<Expr> found, List<Index> wanted, List<Expr> dims, List<Expr> origins) {
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
      var least = add(r.from(), integer(shift));
      var most = add(r.to(), integer(shift));
      if (!(least instanceof Expr.Int(int l) && l <= 0)) ends.add(le(add(least, origin), i));
      if (!(shift >= 0 && interner.intern(r.to()) == interner.intern(dims.get(d)))
          && !(most instanceof Expr.Int(int m) && dims.get(d) instanceof Expr.Int(int n) && m >= n))
        ends.add(upTo(i, sub(add(most, origin), integer(1))));
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
    return new Summand(kept, where.stream().filter(w -> !(w instanceof Expr.Int)).toList(), subst.apply(c));
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

  /// A part of a term, its indices counted from 1, and those of values from the lowest.
  Expr shown(Term t, Expr e) {
    var shown = new HashMap<Index, Expr>();
    for (var r : t.ranges()) shown.put(r.index(), shown(r.index()));
    for (var f : t.factors())
      if (f instanceof Term.Stat s && s.at().size() > s.unknown().rank())
        solve(s.at().getLast(), t.ranges()).map(x -> x.range().index())
            .ifPresent(i -> shown.put(i, sub(var(letters.getOrDefault(i, i)), lowest.get(s.unknown()))));
    return Subst.indices(shown).apply(e);
  }

  /// The value of a discrete unknown at a position among its values.
  Expr value(Term t, Array unknown, Expr position) {
    return add(shown(t, position), lowest.get(unknown));
  }
}
