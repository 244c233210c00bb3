package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Prim;
import ppl.runtime.Statistic;

/// Sums of monomials, added and multiplied.
final class Algebra {
  private final Interner interner = new Interner();
  private final Facts facts;

  Algebra(Facts facts) {
    this.facts = facts;
  }

  Expr intern(Expr e) {
    return interner.intern(e);
  }

  List<Expr> intern(List<Expr> all) {
    return interner.intern(all);
  }

  Monomial intern(Monomial m) {
    return new Monomial(
        m.ranges().stream().map(r -> new Term.Range(r.index(), intern(r.from()), intern(r.to()))).toList(),
        intern(m.guards()), intern(m.coefficient()), m.atoms().stream().map(a -> switch (a) {
          case Atom.Stat(var unknown, var statistic, var at) -> (Atom) new Atom.Stat(unknown, statistic, intern(at));
          case Atom.Power(Expr base, double exponent, boolean sum, String why) ->
              new Atom.Power(intern(base), exponent, sum, why);
          case Atom.Element(var symbol, var at) -> new Atom.Element(symbol, intern(at));
          case Atom.LogDiagonal(var symbol, var at) -> new Atom.LogDiagonal(symbol, intern(at));
        }).toList());
  }

  static Sum constant(Expr c) {
    return c instanceof Expr.Real(double v) && v == 0 ? Sum.ZERO : new Sum(List.of(Monomial.of(toReal(c))));
  }

  static Sum of(Atom atom) {
    return new Sum(List.of(Monomial.of(ONE, atom)));
  }

  Sum add(Sum a, Sum b) {
    if (a.size() == 0) return b;
    if (b.size() == 0) return a;
    var all = new ArrayList<>(a.monomials());
    all.addAll(b.monomials());
    return sum(all);
  }

  /// Like monomials are brought together.
  Sum sum(List<Monomial> monomials) {
    var plain = new LinkedHashMap<List<Object>, Monomial>();
    var rest = new ArrayList<Monomial>();
    for (var m : monomials) {
      if (!m.ranges().isEmpty()) rest.add(m);
      else plain.merge(List.of(Set.copyOf(m.guards()), bag(m.atoms())), m, (x, y) ->
          new Monomial(List.of(), x.guards(), intern(plus(x.coefficient(), y.coefficient())), x.atoms()));
    }
    var all = new ArrayList<>(plain.values());
    all.removeIf(m -> m.coefficient() instanceof Expr.Real(double v) && v == 0);
    all.addAll(rest);
    return new Sum(all);
  }

  /// How often each atom occurs.
  private static Map<Atom, Integer> bag(List<Atom> atoms) {
    var bag = new java.util.HashMap<Atom, Integer>();
    for (var a : atoms) bag.merge(a, 1, Integer::sum);
    return bag;
  }

  Sum scale(Expr c, Sum s) {
    return c instanceof Expr.Real(double v) && v == 1 ? s : new Sum(s.monomials().stream().map(m -> m.times(c)).map(this::intern).toList());
  }

  /// Each monomial summed over a range; what is known stays one expression.
  Sum over(Term.Range range, Sum s) {
    var all = new ArrayList<Monomial>();
    for (var m : s.monomials())
      if (m.isKnown() && m.isPlain())
        all.add(intern(Monomial.of(sumOver(range, m.coefficient()))));
      else {
        var ranges = new ArrayList<>(m.ranges());
        ranges.addFirst(range);
        all.add(new Monomial(ranges, m.guards(), m.coefficient(), m.atoms()).renamed());
      }
    return new Sum(all.stream().map(this::intern).map(this::diagonal).toList());
  }

  Sum diagonal(Sum s) {
    return new Sum(s.monomials().stream().map(this::diagonal).toList());
  }

