package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import ppl.form.Facts;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Interner;

/// Between which numbers an element of an unknown lies, as far as that is tighter than some family's own range.
///
/// @param least where the family begins
/// @param most  where it ends
record Limits(Conditional conditional, Facts facts, Array unknown, List<Index> at, double least, double most) {
  /// `0 < x < 10`; empty without limits.
  String range(String x) {
    var interner = new Interner();
    var ends = ends();
    return range(interner.intern(ends.get(0)), interner.intern(ends.get(1)), x);
  }

  private List<Expr> ends() {
    return facts.ends(unknown, at.stream().map(i -> sub(var(i), integer(1))).toList()).orElseThrow();
  }

  /// What stands behind the name of a family.
  String truncated(String x) {
    var range = range(x);
    return range.isEmpty() ? "" : ", truncated to " + range;
  }

  /// The largest of the lower limits; empty without one.
  String minimum() {
    return one(lower(ends().get(0)), "max");
  }

  /// The smallest of the upper limits; empty without one.
  String maximum() {
    return one(upper(ends().get(1)), "min");
  }

  private String range(Expr low, Expr high, String x) {
    if (low instanceof Expr.Select s) return either(s.condition(), s.yes(), half(high, s, true), s.no(), half(high, s, false), x);
    if (high instanceof Expr.Select s) return either(s.condition(), low, s.yes(), low, s.no(), x);
    var from = one(lower(low), "max");
    var to = one(upper(high), "min");
    return from.isEmpty() && to.isEmpty() ? "" : (from.isEmpty() ? "" : from + " < ") + x + (to.isEmpty() ? "" : " < " + to);
  }

  private static Expr half(Expr e, Expr.Select condition, boolean yes) {
    return e instanceof Expr.Select s && s.condition() == condition.condition() ? yes ? s.yes() : s.no() : e;
  }

  private String either(Expr condition, Expr low, Expr high, Expr otherLow, Expr otherHigh, String x) {
    var yes = range(low, high, x);
    var no = range(otherLow, otherHigh, x);
    if (yes.equals(no)) return yes;
    return "%s if %s, else %s".formatted(yes.isEmpty() ? "any " + x : yes, conditional.text().condition(condition), no.isEmpty() ? "any " + x : no);
  }

  private List<String> lower(Expr declared) {
    var all = new ArrayList<String>();
    if (!(declared instanceof Expr.Real(double v) && v <= least)) all.add(conditional.text().of(declared));
    all.addAll(conditional.limits(unknown, false, at));
    return all;
  }

  private List<String> upper(Expr declared) {
    var all = new ArrayList<String>();
    if (!(declared instanceof Expr.Real(double v) && v >= most)) all.add(conditional.text().of(declared));
    all.addAll(conditional.limits(unknown, true, at));
    return all;
  }

  private static String one(List<String> some, String which) {
    var all = some.stream().distinct().toList();
    return all.size() < 2 ? String.join("", all) : which + "(" + String.join(", ", all) + ")";
  }
}
