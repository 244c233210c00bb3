package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import ppl.form.Definitions.Frame;
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

/// Puts [Augmentation]s into a model: another model with the same joint distribution of all unknowns that were there
/// before. Auxiliaries are not among its outputs.
public final class Auxiliaries {
  private final Model model;
  private final IntPredicate wanted;
  private final Facts facts;
  private final Definitions definitions;
  private final Mixtures mixtures;
  private final Set<String> names = new HashSet<>();
  private final List<Auxiliary> found = new ArrayList<>();
  private final List<Model.Unknown> unknowns = new ArrayList<>();
  private final List<Model.Step> constrain = new ArrayList<>();
  private Expr total;
  private int places;

  /// An auxiliary unknown.
  ///
  /// @param place the number of the place in the model that it was put in
  /// @param span  the statement
  public record Auxiliary(Array array, int place, Augmentation augmentation, Span span) {}

  /// A model with auxiliaries.
  ///
  /// @param places how many places there are for auxiliaries in the model, taken or not
  public record Augmented(Model model, List<Auxiliary> auxiliaries, int places) {
    public Augmented {
      auxiliaries = List.copyOf(auxiliaries);
    }
  }

  private Auxiliaries(Model model, boolean odds, IntPredicate wanted) {
    this.model = model;
    this.wanted = wanted;
    this.facts = Facts.of(model);
    this.definitions = new Definitions(facts);
    this.mixtures = new Mixtures(facts, new Normaliser(facts, definitions), Signs.of(model, facts), odds);
    this.total = model.position().dims().getFirst();
    for (var s : model.slots()) names.add(s.array().name());
    for (var u : model.unknowns()) names.add(u.array().name());
    for (var o : model.outputs()) names.add(o.name());
  }

  /// The model with auxiliaries at the `wanted` places.
  ///
  /// @param odds whether logits have places too
  public static Augmented of(Model model, boolean odds, IntPredicate wanted) {
    return new Auxiliaries(model, odds, wanted).make();
  }

  private record Site(List<Frame> frames, Expr value) {}

  private Augmented make() {
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
    if (found.isEmpty()) return new Augmented(model, List.of(), places);
    var old = model.position();
    var q = new Array(old.name(), Kind.REAL, List.of(total), Array.Role.ARGUMENT);
    var all = new ArrayList<Model.Step>();
    for (var s : constrain) all.add(moved(s, old, q));
    for (var s : steps) all.add(moved(s, old, q));
    var both = new ArrayList<>(model.unknowns());
    both.addAll(unknowns);
    return new Augmented(new Model(model.name(), model.slots(), q, model.missing(), both, all, model.outputs(),
        model.generate(), model.generated(), model.replicates(), model.priors(), model.audit()), found, places);
  }

  /// With coordinates from another array.
  private static Model.Step moved(Model.Step step, Array from, Array to) {
    return switch (step) {
      case Model.Step.Constrain(var unknown, var block, var span) -> new Model.Step.Constrain(unknown,
          Rename.of(block, Map.of(), a -> a == from ? Optional.of(to::read) : Optional.empty()), span);
      case Model.Step.Values v -> v;
      case Model.Step.Density d -> d;
      case Model.Step.Draws d -> d;
    };
  }

  private Model.Step density(Model.Step.Density step) {
    var sites = new ArrayList<Site>();
    definitions.walk(step.block(), List.of(), (frames, e) -> sites.add(new Site(frames, e)));
    if (sites.stream().anyMatch(s -> Graph.reads(List.of(s.value)).stream().anyMatch(this::isInner))) return step;
    int before = found.size();
    var changed = sites.stream().flatMap(s -> changed(s, step.span()).stream()).toList();
    if (found.size() == before) return step;
    return new Model.Step.Density(Build.block(b -> {
      for (var s : changed) b.add(nest(s.frames, new Stmt.Add(Array.TARGET, List.of(), s.value)));
    }), step.span());
  }

  private boolean isInner(Array a) {
    return definitions.isLocal(a) || definitions.calls().matrix(a).isPresent();
  }

  private static Stmt nest(List<Frame> frames, Stmt inner) {
    var s = inner;
    for (var f : frames.reversed()) {
      var body = new Stmt.Block(List.of(), List.of(s));
      s = switch (f) {
        case Frame.Loop(Index i, Expr from, Expr to) -> new Stmt.For(i, from, to, false, false, body);
        case Frame.When(Expr c) -> new Stmt.If(c, body, Stmt.Block.EMPTY);
      };
    }
    return s;
  }