  /// Where two ranges are held equal one of them is enough.
  private Monomial diagonal(Monomial m) {
    for (var g : m.guards())
      if (g instanceof Expr.Apply(Prim p, var args) && p == Prim.IEQ && args.get(0) instanceof Expr.Var(Index a) && args.get(1) instanceof Expr.Var(Index b)) {
        var x = m.ranges().stream().filter(r -> r.index() == a).findFirst();
        var y = m.ranges().stream().filter(r -> r.index() == b).findFirst();
        if (x.isEmpty() || y.isEmpty() || x.get().from() != y.get().from() && !(x.get().from() instanceof Expr.Int(int f) && y.get().from() instanceof Expr.Int(int h) && f == h)
            || x.get().to() != y.get().to()) continue;
        var guards = new ArrayList<>(m.guards());
        guards.remove(g);
        return diagonal(merged(intern(new Monomial(m.ranges(), guards, m.coefficient(), m.atoms()).with(Map.of(b, args.get(0))))));
      }
    return m;
  }

  private static Expr sumOver(Term.Range r, Expr body) {
    return new Expr.Reduce(Expr.Reducer.SUM, r.index(), r.from(), r.to(), body);
  }

  Sum when(Expr guard, Sum s) {
    if (guard instanceof Expr.Int(int v)) return v != 0 ? s : Sum.ZERO;
    var all = new ArrayList<Monomial>();
    for (var m : s.monomials()) {
      if (contradict(m.guards(), guard)) continue;
      var guards = new ArrayList<>(m.guards());
      if (!guards.contains(guard)) guards.add(guard);
      all.add(new Monomial(m.ranges(), guards, m.coefficient(), m.atoms()));
    }
    return new Sum(all);
  }

  private static boolean contradict(List<Expr> guards, Expr g) {
    return guards.stream().anyMatch(h -> isNot(g, h) || isNot(h, g));
  }

  private static boolean isNot(Expr a, Expr b) {
    return a instanceof Expr.Apply(Prim p, var args) && p == Prim.NOT && args.get(0) == b;
  }

  /// Every product of one monomial of each.
  List<Monomial> products(Sum a, Sum b) {
    var all = new ArrayList<Monomial>();
    for (var x : a.monomials()) for (var y : b.monomials()) product(x, y).ifPresent(all::add);
    return all;
  }

  /// Every product of two monomials of `a`, those of different ones once and doubled.
  List<Monomial> squares(Sum a) {
    var all = new ArrayList<Monomial>();
    for (int i = 0; i < a.size(); i++)
      for (int j = i; j < a.size(); j++) {
        var twice = real(i == j ? 1 : 2);
        product(a.monomials().get(i), a.monomials().get(j)).map(m -> intern(m.times(twice))).ifPresent(all::add);
      }
    return all;
  }

  /// The product of two monomials; empty if no guard admits both.
  Optional<Monomial> product(Monomial a, Monomial given) {
    var b = given.renamed();
    for (var g : b.guards()) if (contradict(a.guards(), g)) return Optional.empty();
    var ranges = new ArrayList<>(a.ranges());
    ranges.addAll(b.ranges());
    var guards = new ArrayList<>(a.guards());
    for (var g : b.guards()) if (!guards.contains(g)) guards.add(g);
    var atoms = new ArrayList<>(a.atoms());
    atoms.addAll(b.atoms());
    return Optional.of(merged(intern(new Monomial(ranges, guards, mul(a.coefficient(), b.coefficient()), atoms))));
  }

  /// Brings together atoms of the same element.
  private Monomial merged(Monomial m) {
    for (int i = 0; i < m.atoms().size(); i++)
      for (int j = i + 1; j < m.atoms().size(); j++) {
        var once = merged(m, m.atoms().get(i), m.atoms().get(j));
        if (once.isPresent()) return merged(intern(once.get()));
      }
    return m;
  }

  private Optional<Monomial> merged(Monomial m, Atom a, Atom b) {
    if (a instanceof Atom.Power x && b instanceof Atom.Power y && x.base() == y.base())
      return Optional.of(replace(m, a, b, new Atom.Power(x.base(), x.exponent() + y.exponent(), x.sum(), x.why())));
    if (!(a instanceof Atom.Stat x && b instanceof Atom.Stat y && x.unknown() == y.unknown())) return Optional.empty();
    if (x.statistic() instanceof Statistic.Indicator)
      return x.at().subList(0, x.at().size() - 1).equals(y.at().subList(0, y.at().size() - 1))
          ? Optional.of(same(m, x, y)) : Optional.empty();
    if (!x.at().equals(y.at())) return Optional.empty();
    if (x.statistic() instanceof Statistic.Power(double p) && y.statistic() instanceof Statistic.Power(double q))
      return Optional.of(replace(m, a, b, new Atom.Stat(x.unknown(), new Statistic.Power(p + q), x.at())));
    var both = intern(mul(value(a), value(b)));
    return Optional.of(replace(m, a, b, new Atom.Power(both, 1, false,
        "a product of two different functions of `" + x.unknown().name() + "`")));
  }

