package ppl.pipeline;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import ppl.form.NormalForm;
import ppl.form.Term;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Prune;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.lower.Model;
import ppl.runtime.Statistic;

/// The log joint of a model without Jacobians, as its statements say it and as its normal form does, both in the
/// reference interpreter.
public final class Joint {
  private final Whole.Ready ready;
  private final Model model;

  public Joint(Whole.Ready ready) {
    this(ready, ready.program().stated());
  }

  /// @param model one over the same data
  public Joint(Whole.Ready ready, Model model) {
    this.ready = ready;
    this.model = model;
  }

  /// The model with its discrete unknowns.
  public Model model() {
    return model;
  }

  public double stated(double[] q) {
    var statements = new ArrayList<>(discrete());
    for (var step : model.steps())
      statements.add(step instanceof Model.Step.Constrain c ? values(c) : step.block());
    return run(statements, q);
  }

  public double normal(NormalForm form, double[] q) {
    var statements = new ArrayList<>(discrete());
    for (var step : model.steps())
      switch (step) {
        case Model.Step.Constrain c -> statements.add(values(c));
        case Model.Step.Values v -> statements.add(v.block());
        case Model.Step.Density d -> {}
        case Model.Step.Draws d -> {}
      }
    statements.add(form.prepare());
    statements.add(form.prelude());
    var inverses = new HashMap<Array, Array>();
    var determinants = new HashMap<Array, Array>();
    for (var u : model.unknowns())
      if (u.range() instanceof Model.Range.Covariance) statements.add(matrices(u.array(), inverses, determinants));
    for (var t : form.terms()) statements.add(statement(t, inverses, determinants));
    for (var b : form.bounds()) {
      var x = b.unknown().read(b.at());
      var ok = b.upper() ? le(x, b.value()) : le(b.value(), x);
      statements.add(nest(b.ranges(), b.guards(), select(ok, ZERO, real(Double.NEGATIVE_INFINITY))));
    }
    return run(statements, q);
  }

  /// Some values for discrete unknowns.
  private List<Stmt> discrete() {
    var all = new ArrayList<Stmt>();
    for (var u : model.unknowns())
      u.discrete().ifPresent(d -> all.add(Build.block(b -> b.loops(Arr.of(u.array()).indices("i"), u.array().dims(), at -> {
        Expr mix = integer(5);
        for (var i : at) mix = add(mul(mix, integer(3)), mul(i, integer(7)));
        return new Stmt.Set(u.array(), at, add(d.lower().orElseThrow(), apply(Prim.IMOD, mix, d.count().orElseThrow())));
      }))));
    return all;
  }

  private static Stmt values(Model.Step.Constrain c) {
    var arrays = Stmts.writes(c.block());
    arrays.remove(Array.TARGET);
    return Prune.to(arrays, c.block());
  }

  private static Stmt matrices(Array x, Map<Array, Array> inverses, Map<Array, Array> determinants) {
    var inverse = Array.computed("inverse", Kind.REAL, x.dims());
    var determinant = Array.computed("determinant", Kind.REAL, x.dims().subList(0, x.rank() - 2));
    inverses.put(x, inverse);
    determinants.put(x, determinant);
    var lead = x.dims().subList(0, x.rank() - 2);
    var indices = lead.stream().map(d -> new Index("l")).toList();
    return Build.block(b -> b.loops(indices, lead, at -> Build.block(inner -> {
      var square = x.dims().subList(x.rank() - 2, x.rank());
      var copy = inner.array("copy", Kind.REAL, square);
      inner.loops(List.of(new Index("i"), new Index("j")), square, ij -> new Stmt.Set(copy, ij, x.read(both(at, ij))));
      var inv = ArrayOps.inverse(inner, copy);
      inner.loops(List.of(new Index("i"), new Index("j")), square, ij -> new Stmt.Set(inverse, both(at, ij), inv.read(ij)));
      inner.add(new Stmt.Set(determinant, at, ArrayOps.logDeterminant(inner, copy)));
    })));
  }

  private static List<Expr> both(List<Expr> a, List<Expr> b) {
    var all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private Stmt statement(Term t, Map<Array, Array> inverses, Map<Array, Array> determinants) {
    Expr e = t.coefficient();
    for (var f : t.factors())
      e = mul(e, switch (f) {
        case Term.Opaque(Expr value, String why) -> value;
        case Term.Stat(var x, var statistic, var at) -> switch (statistic) {
          case Statistic.Power(double p) -> pow(x.read(at), real(p));
          case Statistic.Log l -> log(x.read(at));
          case Statistic.Log1m l -> apply(Prim.LOG1M, x.read(at));
          case Statistic.LogDeterminant d -> determinants.get(x).read(at);
          case Statistic.Inverse i -> inverses.get(x).read(at);
          case Statistic.Indicator i -> toReal(eq(x.read(at.subList(0, at.size() - 1)), add(lower(x), at.getLast())));
        };
      });
    return nest(t.ranges(), t.guards(), e);
  }

  private static Stmt nest(List<Term.Range> ranges, List<Expr> guards, Expr e) {
    Stmt s = new Stmt.Add(Array.TARGET, List.of(), e);
    for (var g : guards.reversed()) s = new Stmt.If(g, block(s), Stmt.Block.EMPTY);
    for (var r : ranges.reversed()) s = new Stmt.For(r.index(), r.from(), r.to(), false, true, block(s));
    return s;
  }

  private Expr lower(Array x) {
    return model.unknowns().stream().filter(u -> u.array() == x).findFirst().orElseThrow().discrete().orElseThrow().lower().orElseThrow();
  }

  private static Stmt.Block block(Stmt s) {
    return new Stmt.Block(List.of(), List.of(s));
  }

  private double run(List<Stmt> statements, double[] q) {
    var interpreter = new Interpreter(RandomGenerator.of("L64X128MixRandom"));
    var slots = ready.program().blueprint().slots(ready.data());
    for (int i = 0; i < slots.length; i++) interpreter.bind(model.slots().get(i).array(), reals(slots[i]));
    interpreter.bind(model.position(), q);
    var all = new Stmt.Block(List.of(), statements);
    var arrays = Stmts.writes(all).stream().filter(a -> a.role() == Array.Role.COMPUTED).toList();
    return interpreter.run(new Stmt.Block(arrays, statements));
  }

  private static double[] reals(Object values) {
    return values instanceof double[] d ? d : java.util.Arrays.stream((int[]) values).asDoubleStream().toArray();
  }
}
