package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Rename;
import ppl.ir.Stmt;
import ppl.lower.Model;
import ppl.source.Span;

/// Positive auxiliary unknowns that turn powers of sums into normal form:
/// b^-c = 1 / Gamma(c) times the integral of w^(c - 1) exp(-w b) over w > 0.
///
/// What a heavy tail adds to a log joint is -c log b with a sum b of statistics, so this one rule makes Cauchy and
/// Student t laws, on a line or half of it, and what else looks like them, closed in their arguments given w. The model
/// made is another one with the same joint distribution of all unknowns that were there before; auxiliaries are not
/// among its outputs.
public final class Auxiliaries {
  private final Model model;
  private final Facts facts;
  private final Definitions definitions;
  private final Normaliser normaliser;
  private final List<Model.Unknown> unknowns = new ArrayList<>();
  private final List<Model.Step> constrain = new ArrayList<>();
  private Expr total;

  private Auxiliaries(Model model) {
    this.model = model;
    this.facts = Facts.of(model);
    this.definitions = new Definitions(facts);
    this.normaliser = new Normaliser(facts, definitions);
    this.total = model.position().dims().getFirst();
  }

  /// The model with auxiliaries wherever the rule applies; the same model if it does nowhere.
  public static Model of(Model model) {
    return new Auxiliaries(model).make();
  }

  private record Site(List<Definitions.Frame> frames, Expr value) {}

  private Model make() {
    var steps = new ArrayList<Model.Step>();
    for (var step : model.steps())
      steps.add(switch (step) {
        case Model.Step.Constrain c -> c;
        case Model.Step.Draws d -> d;
        case Model.Step.Values v -> {
          definitions.walk(v.block(), List.of(), (frames, e) -> {});
          yield v;
        }
        case Model.Step.Density d -> density(d);
      });
    if (unknowns.isEmpty()) return model;
    var old = model.position();
    var q = new Array(old.name(), Kind.REAL, List.of(total), Array.Role.ARGUMENT);
    var all = new ArrayList<Model.Step>();
    for (var s : constrain) all.add(moved(s, old, q));
    for (var s : steps) all.add(moved(s, old, q));
    var both = new ArrayList<>(model.unknowns());
    both.addAll(unknowns);
    return new Model(model.name(), model.slots(), q, both, all, model.outputs(), model.generate(), model.generated(),
        model.replicates(), model.audit());
  }

  /// With coordinates from another array.
  private static Model.Step moved(Model.Step step, Array from, Array to) {
    return switch (step) {
      case Model.Step.Constrain(var unknown, var block, var span) -> new Model.Step.Constrain(unknown,
          Rename.of(block, java.util.Map.of(), a -> a == from ? Optional.of(to::read) : Optional.empty()), span);
      case Model.Step.Values v -> v;
      case Model.Step.Density d -> d;
      case Model.Step.Draws d -> d;
    };
  }

  private Model.Step density(Model.Step.Density step) {
    var sites = new ArrayList<Site>();
    definitions.walk(step.block(), List.of(), (frames, e) -> sites.add(new Site(frames, e)));
    if (sites.stream().anyMatch(s -> Graph.reads(List.of(s.value)).stream().anyMatch(this::isInner))) return step;
    int before = unknowns.size();
    var changed = sites.stream().map(s -> new Site(s.frames, changed(s, step.span()))).toList();
    if (unknowns.size() == before) return step;
    return new Model.Step.Density(Build.block(b -> changed.forEach(s -> b.add(nest(s)))), step.span());
  }

  private boolean isInner(Array a) {
    return definitions.isLocal(a) || definitions.calls().matrix(a).isPresent();
  }

  private static Stmt nest(Site site) {
    Stmt s = new Stmt.Add(Array.TARGET, List.of(), site.value);
    for (var f : site.frames.reversed()) {
      var body = new Stmt.Block(List.of(), List.of(s));
      s = switch (f) {
        case Definitions.Frame.Loop(Index i, Expr from, Expr to) -> new Stmt.For(i, from, to, false, false, body);
        case Definitions.Frame.When(Expr c) -> new Stmt.If(c, body, Stmt.Block.EMPTY);
      };
    }
    return s;
  }

