package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import ppl.ir.Expr;
import ppl.ir.Prim;
import ppl.runtime.Statistic;

/// What in a summand of a log joint has an [Augmentation].
///
/// @param odds whether logits count
record Mixtures(Facts facts, Normaliser normaliser, Signs signs, boolean odds) {
  /// @param condition over data: where the term is there
  record Mixture(Expr condition, Augmentation augmentation) {}

  /// A value as the sum of `rest` and the terms of the mixtures.
  record Split(Expr rest, List<Mixture> mixtures) {}

  Split of(Expr value) {
    Expr rest = ZERO;
    var found = new ArrayList<Found>();
    for (var summand : summands(value)) {
      int before = found.size();
      var left = NormalForm.isBound(summand) ? List.<Monomial>of() : take(summand, found);
      if (found.size() == before) rest = add(rest, summand);
      else for (var m : left) rest = add(rest, normaliser.algebra().value(m));
    }
    return new Split(rest, merged(found).stream().map(f -> new Mixture(f.condition(), f.what)).toList());
  }

  private static List<Expr> summands(Expr e) {
    if (e instanceof Expr.Apply(Prim p, var args) && (p == Prim.ADD || p == Prim.SUB)) {
      var all = new ArrayList<>(summands(args.get(0)));
      for (var s : summands(args.get(1))) all.add(p == Prim.ADD ? s : neg(s));
      return all;
    }
    return List.of(e);
  }

  /// @param guards over data
  private record Found(List<Expr> guards, Augmentation what) {
    Expr condition() {
      return guards.stream().reduce((a, b) -> and(a, b)).orElse(integer(1));
    }
  }

  /// Moves what has an augmentation from a summand to `found`; returns the monomials that are left.
  private List<Monomial> take(Expr summand, List<Found> found) {
    var left = new ArrayList<Monomial>();
    var tails = new LinkedHashMap<List<Object>, List<Monomial>>();
    for (var m : normaliser.of(summand).monomials()) {
      var special = m.ranges().isEmpty() ? special(m) : Optional.<Atom.Power>empty();
      if (special.isEmpty()) left.add(m);
      else tails.computeIfAbsent(List.of(m.guards(), special.get()), k -> new ArrayList<>()).add(m);
    }
    tails.forEach((key, all) -> {
      var atom = (Atom.Power) key.getLast();
      var what = augmentation(atom, all);
      if (what.isEmpty()) left.addAll(all);
      else found.add(new Found(all.getFirst().guards(), what.get()));
    });
    return left;
  }

  /// The only factor that is no statistic of a positive number.
  private Optional<Atom.Power> special(Monomial m) {
    var others = m.atoms().stream()
        .filter(a -> !(a instanceof Atom.Stat(var x, Statistic.Power p, var at) && facts.isPositive(x))).toList();
    boolean one = others.size() == 1 && others.getFirst() instanceof Atom.Power p && p.exponent() == 1;
    return one ? Optional.of((Atom.Power) others.getFirst()) : Optional.empty();
  }

  private Optional<Augmentation> augmentation(Atom.Power atom, List<Monomial> all) {
    if (!(atom.base() instanceof Expr.Apply(Prim p, var args))) return Optional.empty();
    var x = args.getFirst();
    return switch (p) {
      case LOG, LOG1P -> {
        var base = p == Prim.LOG1P ? add(ONE, x) : x;
        var exponent = times(atom, all, -1);
        yield signs.isNonnegative(base) && signs.isPositive(exponent) && isNormal(base)
            ? Optional.of(new Augmentation.Tail(base, exponent)) : Optional.empty();
      }
      case ABS -> {
        var size = times(atom, all, -1);
        yield signs.isPositive(size) && isNormal(mul(size, x))
            ? Optional.of(new Augmentation.Magnitude(mul(size, x))) : Optional.empty();
      }
      case LOG_PHI -> times(atom, all, 1) instanceof Expr.Real(double one) && one == 1 && isNormal(x)
          ? Optional.of(new Augmentation.Threshold(x)) : Optional.empty();
      case LOG_INV_LOGIT -> odds(x, times(atom, all, 1), ZERO);
      case LOG1M_INV_LOGIT -> odds(x, ZERO, times(atom, all, 1));
      case LOG1P_EXP -> odds(x, ZERO, times(atom, all, -1));
      default -> Optional.empty();
    };
  }

  private Optional<Augmentation> odds(Expr x, Expr up, Expr down) {
    if (x instanceof Expr.Apply(Prim p, var args) && p == Prim.NEG) return odds(args.getFirst(), down, up);
    boolean counts = odds && facts.isKnown(up) && facts.isKnown(down);
    return counts && isNormal(x) ? Optional.of(new Augmentation.Odds(x, up, down)) : Optional.empty();
  }

  /// What an atom is multiplied with, times `sign`.
  private Expr times(Atom.Power atom, List<Monomial> all, double sign) {
    Expr sum = ZERO;
    for (var m : all) {
      var rest = new ArrayList<>(m.atoms());
      rest.remove(atom);
      var factor = new Monomial(List.of(), List.of(), mul(real(sign), m.coefficient()), rest);
      sum = add(sum, normaliser.algebra().value(factor));
    }
    return sum;
  }

  /// Whether an expression of unknowns is a sum of products of statistics.
  private boolean isNormal(Expr e) {
    return normaliser.of(e).monomials().stream().flatMap(m -> m.atoms().stream()).allMatch(a -> a instanceof Atom.Stat);
  }

  /// Cases that data choose between, as one.
  private static List<Found> merged(List<Found> all) {
    for (var a : all)
      for (var b : all) {
        var one = a == b ? Optional.<Found>empty() : merged(a, b);
        if (one.isEmpty()) continue;
        var rest = new ArrayList<>(all);
        rest.remove(b);
        rest.set(rest.indexOf(a), one.get());
        return merged(rest);
      }
    return all;
  }

  private static Optional<Found> merged(Found a, Found b) {
    var common = new ArrayList<>(a.guards);
    common.retainAll(b.guards);
    var one = new HashSet<>(a.guards);
    one.removeAll(common);
    var other = new HashSet<>(b.guards);
    other.removeAll(common);
    if (one.isEmpty() && other.isEmpty()) return together(a, b);
    if (one.size() != 1 || other.size() != 1) return Optional.empty();
    var c = one.iterator().next();
    var d = other.iterator().next();
    if (!(d instanceof Expr.Apply(Prim p, var args) && p == Prim.NOT && args.getFirst() == c)) return Optional.empty();
    return either(c, a.what, b.what).map(what -> new Found(common, what));
  }

  /// One where a condition holds, the other where it does not.
  private static Optional<Augmentation> either(Expr c, Augmentation a, Augmentation b) {
    if (a instanceof Augmentation.Threshold(var x) && b instanceof Augmentation.Threshold(var y))
      return Optional.of(new Augmentation.Threshold(select(c, x, y)));
    if (a instanceof Augmentation.Odds(var x, var up, var down)
        && b instanceof Augmentation.Odds(var y, var more, var less)) {
      var both = x == y ? x : select(c, x, y);
      return Optional.of(new Augmentation.Odds(both, select(c, up, more), select(c, down, less)));
    }
    return Optional.empty();
  }

  /// The product of two that have the same argument.
  private static Optional<Found> together(Found a, Found b) {
    return a.what instanceof Augmentation.Odds(var x, var up, var down)
        && b.what instanceof Augmentation.Odds(var y, var more, var less) && x == y
        ? Optional.of(new Found(a.guards, new Augmentation.Odds(x, add(up, more), add(down, less)))) : Optional.empty();
  }
}
