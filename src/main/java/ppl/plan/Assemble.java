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
import ppl.ir.LogChains;
import ppl.ir.LowerParts;
import ppl.ir.Prune;
import ppl.ir.Reciprocals;
import ppl.ir.SpdForms;
import ppl.ir.Stage;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Unit;
import ppl.lower.Model;
import ppl.lower.Probe;

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
    var all = new ArrayList<Stmt.Block>(List.of(steps(), copies(out, integer(0), model.outputs()),
        generated(model, out)));
    model.replicates().forEach(r -> all.add(owned(r)));
    all.add(copies(predicted, integer(0), replicates));
    var staged = Stage.of(joined(all), Set.of());
    var rest = Prune.over(staged.rest());
    var density = LowerParts.of(SpdForms.of(LogChains.of(rest.to(Set.of(Array.TARGET)))));
    var data = model.slots().stream().map(s -> s.array()).toList();
    var known = Stream.concat(data.stream(), staged.prepared().stream()).toList();
    var derivative = Differentiate.gradient(density, Map.of(q, gradient), staged.partial());
    return new Unit(className(model), data, staged.prepared(), staged.prepare(),
        List.of(
            extents(Stream.concat(outputs.stream(), replicates.stream()).toList()),
            new Unit.Routine("logDensity", List.of(q), false, Reciprocals.of(density, known)),
            new Unit.Routine("gradient", List.of(q, gradient), false, Reciprocals.of(derivative, known)),
            new Unit.Routine("constrain", List.of(q, out), true, rest.to(Set.of(out))),
            new Unit.Routine("predict", List.of(q, predicted), true, rest.to(Set.of(predicted))),
            check(staged)));
  }

  /// What data decide and no other routine looks at: tests, which add to the first number of `out`, and quantities that
  /// nothing uses, whose sum is the second.
  private Unit.Routine check(Stage.Staged staged) {
    var out = new Array("out", Kind.REAL, List.of(integer(2)), Array.Role.ARGUMENT);
    if (model.audit().tests().isEmpty() && model.audit().settled().isEmpty())
      return new Unit.Routine("check", List.of(out), false, Stmt.Block.EMPTY);
    var used = Stmts.allWritten(staged.prepare());
    used.addAll(Stmts.allWritten(staged.rest()));
    var all = new ArrayList<Stmt.Block>(List.of(steps(), model.generate()));
    model.audit().tests().forEach(t -> all.add(tests(t)));
    var asked = joined(all);
    var late = Stage.late(asked, Set.of(), unknown());
    all.add(Build.block(b -> {
      for (var t : model.audit().tests())
        for (var p : t.probes())
          if (!late.contains(p.fault())) b.add(new Stmt.Add(out, List.of(integer(0)), p.fault().read()));
      for (var o : model.audit().settled()) {
        if (!isOf(element(o), used)) b.loops(o.value().indices("i"), o.value().dims(), at ->
            new Stmt.Add(out, List.of(integer(1)), toReal(o.value().at(at))));
      }
    }));
    return new Unit.Routine("check", List.of(out), false, Prune.to(Set.of(out), joined(all)));
  }

  /// What no data tell.
  private Set<Array> unknown() {
    var unknown = Collections.<Array>newSetFromMap(new IdentityHashMap<>());
    model.unknowns().forEach(u -> unknown.add(u.array()));
    return unknown;
  }

  private static boolean isOf(Expr element, Set<Array> arrays) {
    return element instanceof Expr.Read(Array a, var at) && arrays.contains(a);
  }

  /// The tests of a statement, from none that failed.
  static Stmt.Block tests(Probe.Statement tests) {
    var statements = new ArrayList<Stmt>();
    tests.probes().forEach(p -> statements.add(new Stmt.Fill(p.fault(), ZERO)));
    statements.addAll(tests.block().statements());
    return owning(tests.block().arrays(), statements);
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

  /// What `generate` does, each of its outputs copied behind those of the model as soon as it is there.
  static Stmt.Block generated(Model model, Array out) {
    var left = new ArrayList<>(model.generated());
    var statements = new ArrayList<Stmt>();
    var block = model.generate();
    for (int s = 0; s < block.statements().size(); s++) {
      statements.add(block.statements().get(s));
      var open = Stmts.allWritten(new Stmt.Block(List.of(), block.statements().subList(s + 1, block.statements().size())));
      var from = size(model.outputs());
      for (var o : model.generated()) {
        if (left.contains(o) && !isOf(element(o), open)) {
          left.remove(o);
          statements.add(copies(out, from, List.of(o)));
        }
        from = add(from, size(List.of(o)));
      }
    }
    return new Stmt.Block(block.arrays(), statements);
  }

  private static Expr element(Model.Output o) {
    return o.value().at(o.value().indices("i").stream().map(i -> var(i)).toList());
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
