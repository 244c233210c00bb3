package ppl.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;

/// What deterministic arrays stand for: their elements as expressions of unknowns and data, found by solving the
/// subscripts that they were given at for the loops around.
final class Definitions {
  /// Where a statement stands, from outside in.
  sealed interface Frame {
    record Loop(Index index, Expr from, Expr to) implements Frame {}

    record When(Expr condition) implements Frame {}
  }

  /// The loops and the conditions of a place.
  record Around(List<Term.Range> ranges, List<Expr> guards) {
    static Around of(List<Frame> frames) {
      var ranges = new ArrayList<Term.Range>();
      var guards = new ArrayList<Expr>();
      for (var f : frames)
        switch (f) {
          case Frame.Loop(Index i, Expr from, Expr to) -> ranges.add(new Term.Range(i, from, to));
          case Frame.When(Expr c) -> guards.add(c);
        }
      return new Around(ranges, guards);
    }
  }

  /// `array[at] = value` within `frames`; at all subscripts if `at` is empty.
  private record Given(List<Frame> frames, Optional<List<Expr>> at, Expr value) {}

  private record Match(Expr condition, Expr value) {}

  private final Facts facts;
  private final Map<Array, List<Given>> given = new HashMap<>();
  /// Arrays that are read as they are, and why.
  private final Map<Array, String> stuck = new HashMap<>();
  private final Map<Array, Integer> depths = new HashMap<>();
  private final Set<Array> growing = new HashSet<>();
  private final Calls calls;

  Definitions(Facts facts) {
    this(facts, Set.of());
  }

  /// @param more arrays that are written out even if they follow from data alone
  Definitions(Facts facts, Set<Array> more) {
    this.facts = facts;
    this.calls = new Calls(facts);
    for (var a : more) depths.put(a, 0);
  }

  /// Goes through statements in order; `add` is told of what adds to the log joint, with everything that can be
  /// inlined.
  void walk(Stmt statement, List<Frame> frames, BiConsumer<List<Frame>, Expr> add) {
    switch (statement) {
      case Stmt.Block b -> {
        for (var a : b.arrays()) depths.put(a, frames.size());
        b.statements().forEach(s -> walk(s, frames, add));
      }
      case Stmt.For f -> loop(f, frames, add);
      case Stmt.If(Expr condition, var then, var otherwise) -> {
        var c = inline(condition);
        walk(then, plus(frames, new Frame.When(c)), add);
        walk(otherwise, plus(frames, new Frame.When(Exprs.not(c))), add);
      }
      case Stmt.Set(Array a, var at, Expr value) -> define(a, Optional.of(at), value, frames);
      case Stmt.Fill(Array a, Expr value) -> define(a, Optional.empty(), value, frames);
      case Stmt.Add(Array a, var at, Expr value) -> {
        if (a == Array.TARGET) add.accept(frames, inline(value));
        else stuck.put(a, "`" + a.name() + "`, which is added up step by step");
      }
      case Stmt.Call c -> {
        for (var out : c.outputs()) stuck.put(out, "`" + c.op().name() + "` of a matrix");
        calls.of(c, frames, this::inline).ifPresent(r -> result(c.outputs().getFirst(), r, frames));
      }
      case Stmt.Draw d -> stuck.put(d.array(), "`" + d.array().name() + "`, which is random");
    }
  }

  private void loop(Stmt.For f, List<Frame> frames, BiConsumer<List<Frame>, Expr> add) {
    var grown = new HashSet<Array>();
    if (!f.independent()) for (var a : Stmts.writes(f.body())) if (growing.add(a)) grown.add(a);
    walk(f.body(), plus(frames, new Frame.Loop(f.index(), inline(f.from()), inline(f.to()))), add);
    growing.removeAll(grown);
  }

  private static List<Frame> plus(List<Frame> frames, Frame more) {
    var all = new ArrayList<>(frames);
    all.add(more);
    return List.copyOf(all);
  }

  private void result(Array out, Calls.Result r, List<Frame> frames) {
    stuck.remove(out);
    var all = new ArrayList<Frame>(frames.subList(depths.getOrDefault(out, 0), frames.size()));
    all.addAll(r.loops());
    given.computeIfAbsent(out, k -> new ArrayList<>()).add(new Given(all, Optional.of(r.at()), inline(r.value())));
  }

  Calls calls() {
    return calls;
  }

  boolean isLocal(Array a) {
    return depths.containsKey(a);
  }

  /// Why the elements of an array are no expressions of unknowns.
  String why(Array a) {
    return stuck.getOrDefault(a, "`" + a.name() + "`, which cannot be written out");
  }

  private void define(Array a, Optional<List<Expr>> at, Expr value, List<Frame> frames) {
    if (!isLocal(a) && !facts.dependsOnUnknowns(a)) return;
    var v = inline(value);
    var reads = Graph.reads(List.of(v));
    if (reads.contains(a)) stuck.put(a, "`" + a.name() + "`, a recurrence");
    if (!isLocal(a)) reads.stream().filter(r -> isLocal(r) && stuck.containsKey(r)).findFirst()
        .ifPresent(r -> stuck.put(a, why(r)));
    given.computeIfAbsent(a, k -> new ArrayList<>())
        .add(new Given(frames.subList(depths.getOrDefault(a, 0), frames.size()), at.map(this::inline), v));
  }

