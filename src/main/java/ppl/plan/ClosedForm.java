package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.form.Bound;
import ppl.form.NormalForm;
import ppl.form.Term;
import ppl.form.TermCollapse;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Differentiate;
import ppl.ir.Early;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Prune;
import ppl.ir.Rename;
import ppl.ir.Stage;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;
import ppl.ir.Unit;
import ppl.lower.Model;
import ppl.runtime.Batches;
import ppl.runtime.ClosedKernel;
import ppl.runtime.Statistic;

/// The routines of a model's closed-form side, those of [ClosedKernel]: the normal form with a moment in place of each
/// statistic of a block, and its derivatives.
///
/// Unknowns in joint normal blocks are written as centre plus deviation before the normal form is made, so that what
/// data say beyond the centre stays together and is squared as a residual.
public final class ClosedForm {
  /// The log density of an impossible value of a discrete unknown: of no weight, and 0 times its probability of 0.
  private static final double IMPOSSIBLE = -1e200;

  private final Model model;
  private final Optional<Model> marginal;
  private final List<Structure.Closed> closed;
  private final List<Moments> blocks = new ArrayList<>();
  private final Map<Array, Moments> of = new HashMap<>();
  private final Map<Array, Array> centres = new LinkedHashMap<>();
  private final Outside outside;

  private ClosedForm(Model model, Optional<Model> marginal, List<Structure.Closed> closed) {
    this.model = model;
    this.marginal = marginal;
    this.closed = closed;
    for (var c : closed)
      if (c.family() instanceof Structure.Gaussian)
        for (var a : c.unknowns())
          centres.put(a, new Array("centre(" + a.name() + ")", Kind.REAL, a.dims(), Array.Role.DATA));
    this.outside = new Outside(model, closed.stream().flatMap(c -> c.unknowns().stream()).collect(Collectors.toSet()));
  }

  private void lay(Optional<Batch> batch) {
    blocks.clear();
    of.clear();
    for (var c : closed) {
      var m = new Moments(model, c, batch);
      blocks.add(m);
      for (var a : c.unknowns()) of.put(a, m);
    }
  }

  /// The unit of the class. After the model's data slots come the centres: for each unknown of a joint normal, in the
  /// order of the blocks, an array of its extents. Empty where the blocks' moments cannot be laid out.
  ///
  /// @param marginal the model without its auxiliary unknowns, if it has some
  public static Optional<Unit> unit(Model model, Optional<Model> marginal, List<Structure.Closed> blocks) {
    try {
      return Optional.of(new ClosedForm(model, marginal, blocks).unit());
    } catch (NoLayout e) {
      return Optional.empty();
    }
  }

  /// What becomes of the rows of one plate in batches.
  public sealed interface Batched {
    /// The code for it.
    ///
    /// @param over  what the rows are, for people
    /// @param roles what each block has to do with rows
    /// @param plates how many plates have rows in a batch
    record Of(Unit unit, String over, List<Batches.Role> roles, int plates) implements Batched {}

    /// @param why in words for people
    record Not(String over, String why) implements Batched {}
  }

  /// For each plate along which data are read whether its rows can be taken in batches. The units are those of classes
  /// that implement [ppl.runtime.BatchKernel].
  public static List<Batched> batched(Model model, List<Structure.Closed> blocks) {
    try {
      var form = new ClosedForm(model, Optional.empty(), blocks);
      var known = new Build();
      var sum = form.sum(known);
      var found = new ArrayList<Batched>();
      for (var plate : Rowwise.candidates(sum.terms)) form.batched(plate, found.size(), sum, known).ifPresent(found::add);
      return found;
    } catch (NoLayout e) {
      return List.of();
    }
  }

  /// Empty where no data are read along the plate.
  ///
  /// @param which the number of its class
  /// @param known what is computed before the terms
  private Optional<Batched> batched(Rowwise.Plate plate, int which, Summed sum, Build known) {
    try {
      var batch = new Batch(Rowwise.of(model, closed, sum.terms, plate));
      if (!Rowwise.readsData(model, sum.terms, sum.totals, batch.rows().plates())) return Optional.empty();
      var body = known.copy();
      lay(Optional.of(batch));
      energy(body, sum);
      return Optional.of(new Batched.Of(unit(body, batch, which), Rowwise.name(plate),
          closed.stream().map(c -> part(c, batch)).toList(), batch.rows().plates().size()));
    } catch (Rowwise.Refused e) {
      return Optional.<Batched>of(new Batched.Not(Rowwise.name(plate), e.getMessage()))
          .filter(_ -> Rowwise.readsData(model, sum.terms, sum.totals, List.of(plate)));
    }
  }