  private Expr changed(Site site, Span span) {
    if (NormalForm.isBound(site.value)) return site.value;
    Expr value = site.value;
    for (var m : normaliser.of(site.value).monomials()) {
      var found = power(m);
      var w = found.flatMap(p -> auxiliary(site.frames, span));
      if (w.isEmpty()) continue;
      var p = found.get();
      var c = real(p.exponent);
      var tilted = sub(mul(real(p.exponent - 1), log(w.get())), mul(w.get(), p.base));
      value = add(add(value, mul(c, p.log)), sub(tilted, apply(Prim.LGAMMA, c)));
    }
    return value;
  }

  /// `base^-exponent` with its logarithm as it stands in the model.
  private record Power(Expr base, double exponent, Expr log) {}

  private Optional<Power> power(Monomial m) {
    if (!m.isPlain() || m.atoms().size() != 1 || !(m.coefficient() instanceof Expr.Real(double c)) || c >= 0
        || !(m.atoms().getFirst() instanceof Atom.Power(Expr log, double one, boolean sum, String why)) || one != 1
        || !(log instanceof Expr.Apply(Prim p, var args)) || p != Prim.LOG && p != Prim.LOG1P
        || !facts.isNonnegative(args.get(0))) return Optional.empty();
    var base = p == Prim.LOG1P ? add(ONE, args.get(0)) : args.get(0);
    boolean normal = normaliser.of(base).monomials().stream().flatMap(x -> x.atoms().stream()).allMatch(a -> a instanceof Atom.Stat);
    return normal ? Optional.of(new Power(base, -c, log)) : Optional.empty();
  }

  /// One unknown for each turn of the loops around, where these have extents of their own.
  private Optional<Expr> auxiliary(List<Definitions.Frame> frames, Span span) {
    var dims = new ArrayList<Expr>();
    var at = new ArrayList<Expr>();
    for (var f : frames) {
      if (!(f instanceof Definitions.Frame.Loop(Index i, Expr from, Expr to))) return Optional.empty();
      var extent = sub(to, from);
      if (!new Graph.Free().of(extent).isEmpty()) return Optional.empty();
      dims.add(extent);
      at.add(sub(Exprs.var(i), from));
    }
    var w = Array.computed("auxiliary" + (unknowns.size() + 1), Kind.REAL, dims);
    var lower = Array.computed("lower", Kind.REAL, dims);
    var upper = Array.computed("upper", Kind.REAL, dims);
    var names = dims.stream().map(d -> new Index("i")).toList();
    var ends = Build.block(b -> {
      b.loops(names, dims, i -> new Stmt.Set(lower, i, ZERO));
      b.loops(names, dims, i -> new Stmt.Set(upper, i, real(Double.POSITIVE_INFINITY)));
    });
    var offset = total;
    var size = Build.count(dims);
    var u = Model.Unknown.auxiliary(w, offset, size, new Model.Range.Scalars(lower, upper, ends), span);
    unknowns.add(u);
    constrain.add(new Model.Step.Constrain(u.symbol(), Build.block(b -> b.loops(names, dims, i -> Build.block(inner -> {
      var q = model.position().read(add(offset, flat(i, dims)));
      inner.add(new Stmt.Set(w, i, exp(q)));
      inner.add(new Stmt.Add(Array.TARGET, List.of(), q));
    }))), span));
    total = add(total, size);
    return Optional.of(w.read(at));
  }

  private static Expr flat(List<Expr> at, List<Expr> dims) {
    Expr flat = integer(0);
    for (int d = 0; d < at.size(); d++) flat = add(mul(flat, dims.get(d)), at.get(d));
    return flat;
  }
}
