package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Early;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// Takes out of a statement that stays the summands that are data times what does not change from row to row, such as
/// `y[n] * (a[g[n]] + x[n] * b)` of a Poisson regression: the data are summed when they are bound, and what is left for
/// each row is a function of its linear form alone. It is done without asking for the number of rows, so it must be no
/// more work than the unknowns themselves are: sums have an element for each that is looked up.
final class Linear {
  /// Writes definitions out in an expression that stands in loops.
  interface Inlining {
    Optional<Expr> of(Expr e, List<Term.Range> loops);
  }

  private final Early early;
  private final Inlining inlining;
  private final Graph.Free free = new Graph.Free();
  private final Build sums = new Build();
  private final List<Stmt> late = new ArrayList<>();

  Linear(Early early, Inlining inlining) {
    this.early = early;
    this.inlining = inlining;
  }

  /// What stands for a statement; empty if nothing can be taken out.
  Optional<Stmt> of(Stmt s) {
    var rest = rest(s, List.of(), List.of());
    if (late.isEmpty()) return Optional.empty();
    return Optional.of(Build.block(b -> {
      sums.block().arrays().forEach(b::declare);
      sums.block().statements().forEach(b::add);
      late.forEach(b::add);
      b.add(rest);
    }));
  }

  private Stmt rest(Stmt s, List<Term.Range> loops, List<Expr> guards) {
    return switch (s) {
      case Stmt.Add(Array a, var at, Expr value) when a == Array.TARGET -> new Stmt.Add(a, at, rest(value, ONE, loops, guards));
      case Stmt.For f when early.of(f.from()) && early.of(f.to()) -> {
        var inner = Stream.concat(loops.stream(), Stream.of(new Term.Range(f.index(), f.from(), f.to()))).toList();
        yield Stmts.within(f, b -> b.map(x -> rest(x, inner, guards)));
      }
      case Stmt.If(Expr c, var then, var otherwise) when early.of(c) -> new Stmt.If(c,
          then.map(x -> rest(x, loops, Piece.plus(guards, c))), otherwise.map(x -> rest(x, loops, Piece.plus(guards, not(c)))));
      case Stmt.Block b -> b.map(x -> rest(x, loops, guards));
      case Stmt.Add _, Stmt.For _, Stmt.If _, Stmt.Set _, Stmt.Fill _, Stmt.Call _, Stmt.Draw _ -> s;
    };
  }

  /// What is left of `e`, which is multiplied by `sign`.
  private Expr rest(Expr e, Expr sign, List<Term.Range> loops, List<Expr> guards) {
    if (e instanceof Expr.Apply(Prim p, var args))
      switch (p) {
        case ADD -> {
          return add(rest(args.get(0), sign, loops, guards), rest(args.get(1), sign, loops, guards));
        }
        case SUB -> {
          return sub(rest(args.get(0), sign, loops, guards), rest(args.get(1), neg(sign), loops, guards));
        }
        case NEG -> {
          return neg(rest(args.getFirst(), neg(sign), loops, guards));
        }
        default -> {}
      }
    return isTaken(mul(sign, e), loops, guards) ? ZERO : e;
  }

  /// Whether a summand could be taken out.
  private boolean isTaken(Expr e, List<Term.Range> loops, List<Expr> guards) {
    if (early.of(e)) return false;
    var pieces = inlining.of(e, loops).flatMap(x -> Piece.of(Piece.of(loops, guards, x), early, free));
    if (pieces.isEmpty()) return false;
    if (pieces.get().stream().noneMatch(this::varies)) return false;
    var more = new Build();
    var found = new ArrayList<Stmt>();
    for (var p : pieces.get()) {
      if (!p.positive().isEmpty()) return false;
      if (p.factors().exponents().keySet().stream().allMatch(early::of)) found.add(p.statement());
      else {
        var r = isSquare(p) ? Optional.<Reduction>empty() : Reduced.of(p, List.of(), early, free).flatMap(x -> Totals.dense(x, more));
        if (r.isEmpty()) return false;
        found.add(r.get().late());
      }
    }
    more.block().arrays().forEach(sums::declare);
    more.block().statements().forEach(sums::add);
    late.addAll(found);
    return true;
  }

  /// Whether rows differ in it: else each has the same, which is computed once anyway.
  private boolean varies(Piece p) {
    var rows = p.rows(early, free);
    return p.factors().exponents().keySet().stream().anyMatch(rows::vary);
  }

  private boolean isSquare(Piece p) {
    var rows = p.rows(early, free);
    return p.factors().exponents().keySet().stream().anyMatch(f -> !early.of(f) && !rows.isFree(f));
  }
}
