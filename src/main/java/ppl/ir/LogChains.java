package ppl.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Recurrences a(t, k) = log(sum_i exp(a(t - 1, i) + A(i, k))) + b(t, k), of which the last a alone is wanted, as one
/// operation on b and A: the forward recurrence of a hidden Markov model, whoever wrote it.
public final class LogChains {
  private final Interner interner = new Interner();

  private LogChains() {}

  /// The block with such recurrences as operations.
  public static Stmt.Block of(Stmt.Block block) {
    var recurs = new boolean[1];
    Stmts.walk(block, s -> recurs[0] |= s instanceof Stmt.For f && !f.independent() && isInt(f.from(), 1));
    if (!recurs[0]) return block;
    var chains = new LogChains();
    return chains.block(chains.interner.intern(block));
  }

  private Stmt.Block block(Stmt.Block b) {
    return Stmts.settled(b, this::replaced).map(s -> Stmts.within(s, this::block));
  }

  private Optional<Stmt.Block> replaced(Stmt.Block b) {
    for (int at = 0; at < b.statements().size(); at++)
      if (b.statements().get(at) instanceof Stmt.For f) {
        int place = at;
        var chain = recurrence(f, b.arrays()).filter(c -> isEnough(c, b.statements(), place));
        if (chain.isPresent()) return Optional.of(replaced(b, at, chain.get()));
      }
    return Optional.empty();
  }

  /// The recurrence.
  ///
  /// @param before what `step` needs
  private record Recurrence(
      Array array, Stmt.For loop, Stmt.For states, Stmt.Block before, Expr step, Index from, Expr move) {}

  private Optional<Recurrence> recurrence(Stmt.For f, List<Array> own) {
    var body = f.body().statements();
    if (f.reverse() || !isInt(f.from(), 1) || body.isEmpty() || !(body.getLast() instanceof Stmt.For states)
        || states.reverse() || !isInt(states.from(), 0) || states.body().statements().isEmpty()
        || !(states.body().statements().getLast() instanceof Stmt.Set(Array a, var at, Expr value))
        || !own.contains(a) || a.rank() != 2 || !isVar(at.get(0), f.index()) || !isVar(at.get(1), states.index())
        || !same(a.dims().get(0), f.to()) || !same(a.dims().get(1), states.to())) return Optional.empty();
    var arrays = new ArrayList<>(f.body().arrays());
    arrays.addAll(states.body().arrays());
    var before = new ArrayList<>(body.subList(0, body.size() - 1));
    before.addAll(states.body().statements().subList(0, states.body().statements().size() - 1));
    var terms = terms(value);
    for (var sum : LogSum.in(terms)) {
      if (!same(sum.count(), states.to())) continue;
      var inlined = inlined(before, sum.index(), sum.term(), states);
      var others = before.stream().filter(s -> inlined.isEmpty() || s != inlined.get().statement).toList();
      var move = move(inlined.map(Inlined::term).orElse(sum.term()), a, f.index(), sum.index());
      var step = sum.others().stream().reduce((x, y) -> Exprs.add(x, y)).orElse(Exprs.ZERO);
      var local = arrays.stream().filter(x -> others.stream().anyMatch(s -> Stmts.writes(s).contains(x))).toList();
      var prefix = new Stmt.Block(local, others);
      boolean apart = !Graph.dependsOn(step, Set.of(a)) && others.stream().noneMatch(s -> Stmts.reads(s).contains(a)
          || !local.containsAll(Stmts.writes(s)))
          && Graph.reads(List.of(step)).stream().noneMatch(x -> arrays.contains(x) && !local.contains(x));
      if (move.isPresent() && apart && !Graph.dependsOn(move.get(), Set.copyOf(arrays)))
        return Optional.of(new Recurrence(a, f, states, prefix, step, sum.index(), move.get()));
    }
    return Optional.empty();
  }

  private record Inlined(Stmt statement, Expr term) {}

  /// The term of a sum, if it was stored before by a loop of its own.
  private Optional<Inlined> inlined(List<Stmt> before, Index index, Expr term, Stmt.For states) {
    for (var s : before)
      if (term instanceof Expr.Read(Array a, var at) && at.size() == 1 && isVar(at.get(0), index)
          && s instanceof Stmt.For f && isInt(f.from(), 0) && same(f.to(), states.to())
          && f.body().statements().size() == 1
          && f.body().statements().getFirst() instanceof Stmt.Set(Array b, var to, Expr value) && a == b
          && isVar(to.get(0), f.index()))
        return Optional.of(new Inlined(s, Subst.indices(Map.of(f.index(), Exprs.var(index))).apply(value)));
    return Optional.empty();
  }