  private static Batches.Role part(Structure.Closed c, Batch batch) {
    return c.unknowns().stream().anyMatch(batch.rows().axes()::containsKey) ? Batches.Role.ROWS
        : batch.rows().meets(c.unknowns()) ? Batches.Role.SHARED : Batches.Role.APART;
  }

  private Unit unit(Build body, Batch batch, int which) {
    var layout = layout(body);
    var owners = argument("owners", integer(Integer.MAX_VALUE));
    body.add(batch.owners(owners));
    var statistics = Stage.of(Assemble.owned(body.block()), Set.of());
    var rest = Prune.over(statistics.rest());
    var density = batch.of(rest.to(Set.of(Array.TARGET)));
    var q = outside.position();
    var gradient = argument("gradient", q.dims().getFirst());
    var m = blocks.stream().map(b -> argument(b.array().name(), integer(Integer.MAX_VALUE))).toList();
    var whole = reading(density, m);
    var rows = batch.argument();
    var data = Stream.concat(model.slots().stream().map(s -> s.array()), centres.values().stream()).toList();
    var sizes = new ArrayList<>(extents());
    sizes.addAll(batch.sizes());
    return new Unit(Assemble.className(model) + "$batches" + which, data, statistics.prepared(), statistics.prepare(), List.of(
        written("shapes", List.of(rows), sizes),
        new Unit.Routine("layout", List.of(rows, layout), false, batch.of(rest.to(Set.of(layout)))),
        new Unit.Routine("owners", List.of(owners), false, rest.to(Set.of(owners))),
        new Unit.Routine("energy", List.of(m), List.of(rows, batch.weight(), q), false, whole),
        new Unit.Routine("slope", List.of(m), List.of(rows, batch.weight(), q, gradient), false,
            Differentiate.gradient(whole, Map.of(q, gradient), statistics.partial())),
        natural(whole, m, List.of(rows, batch.weight(), q), statistics.partial())));
  }

  private Unit unit() {
    var body = new Build();
    var sum = sum(body);
    lay(Optional.empty());
    energy(body, sum);
    var layout = layout(body);
    var statistics = Stage.of(Assemble.owned(body.block()), Set.of());
    var rest = Prune.over(statistics.rest());
    var density = rest.to(Set.of(Array.TARGET));
    var q = outside.position();
    var gradient = argument("gradient", q.dims().getFirst());
    var m = blocks.stream().map(b -> argument(b.array().name(), b.size())).toList();
    var whole = reading(density, m);
    var witness = witness(model, outside);
    var stated = Stage.of(witness.body, Set.of());
    var said = Prune.over(stated.rest());
    var staged = new ArrayList<>(List.of(statistics, stated));
    var routines = new ArrayList<Unit.Routine>();
    if (marginal.isPresent()) {
      var without = new Outside(marginal.get(), of.keySet());
      var other = witness(marginal.get(), without);
      var alone = Stage.of(Prune.to(Set.of(Array.TARGET), other.body), Set.of());
      staged.add(alone);
      var at = without.position();
      routines.add(new Unit.Routine("marginal", List.of(other.values, other.whole, at), false, alone.rest()));
      routines.add(new Unit.Routine("marginalSlope", List.of(other.values, other.whole, at, gradient), false,
          Differentiate.gradient(alone.rest(), Map.of(at, gradient), alone.partial())));
    }
    var prepared = staged.stream().flatMap(s -> s.prepared().stream()).toList();
    var prepare = new Stmt.Block(List.of(), staged.stream().<Stmt>map(Stage.Staged::prepare).toList());
    var data = Stream.concat(model.slots().stream().map(s -> s.array()), centres.values().stream()).toList();
    routines.addAll(List.of(
        written("extents", List.of(), extents()),
        new Unit.Routine("layout", List.of(layout), false, rest.to(Set.of(layout))),
        new Unit.Routine("energy", List.of(m), List.of(q), false, whole),
        new Unit.Routine("slope", List.of(m), List.of(q, gradient), false,
            Differentiate.gradient(whole, Map.of(q, gradient), statistics.partial())),
        natural(whole, m, List.of(q), statistics.partial()),
        new Unit.Routine("joint", List.of(witness.values, witness.whole, q), false,
            said.to(Set.of(Array.TARGET))),
        new Unit.Routine("report", List.of(witness.values, witness.whole, q, witness.out), true,
            said.to(Set.of(witness.out))),
        new Unit.Routine("replicate", List.of(witness.values, witness.whole, q, witness.predicted), true,
            said.to(Set.of(witness.predicted)))));
    if (!model.priors().isEmpty())
      routines.add(new Unit.Routine("imagine", List.of(witness.values, witness.whole, q, witness.imagined), true,
          said.to(Set.of(witness.imagined))));
    return new Unit(Assemble.className(model) + "$closed", data, prepared, prepare, routines);
  }

