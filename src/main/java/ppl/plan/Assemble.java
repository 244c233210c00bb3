package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Differentiate;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.ir.Unit;
import ppl.lower.DeadCode;
import ppl.lower.Model;

/// From a model to the routines that are compiled.
public final class Assemble {
  private final Model model;
  private final Array gradient;

  private Assemble(Model model) {
    this.model = model;
    this.gradient = new Array("gradient", Kind.REAL, model.position().dims(), Array.Role.ARGUMENT);
  }

  /// The unit of `model`.
  public static Unit unit(Model model) {
    return new Assemble(model).unit();
  }

  private Unit unit() {
    var density = DeadCode.prune(steps(), Set.of(Array.TARGET));
    var q = model.position();
    var outputs = Stream.concat(model.outputs().stream(), model.generated().stream()).toList();
    var replicates = model.replicates().stream().map(Model.Replicate::output).toList();
    var constrain = writing("out", outputs, List.of(model.generate()));
    var predict = writing("out", replicates, model.replicates().stream().map(this::owned).toList());
    return new Unit(className(), model.slots().stream().map(s -> s.array()).toList(), List.of(), Stmt.Block.EMPTY,
        List.of(
            extents(Stream.concat(outputs.stream(), replicates.stream()).toList()),
            new Unit.Routine("logDensity", List.of(q), false, density),
            new Unit.Routine("gradient", List.of(q, gradient), false,
                Differentiate.gradient(density, Map.of(q, gradient))),
            new Unit.Routine("constrain", List.of(q, constrain.argument()), true, constrain.body()),
            new Unit.Routine("predict", List.of(q, predict.argument()), true, predict.body())));
  }

  private Unit.Routine extents(List<Model.Output> outputs) {
    var values = new ArrayList<Expr>(model.position().dims());
    outputs.forEach(o -> values.addAll(o.value().dims()));
    var out = new Array("out", Kind.REAL, List.of(integer(values.size())), Array.Role.ARGUMENT);
    return new Unit.Routine("extents", List.of(out), false, Build.block(b -> {
      for (int i = 0; i < values.size(); i++) b.add(new Stmt.Set(out, List.of(integer(i)), toReal(values.get(i))));
    }));
  }

  private String className() {
    var legal = model.name().replaceAll("[^A-Za-z0-9_]", "_");
    return "ppl/generated/" + (legal.isEmpty() || Character.isDigit(legal.charAt(0)) ? "_" + legal : legal);
  }

  /// All steps in one block that owns the unknowns and the deterministic values.
  private Stmt.Block steps() {
    var arrays = new ArrayList<Array>();
    var statements = new ArrayList<Stmt>();
    for (var step : model.steps()) {
      arrays.addAll(step.block().arrays());
      statements.addAll(step.block().statements());
    }
    return new Stmt.Block(withWritten(arrays, statements), statements);
  }

  /// The arrays of `block`, and those that it writes and nobody declares.
  private static List<Array> withWritten(List<Array> arrays, List<Stmt> statements) {
    var all = new ArrayList<>(arrays);
    Set<Array> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(arrays);
    statements.forEach(s -> inner(s, known));
    statements.forEach(s -> DeadCode.writes(s, a -> {
      if (a.role() == Array.Role.COMPUTED && known.add(a)) all.add(a);
    }));
    return all;
  }

  private static void inner(Stmt s, Set<Array> known) {
    switch (s) {
      case Stmt.Block(var arrays, var statements) -> {
        known.addAll(arrays);
        statements.forEach(x -> inner(x, known));
      }
      case Stmt.For f -> inner(f.body(), known);
      case Stmt.If(var c, var then, var otherwise) -> {
        inner(then, known);
        inner(otherwise, known);
      }
      case Stmt.Set x -> {}
      case Stmt.Add x -> {}
      case Stmt.Fill x -> {}
      case Stmt.Call x -> {}
      case Stmt.Draw x -> {}
    }
  }

  private Stmt.Block owned(Model.Replicate r) {
    return new Stmt.Block(withWritten(r.block().arrays(), r.block().statements()), r.block().statements());
  }

  private record Writing(Array argument, Stmt.Block body) {}

  /// The steps and `more`, then the outputs one after the other.
  private Writing writing(String name, List<Model.Output> outputs, List<Stmt.Block> more) {
    Expr size = integer(0);
    for (var o : outputs) size = add(size, product(o.value().dims()));
    var out = new Array(name, Kind.REAL, List.of(size), Array.Role.ARGUMENT);
    var steps = steps();
    var arrays = new ArrayList<>(steps.arrays());
    var statements = new ArrayList<>(steps.statements());
    for (var block : more) {
      arrays.addAll(block.arrays());
      statements.addAll(block.statements());
    }
    var copies = Build.block(b -> {
      Expr offset = integer(0);
      for (var o : outputs) {
        var start = offset;
        b.loops(o.value().indices("i"), o.value().dims(), at ->
            new Stmt.Set(out, List.of(add(start, flat(at, o.value().dims()))), toReal(o.value().at(at))));
        offset = add(offset, product(o.value().dims()));
      }
    });
    statements.addAll(copies.statements());
    return new Writing(out, DeadCode.prune(new Stmt.Block(arrays, statements), Set.of(out)));
  }

  private static Expr product(List<Expr> dims) {
    return dims.stream().reduce(integer(1), (a, b) -> mul(a, b));
  }

  private static Expr flat(List<Expr> at, List<Expr> dims) {
    Expr flat = integer(0);
    for (int d = 0; d < at.size(); d++) flat = add(mul(flat, dims.get(d)), at.get(d));
    return flat;
  }
}
