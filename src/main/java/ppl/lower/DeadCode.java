package ppl.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Stmt;

/// Leaves out statements whose results nobody wants.
public final class DeadCode {
  private final Set<Array> wanted = Collections.newSetFromMap(new IdentityHashMap<>());

  private DeadCode() {}

  /// What of `block` is needed to write the arrays `wanted`.
  public static Stmt.Block prune(Stmt.Block block, Set<Array> wanted) {
    var self = new DeadCode();
    self.wanted.addAll(wanted);
    int before;
    do {
      before = self.wanted.size();
      self.collect(block);
    } while (self.wanted.size() > before);
    return self.keep(block);
  }

  private void collect(Stmt s) {
    if (!writesWanted(s)) return;
    switch (s) {
      case Stmt.Block(var arrays, var statements) -> statements.reversed().forEach(this::collect);
      case Stmt.For f -> {
        List.of(f.from(), f.to()).forEach(e -> reads(e, wanted::add));
        collect(f.body());
      }
      case Stmt.If(var c, var then, var otherwise) -> {
        reads(c, wanted::add);
        collect(then);
        collect(otherwise);
      }
      case Stmt.Set x -> readsOf(x, wanted::add);
      case Stmt.Add x -> readsOf(x, wanted::add);
      case Stmt.Fill x -> readsOf(x, wanted::add);
      case Stmt.Call x -> readsOf(x, wanted::add);
      case Stmt.Draw x -> readsOf(x, wanted::add);
    }
  }

  private boolean writesWanted(Stmt s) {
    var written = Collections.newSetFromMap(new IdentityHashMap<Array, Boolean>());
    writes(s, written::add);
    return written.stream().anyMatch(wanted::contains);
  }

  private Stmt.Block keep(Stmt.Block block) {
    var kept = new ArrayList<Stmt>();
    for (var s : block.statements()) {
      if (!writesWanted(s)) continue;
      kept.add(switch (s) {
        case Stmt.Block b -> keep(b);
        case Stmt.For f -> new Stmt.For(f.index(), f.from(), f.to(), f.reverse(), f.independent(), keep(f.body()));
        case Stmt.If(var c, var then, var otherwise) -> new Stmt.If(c, keep(then), keep(otherwise));
        case Stmt.Set x -> x;
        case Stmt.Add x -> x;
        case Stmt.Fill x -> x;
        case Stmt.Call x -> x;
        case Stmt.Draw x -> x;
      });
    }
    return new Stmt.Block(block.arrays().stream().filter(wanted::contains).toList(), kept);
  }

  /// The arrays that `s` writes.
  public static void writes(Stmt s, Consumer<Array> found) {
    switch (s) {
      case Stmt.Set(var a, var at, var v) -> found.accept(a);
      case Stmt.Add(var a, var at, var v) -> found.accept(a);
      case Stmt.Fill(var a, var v) -> found.accept(a);
      case Stmt.Draw(var sampler, var a, var at, var args) -> found.accept(a);
      case Stmt.Call(var op, var in, var outs, var sizes) -> outs.forEach(found);
      case Stmt.For f -> writes(f.body(), found);
      case Stmt.If(var c, var then, var otherwise) -> {
        writes(then, found);
        writes(otherwise, found);
      }
      case Stmt.Block(var arrays, var statements) -> statements.forEach(x -> writes(x, found));
    }
  }

  /// The arrays that `s` reads.
  public static void readsOf(Stmt s, Consumer<Array> found) {
    switch (s) {
      case Stmt.Set(var a, var at, var v) -> {
        at.forEach(e -> reads(e, found));
        reads(v, found);
      }
      case Stmt.Add(var a, var at, var v) -> {
        at.forEach(e -> reads(e, found));
        reads(v, found);
      }
      case Stmt.Fill(var a, var v) -> reads(v, found);
      case Stmt.Draw(var sampler, var a, var at, var args) -> {
        at.forEach(e -> reads(e, found));
        args.forEach(e -> reads(e, found));
      }
      case Stmt.Call(var op, var in, var outs, var sizes) -> {
        in.forEach(found);
        sizes.forEach(e -> reads(e, found));
      }
      case Stmt.For f -> {
        reads(f.from(), found);
        reads(f.to(), found);
        readsOf(f.body(), found);
      }
      case Stmt.If(var c, var then, var otherwise) -> {
        reads(c, found);
        readsOf(then, found);
        readsOf(otherwise, found);
      }
      case Stmt.Block(var arrays, var statements) -> statements.forEach(x -> readsOf(x, found));
    }
  }

  /// The arrays that `root` reads.
  public static void reads(Expr root, Consumer<Array> found) {
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    var todo = new ArrayDeque<>(List.of(root));
    while (!todo.isEmpty()) {
      var e = todo.pop();
      if (!seen.add(e)) continue;
      if (e instanceof Expr.Read(var a, var at)) found.accept(a);
      todo.addAll(e.children());
    }
  }
}