  private static Array argument(String name, Expr size) {
    return new Array(name, Kind.REAL, List.of(size), Array.Role.ARGUMENT);
  }

  // The normal form at moments

  /// The log joint about the centres.
  ///
  /// @param steps  of the model about the centres
  /// @param totals where sums over data are kept, and centres: no data of rows
  private record Summed(List<Model.Step> steps, NormalForm form, List<Term> terms, Set<Array> totals) {}

  /// Adds to `b` what is computed before the terms.
  private Summed sum(Build b) {
    var centred = model.with(model.steps().stream().map(this::centred).toList());
    var form = NormalForm.of(centred);
    var known = Stream.concat(centred.steps().stream().<Stmt>map(Model.Step::block), Stream.of(form.prepare())).toList();
    var early = Early.of(Assemble.owning(List.of(), known), Set.of());
    for (var step : centred.steps())
      switch (step) {
        case Model.Step.Constrain c -> outside.constrain(c).ifPresent(b::add);
        case Model.Step.Values v -> b.add(v.block());
        case Model.Step.Density d -> {}
        case Model.Step.Draws d -> {}
      }
    b.add(form.prepare());
    b.add(form.prelude());
    var before = Set.copyOf(b.block().arrays());
    var collapse = new TermCollapse(early, b);
    var terms = form.terms().stream().map(collapse::of).toList();
    var totals = new HashSet<>(b.block().arrays());
    totals.removeAll(before);
    totals.addAll(centres.values());
    return new Summed(centred.steps(), form, terms, totals);
  }

  private void energy(Build b, Summed sum) {
    var form = sum.form;
    for (var bound : form.bounds())
      if (of.containsKey(bound.unknown())) of.get(bound.unknown()).within(bound);
    var values = new OutsideValues(b);
    for (var t : sum.terms) b.add(statement(t, values));
    for (var bound : form.bounds()) if (!of.containsKey(bound.unknown())) b.add(support(bound));
  }

  private Model.Step centred(Model.Step step) {
    return switch (step) {
      case Model.Step.Constrain c -> c;
      case Model.Step.Values v -> new Model.Step.Values(centred(v.block()), v.span());
      case Model.Step.Density d -> new Model.Step.Density(centred(d.block()), d.span());
      case Model.Step.Draws d -> d;
    };
  }

  private Stmt.Block centred(Stmt.Block block) {
    return Rename.of(block, Map.of(),
        a -> Optional.ofNullable(centres.get(a)).map(c -> at -> add(c.read(at), a.read(at))));
  }

  private Stmt statement(Term t, OutsideValues values) {
    Expr e = t.coefficient();
    var inside = new LinkedHashMap<Moments, List<Term.Stat>>();
    for (var f : t.factors())
      switch (f) {
        case Term.Opaque(Expr value, String why) -> e = mul(e, values.of(value, t));
        case Term.Stat s -> {
          if (of.containsKey(s.unknown())) inside.computeIfAbsent(of.get(s.unknown()), k -> new ArrayList<>()).add(s);
          else e = mul(e, values.of(s));
        }
      }
    if (!(e instanceof Expr.Real) && inside.values().stream().anyMatch(ClosedForm::picks)) e = apply(Prim.FMAX, e, real(IMPOSSIBLE));
    for (var entry : inside.entrySet()) e = mul(e, entry.getKey().moment(t, entry.getValue()));
    return nest(t.ranges(), t.guards(), new Stmt.Add(Array.TARGET, List.of(), e));
  }

  private static boolean picks(List<Term.Stat> statistics) {
    return statistics.stream().anyMatch(s -> s.statistic() instanceof Statistic.Indicator);
  }

  private static Stmt support(Bound b) {
    var x = b.unknown().read(b.at());
    var ok = b.upper() ? le(x, b.value()) : le(b.value(), x);
    return nest(b.ranges(), b.guards(),
        new Stmt.Add(Array.TARGET, List.of(), select(ok, ZERO, real(Double.NEGATIVE_INFINITY))));
  }

