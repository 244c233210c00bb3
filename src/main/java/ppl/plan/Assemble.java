package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Differentiate;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.LogChains;
import ppl.ir.LowerParts;
import ppl.ir.Prune;
import ppl.ir.SpdForms;
import ppl.ir.Stage;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Unit;
import ppl.lower.Model;

/// From a model to the routines that are compiled: what depends on data alone is computed once, when data are bound.
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
    var q = model.position();
    var outputs = Stream.concat(model.outputs().stream(), model.generated().stream()).toList();
    var replicates = model.replicates().stream().map(Model.Replicate::output).toList();
    var out = buffer("out", outputs);
    var predicted = buffer("predicted", replicates);
    var all = new ArrayList<Stmt.Block>(List.of(steps(), copies(out, integer(0), model.outputs()), model.generate(),
        copies(out, size(model.outputs()), model.generated())));
    model.replicates().forEach(r -> all.add(owned(r)));
    all.add(copies(predicted, integer(0), replicates));
    var staged = Stage.of(joined(all), Set.of());
    var density = LowerParts.of(SpdForms.of(LogChains.of(Prune.to(Set.of(Array.TARGET), staged.rest()))));
    return new Unit(className(model), model.slots().stream().map(s -> s.array()).toList(), staged.prepared(), staged.prepare(),
        List.of(
            extents(Stream.concat(outputs.stream(), replicates.stream()).toList()),
            new Unit.Routine("logDensity", List.of(q), false, density),
            new Unit.Routine("gradient", List.of(q, gradient), false,
                Differentiate.gradient(density, Map.of(q, gradient))),
            new Unit.Routine("constrain", List.of(q, out), true, Prune.to(Set.of(out), staged.rest())),
            new Unit.Routine("predict", List.of(q, predicted), true, Prune.to(Set.of(predicted), staged.rest()))));
  }

  /// An argument that takes `outputs`, one after the other.
  static Array buffer(String name, List<Model.Output> outputs) {
    return new Array(name, Kind.REAL, List.of(size(outputs)), Array.Role.ARGUMENT);
  }

  static Expr size(List<Model.Output> outputs) {
    Expr size = integer(0);
    for (var o : outputs) size = add(size, product(o.value().dims()));
    return size;
  }

  /// Copies outputs as soon as they are there: a later step that fails leaves them alone.
  static Stmt.Block copies(Array out, Expr from, List<Model.Output> outputs) {
    return Build.block(b -> {
      Expr offset = from;
      for (var o : outputs) {
        var start = offset;
        b.loops(o.value().indices("i"), o.value().dims(), at ->
            new Stmt.Set(out, List.of(add(start, flat(at, o.value().dims()))), toReal(o.value().at(at))));
        offset = add(offset, product(o.value().dims()));
      }
    });
  }

  private static Stmt.Block joined(List<Stmt.Block> blocks) {
    return new Stmt.Block(blocks.stream().flatMap(b -> b.arrays().stream()).toList(),
        blocks.stream().flatMap(b -> b.statements().stream()).toList());
  }

  private Unit.Routine extents(List<Model.Output> outputs) {
    var values = new ArrayList<Expr>(model.position().dims());
    outputs.forEach(o -> values.addAll(o.value().dims()));
    var out = new Array("out", Kind.REAL, List.of(integer(values.size())), Array.Role.ARGUMENT);
    return new Unit.Routine("extents", List.of(out), false, Build.block(b -> {
      for (int i = 0; i < values.size(); i++) b.add(new Stmt.Set(out, List.of(integer(i)), toReal(values.get(i))));
    }));
  }

  static String className(Model model) {
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
    return owning(arrays, statements);
  }

  /// A block of `statements` that declares `arrays`, and those that are written and that nobody declares.
  static Stmt.Block owning(List<Array> arrays, List<Stmt> statements) {
    var all = new ArrayList<>(arrays);
    for (var a : Stmts.writes(new Stmt.Block(arrays, statements))) if (a.role() == Array.Role.COMPUTED) all.add(a);
    return new Stmt.Block(all, statements);
  }

  /// A block that declares all that it writes.
  static Stmt.Block owned(Stmt.Block b) {
    return owning(b.arrays(), b.statements());
  }

  private Stmt.Block owned(Model.Replicate r) {
    return owning(r.block().arrays(), r.block().statements());
  }

  private static Expr product(List<Expr> dims) {
    return dims.stream().reduce(integer(1), (a, b) -> mul(a, b));
  }

  static Expr flat(List<Expr> at, List<Expr> dims) {
    Expr flat = integer(0);
    for (int d = 0; d < at.size(); d++) flat = add(mul(flat, dims.get(d)), at.get(d));
    return flat;
  }
}
