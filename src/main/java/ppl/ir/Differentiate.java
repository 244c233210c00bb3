package ppl.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Reverse-mode differentiation, statements to statements: there is no tape.
///
/// A statement that adds to the target and writes nothing else that carries a derivative is differentiated where it
/// stands, in its own loop, because the target's adjoint is the constant 1. Any other statement runs forward, and its
/// adjoint later in reverse order: arrays of the surrounding block are stored, arrays of a loop's body are computed
/// again in the adjoint loop. So a recurrence costs one loop forward and one backward.
///
/// The method is that of Griewank and Walther, *Evaluating Derivatives* (2008), chapters 6 and 12, for structured
/// programs with single assignment.
public final class Differentiate {
  private final Activity activity;
  private final Map<Array, Array> adjoints;
  private final boolean fuse;
  /// Arrays of loop bodies whose adjoints exist only in the reverse sweep.
  private final Set<Array> recomputed = Stmts.arraySet();

  private Differentiate(Activity activity, Map<Array, Array> adjoints, boolean fuse) {
    this.activity = activity;
    this.adjoints = adjoints;
    this.fuse = fuse;
  }

  /// A statement's forward and reverse parts.
  private record Split(Optional<Stmt> forward, Optional<Stmt> reverse) {}

  /// `body` with the derivative of what it adds to the target.
  ///
  /// @param adjoints for each array that we differentiate by, the array that receives the derivative by its elements;
  ///                 all of it is cleared first
  public static Stmt.Block gradient(Stmt.Block body, Map<Array, Array> adjoints) {
    return gradient(body, adjoints, Set.of());
  }

  /// The same where `body` reads arrays that were computed before and may lack elements, `partial`.
  public static Stmt.Block gradient(Stmt.Block body, Map<Array, Array> adjoints, Set<Array> partial) {
    var clear = adjoints.values().stream().map(a -> (Stmt) new Stmt.Fill(a, Exprs.ZERO));
    var added = addGradient(body, adjoints, partial, true);
    return new Stmt.Block(added.arrays(), Stream.concat(clear, added.statements().stream()).toList());
  }

  /// As [#gradient], but the derivative is added to what the arrays hold. If not `fuse`, all adjoints come after the
  /// whole of `body`: slower, for comparison.
  public static Stmt.Block addGradient(Stmt.Block body, Map<Array, Array> adjoints, boolean fuse) {
    return addGradient(body, adjoints, Set.of(), fuse);
  }

  private static Stmt.Block addGradient(
      Stmt.Block body, Map<Array, Array> adjoints, Set<Array> partial, boolean fuse) {
    var all = new IdentityHashMap<>(adjoints);
    var shared = new Interner().intern(body);
    var d = new Differentiate(Activity.of(shared, adjoints.keySet()), all, fuse);
    return Keep.of(Prune.of(d.fused(shared)), partial);
  }

  /// A block that owns its arrays for the whole of both sweeps.
  private Stmt.Block fused(Stmt.Block block) {
    var forward = new ArrayList<Stmt>();
    var reverse = new ArrayList<Stmt>();
    var arrays = new ArrayList<>(block.arrays());
    var clears = openAdjoints(block, arrays);
    clear(clears, a -> !a.varies(), forward);
    for (var s : block.statements()) {
      clear(clears, a -> Stmts.touches(s, a), forward);
      if (!involved(s)) forward.add(s);
      else if (fuse && isSink(s)) forward.add(fused(s));
      else {
        var split = split(s);
        split.forward.ifPresent(forward::add);
        split.reverse.ifPresent(reverse::add);
      }
    }
    forward.addAll(reverse.reversed());
    return new Stmt.Block(arrays, forward);
  }

  /// Declares the adjoints of a block's active arrays among `declared`, and gives what clears them.
  private Map<Array, Stmt> openAdjoints(Stmt.Block block, List<Array> declared) {
    var clears = new LinkedHashMap<Array, Stmt>();
    for (var a : block.arrays())
      if (activity.of(a) && !adjoints.containsKey(a)) {
        var d = Array.computed("d_" + a.name(), Kind.REAL, a.dims());
        adjoints.put(a, d);
        declared.add(d);
        clears.put(a, new Stmt.Fill(d, Exprs.ZERO));
      }
    return clears;
  }

  /// Clears the adjoints of the arrays that are `due`: those whose extents vary not before these are known.
  private static void clear(Map<Array, Stmt> clears, Predicate<Array> due, List<Stmt> statements) {
    clears.entrySet().removeIf(e -> due.test(e.getKey()) && statements.add(e.getValue()));
  }

  private Stmt fused(Stmt s) {
    return switch (s) {
      case Stmt.Add(Array a, var at, Expr value) -> Build.block(b -> {
        b.add(s);
        Backprop.run(value, Exprs.ONE, activity, this::adjoint, b);
      });
      case Stmt.For f -> f.with(fused(f.body()));
      case Stmt.If i -> new Stmt.If(i.condition(), fused(i.then()), fused(i.otherwise()));
      case Stmt.Block b -> fused(b);
      case Stmt.Set x -> throw noSink(s);
      case Stmt.Fill x -> throw noSink(s);
      case Stmt.Call x -> throw noSink(s);
      case Stmt.Draw x -> throw noSink(s);
    };
  }

