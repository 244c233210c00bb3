package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.ir.Subst;

/// Finds out when data are bound in which rows a loop does anything, where a condition on data stands around all that it
/// does: it may go over these alone, as if there were no others.
final class Chosen {
  /// @param loop over all rows, as if the condition held in each
  /// @param mark 1 for each row where it does
  /// @param rows the ones where it does
  record Of(Stmt.For loop, Array mark, Distinct.Rows rows) {}

  private final Set<Array> fixed;
  private final Prepared prepared;
  private final Interner interner = new Interner();
  private final Index row = new Index("row");
  private final Map<List<Expr>, Array> marks = new HashMap<>();
  private final Map<Array, Distinct.Rows> known = new HashMap<>();
  private final Map<Distinct.Rows, Distinct.Rows> some = new HashMap<>();

  /// @param fixed arrays that no routine writes; takes those that are made
  Chosen(Set<Array> fixed, Prepared prepared) {
    this.fixed = fixed;
    this.prepared = prepared;
  }

  /// Empty where the condition is not one on data of a row alone, or where rows have more than data of their own.
  Optional<Of> of(Stmt.For loop) {
    var condition = condition(loop.body());
    if (condition.isEmpty() || !RowScan.isWhole(loop, fixed) || !new RowScan(loop, fixed, interner).knows(condition.get())) return Optional.empty();
    var statements = loop.body().statements().stream().<Stmt>map(s -> ((Stmt.If) s).then()).toList();
    var all = loop.with(new Stmt.Block(loop.body().arrays(), statements));
    var scan = new RowScan(all, fixed, interner);
    if (!scan.isLoose() || scan.isFixed()) return Optional.empty();
    var mark = mark(Subst.indices(Map.of(loop.index(), var(row))).apply(condition.get()), loop.to());
    return Optional.of(new Of(all, mark, known.computeIfAbsent(mark, m -> rows(m, loop.to()))));
  }

  /// What all statements are under.
  private Optional<Expr> condition(Stmt.Block body) {
    Optional<Expr> found = Optional.empty();
    for (var s : body.statements()) {
      if (!(s instanceof Stmt.If(Expr c, var then, var otherwise)) || !otherwise.isEmpty()) return Optional.empty();
      if (found.isPresent() && interner.intern(c) != found.get()) return Optional.empty();
      found = Optional.of(interner.intern(c));
    }
    return found;
  }

  private Array mark(Expr condition, Expr n) {
    return marks.computeIfAbsent(List.of(interner.intern(condition), interner.intern(n)), _ -> {
      var mark = prepared.array("mark" + marks.size(), Kind.INT, List.of(n));
      var i = new Index("i");
      prepared.add(n, new Stmt.For(i, integer(0), n, false, true, block(
          new Stmt.Set(mark, List.of(var(i)), select(Subst.indices(Map.of(row, var(i))).apply(condition), integer(1), integer(0))))));
      fixed.add(mark);
      return mark;
    });
  }

  private Distinct.Rows rows(Array mark, Expr n) {
    var pays = prepared.number("many");
    prepared.add(n, new Stmt.Set(pays, List.of(), integer(1)));
    fixed.add(pays);
    return picked(mark, n, prepared.least(), pays, Optional.empty(), Optional.empty());
  }

  /// Of rows that differ those that are marked.
  ///
  /// @param all  each stands for rows that are all marked, or none of them
  Distinct.Rows among(Distinct.Rows all, Array mark) {
    return some.computeIfAbsent(all, _ -> picked(mark, all.number().read(), 0, all.pays(), Optional.of(all.first()), all.counts()));
  }

  /// @param n     how many rows there are to choose from
  /// @param least so many of them are enough
  /// @param rows  these; empty if they are all
  private Distinct.Rows picked(Array mark, Expr n, int least, Array pays, Optional<Array> rows, Optional<Array> counts) {
    var ranks = prepared.array("ranks", Kind.INT, List.of(n));
    var number = prepared.number("chosen");
    each(n, least, i -> {
      var before = select(eq(i, integer(0)), integer(0), ranks.read(sub(i, integer(1))));
      return new Stmt.Set(ranks, List.of(i), add(before, mark.read(at(rows, i))));
    });
    prepared.add(n, Math.max(1, least), new Stmt.Set(number, List.of(), ranks.read(sub(n, integer(1)))));
    var first = prepared.array("first", Kind.INT, List.of(number.read()));
    var weights = counts.map(c -> prepared.array("counts", Kind.REAL, List.of(number.read())));
    each(n, least, i -> new Stmt.If(eq(mark.read(at(rows, i)), integer(1)), Build.block(b -> {
      var place = List.of(sub(ranks.read(i), integer(1)));
      b.add(new Stmt.Set(first, place, at(rows, i)));
      weights.ifPresent(w -> b.add(new Stmt.Set(w, place, counts.orElseThrow().read(i))));
    }), Stmt.Block.EMPTY));
    fixed.addAll(List.of(number, first));
    weights.ifPresent(fixed::add);
    return new Distinct.Rows(pays, number, first, weights);
  }

  private static Expr at(Optional<Array> rows, Expr i) {
    return rows.map(r -> r.read(i)).orElse(i);
  }

  /// One after the other.
  private void each(Expr n, int least, Function<Expr, Stmt> of) {
    var i = new Index("i");
    prepared.add(n, least, new Stmt.For(i, integer(0), n, false, false, block(of.apply(var(i)))));
  }

  private static Stmt.Block block(Stmt s) {
    return new Stmt.Block(List.of(), List.of(s));
  }
}