  /// An element of a discrete unknown has one value.
  private Monomial same(Monomial m, Atom.Stat x, Atom.Stat y) {
    var a = x.at().getLast();
    var b = y.at().getLast();
    var rest = replace(m, x, y, x);
    if (a == b) return rest;
    for (var r : m.ranges()) {
      if (b instanceof Expr.Var(Index k) && k == r.index()) return rest.with(Map.of(k, a));
      if (a instanceof Expr.Var(Index k) && k == r.index()) return replace(m, x, y, y).with(Map.of(k, b));
    }
    var guards = new ArrayList<>(rest.guards());
    guards.add(eq(a, b));
    return new Monomial(rest.ranges(), guards, rest.coefficient(), rest.atoms());
  }

  private static Monomial replace(Monomial m, Atom a, Atom b, Atom by) {
    var atoms = new ArrayList<>(m.atoms());
    atoms.remove(a);
    atoms.remove(b);
    boolean one = switch (by) {
      case Atom.Stat s -> s.statistic() instanceof Statistic.Power(double p) && p == 0;
      case Atom.Power p -> p.exponent() == 0;
      case Atom.Element e -> false;
      case Atom.LogDiagonal l -> false;
    };
    if (!one) atoms.add(by);
    return new Monomial(m.ranges(), m.guards(), m.coefficient(), atoms);
  }

  /// What an atom stands for.
  Expr value(Atom atom) {
    return switch (atom) {
      case Atom.Power(Expr base, double exponent, boolean sum, String why) -> pow(base, real(exponent));
      case Atom.Stat(var unknown, var statistic, var at) -> switch (statistic) {
        case Statistic.Power(double exponent) -> pow(unknown.read(at), real(exponent));
        case Statistic.Log() -> log(unknown.read(at));
        case Statistic.Log1m() -> apply(Prim.LOG1M, unknown.read(at));
        case Statistic.Indicator() -> toReal(eq(unknown.read(at.subList(0, at.size() - 1)), facts.category(unknown, at)));
        case Statistic.LogDeterminant(), Statistic.Inverse() ->
            throw new IllegalStateException(statistic + " is no expression of an element");
      };
      case Atom.Element(var symbol, var at) -> symbol.read(at);
      case Atom.LogDiagonal(var symbol, var at) -> {
        var all = new ArrayList<>(at);
        all.add(at.getLast());
        yield log(symbol.read(all));
      }
    };
  }

  /// What a monomial stands for.
  Expr value(Monomial m) {
    Expr e = m.coefficient();
    for (var a : m.atoms()) e = mul(e, value(a));
    for (var g : m.guards().reversed()) e = select(g, e, ZERO);
    for (var r : m.ranges().reversed()) e = sumOver(r, e);
    return intern(e);
  }

  /// Brings what is known and what has no statistics together, into one base.
  Sum gathered(Sum s) {
    var parts = new ArrayList<Monomial>();
    var rest = new ArrayList<Monomial>();
    for (var m : s.monomials()) {
      boolean bare = m.isPlain() && m.atoms().stream().allMatch(a -> a instanceof Atom.Power p && !p.sum());
      (bare ? parts : rest).add(m);
    }
    if (parts.size() < 2 || parts.stream().allMatch(Monomial::isKnown)) return s;
    Expr sum = ZERO;
    for (var m : parts) sum = plus(sum, value(m));
    var why = parts.stream().flatMap(m -> m.atoms().stream()).map(a -> ((Atom.Power) a).why()).findFirst().orElseThrow();
    rest.addFirst(Monomial.of(ONE, new Atom.Power(intern(sum), 1, false, why)));
    return new Sum(rest);
  }

  private static Expr plus(Expr a, Expr b) {
    return ppl.ir.Exprs.add(a, b);
  }
}