  static Stmt nest(List<Term.Range> ranges, List<Expr> guards, Stmt inner) {
    var s = inner;
    for (var g : guards.reversed()) s = new Stmt.If(g, new Stmt.Block(List.of(), List.of(s)), Stmt.Block.EMPTY);
    for (var r : ranges.reversed())
      s = new Stmt.For(r.index(), r.from(), r.to(), false, true, new Stmt.Block(List.of(), List.of(s)));
    return s;
  }

  /// `body` with the blocks' moments read from `moments`.
  private Stmt.Block reading(Stmt.Block body, List<Array> moments) {
    var rules = new HashMap<Array, Subst.Rule>();
    for (int b = 0; b < blocks.size(); b++) rules.put(blocks.get(b).array(), moments.get(b)::read);
    var subst = Subst.of(Map.of(), a -> Optional.ofNullable(rules.get(a)));
    return Stmts.map(body, subst::apply);
  }

  /// @param whole   the energy
  /// @param others  arguments after the moments and the number of the block
  /// @param partial as in [Stage.Staged]
  private Unit.Routine natural(Stmt.Block whole, List<Array> moments, List<Array> others, Set<Array> partial) {
    var block = new Array("block", Kind.INT, List.of(integer(1)), Array.Role.ARGUMENT);
    var out = moments.stream().map(m -> argument("natural", m.dims().getFirst())).toList();
    var arguments = Stream.concat(Stream.of(block), others.stream()).toList();
    return new Unit.Routine("natural", List.of(moments, out), arguments, false, Build.block(b -> {
      for (int i = 0; i < blocks.size(); i++) {
        var gradient = Differentiate.gradient(whole, Map.of(moments.get(i), out.get(i)), partial);
        b.add(new Stmt.If(eq(block.read(integer(0)), integer(i)), Prune.to(Set.of(out.get(i)), gradient), Stmt.Block.EMPTY));
      }
    }));
  }

  // The model as it is stated

  private record Witness(Stmt.Block body, Array values, Array whole, Array out, Array predicted, Array imagined) {}

  private Witness witness(Model model, Outside outside) {
    Expr size = integer(0);
    for (var b : blocks) size = add(size, b.values());
    var values = argument("values", size);
    var whole = new Array("whole", Kind.INT, List.of(size), Array.Role.ARGUMENT);
    var outputs = Stream.concat(model.outputs().stream(), model.generated().stream()).toList();
    var out = Assemble.buffer("out", outputs);
    var replicates = model.replicates().stream().map(Model.Replicate::output).toList();
    var predicted = Assemble.buffer("predicted", replicates);
    var imagined = Assemble.buffer("imagined", model.outputs());
    // arrays of its own: those of the normal form are computed beside them
    return new Witness(Rename.of(Assemble.owned(Build.block(b -> {
      Expr offset = integer(0);
      for (var m : blocks)
        for (var a : m.unknowns()) {
          var start = offset;
          var from = a.kind() == Kind.INT ? whole : values;
          b.loops(ppl.ir.Arr.of(a).indices("i"), a.dims(), at ->
              new Stmt.Set(a, at, from.read(add(start, Assemble.flat(at, a.dims())))));
          offset = add(offset, Build.count(a.dims()));
        }
      for (var step : model.steps())
        switch (step) {
          case Model.Step.Constrain c -> outside.constrain(c).ifPresent(b::add);
          case Model.Step.Values v -> b.add(v.block());
          case Model.Step.Density d -> b.add(d.block());
          case Model.Step.Draws d -> b.add(d.block());
        }
      b.add(Assemble.copies(out, integer(0), model.outputs()));
      b.add(Assemble.generated(model, out));
      model.replicates().forEach(r -> b.add(r.block()));
      b.add(Assemble.copies(predicted, integer(0), replicates));
      imagined(model, imagined, b);
    }))), values, whole, out, predicted, imagined);
  }

  /// Draws from priors, where reports have the unknowns.
  private static void imagined(Model model, Array into, Build b) {
    Expr offset = integer(0);
    for (var o : model.outputs()) {
      for (var p : model.priors()) {
        if (p.output().symbol() != o.symbol()) continue;
        b.add(p.block());
        b.add(Assemble.copies(into, offset, List.of(p.output())));
      }
      offset = add(offset, Assemble.size(List.of(o)));
    }
  }

  // Where things lie

  private List<Expr> extents() {
    var values = new ArrayList<Expr>(outside.position().dims());
    for (var b : blocks) values.addAll(b.extents());
    return values;
  }

