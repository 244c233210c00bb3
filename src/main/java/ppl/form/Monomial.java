package ppl.form;

import java.util.List;
import java.util.Map;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Index;
import ppl.ir.Subst;

/// A [Term] on its way.
record Monomial(List<Term.Range> ranges, List<Expr> guards, Expr coefficient, List<Atom> atoms) {
  Monomial {
    ranges = List.copyOf(ranges);
    guards = List.copyOf(guards);
    atoms = List.copyOf(atoms);
  }

  static Monomial of(Expr coefficient, Atom... atoms) {
    return new Monomial(List.of(), List.of(), coefficient, List.of(atoms));
  }

  boolean isKnown() {
    return atoms.isEmpty();
  }

  /// Whether it is one value, not a sum or a choice.
  boolean isPlain() {
    return ranges.isEmpty() && guards.isEmpty();
  }

  Monomial times(Expr c) {
    return new Monomial(ranges, guards, Exprs.mul(c, coefficient), atoms);
  }

  /// How many statistics of numbers stand in it.
  int degree() {
    return (int) atoms.stream().filter(a -> switch (a) {
      case Atom.Stat s -> !(s.statistic() instanceof ppl.runtime.Statistic.Indicator);
      case Atom.Power p -> true;
      case Atom.Element e -> false;
      case Atom.LogDiagonal l -> false;
    }).count();
  }

  /// The same with index variables replaced; ranges over replaced variables are left out.
  Monomial with(Map<Index, Expr> indices) {
    var subst = Subst.indices(indices);
    return new Monomial(
        ranges.stream().filter(r -> !indices.containsKey(r.index())).map(r -> range(r, r.index(), subst)).toList(),
        subst.apply(guards), subst.apply(coefficient), atoms.stream().map(a -> atom(a, subst)).toList());
  }

  private static Term.Range range(Term.Range r, Index index, Subst subst) {
    return new Term.Range(index, subst.apply(r.from()), subst.apply(r.to()));
  }

  private static Atom atom(Atom a, Subst subst) {
    return switch (a) {
      case Atom.Stat(var unknown, var statistic, var at) -> new Atom.Stat(unknown, statistic, subst.apply(at));
      case Atom.Power(Expr base, double exponent, boolean sum, String why) ->
          new Atom.Power(subst.apply(base), exponent, sum, why);
      case Atom.Element(var symbol, var at) -> new Atom.Element(symbol, subst.apply(at));
      case Atom.LogDiagonal(var symbol, var at) -> new Atom.LogDiagonal(symbol, subst.apply(at));
    };
  }

  /// The same with index variables of its own.
  Monomial renamed() {
    if (ranges.isEmpty()) return this;
    var fresh = new java.util.HashMap<Index, Expr>();
    var names = new java.util.HashSet<String>();
    for (var r : ranges) {
      var name = r.index().name();
      for (int n = 2; !names.add(name); n++) name = r.index().name() + n;
      fresh.put(r.index(), Exprs.var(new Index(name)));
    }
    var subst = Subst.indices(fresh);
    return new Monomial(
        ranges.stream().map(r -> range(r, ((Expr.Var) fresh.get(r.index())).index(), subst)).toList(),
        subst.apply(guards), subst.apply(coefficient), atoms.stream().map(a -> atom(a, subst)).toList());
  }
}