  private static IllegalStateException noSink(Stmt s) {
    return new IllegalStateException("writes more than the target: " + s);
  }

  private Split split(Stmt s) {
    return switch (s) {
      case Stmt.Set(Array a, var at, Expr value) -> new Split(Optional.of(s), back(value, adjoint(a).read(at)));
      case Stmt.Add(Array a, var at, Expr value) ->
          new Split(Optional.of(s), back(value, a == Array.TARGET ? Exprs.ONE : adjoint(a).read(at)));
      case Stmt.Fill(Array a, Expr value) -> new Split(Optional.of(s), back(value, total(adjoint(a))));
      case Stmt.Call c -> new Split(Optional.of(s), Optional.of(reverse(c)));
      case Stmt.For f -> {
        var body = split(f.body());
        var forward = f.with(body.forward);
        boolean backward = f.independent() == f.reverse();
        var reverse = new Stmt.For(f.index(), f.from(), f.to(), backward, f.independent(), body.reverse);
        yield new Split(Optional.of(Rename.of(forward)), Optional.of(reverse));
      }
      case Stmt.If i -> {
        var then = split(i.then());
        var otherwise = split(i.otherwise());
        yield new Split(Optional.of(Rename.of(new Stmt.If(i.condition(), then.forward, otherwise.forward))),
            Optional.of(new Stmt.If(i.condition(), then.reverse, otherwise.reverse)));
      }
      case Stmt.Block b -> {
        var both = split(b);
        yield new Split(Optional.of(Rename.of(both.forward)), Optional.of(both.reverse));
      }
      case Stmt.Draw d -> throw new IllegalStateException("a draw carries no derivative");
    };
  }

  private record Sweeps(Stmt.Block forward, Stmt.Block reverse) {}

  /// A block whose arrays do not outlive the forward sweep.
  private Sweeps split(Stmt.Block block) {
    var own = block.arrays().stream().filter(activity::of).toList();
    recomputed.addAll(own);
    var forward = new ArrayList<Stmt>();
    var again = new ArrayList<Stmt>();
    var reverse = new ArrayList<Stmt>();
    var arrays = new ArrayList<>(block.arrays());
    var clears = openAdjoints(block, arrays);
    clear(clears, a -> !a.varies(), again);
    for (var s : block.statements()) {
      clear(clears, a -> Stmts.touches(s, a), again);
      var local = Stmts.declared(s);
      local.addAll(block.arrays());
      Stmts.restrict(s, local::contains).map(Rename::of).ifPresent(again::add);
      if (!involved(s)) forward.add(s);
      else if (fuse && isSink(s)) (reachesRecomputed(s) ? reverse : forward).add(fused(s));
      else {
        var parts = split(s);
        parts.forward.ifPresent(forward::add);
        parts.reverse.ifPresent(reverse::add);
      }
    }
    recomputed.removeAll(own);
    again.addAll(reverse.reversed());
    return new Sweeps(new Stmt.Block(block.arrays(), forward), new Stmt.Block(arrays, again));
  }

  private Array adjoint(Array a) {
    return Optional.ofNullable(adjoints.get(a)).orElseThrow(() -> new IllegalStateException("no adjoint of " + a));
  }

  private Optional<Stmt> back(Expr value, Expr seed) {
    var b = new Build();
    Backprop.run(value, seed, activity, this::adjoint, b);
    return b.isEmpty() ? Optional.empty() : Optional.of(b.block());
  }

  private Stmt reverse(Stmt.Call call) {
    var adjoint = call.op().adjoint()
        .orElseThrow(() -> new IllegalArgumentException(call.op().name() + " has no derivative"));
    var statements = adjoint.of(call, a -> activity.of(a) ? Optional.of(adjoint(a)) : Optional.empty());
    return new Stmt.Block(List.of(), statements);
  }

  private static Expr total(Array a) {
    return total(a, List.of());
  }

  private static Expr total(Array a, List<Expr> at) {
    if (at.size() == a.rank()) return a.read(at);
    return Exprs.sum(a.dims().get(at.size()), i -> total(a, Stream.concat(at.stream(), Stream.of(i)).toList()));
  }

  /// Whether the statement has any part in the derivative.
  private boolean involved(Stmt s) {
    return switch (s) {
      case Stmt.Add(Array a, var at, Expr value) -> (a == Array.TARGET || activity.of(a)) && activity.of(value);
      case Stmt.Fill(Array a, Expr value) -> activity.of(a) && activity.of(value);
      case Stmt.Set(Array a, var at, Expr value) -> activity.of(a) && activity.of(value);
      case Stmt.Call c -> anyActive(c.outputs()) && anyActive(c.inputs());
      case Stmt.For f -> involved(f.body());
      case Stmt.If i -> involved(i.then()) || involved(i.otherwise());
      case Stmt.Block b -> b.statements().stream().anyMatch(this::involved);
      case Stmt.Draw d -> false;
    };
  }

  private boolean anyActive(List<Array> arrays) {
    return arrays.stream().anyMatch(activity::of);
  }

  /// Whether nothing but the target and the statement's own arrays get a derivative.
  private boolean isSink(Stmt s) {
    return Stmts.writes(s).stream().noneMatch(a -> a != Array.TARGET && activity.of(a));
  }

  private boolean reachesRecomputed(Stmt s) {
    return !Collections.disjoint(Stmts.reads(s), recomputed);
  }
}
