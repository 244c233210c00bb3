package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Subst;

/// A family of columns of a linear form: the sum over `ranges` of a coefficient of data times a value of unknowns.
///
/// @param ranges      with bounds that no row and no other range changes
/// @param coefficient over data, rows and the ranges
/// @param value       varies with rows by way of subscripts alone; 1 for what depends on data alone
record Feature(List<Term.Range> ranges, Expr coefficient, Expr value) {
  /// More than this is no linear form that is worth it.
  private static final int MOST = 200;

  /// What is still to be taken apart: where the guards hold, coefficient times value times `rest`.
  private record Open(List<Term.Range> ranges, List<Expr> guards, Expr coefficient, Expr value, Expr rest) {
    Open scaled(Expr by, Expr next) {
      return new Open(ranges, guards, mul(coefficient, by), value, next);
    }

    Open valued(Expr by, Expr next) {
      return new Open(ranges, guards, coefficient, mul(value, by), next);
    }

    Open with(Expr next) {
      return new Open(ranges, guards, coefficient, value, next);
    }

    Open where(Expr guard, Expr next) {
      return new Open(ranges, Stream.concat(guards.stream(), Stream.of(guard)).toList(), coefficient, value, next);
    }
  }

  /// `e` as a sum of features, those of data alone last; empty if it is none.
  static Optional<List<Feature>> of(Expr e, Rows rows, Graph.Free free) {
    var todo = new ArrayDeque<Open>();
    todo.push(new Open(List.of(), List.of(), ONE, ONE, e));
    var found = new ArrayList<Feature>();
    while (!todo.isEmpty()) {
      if (todo.size() + found.size() > MOST) return Optional.empty();
      var next = todo.pop();
      if (rows.isData(next.rest)) found.add(closed(next.scaled(next.rest, ONE), free));
      else if (rows.isFree(next.rest)) found.add(closed(next.valued(next.rest, ONE), free));
      else {
        var parts = parts(next, rows);
        if (parts.isEmpty()) return Optional.empty();
        parts.reversed().forEach(todo::push);
      }
    }
    if (found.stream().anyMatch(f -> f.ranges.stream().anyMatch(r -> !Rows.isPlain(r.from()) || !Rows.isPlain(r.to()))))
      return Optional.empty();
    var merged = merged(found);
    return Optional.of(Stream.concat(
        merged.stream().filter(f -> !f.isData()), merged.stream().filter(Feature::isData)).toList());
  }

  boolean isData() {
    return value instanceof Expr.Real(double v) && v == 1;
  }

  private static List<Open> parts(Open o, Rows rows) {
    return switch (o.rest) {
      case Expr.Apply(Prim p, var args) -> switch (p) {
        case NEG -> List.of(o.scaled(real(-1), args.get(0)));
        case ADD -> List.of(o.with(args.get(0)), o.with(args.get(1)));
        case SUB -> List.of(o.with(args.get(0)), o.scaled(real(-1), args.get(1)));
        case MUL -> {
          for (int i = 0; i < 2; i++) {
            if (rows.isData(args.get(i))) yield List.of(o.scaled(args.get(i), args.get(1 - i)));
            if (rows.isFree(args.get(i))) yield List.of(o.valued(args.get(i), args.get(1 - i)));
          }
          yield List.of();
        }
        case DIV -> {
          var by = div(ONE, args.get(1));
          if (rows.isData(args.get(1))) yield List.of(o.scaled(by, args.get(0)));
          yield rows.isFree(args.get(1)) ? List.of(o.valued(by, args.get(0))) : List.of();
        }
        default -> List.of();
      };
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) -> {
        if (reducer != Expr.Reducer.SUM || body.kind() != Kind.REAL || !rows.isData(from) || !rows.isData(to)) yield List.of();
        var k = new Index(i.name());
        var ranges = new ArrayList<>(o.ranges);
        ranges.add(new Term.Range(k, from, to));
        var inner = Subst.indices(Map.of(i, var(k))).apply(body);
        yield List.of(new Open(List.copyOf(ranges), o.guards, o.coefficient, o.value, inner));
      }
      case Expr.Select(Expr condition, Expr yes, Expr no) -> rows.isData(condition)
          ? List.of(o.where(condition, yes), o.where(not(condition), no)) : List.of();
      case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Read _ -> List.of();
    };
  }

  /// Ranges that the value does not depend on are summed in the coefficient.
  private static Feature closed(Open o, Graph.Free free) {
    var coefficient = o.guards.reversed().stream().reduce(o.coefficient, (c, g) -> select(g, c, ZERO), (a, b) -> b);
    var ranges = new ArrayList<Term.Range>();
    for (var r : o.ranges.reversed())
      if (free.of(o.value).contains(r.index())
          || ranges.stream().anyMatch(x -> free.of(x.from()).contains(r.index()) || free.of(x.to()).contains(r.index())))
        ranges.addFirst(r);
      else coefficient = sum(r.index(), r.from(), r.to(), coefficient);
    return new Feature(List.copyOf(ranges), coefficient, o.value);
  }

  /// Single columns of the same coefficient, or of the same value, brought together.
  private static List<Feature> merged(List<Feature> all) {
    var interner = new Interner();
    var list = new ArrayList<Feature>();
    for (var f : all) {
      var next = new Feature(f.ranges, interner.intern(f.coefficient), interner.intern(f.value));
      int same = -1;
      for (int i = 0; i < list.size() && same < 0; i++) if (list.get(i).joins(next)) same = i;
      if (same < 0) list.add(next);
      else {
        var first = list.get(same);
        list.set(same, first.value == next.value
            ? new Feature(List.of(), interner.intern(add(first.coefficient, next.coefficient)), first.value)
            : new Feature(List.of(), first.coefficient, interner.intern(add(first.value, next.value))));
      }
    }
    return list;
  }

  private boolean joins(Feature other) {
    if (!ranges.isEmpty() || !other.ranges.isEmpty()) return false;
    return value == other.value || coefficient == other.coefficient && !isData() && !other.isData();
  }

  /// Number of columns.
  Expr width() {
    Expr n = integer(1);
    for (var r : ranges) n = mul(n, extent(r));
    return n;
  }

  /// The place of a column in its family.
  Expr place() {
    Expr at = integer(0);
    for (var r : ranges) at = add(mul(at, extent(r)), sub(var(r.index()), r.from()));
    return at;
  }

  static Expr extent(Term.Range r) {
    var n = sub(r.to(), r.from());
    return n instanceof Expr.Apply ? apply(Prim.IMAX, n, integer(0)) : n;
  }
}
