package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Prune;
import ppl.ir.Rename;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;
import ppl.lower.Model;
import ppl.source.Span;

/// The factors of a model: its densities taken apart by the elements of discrete unknowns that they depend on.
final class Factors {
  private final Set<Array> unknowns = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Interner interner = new Interner();
  private final Given given;
  private final List<Factor> found = new ArrayList<>();
  private final List<Stmt.Block> plain = new ArrayList<>();
  private final List<Trouble> troubles = new ArrayList<>();

  /// @param why says what stands in the way of summing out `unknown`, at `span`
  /// @param many whether it depends on many elements of the unknown together
  record Trouble(Array unknown, Span span, String why, boolean many) {}

  /// @param factors all that depends on discrete unknowns
  /// @param rest    densities in the model's order, without the factors
  record Found(List<Factor> factors, List<Model.Step> rest, List<Trouble> troubles) {}

  private Factors(Model model, Given given) {
    model.unknowns().forEach(u -> {
      if (u.discrete().isPresent()) unknowns.add(u.array());
    });
    this.given = given;
  }

  static Found of(Model model, Given given) {
    var f = new Factors(model, given);
    var rest = new ArrayList<Model.Step>();
    for (var step : model.steps())
      if (step instanceof Model.Step.Density d && given.isLate(d.block())) {
        f.plain.clear();
        f.walk(f.interner.intern(given.inlined(d.block())), Path.NONE.in(f.before()), d.span());
        f.plain.forEach(b -> rest.add(new Model.Step.Density(b, d.span())));
      } else if (step instanceof Model.Step.Density) rest.add(step);
    return new Found(f.found, rest, f.troubles);
  }

  /// What gives deterministic values that are not put in place.
  private Path.Given before() {
    var all = given.before();
    return new Path.Given(all.arrays(), all.statements().stream().map(interner::intern).toList());
  }

  private boolean isLate(Expr e) {
    return Graph.dependsOn(e, unknowns);
  }

  // Down to terms

  private void walk(Stmt s, Path path, Span span) {
    switch (s) {
      case Stmt.Block b -> {
        var others = b.statements().stream().flatMap(x -> withoutTarget(x).statements().stream()).toList();
        var inside = path.in(new Path.Given(b.arrays(), others));
        for (int i = 0; i < b.statements().size(); i++) {
          var x = b.statements().get(i);
          if (!Stmts.allWritten(x).contains(Array.TARGET)) continue;
          var test = i + 1 < b.statements().size() ? test(b.statements().get(i + 1)) : Optional.<Expr>empty();
          if (x instanceof Stmt.Add(Array a, var at, Expr value) && test.isPresent()) {
            walk(new Stmt.Add(a, at, select(test.get(), value, LogSpace.NEVER)), inside, span);
            i++;
          } else walk(x, inside, span);
        }
      }
      case Stmt.For f -> walk(f.body(), path.in(new Path.Turn(new Loop(f.index(), f.from(), f.to()))), span);
      case Stmt.If i -> {
        walk(i.then(), path.in(new Path.Guard(i.condition())), span);
        walk(i.otherwise(), path.in(new Path.Guard(not(i.condition()))), span);
      }
      case Stmt.Add(Array a, var at, Expr value) -> terms(value, path, span);
      case Stmt.Set x -> {}
      case Stmt.Fill x -> {}
      case Stmt.Call x -> {}
      case Stmt.Draw x -> {}
    }
  }

  /// What of a statement gives arrays that outlive it.
  private static Stmt.Block withoutTarget(Stmt s) {
    var outer = Stmts.writes(s);
    outer.remove(Array.TARGET);
    return outer.isEmpty() ? Stmt.Block.EMPTY : Prune.to(outer, new Stmt.Block(List.of(), List.of(s)));
  }

