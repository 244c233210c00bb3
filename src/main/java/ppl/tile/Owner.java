package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// Which iteration of a loop an element belongs to, as its subscript tells: of `3 n + k` with `k` below 3 it is the
/// quotient by 3. Where all that is added to an array tells it in one way, no two iterations add to the same element.
final class Owner {
  private final Index loop;
  /// Of the loop and those in it, if they begin at 0 or more.
  private final Map<Index, Stmt.For> loops = new IdentityHashMap<>();
  private final Set<Index> indices = new HashSet<>();
  private final Set<Array> written;
  private final Graph.Free free = new Graph.Free();
  private final Interner interner = new Interner();
  /// Stands for the subscript in what tells the iteration.
  private final Expr place = var(new Index("place"));

  private Owner(Stmt.For loop) {
    this.loop = loop.index();
    this.written = Stmts.allWritten(loop);
    Stmts.walk(loop, s -> {
      if (!(s instanceof Stmt.For f)) return;
      if (indices.add(f.index())) loops.put(f.index(), f);
      else loops.remove(f.index());
    });
  }

  /// Whether each element that `additions` meet belongs to one iteration of the loop.
  static boolean isTold(Stmt.For loop, List<Stmt.Add> additions) {
    var owner = new Owner(loop);
    for (int d = 0; d < additions.getFirst().at().size(); d++) {
      var ways = owner.ways(additions.getFirst().at().get(d));
      for (var a : additions) ways.retainAll(owner.ways(a.at().get(d)));
      if (!ways.isEmpty()) return true;
    }
    return false;
  }

  /// Expressions in the place, equal ones the same, that are the iteration.
  private Set<Expr> ways(Expr subscript) {
    var ways = new HashSet<Expr>();
    solve(subscript, place, ways);
    bound(subscript).ifPresent(b -> solve(subscript, remainder(place, b), ways));
    return ways;
  }

  /// Adds what the iteration is where `e` is `value`.
  private void solve(Expr e, Expr value, Set<Expr> ways) {
    if (e instanceof Expr.Var(Index i) && i == loop) ways.add(interner.intern(value));
    if (!(e instanceof Expr.Apply(Prim p, var args)) || args.size() != 2) return;
    var a = args.get(0);
    var b = args.get(1);
    switch (p) {
      case IADD -> {
        if (!varies(a)) solve(b, sub(value, a), ways);
        if (!varies(b)) solve(a, sub(value, b), ways);
        digits(a, b, value, ways);
        digits(b, a, value, ways);
      }
      case ISUB -> {
        if (!varies(b)) solve(a, add(value, b), ways);
      }
      case IMUL -> {
        if (b instanceof Expr.Int(int n) && n != 0) solve(a, quotient(value, b), ways);
      }
      default -> {}
    }
  }

  /// Of a multiple and a remainder below what it is a multiple of.
  private void digits(Expr multiple, Expr rest, Expr value, Set<Expr> ways) {
    if (multiple instanceof Expr.Apply(Prim p, var args) && p == Prim.IMUL)
      for (int k = 0; k < 2; k++)
        if (isBelow(rest, args.get(k))) {
          solve(args.get(1 - k), quotient(value, args.get(k)), ways);
          solve(rest, remainder(value, args.get(k)), ways);
        }
    if (isBelow(rest, multiple)) solve(rest, remainder(value, multiple), ways);
  }

  private static Expr quotient(Expr a, Expr b) {
    return apply(Prim.IDIV, a, b);
  }

  private static Expr remainder(Expr a, Expr b) {
    return sub(a, mul(b, quotient(a, b)));
  }

  private boolean isBelow(Expr e, Expr limit) {
    return !varies(limit) && bound(e).filter(b -> Equal.of(b, limit) || Equal.of(apply(Prim.IMAX, b, integer(0)), limit)
        || b instanceof Expr.Int(int m) && limit instanceof Expr.Int(int n) && m <= n).isPresent();
  }

  /// What `e`, which is 0 or more, is certainly less than.
  private Optional<Expr> bound(Expr e) {
    return switch (e) {
      case Expr.Int(int n) when n >= 0 -> Optional.of(integer(n + 1));
      case Expr.Var(Index i) when loops.containsKey(i) -> Optional.of(loops.get(i))
          .filter(f -> f.from() instanceof Expr.Int(int from) && from >= 0 && !varies(f.to())).map(Stmt.For::to);
      case Expr.Apply(Prim p, var args) when p == Prim.ISUB && args.get(0) instanceof Expr.Var(Index i)
          && loops.containsKey(i) -> Optional.of(loops.get(i))
          .filter(f -> Equal.of(f.from(), args.get(1)) && !varies(f.from()) && !varies(f.to())).map(f -> sub(f.to(), f.from()));
      case Expr.Apply(Prim p, var args) when p == Prim.IADD && args.get(0) instanceof Expr.Apply(Prim q, var factors)
          && q == Prim.IMUL && isBelow(args.get(1), factors.get(1)) -> bound(factors.get(0)).map(b -> mul(b, factors.get(1)));
      default -> Optional.empty();
    };
  }

  /// Whether it may be another in another turn of one of the loops.
  private boolean varies(Expr e) {
    return free.of(e).stream().anyMatch(indices::contains) || Graph.dependsOn(e, written);
  }
}