  /// What stands beside a(t - 1, i) in a sum, if it is the same at every step.
  private Optional<Expr> move(Expr term, Array a, Index t, Index i) {
    var terms = terms(term);
    var before = terms.stream().filter(x -> x instanceof Expr.Read(Array b, var at) && a == b
        && same(at.get(0), Exprs.sub(Exprs.var(t), Exprs.integer(1))) && isVar(at.get(1), i)).toList();
    if (before.size() != 1) return Optional.empty();
    terms.remove(before.getFirst());
    var rest = terms.stream().reduce((x, y) -> Exprs.add(x, y)).orElse(Exprs.ZERO);
    boolean fixed = !new Graph.Free().of(rest).contains(t) && !Graph.dependsOn(rest, Set.of(a));
    return fixed ? Optional.of(rest) : Optional.empty();
  }

  /// Summands, signs inside.
  private static List<Expr> terms(Expr e) {
    var all = new ArrayList<Expr>();
    LogSum.terms(e, false, all);
    return all;
  }

  /// Whether a(0, .) is set before, the last a read after, and there is no other use.
  private boolean isEnough(Recurrence c, List<Stmt> statements, int at) {
    var last = Exprs.sub(c.loop.to(), Exprs.integer(1));
    for (int i = 0; i < statements.size(); i++) {
      if (i == at) continue;
      boolean before = i < at;
      var ok = new boolean[] {true};
      Stmts.walk(statements.get(i), s -> {
        for (var e : Graph.nodes(Stmts.expressions(s)))
          if (e instanceof Expr.Read(Array a, var sub) && a == c.array) ok[0] &= !before && same(sub.get(0), last);
        if (Stmts.written(s).contains(c.array))
          ok[0] &= before && s instanceof Stmt.Set set && isInt(set.at().get(0), 0);
        if (s instanceof Stmt.Call call && call.inputs().contains(c.array)) ok[0] = false;
      });
      if (!ok[0]) return false;
    }
    return true;
  }

  private Stmt.Block replaced(Stmt.Block b, int at, Recurrence c) {
    var length = c.loop.to();
    var states = c.states.to();
    var inner = new Build();
    var steps = inner.array("steps", Kind.REAL, List.of(states, length));
    var moves = inner.array("moves", Kind.REAL, List.of(states, states));
    var statements = new ArrayList<Stmt>();
    for (var s : b.statements().subList(0, at)) statements.add(first(s, c.array, steps));
    var k = Exprs.var(c.states.index());
    var each = new ArrayList<>(c.before.statements());
    each.add(new Stmt.Set(steps, List.of(k, Exprs.var(c.loop.index())), c.step));
    var step = loop(c.loop.index(), 1, length, new Stmt.Block(c.before.arrays(), each));
    inner.add(loop(c.states.index(), 0, states, step));
    var move = new Stmt.Set(moves, List.of(Exprs.var(c.from), k), c.move);
    inner.add(loop(c.from, 0, states, loop(c.states.index(), 0, states, move)));
    var last = ArrayOps.logChain(inner, steps, moves);
    var made = inner.block();
    statements.addAll(made.statements());
    var subst = Subst.of(Map.of(), x -> x == c.array ? Optional.of(to -> last.read(to.get(1))) : Optional.empty());
    for (var s : b.statements().subList(at + 1, b.statements().size())) statements.add(Stmts.map(s, subst::apply));
    var arrays = Stream.concat(b.arrays().stream().filter(x -> x != c.array), made.arrays().stream()).toList();
    return interner.intern(new Stmt.Block(arrays, statements));
  }

  private static Stmt loop(Index index, int from, Expr to, Stmt body) {
    var block = body instanceof Stmt.Block b ? b : new Stmt.Block(List.of(), List.of(body));
    return new Stmt.For(index, Exprs.integer(from), to, false, true, block);
  }

  /// Sets the first step instead of the first element.
  private static Stmt first(Stmt s, Array a, Array steps) {
    return s instanceof Stmt.Set(Array b, var at, Expr value) && b == a
        ? new Stmt.Set(steps, List.of(at.get(1), at.get(0)), value)
        : Stmts.within(s, b -> b.map(x -> first(x, a, steps)));
  }

  private boolean same(Expr a, Expr b) {
    return interner.intern(a) == interner.intern(b);
  }

  private static boolean isInt(Expr e, int value) {
    return e instanceof Expr.Int(int v) && v == value;
  }

  private static boolean isVar(Expr e, Index index) {
    return e instanceof Expr.Var(Index i) && i == index;
  }
}