  /// The condition of a statement that makes the target negative infinity where a discrete unknown does not fulfil it.
  private Optional<Expr> test(Stmt s) {
    return s instanceof Stmt.Add(Array a, var at, Expr.Select(Expr c, Expr yes, Expr no)) && a == Array.TARGET
        && yes instanceof Expr.Real(double y) && y == 0 && no instanceof Expr.Real(double n)
        && n == Double.NEGATIVE_INFINITY && isLate(c) ? Optional.of(c) : Optional.empty();
  }

  private record Key(Set<Object> slots, boolean fixed) {}

  /// Terms that depend on the same elements stay together, those that are the same in every turn of the loops apart.
  private void terms(Expr value, Path path, Span span) {
    var groups = new LinkedHashMap<Key, Expr>();
    var indices = path.loops().stream().map(Loop::index).toList();
    for (var term : Summands.of(value)) {
      var t = interner.intern(term);
      var parts = parts(t, path);
      if (parts.isPresent()) {
        for (var p : parts.get()) terms(p.value, p.path, span);
        continue;
      }
      var needed = path.needed(t);
      var reads = new LinkedHashSet<Object>();
      slots(needed, t).forEach(r -> reads.add(r));
      boolean fixed = !reads.isEmpty() && !Alignment.dependsOn(looked(t), indices) && needed.isEmpty();
      groups.merge(new Key(reads, fixed), t, (a, b) -> add(a, b));
    }
    groups.forEach((key, sum) -> {
      if (key.slots.isEmpty()) plain.add(path.whole(sum, Array.TARGET));
      else factor(interner.intern(sum), path, span);
    });
  }

  /// The expression with discrete unknowns in place of their elements, so that subscripts of those do not count.
  private Expr looked(Expr e) {
    return Subst.of(Map.of(), a -> unknowns.contains(a) ? Optional.of(at -> integer(0)) : Optional.empty()).apply(e);
  }

  /// The elements that are read, each once.
  private List<Expr> slots(Stmt.Block needed, Expr value) {
    var all = new ArrayList<Expr>();
    Stmts.walk(needed, s -> all.addAll(Stmts.expressions(s)));
    all.add(value);
    var found = new ArrayList<Expr>();
    for (var e : Graph.nodes(all)) if (e instanceof Expr.Read(Array a, var at) && unknowns.contains(a)) found.add(e);
    return found;
  }

  private record Sub(Expr value, Path path) {}