  /// A routine that writes numbers.
  private static Unit.Routine written(String name, List<Array> arguments, List<Expr> values) {
    var out = argument("out", integer(values.size()));
    var all = Stream.concat(arguments.stream(), Stream.of(out)).toList();
    return new Unit.Routine(name, all, false, Build.block(b -> {
      for (int i = 0; i < values.size(); i++) b.add(new Stmt.Set(out, List.of(integer(i)), toReal(values.get(i))));
    }));
  }

  /// Adds to `b` what writes the layout.
  private Array layout(Build b) {
    Expr size = integer(0);
    for (var m : blocks) size = add(size, m.layoutSize());
    var out = argument("layout", size);
    b.add(new Stmt.Fill(out, ZERO));
    Expr offset = integer(0);
    for (var m : blocks) {
      m.layout(b, out, offset);
      offset = add(offset, m.layoutSize());
    }
    return out;
  }

  /// Statistics of unknowns outside the blocks, and other expressions of them, at their values.
  private final class OutsideValues {
    private final Build build;
    private final Map<Array, Array> inverses = new HashMap<>();
    private final Map<Array, Array> determinants = new HashMap<>();

    OutsideValues(Build build) {
      this.build = build;
    }

    Expr of(Term.Stat s) {
      var x = s.unknown();
      return switch (s.statistic()) {
        case Statistic.Power(double p) -> power(x.read(s.at()), p);
        case Statistic.Log() -> log(x.read(s.at()));
        case Statistic.Log1m() -> apply(Prim.LOG1M, x.read(s.at()));
        case Statistic.Indicator() -> throw new IllegalStateException("a discrete unknown outside the blocks");
        case Statistic.LogDeterminant() -> matrix(x, determinants).read(s.at());
        case Statistic.Inverse() -> matrix(x, inverses).read(s.at());
      };
    }

    /// A sum that some ranges of a term have no part in is taken before them and kept: the weight of a row stands beside
    /// each pair of its elements.
    Expr of(Expr value, Term t) {
      if (Graph.nodes(List.of(value)).stream().noneMatch(Expr.Reduce.class::isInstance)) return value;
      var free = new Graph.Free().of(value);
      var own = t.ranges().stream().filter(r -> free.contains(r.index())).toList();
      boolean plain = t.guards().isEmpty() && own.stream().allMatch(r -> r.from() instanceof Expr.Int(int from) && from == 0
          && new Graph.Free().of(r.to()).isEmpty());
      if (!plain || own.size() == t.ranges().size()) return value;
      var extents = own.stream().map(Term.Range::to).toList();
      var kept = build.array("kept", Kind.REAL, extents);
      build.loops(own.stream().map(r -> new Index("n")).toList(), extents, at -> {
        var places = new HashMap<Index, Expr>();
        for (int i = 0; i < at.size(); i++) places.put(own.get(i).index(), at.get(i));
        return new Stmt.Set(kept, at, Subst.of(places, a -> Optional.empty()).apply(value));
      });
      return kept.read(own.stream().<Expr>map(r -> var(r.index())).toList());
    }

    private static Expr power(Expr x, double p) {
      if (p != Math.rint(p) || Math.abs(p) > 4) return pow(x, real(p));
      Expr y = ONE;
      for (int n = 0; n < Math.abs(p); n++) y = mul(y, x);
      return p < 0 ? div(ONE, y) : y;
    }

    private Array matrix(Array x, Map<Array, Array> which) {
      if (!inverses.containsKey(x)) matrices(x);
      return which.get(x);
    }

    private void matrices(Array x) {
      var lead = x.dims().subList(0, x.rank() - 2);
      var square = x.dims().subList(x.rank() - 2, x.rank());
      var inverse = build.array("inverse", Kind.REAL, x.dims());
      var determinant = build.array("determinant", Kind.REAL, lead);
      inverses.put(x, inverse);
      determinants.put(x, determinant);
      build.loops(lead.stream().map(d -> new Index("l")).toList(), lead, at -> Build.block(b -> {
        var copy = b.array("copy", Kind.REAL, square);
        var ij = List.of(new Index("i"), new Index("j"));
        b.loops(ij, square, e -> new Stmt.Set(copy, e, x.read(both(at, e))));
        var inv = ArrayOps.inverse(b, copy);
        b.loops(ij, square, e -> new Stmt.Set(inverse, both(at, e), inv.read(e)));
        b.add(new Stmt.Set(determinant, at, ArrayOps.logDeterminant(b, copy)));
      }));
    }

    private static List<Expr> both(List<Expr> a, List<Expr> b) {
      return Stream.concat(a.stream(), b.stream()).toList();
    }
  }
}
