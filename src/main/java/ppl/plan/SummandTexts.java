package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.form.Term;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Prim;
import ppl.ir.Subst;

/// Sums of summands as they are written.
final class SummandTexts {
  private final MathText text;
  private final Interner interner = new Interner();

  SummandTexts(MathText text) {
    this.text = text;
  }

  /// Like parts are summed; a sum of the same number again and again is a count.
  String of(List<Summand> all, double scale) {
    double constant = 0;
    var texts = new LinkedHashMap<Quotient, Double>();
    var parts = new ArrayList<Summand>();
    for (var p : all) summands(p, 1, p.coefficient(), parts);
    for (var p : whole(parts)) {
      var f = text.factors(p.coefficient());
      double number = f.number() * scale;
      var free = new Graph.Free();
      var inside = p.where().stream().flatMap(w -> free.of(w).stream()).collect(Collectors.toSet());
      var out = new LinkedHashMap<Expr, Double>();
      var in = new LinkedHashMap<Expr, Double>();
      var summed = p.ranges().stream().map(Term.Range::index).collect(Collectors.toSet());
      f.powers().forEach((base, power) -> (free.of(base).stream().anyMatch(summed::contains) ? in : out).put(base, power));
      var ranges = new ArrayList<Term.Range>();
      for (var r : p.ranges()) {
        boolean used = in.keySet().stream().anyMatch(b -> free.of(b).contains(r.index())) || inside.contains(r.index())
            || p.ranges().stream().anyMatch(o -> o != r && (free.of(o.from()).contains(r.index()) || free.of(o.to()).contains(r.index())));
        if (used) ranges.add(r);
        else {
          var count = text.factors(sub(r.to(), r.from()));
          number *= count.number();
          count.powers().forEach((b, q) -> out.merge(b, q, Double::sum));
        }
      }
      if (ranges.isEmpty() && out.isEmpty() && p.where().isEmpty()) {
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
      texts.merge(term(ranges, p.where(), out, in), number, Double::sum);
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
  private List<Summand> whole(List<Summand> parts) {
    for (var p : parts)
      for (var q : parts) {
        var both = p == q ? Optional.<Summand>empty() : either(p, q);
        if (both.isEmpty()) continue;
        var rest = new ArrayList<>(parts);
        rest.set(rest.indexOf(p), both.get());
        rest.remove(q);
        return whole(rest);
      }
    return parts;
  }

  /// One of two parts that differ in a condition, which holds in the first where it does not in the second.
  private Optional<Summand> either(Summand p, Summand q) {
    if (p.ranges().size() != q.ranges().size() || p.where().size() != q.where().size()) return Optional.empty();
    var same = new HashMap<Index, Expr>();
    for (int n = 0; n < p.ranges().size(); n++) {
      var r = p.ranges().get(n);
      var o = q.ranges().get(n);
      var subst = Subst.indices(same);
      if (interner.intern(subst.apply(o.from())) != interner.intern(r.from()) || interner.intern(subst.apply(o.to())) != interner.intern(r.to()))
        return Optional.empty();
      same.put(o.index(), var(r.index()));
    }
    var subst = Subst.indices(same);
    if (interner.intern(subst.apply(q.coefficient())) != interner.intern(p.coefficient())) return Optional.empty();
    var mine = new ArrayList<>(interner.intern(p.where()));
    var other = new ArrayList<>(interner.intern(subst.apply(q.where())));
    var common = new ArrayList<>(mine);
    common.retainAll(other);
    mine.removeAll(common);
    other.removeAll(common);
    return mine.size() == 1 && other.size() == 1 && interner.intern(not(mine.getFirst())) == other.getFirst()
        ? Optional.of(new Summand(p.ranges(), common, p.coefficient())) : Optional.empty();
  }

  /// The text of a product.
  ///
  /// @param above empty for 1
  /// @param below what it is divided by, if anything
  /// @param where in brackets: where it is there
  /// @param ends  whether `above` ends with a quotient itself
  private record Quotient(String above, Map<Expr, Double> below, String where, boolean ends) {}

  private String scaled(double number, Quotient q) {
    if (q.above.isEmpty()) return MathText.number(number) + over(q.below, 1) + q.where();
    double inverse = Math.rint(1 / number);
    if (number < 1 && !q.ends && Math.abs(1 / number - inverse) < 1e-9) return q.above + over(q.below, inverse) + q.where();
    return (number == 1 ? "" : MathText.number(number) + " ") + q.above + over(q.below, 1) + q.where();
  }

  private String over(Map<Expr, Double> below, double number) {
    if (below.isEmpty()) return number == 1 ? "" : " / " + MathText.number(number);
    return " / " + text.piece(new MathText.Factors(number, below)).at(below.size() == 1 && number == 1 ? 2 : 4);
  }

  /// A sum that is not summed over anything is taken apart.
  private void summands(Summand p, double number, Expr e, List<Summand> into) {
    var f = text.factors(e);
    var only = f.powers().size() == 1 ? f.powers().entrySet().iterator().next() : null;
    if (p.ranges().isEmpty() && only != null && only.getValue() == 1 && only.getKey() instanceof Expr.Apply(Prim q, var args)
        && (q == Prim.ADD || q == Prim.SUB || q == Prim.IADD || q == Prim.ISUB)) {
      boolean minus = q == Prim.SUB || q == Prim.ISUB;
      summands(p, number * f.number(), args.get(0), into);
      summands(p, number * f.number() * (minus ? -1 : 1), args.get(1), into);
    } else into.add(new Summand(p.ranges(), p.where(), mul(real(number), toReal(e))));
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

  /// What is summed over, with the conditions on it.
  String under(Summand p) {
    return under(p.ranges(), inside(p.ranges(), p.where()));
  }

  /// The other conditions, in brackets.
  String outside(Summand p) {
    return outside(p.ranges(), p.where());
  }

  /// Conditions on what is summed over.
  private static List<Expr> inside(List<Term.Range> ranges, List<Expr> where) {
    var free = new Graph.Free();
    var summed = ranges.stream().map(Term.Range::index).collect(Collectors.toSet());
    return where.stream().filter(w -> free.of(w).stream().anyMatch(summed::contains)).toList();
  }

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