  /// The terms of a sum over a range, and the branches of a choice that data make, where these depend on different
  /// elements.
  private Optional<List<Sub>> parts(Expr e, Path path) {
    if (!isLate(e)) return Optional.empty();
    var factor = e instanceof Expr.Apply(Prim p, var args) && p == Prim.MUL && !isLate(args.get(0)) ? args.get(0) : ONE;
    var of = factor == ONE ? e : ((Expr.Apply) e).args().get(1);
    if (of instanceof Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body)
        && reducer == Expr.Reducer.SUM && slots(Stmt.Block.EMPTY, body).stream().anyMatch(r -> Alignment.dependsOn(r, List.of(i)))) {
      var own = new Index(i.name());
      var inner = Subst.indices(Map.of(i, var(own))).apply(body);
      return Optional.of(List.of(new Sub(mul(factor, inner), path.in(new Path.Turn(new Loop(own, from, to))))));
    }
    return choice(e).map(c -> List.of(
        new Sub(interner.intern(resolved(e, c, 1)), path.in(new Path.Guard(c))),
        new Sub(interner.intern(resolved(e, c, 0)), path.in(new Path.Guard(not(c))))));
  }

  /// A condition over data that decides which elements are read.
  private Optional<Expr> choice(Expr e) {
    for (var x : Graph.nodes(List.of(e)))
      if (x instanceof Expr.Select(Expr c, Expr yes, Expr no) && isData(c)) {
        var left = new HashSet<>(slots(Stmt.Block.EMPTY, yes));
        if (!left.equals(new HashSet<>(slots(Stmt.Block.EMPTY, no)))) return Optional.of(c);
      }
    return Optional.empty();
  }

  private static boolean isData(Expr c) {
    return Graph.reads(List.of(c)).stream().allMatch(a -> a.role() == Array.Role.DATA);
  }

  private static Expr resolved(Expr e, Expr condition, int truth) {
    var done = new IdentityHashMap<Expr, Expr>();
    for (var x : Graph.nodes(List.of(e))) {
      done.put(x, x == condition ? integer(truth) : switch (x) {
        case Expr.Apply(Prim p, var args) -> apply(p, args.stream().map(done::get).toList());
        case Expr.Select(Expr c, Expr yes, Expr no) -> select(done.get(c), done.get(yes), done.get(no));
        case Expr.Read(Array a, var at) -> a.read(at.stream().map(done::get).toList());
        case Expr.Reduce(var r, Index i, Expr from, Expr to, Expr body) ->
            new Expr.Reduce(r, i, done.get(from), done.get(to), done.get(body));
        case Expr.Int n -> n;
        case Expr.Real r -> r;
        case Expr.Var v -> v;
      });
    }
    return done.get(e);
  }

  // A term

  private void factor(Expr value, Path path, Span span) {
    var byRead = new LinkedHashMap<Expr, Slot>();
    var needed = path.needed(value);
    Function<Array, Optional<Subst.Rule>> rule = a -> unknowns.contains(a)
        ? Optional.of(at -> {
          var read = interner.intern(a.read(at));
          return byRead.computeIfAbsent(read, r ->
              new Slot(a, ((Expr.Read) r).at(), Array.computed(a.name(), Kind.INT, List.of()))).mark().read();
        })
        : Optional.empty();
    var out = Array.computed("value", Kind.REAL, List.of());
    if (path.computes(unknowns) && slots(needed, value).stream().noneMatch(r ->
        Alignment.dependsOn(r, path.loops().stream().map(Loop::index).toList()))) {
      var sum = Array.computed("sum", Kind.REAL, List.of());
      var whole = path.whole(value, sum);
      var all = new ArrayList<Stmt>(List.of(new Stmt.Fill(sum, ZERO)));
      all.addAll(whole.statements());
      var arrays = new ArrayList<>(whole.arrays());
      arrays.add(sum);
      factor(sum.read(), Path.NONE.in(new Path.Given(arrays, all)), span);
      return;
    }
    var statements = new ArrayList<>(needed.statements());
    statements.add(new Stmt.Add(out, List.of(), value));
    var copy = Rename.of(new Stmt.Block(needed.arrays(), statements), Map.of(), rule);
    var body = new Body.Written(
        new Stmt.Block(copy.arrays(), copy.statements().subList(0, copy.statements().size() - 1)),
        ((Stmt.Add) copy.statements().getLast()).value());
    var slots = List.copyOf(byRead.values());
    if (!sound(slots, path, body, span)) return;
    var factor = new Factor(path.loops(), path.guards(), slots, body, span);
    found.add(slots.size() == 1 ? factor : factor.absorbed());
  }

  /// Whether every element is told by data and loops alone.
  private boolean sound(List<Slot> slots, Path path, Body.Written body, Span span) {
    var loops = new HashSet<Index>();
    path.loops().forEach(l -> loops.add(l.index()));
    for (var s : slots)
      for (var e : s.at()) {
        var other = Graph.reads(List.of(e)).stream().filter(a -> a.role() != Array.Role.DATA).findFirst();
        if (other.isPresent())
          return fails(s, span, false, "which of its elements this reads depends on `" + other.get().name() + "`");
        if (!loops.containsAll(new Graph.Free().of(e))) return fails(s, span, true, "this depends on many of its elements at once");
      }
    for (var g : path.guards()) if (!isData(g)) return fails(slots.getFirst(), span, false, "a condition here is not known before inference");
    for (var a : unknowns)
      if (body.block().statements().stream().anyMatch(x -> Stmts.reads(x).contains(a)))
        return fails(new Slot(a, List.of(), a), span, true, "this takes it as a whole");
    return true;
  }

  private boolean fails(Slot s, Span span, boolean many, String why) {
    troubles.add(new Trouble(s.unknown(), span, why, many));
    return false;
  }
}
