package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Prune;
import ppl.ir.Stage;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Unit;
import ppl.lower.Model;
import ppl.source.Span;

/// Which statements of a model have no density with certain data, whatever the unknowns are: for models that run without
/// the compiler, where [Faults] cannot tell.
///
/// @param unit       its `check` writes two numbers for each statement: how many faults, and the number of the turn of the
///                   statement's outermost loop that has the first, counted as the model does; 0 where none is known
/// @param statements in the order of these
public record Tests(Unit unit, List<Span> statements) {
  /// Of a model whose discrete unknowns are summed out or not.
  public static Tests of(Model model) {
    var arrays = new ArrayList<Array>();
    var all = new ArrayList<Stmt>();
    Map<Array, Span> faults = new LinkedHashMap<>();
    for (var step : model.steps()) {
      var block = step instanceof Model.Step.Density d ? counting(d, faults) : step.block();
      arrays.addAll(block.arrays());
      all.addAll(block.statements());
    }
    arrays.addAll(model.generate().arrays());
    all.addAll(model.generate().statements());
    for (var t : model.audit().tests()) {
      var block = Assemble.tests(t);
      arrays.addAll(block.arrays());
      all.addAll(block.statements());
      t.probes().forEach(p -> faults.put(p.fault(), t.span()));
    }
    var unknown = Collections.<Array>newSetFromMap(new IdentityHashMap<>());
    model.unknowns().forEach(u -> unknown.add(u.array()));
    faults.keySet().removeAll(Stage.late(Assemble.owning(arrays, all), Set.of(), unknown));
    var spans = faults.values().stream().distinct().sorted((a, b) -> Integer.compare(a.start(), b.start())).toList();
    var out = new Array("out", Kind.REAL, List.of(integer(2 * spans.size())), Array.Role.ARGUMENT);
    var turns = new LinkedHashMap<Span, Array>();
    for (var span : spans) turns.put(span, Array.computed("turn", Kind.REAL, List.of()));
    all.replaceAll(s -> numbered(s, Optional.empty(), fault -> Optional.ofNullable(faults.get(fault)).map(turns::get)));
    arrays.addAll(turns.values());
    turns.values().forEach(t -> all.addFirst(new Stmt.Fill(t, ZERO)));
    faults.forEach((fault, span) ->
        all.add(new Stmt.Add(out, List.of(integer(2 * spans.indexOf(span))), fault.read())));
    turns.forEach((span, turn) ->
        all.add(new Stmt.Add(out, List.of(integer(2 * spans.indexOf(span) + 1)), turn.read())));
    return new Tests(new Unit(Assemble.className(model) + "$tests", model.slots().stream().map(s -> s.array()).toList(), List.of(),
        Stmt.Block.EMPTY, List.of(new Unit.Routine("check", List.of(out), false,
            Prune.to(Set.of(out), Assemble.owning(arrays, all))))), spans);
  }

  /// The statement, which keeps the turn of its outermost loop in which the first fault is met.
  ///
  /// @param turns where the turn is kept for a fault
  private static Stmt numbered(Stmt s, Optional<Index> outermost, Function<Array, Optional<Array>> turns) {
    return switch (s) {
      case Stmt.For f -> {
        yield new Stmt.For(f.index(), f.from(), f.to(), f.reverse(), false, numbered(f.body(), Optional.of(outermost.orElse(f.index())), turns));
      }
      case Stmt.Add(Array a, var at, var value) when outermost.isPresent() && turns.apply(a).isPresent() -> {
        var turn = turns.apply(a).get();
        var first = and(lt(ZERO, value), apply(Prim.EQ, turn.read(), ZERO));
        var keep = new Stmt.Fill(turn, toReal(add(var(outermost.get()), integer(1))));
        yield new Stmt.Block(List.of(), List.of(new Stmt.If(first, new Stmt.Block(List.of(), List.of(keep)), Stmt.Block.EMPTY), s));
      }
      case Stmt.If _, Stmt.Block _ -> Stmts.within(s, b -> numbered(b, outermost, turns));
      case Stmt.Set _, Stmt.Add _, Stmt.Fill _, Stmt.Call _, Stmt.Draw _ -> s;
    };
  }

  private static Stmt.Block numbered(Stmt.Block b, Optional<Index> outermost, Function<Array, Optional<Array>> turns) {
    return b.map(s -> numbered(s, outermost, turns));
  }

  /// The statement, which counts terms that are not finite, each term apart.
  private static Stmt.Block counting(Model.Step.Density d, Map<Array, Span> faults) {
    return Build.block(b -> {
      var own = new LinkedHashMap<Array, Span>();
      var block = counting(d.block(), d.span(), own);
      for (var fault : own.keySet()) {
        b.declare(fault);
        b.add(new Stmt.Fill(fault, ZERO));
      }
      b.add(block);
      faults.putAll(own);
    });
  }

  private static Stmt counting(Stmt s, Span span, Map<Array, Span> faults) {
    return switch (s) {
      case Stmt.Add(Array a, var at, var value) when a == Array.TARGET -> {
        var fault = Array.computed("fault", Kind.REAL, List.of());
        faults.put(fault, span);
        yield new Stmt.Add(fault, List.of(), select(lt(apply(Prim.ABS, value), real(Double.POSITIVE_INFINITY)), ZERO, ONE));
      }
      case Stmt.For f -> new Stmt.For(f.index(), f.from(), f.to(), f.reverse(), f.independent(),
          new Stmt.Block(List.of(), List.of(counting(f.body(), span, faults))));
      case Stmt.If i -> new Stmt.If(i.condition(), new Stmt.Block(List.of(), List.of(counting(i.then(), span, faults))),
          new Stmt.Block(List.of(), List.of(counting(i.otherwise(), span, faults))));
      case Stmt.Block b -> new Stmt.Block(b.arrays(), b.statements().stream().map(x -> counting(x, span, faults)).toList());
      case Stmt.Set _, Stmt.Add _, Stmt.Fill _, Stmt.Call _, Stmt.Draw _ -> s;
    };
  }
}