  /// The site without the terms that auxiliaries stand for, then what stands for each.
  private List<Site> changed(Site site, Span span) {
    var plate = plate(site.frames);
    if (plate.isEmpty()) return List.of(site);
    var split = mixtures.of(site.value);
    var all = new ArrayList<Site>();
    Expr rest = split.rest();
    for (var m : split.mixtures()) {
      if (wanted.test(places++)) all.add(new Site(plate.get().loops, auxiliary(plate.get(), m, span)));
      else rest = add(rest, select(m.condition(), m.augmentation().term(), ZERO));
    }
    if (all.isEmpty()) return List.of(site);
    all.addFirst(new Site(site.frames, rest));
    return all;
  }

  /// Loops with extents of their own.
  ///
  /// @param dims extents
  /// @param at   subscripts of an array of these extents
  private record Plate(List<Frame> loops, List<Expr> dims, List<Expr> at, Expr condition) {}

  private Optional<Plate> plate(List<Frame> frames) {
    var loops = new ArrayList<Frame>();
    var dims = new ArrayList<Expr>();
    var at = new ArrayList<Expr>();
    Expr condition = integer(1);
    for (var f : frames)
      switch (f) {
        case Frame.When(Expr c) -> {
          if (!facts.isKnown(c)) return Optional.empty();
          condition = both(condition, c);
        }
        case Frame.Loop(Index i, Expr from, Expr to) -> {
          var extent = sub(to, from);
          if (!new Graph.Free().of(extent).isEmpty() || !facts.isKnown(extent)) return Optional.empty();
          loops.add(f);
          dims.add(from instanceof Expr.Int(int zero) && zero == 0 ? to : apply(Prim.IMAX, extent, integer(0)));
          at.add(sub(var(i), from));
        }
      }
    return Optional.of(new Plate(loops, dims, at, condition));
  }

  /// What a new unknown, one for each turn of the loops, adds to the log joint.
  private Expr auxiliary(Plate plate, Mixtures.Mixture mixture, Span span) {
    var condition = both(plate.condition, mixture.condition());
    var all = condition instanceof Expr.Int ? mixture.augmentation() : mixture.augmentation().where(condition);
    var w = unknown(plate, all, span);
    found.add(new Auxiliary(w, places - 1, mixture.augmentation(), span));
    return sub(all.integrand(w.read(plate.at)), select(condition, ZERO, real(all.idle())));
  }

  private static Expr both(Expr a, Expr b) {
    return a instanceof Expr.Int ? b : b instanceof Expr.Int ? a : and(a, b);
  }

  private String name() {
    if (names.add("w")) return "w";
    int n = 2;
    while (!names.add("w" + n)) n++;
    return "w" + n;
  }

  private static Model.Range range(Plate plate, Augmentation augmentation) {
    var dims = plate.dims;
    if (augmentation.shape().isPresent()) {
      var shape = Array.computed("shape", Kind.REAL, dims);
      var set = new Stmt.Set(shape, plate.at, toReal(augmentation.shape().get()));
      return new Model.Range.PolyaGamma(shape, new Stmt.Block(List.of(), List.of(nest(plate.loops, set))));
    }
    var lower = Array.computed("lower", Kind.REAL, dims);
    var upper = Array.computed("upper", Kind.REAL, dims);
    var names = dims.stream().map(d -> new Index("i")).toList();
    return new Model.Range.Scalars(lower, upper, Build.block(b -> {
      b.loops(names, dims, i -> new Stmt.Set(lower, i, ZERO));
      b.loops(names, dims, i -> new Stmt.Set(upper, i, real(Double.POSITIVE_INFINITY)));
    }));
  }

  private Array unknown(Plate plate, Augmentation augmentation, Span span) {
    var dims = plate.dims;
    var w = Array.computed(name(), Kind.REAL, dims);
    var names = dims.stream().map(d -> new Index("i")).toList();
    var offset = total;
    var size = Build.count(dims);
    var u = Model.Unknown.auxiliary(w, offset, size, range(plate, augmentation), span);
    unknowns.add(u);
    constrain.add(new Model.Step.Constrain(u.symbol(), Build.block(b -> b.loops(names, dims, i -> Build.block(inner -> {
      var q = model.position().read(add(offset, flat(i, dims)));
      inner.add(new Stmt.Set(w, i, exp(q)));
      inner.add(new Stmt.Add(Array.TARGET, List.of(), q));
    }))), span));
    total = add(total, size);
    return w;
  }

  private static Expr flat(List<Expr> at, List<Expr> dims) {
    Expr flat = integer(0);
    for (int d = 0; d < at.size(); d++) flat = Exprs.add(mul(flat, dims.get(d)), at.get(d));
    return flat;
  }
}