  private List<Expr> inline(List<Expr> all) {
    return all.stream().map(this::inline).toList();
  }

  /// `root` with deterministic elements written out.
  Expr inline(Expr root) {
    var done = new IdentityHashMap<Expr, Expr>();
    for (var e : Graph.nodes(List.of(root))) {
      var built = Rewrite.rebuild(e, done);
      done.put(e, built instanceof Expr.Read(Array a, var at) ? resolve(a, at).map(this::inline).orElse(built) : built);
    }
    return done.get(root);
  }

  private Optional<Expr> resolve(Array a, List<Expr> at) {
    if (facts.isUnknown(a) || stuck.containsKey(a) || growing.contains(a) || !given.containsKey(a)) return Optional.empty();
    var all = given.get(a);
    Expr result = null;
    for (int i = all.size() - 1; i >= 0; i--) {
      var match = match(all.get(i), at);
      if (match.isEmpty()) {
        stuck.put(a, "`" + a.name() + "`, which is given at positions that cannot be solved for");
        return Optional.empty();
      }
      var m = match.get();
      result = result == null ? m.value() : Exprs.select(m.condition(), m.value(), result);
    }
    return Optional.of(result);
  }

  /// Solves the subscripts of `given` for its loops.
  private static Optional<Match> match(Given given, List<Expr> at) {
    if (given.at().isEmpty()) return Optional.of(new Match(Exprs.integer(1), given.value()));
    var left = new ArrayList<Frame.Loop>();
    for (var f : given.frames()) if (f instanceof Frame.Loop l) left.add(l);
    var loops = List.copyOf(left);
    var solved = new HashMap<Index, Expr>();
    var pattern = given.at().get();
    for (int d = 0; d < at.size(); d++)
      solve(pattern.get(d), at.get(d), left).ifPresent(s -> {
        left.removeIf(l -> l.index() == s.index());
        solved.put(s.index(), s.value());
      });
    if (!left.isEmpty()) return Optional.empty();
    var subst = Subst.indices(solved);
    Expr condition = Exprs.integer(1);
    for (int d = 0; d < at.size(); d++) {
      var p = subst.apply(pattern.get(d));
      if (!obviously(p, at.get(d))) condition = both(condition, Exprs.eq(p, at.get(d)));
    }
    for (var l : loops) {
      var i = solved.get(l.index());
      condition = both(condition, Exprs.le(subst.apply(l.from()), i));
      condition = both(condition, Exprs.lt(i, subst.apply(l.to())));
    }
    for (var f : given.frames()) if (f instanceof Frame.When(Expr c)) condition = both(condition, subst.apply(c));
    return Optional.of(new Match(condition, subst.apply(given.value())));
  }

  private record Solved(Index index, Expr value) {}

  /// `i`, `i + c` or `i - c` for a loop variable and anything without loop variables that are not solved yet.
  private static Optional<Solved> solve(Expr pattern, Expr value, List<Frame.Loop> left) {
    if (pattern instanceof Expr.Var(Index i) && isAny(i, left)) return Optional.of(new Solved(i, value));
    if (pattern instanceof Expr.Apply(Prim p, var args) && (p == Prim.IADD || p == Prim.ISUB)) {
      if (args.get(0) instanceof Expr.Var(Index i) && isAny(i, left) && isFree(args.get(1), left))
        return Optional.of(new Solved(i, p == Prim.IADD ? Exprs.sub(value, args.get(1)) : Exprs.add(value, args.get(1))));
      if (p == Prim.IADD && args.get(1) instanceof Expr.Var(Index i) && isAny(i, left) && isFree(args.get(0), left))
        return Optional.of(new Solved(i, Exprs.sub(value, args.get(0))));
    }
    return Optional.empty();
  }

  private static boolean isAny(Index i, List<Frame.Loop> loops) {
    return loops.stream().anyMatch(l -> l.index() == i);
  }

  private static boolean isFree(Expr e, List<Frame.Loop> loops) {
    var free = new Graph.Free().of(e);
    return loops.stream().noneMatch(l -> free.contains(l.index()));
  }

  static boolean obviously(List<Expr> a, List<Expr> b) {
    for (int i = 0; i < a.size(); i++) if (!obviously(a.get(i), b.get(i))) return false;
    return true;
  }

  private static boolean obviously(Expr a, Expr b) {
    return a == b || a instanceof Expr.Int(int v) && b instanceof Expr.Int(int w) && v == w
        || a instanceof Expr.Var(Index i) && b instanceof Expr.Var(Index j) && i == j
        || a instanceof Expr.Apply(Prim p, var x) && b instanceof Expr.Apply(Prim q, var y) && p == q
            && obviously(x.get(0), y.get(0)) && x.size() == y.size() && (x.size() == 1 || obviously(x.get(1), y.get(1)));
  }

  private static Expr both(Expr a, Expr b) {
    if (a instanceof Expr.Int(int v) && v != 0) return b;
    if (b instanceof Expr.Int(int v) && v != 0) return a;
    return Exprs.and(a, b);
  }
}
