package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Kind;
import ppl.ir.Prune;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.source.Span;
import ppl.typed.Dim;
import ppl.typed.Doubt;
import ppl.typed.Mentions;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// From a typed model to index notation.
public final class Lowering {
  /// Deterministic arrays whose elements cost at most this are computed where they are used, not stored.
  private static final int CHEAP = 3;

  private final Typed typed;
  private final Known known;
  private final Set<String> relative;
  private final List<String> told;
  /// Unknowns of which some coordinates are relative.
  private final Set<Symbol> moved = new HashSet<>();
  private final Map<String, Unknowns.Framed> framed = new HashMap<>();
  private final Stated stated;
  private final Shapes shapes;
  private final Slots slots = new Slots();
  private final Scope scope = Scope.global();
  private final Expressions expressions;
  private final List<Model.Unknown> unknowns = new ArrayList<>();
  private final List<Model.Output> outputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  /// Data whose missing values are unknowns like others.
  private final Set<Symbol> wanted;
  private final List<Barren> barren = new ArrayList<>();

  private Lowering(Typed typed, Known known, Set<String> relative, List<String> told, Set<Symbol> wanted) {
    this.typed = typed;
    this.wanted = wanted;
    this.relative = relative;
    this.told = told;
    this.expressions = new Expressions(slots, scope, typed.doubts());
    this.known = known;
    this.stated = new Stated(typed.body());
    this.shapes = new Shapes(stated);
  }

  public static Model lower(Typed typed, Known known) {
    return lower(typed, known, Set.of());
  }

  /// The same.
  ///
  /// @param relative names of unknowns whose coordinates are to be relative to their priors: `x ~ Normal(m, s)` comes from
  ///                 `(x - m) / s`. They are so as far as priors move and scale something (see [ppl.dist.Law.Frame])
  public static Model lower(Typed typed, Known known, Set<String> relative) {
    return of(typed, known, relative, List.of()).model;
  }

  /// The model in its own coordinates, which reports those of `names`, what they would be relative to priors, and the
  /// logarithms of how much longer steps would be, in place of everything else: three arrays for each name.
  ///
  /// @param names some of [#relatives]
  public static Model telling(Typed typed, Known known, List<String> names) {
    return of(typed, known, Set.of(), names).model;
  }

  /// The unknowns that may have coordinates relative to their priors and whose priors depend on other unknowns, so that it
  /// makes a difference in kind.
  public static List<String> relatives(Typed typed, Known known) {
    var stated = new Stated(typed.body());
    var dependent = typed.unknowns().stream().filter(u -> stated.priors(u).stream().anyMatch(Lowering::isDependent))
        .map(Symbol::name).toList();
    if (dependent.isEmpty()) return dependent;
    var made = of(typed, known, Set.copyOf(dependent), List.of());
    var lowering = made.by;
    var steps = made.model.steps();
    var able = lowering.unknowns.stream().filter(u -> lowering.moved.contains(u.symbol()))
        .filter(u -> steps.stream().anyMatch(s -> s instanceof Model.Step.Constrain c && c.unknown() == u.symbol()
            && readsOthers(c.block(), u.array()))).map(u -> u.symbol().name()).toList();
    return dependent.stream().filter(able::contains).toList();
  }

  /// Whether values of an unknown come from others, or from some of its own.
  private static boolean readsOthers(Stmt.Block constrain, Array unknown) {
    var own = Stmts.allWritten(constrain);
    return Stmts.reads(constrain).stream().anyMatch(a -> a.role() == Array.Role.COMPUTED && (a == unknown || !own.contains(a)));
  }

  private static boolean isDependent(TStmt.Prior prior) {
    var mentioned = new ArrayList<Symbol>();
    Mentions.of(prior.dist(), mentioned::add);
    return mentioned.stream().anyMatch(s -> s.role() == Symbol.Role.UNKNOWN || s.role() == Symbol.Role.DETERMINISTIC);
  }

  /// The same, with what has to hold for its log density to be finite.
  public static Examination examine(Typed typed, Known known) {
    var made = of(typed, known, Set.of(), List.of());
    return new Examination(made.model, made.by.probes());
  }

  private record Made(Lowering by, Model model) {}

  /// Missing values are supposed to be barren until something is found that depends on them.
  private static Made of(Typed typed, Known known, Set<String> relative, List<String> told) {
    var wanted = new HashSet<Symbol>();
    while (true) {
      var lowering = new Lowering(typed, known, relative, told, wanted);
      var model = lowering.model();
      var found = lowering.barren.stream().filter(b -> !lowering.isBarren(b, model)).map(Barren::symbol).toList();
      if (found.isEmpty()) return new Made(lowering, model);
      wanted.addAll(found);
    }
  }

  private boolean isBarren(Barren b, Model model) {
    var count = Array.computed("count", Kind.REAL, scope.get(b.symbol()).dims());
    var counting = Build.block(c -> stated.statements(b.symbol()).forEach(s ->
        new Statements(expressions, new Statements.Part.Count(Map.of(b.symbol(), count))).one(s, c, scope.inner())));
    return b.isBarren(count, counting, model.steps());
  }

  private List<Probe.Statement> probes() {
    var all = new ArrayList<Probe.Statement>();
    for (var s : typed.body()) probed(s.span(), (p, b) ->
        new Statements(expressions, new Statements.Part.Probe(p)).one(s, b, scope.inner())).ifPresent(all::add);
    for (var s : typed.deterministic())
      probed(s.span(), (p, b) -> p.declared(s, scope.get(s), b, scope)).ifPresent(all::add);
    all.sort(Comparator.comparing(s -> s.span().start()));
    return List.copyOf(all);
  }

  private Optional<Probe.Statement> probed(Span span, BiConsumer<Probing, Build> make) {
    var probing = new Probing(expressions);
    var block = Build.block(b -> make.accept(probing, b));
    return probing.probes().isEmpty() ? Optional.empty() : Optional.of(new Probe.Statement(span, block, probing.probes()));
  }

  /// A step before it has its place.
  private record Node(Model.Step step, Set<Array> reads, Set<Array> writes) {
    static Node of(Model.Step step) {
      var writes = Stmts.allWritten(step.block());
      writes.remove(Array.TARGET);
      return new Node(step, Stmts.reads(step.block()), writes);
    }
  }

  private Model model() {
    data();
    var gaps = gaps();
    var q = new Array("q", Kind.REAL, List.of(add(gaps.from(), gaps.size())), Array.Role.ARGUMENT);
    var body = Order.of(typed.body());
    var ordered = new Stated(body);
    unknowns(q);
    for (var s : body) values(s);
    for (var s : typed.deterministic()) restrict(s);
    unknowns.replaceAll(u -> u.discrete().isPresent() ? bounded(u, ordered) : constrain(u, q, ordered));
    for (var s : body) {
      var block = Build.block(b -> new Statements(expressions, Statements.Part.DENSITY).one(s, b, scope.inner()));
      if (!block.isEmpty()) nodes.add(Node.of(new Model.Step.Density(block, s.span())));
    }
    for (var b : barren) draws(b, ordered);
    var generated = new ArrayList<Model.Output>();
    var forward = new Forward(typed, expressions, scope, this::shown);
    var inner = scope.inner();
    var generate = forward.generate(generated, inner);
    var steps = ordered();
    var replicates = forward.replicates(ordered);
    var priors = forward.priors(ordered);
    var uncertain = uncertain(steps, q);
    var settled = outputs.stream().filter(o -> !uncertain.contains(o)).toList();
    var reported = told.isEmpty() ? uncertain : told();
    var audit = audit(body, steps).testing(settled, tests(inner));
    return new Model(typed.name(), slots.all(), q, gaps, unknowns, steps, reported, generate, generated, replicates, priors, audit);
  }

  private List<Model.Output> told() {
    return unknowns.stream().filter(u -> told.contains(u.symbol().name()))
        .flatMap(u -> framed.get(u.symbol().name()).all().stream()
            .map(a -> output(u.symbol(), a.name(), Arr.of(a), Model.Output.Kind.DETERMINISTIC))).toList();
  }

  /// What functions of distributions and draws ask of arguments that data decide.
  private List<Probe.Statement> tests(Scope generated) {
    if (typed.doubts().stream().allMatch(Doubt::uncertain)) return List.of();
    var all = new ArrayList<Probe.Statement>();
    for (var s : typed.body()) tested(s, scope).ifPresent(all::add);
    for (var s : typed.generate()) tested(s, generated).ifPresent(all::add);
    return List.copyOf(all);
  }

  private Optional<Probe.Statement> tested(TStmt s, Scope in) {
    return probed(s.span(), (p, b) ->
        new Statements(expressions.testing(p), new Statements.Part.Test(p)).one(s, b, in.inner()));
  }

  /// The outputs that depend on unknowns: what follows from data alone is not reported.
  private List<Model.Output> uncertain(List<Model.Step> steps, Array q) {
    var dependent = new HashSet<>(Set.of(q));
    unknowns.forEach(u -> dependent.add(u.array()));
    barren.forEach(b -> dependent.add(b.values()));
    for (int before = 0; before < dependent.size(); ) {
      before = dependent.size();
      for (var step : steps) for (var s : step.block().statements()) spread(s, dependent);
    }
    return outputs.stream().filter(o -> {
      var element = o.value().at(o.value().indices("i").stream().map(i -> var(i)).toList());
      return Graph.dependsOn(element, dependent);
    }).toList();
  }

  private static void spread(Stmt s, Set<Array> dependent) {
    if (Collections.disjoint(Stmts.reads(s), dependent)) return;
    for (var a : Stmts.allWritten(s)) if (a.role() == Array.Role.COMPUTED) dependent.add(a);
  }

  // Data

  private void data() {
    var left = new ArrayList<>(typed.data());
    while (!left.isEmpty()) {
      var next = left.stream().filter(s -> sizesKnown(s)).findFirst().orElseThrow(() ->
          new IllegalStateException("sizes of data depend on each other: " + left));
      left.remove(next);
      slot(next);
    }
  }

  private boolean sizesKnown(Symbol s) {
    var needed = new LinkedHashSet<Symbol>();
    s.type().dims().forEach(d -> Mentions.of(d.size(), needed::add));
    return needed.stream().allMatch(scope::knows);
  }

  private void slot(Symbol s) {
    var dims = expressions.dims(s.type(), new Build(), scope);
    var kind = Expressions.kind(s.type());
    var array = slots.add(qualified(s), kind, dims, known.form(qualified(s)), new Slots.Source.Column(s));
    scope.bind(s, array);
  }

  // Unknowns

  /// The coordinates of missing data, after those of all unknowns.
  private Model.Coordinates gaps() {
    Expr from = integer(0);
    for (var s : typed.unknowns()) from = add(from, rawSize(s));
    Expr size = integer(0);
    for (var s : missing()) if (!isDiscrete(s) && !mayBeBarren(s)) size = add(size, missingCount(s));
    return new Model.Coordinates(from, size);
  }

  private List<Symbol> missing() {
    return typed.data().stream().filter(s -> known.missing().contains(qualified(s)) && (!isDiscrete(s) || isObserved(s))).toList();
  }

  private boolean isObserved(Symbol s) {
    return !stated.observations(s).isEmpty();
  }

  private String qualified(Symbol s) {
    return typed.tables().stream().filter(t -> t.columns().contains(s)).findFirst()
        .map(t -> t.name() + "." + s.name()).orElse(s.name());
  }

  /// As it is reported: with its table only where two tables have a column of this name.
  private String shown(Symbol s) {
    return typed.data().stream().filter(o -> o.name().equals(s.name())).count() == 1 ? s.name() : qualified(s);
  }

  private final Map<Symbol, Array> missingCounts = new IdentityHashMap<>();

  private Expr missingCount(Symbol s) {
    return missingCounts.computeIfAbsent(s, k -> slots.add(
        qualified(k) + "_missing_count", Kind.INT, List.of(), new Slots.Source.MissingCount(k))).read();
  }

  private Expr rawSize(Symbol s) {
    if (isDiscrete(s)) return integer(0);
    var dims = expressions.dims(s.type(), new Build(), scope);
    var shape = shapes.of(s);
    if (shape.isEmpty()) return Unknowns.product(dims);
    var lead = dims.subList(0, dims.size() - shape.get().rank());
    return mul(Unknowns.product(lead), Shapes.transform(shape.get()).rawSize(dims.getLast()));
  }

  private void unknowns(Array q) {
    Expr offset = integer(0);
    for (var s : typed.unknowns()) {
      var array = Array.computed(s.name(), Expressions.kind(s.type()), expressions.dims(s.type(), new Build(), scope));
      var size = rawSize(s);
      var transform = isDiscrete(s) ? "summed out" : shapes.of(s).map(Support.Shape::word).orElse("elementwise");
      var discrete = isDiscrete(s) ? Optional.of(Model.Discrete.UNBOUNDED) : Optional.<Model.Discrete>empty();
      unknowns.add(new Model.Unknown(s, array, transform, offset, size, shapes.constant(s), discrete, new Model.Range.Restricted()));
      scope.bind(s, array);
      outputs.add(output(s, s.name(), Arr.of(array), Model.Output.Kind.UNKNOWN));
      offset = add(offset, size);
    }
    for (var s : missing())
      if (mayBeBarren(s)) missingForward(s);
      else if (isDiscrete(s)) missingWholes(s, offset);
      else offset = add(offset, missingValues(s, offset, q));
  }

  private static boolean isDiscrete(Symbol s) {
    return Expressions.kind(s.type()) == Kind.INT;
  }

  /// With the bounds of a discrete unknown.
  private Model.Unknown bounded(Model.Unknown u, Stated ordered) {
    var extremes = new Extremes(u.symbol(), u.array().dims());
    for (var s : ordered.statements(u.symbol()))
      Build.block(b -> new Statements(expressions, new Statements.Part.Support(extremes)).one(s, b, scope.inner()));
    var discrete = extremes.found(u.discrete().flatMap(Model.Discrete::gaps));
    expressions.found(u.symbol(), discrete);
    return new Model.Unknown(u.symbol(), u.array(), u.transform(), u.offset(), u.size(), u.constant(), Optional.of(discrete),
        new Model.Range.Whole());
  }

  private Expr missingValues(Symbol s, Expr offset, Array q) {
    var count = missingCount(s);
    var data = scope.get(s).dims();
    var seen = scope.get(s);
    var map = slots.add(qualified(s) + "_missing", Kind.INT, data, new Slots.Source.MissingMap(s));
    var values = Array.computed(s.name(), Kind.REAL, List.of(count));
    var support = Range.observed(s, stated).support();
    nodes.add(Node.of(new Model.Step.Constrain(s, Build.block(b -> {
      var declared = Unknowns.Declared.of(s, expressions, b, scope);
      Laws.over(Arr.of(map), 0, b, (inner, at) -> {
        var here = map.read(at);
        var slot = sub(here, integer(1));
        var set = Build.block(c -> {
          var raw = new Transform.Raw(q, add(offset, slot));
          var transform = declared.tighten(support, at);
          var jacobian = transform.forward(c, raw, new Transform.Event(values, List.of(slot)), integer(1));
          c.add(new Stmt.Add(Array.TARGET, List.of(), jacobian));
        });
        inner.add(new Stmt.If(lt(integer(0), here), set, Stmt.Block.EMPTY));
      });
    }), s.span())));
    scope.bind(s, new Arr(Kind.REAL, data, at ->
        select(lt(integer(0), map.read(at)), values.read(sub(map.read(at), integer(1))), seen.at(at))));
    outputs.add(new Model.Output(s, shown(s), Arr.of(values), List.of(Optional.empty()), Model.Output.Kind.MISSING));
    return count;
  }

  private boolean mayBeBarren(Symbol s) {
    return !wanted.contains(s) && Barren.mayBe(s, stated);
  }

  /// Missing values that nothing depends on have no coordinates.
  private void missingForward(Symbol s) {
    var seen = scope.get(s);
    var map = slots.add(qualified(s) + "_missing", Kind.INT, seen.dims(), new Slots.Source.MissingMap(s));
    var values = Array.computed(s.name(), seen.kind(), List.of(missingCount(s)));
    var b = new Barren(s, seen, map, values);
    barren.add(b);
    expressions.found(b);
    scope.bind(s, new Arr(seen.kind(), seen.dims(), at ->
        select(lt(integer(0), map.read(at)), values.read(sub(map.read(at), integer(1))), seen.at(at))));
    outputs.add(new Model.Output(s, shown(s), Arr.of(values), List.of(Optional.empty()), Model.Output.Kind.MISSING));
  }

  private void draws(Barren b, Stated ordered) {
    for (var s : ordered.statements(b.symbol())) step(new Model.Step.Draws(Build.block(c ->
        new Statements(expressions, new Statements.Part.Missing(b)).one(s, c, scope.inner())), s.span()));
  }

  /// Whole numbers that are missing stay in the place where they are; what is reported are these one after the other.
  private void missingWholes(Symbol s, Expr offset) {
    var seen = scope.get(s);
    var map = slots.add(qualified(s) + "_missing", Kind.INT, seen.dims(), new Slots.Source.MissingMap(s));
    var values = Array.computed(s.name(), Kind.INT, seen.dims());
    unknowns.add(new Model.Unknown(s, values, "summed out", offset, integer(0), Optional.empty(),
        Optional.of(new Model.Discrete(Optional.empty(), Optional.empty(), Optional.of(map))), new Model.Range.Restricted()));
    scope.bind(s, new Arr(Kind.INT, seen.dims(), at -> select(lt(integer(0), map.read(at)), values.read(at), seen.at(at))));
    var missing = Array.computed(s.name(), Kind.INT, List.of(missingCount(s)));
    step(new Model.Step.Values(Build.block(b -> Laws.over(Arr.of(map), 0, b, (inner, at) -> inner.add(
        new Stmt.If(lt(integer(0), map.read(at)), Build.block(c -> c.add(
            new Stmt.Set(missing, List.of(sub(map.read(at), integer(1))), values.read(at)))), Stmt.Block.EMPTY)))), s.span()));
    outputs.add(new Model.Output(s, shown(s), Arr.of(missing), List.of(Optional.empty()), Model.Output.Kind.MISSING));
  }

  private Model.Unknown constrain(Model.Unknown u, Array q, Stated ordered) {
    var raw = new Transform.Raw(q, u.offset());
    var shape = shapes.of(u.symbol());
    if (shape.isPresent()) {
      var events = new Unknowns.Events(u.symbol(), u.array(), raw, false, Shapes.transform(shape.get()), shape.get().rank());
      step(new Model.Step.Constrain(u.symbol(), Build.block(events::constrain), u.symbol().span()));
      return u.within(Shapes.range(shape.get()), u.transform());
    }
    var ends = Unknowns.Ends.of(u.array());
    var words = new LinkedHashSet<String>();
    if (told.contains(u.symbol().name())) framed.put(u.symbol().name(), Unknowns.Framed.of(u.array()));
    var scalars = new Unknowns.Scalars(u.symbol(), u.array(), raw, false, ends, words, relative.contains(u.symbol().name()), moved,
        Optional.ofNullable(framed.get(u.symbol().name())));
    var bounds = new Build();
    boolean given = false;
    for (var s : ordered.statements(u.symbol())) {
      var block = Build.block(b ->
          new Statements(expressions, new Statements.Part.Constrain(scalars)).one(s, b, scope.inner()));
      given |= constrain(u, ends, block, bounds);
    }
    if (!given) constrain(u, ends, Build.block(b ->
        scalars.constrain(Unknowns.Declared.of(u.symbol(), expressions, b, scope), b)), bounds);
    return u.within(new Model.Range.Scalars(ends.lower(), ends.upper(), bounds.block()), String.join("; ", words));
  }

  /// Takes from `block` what constrains an unknown, and what sets its bounds; false if there is nothing.
  private boolean constrain(Model.Unknown u, Unknowns.Ends ends, Stmt.Block block, Build bounds) {
    var wanted = new HashSet<>(Set.of(u.array(), Array.TARGET));
    if (framed.containsKey(u.symbol().name())) wanted.addAll(framed.get(u.symbol().name()).all());
    var needed = Prune.to(wanted, block);
    if (!Stmts.allWritten(needed).contains(u.array())) return false;
    step(new Model.Step.Constrain(u.symbol(), needed, u.symbol().span()));
    bounds.add(Prune.to(Set.of(ends.lower(), ends.upper()), block));
    return true;
  }

  private void step(Model.Step step) {
    nodes.add(Node.of(step));
  }

  // Deterministic values

  private void values(TStmt s) {
    if (s instanceof TStmt.Give g && g.place().subs().isEmpty()) {
      whole(g);
      return;
    }
    Names.gives(s, place -> {
      if (place.symbol().role() == Symbol.Role.DETERMINISTIC && !scope.knows(place.symbol())) {
        var symbol = place.symbol();
        scope.bind(symbol, Array.computed(
            symbol.name(), Expressions.kind(symbol.type()), expressions.dims(symbol.type(), new Build(), scope)));
        outputs.add(output(symbol, symbol.name(), scope.get(symbol), Model.Output.Kind.DETERMINISTIC));
      }
    });
    var block = Build.block(b -> new Statements(expressions, Statements.Part.VALUES).one(s, b, scope.inner()));
    if (!block.isEmpty()) nodes.add(Node.of(new Model.Step.Values(block, s.span())));
  }

  private void whole(TStmt.Give g) {
    var symbol = g.place().symbol();
    var b = new Build();
    var kind = Expressions.kind(symbol.type());
    var dims = expressions.dims(symbol.type(), b, scope);
    var value = Statements.stretch(expressions.lower(g.value(), b, scope), dims, kind);
    if (b.isEmpty() && value.rank() > 0 && Cost.of(value) <= CHEAP) scope.bind(symbol, value);
    else {
      var array = Array.computed(symbol.name(), kind, dims);
      b.fill(array, value);
      scope.bind(symbol, array);
      nodes.add(Node.of(new Model.Step.Values(b.block(), g.span())));
    }
    outputs.add(output(symbol, symbol.name(), scope.get(symbol), Model.Output.Kind.DETERMINISTIC));
  }

  private void restrict(Symbol s) {
    var block = Build.block(b -> Restrictions.test(s, scope.get(s), expressions, b, scope));
    if (!block.isEmpty()) step(new Model.Step.Density(block, s.span()));
  }

  static Model.Output output(Symbol s, String name, Arr value, Model.Output.Kind kind) {
    return new Model.Output(s, name, value, s.type().dims().stream().map(Dim::domain).toList(), kind);
  }

  // Order

  private List<Model.Step> ordered() {
    return Order.of(nodes.stream().map(Node::reads).toList(), nodes.stream().map(Node::writes).toList()).stream()
        .map(i -> nodes.get(i).step()).toList();
  }

  private Model.Audit audit(List<TStmt> body, List<Model.Step> steps) {
    var inner = scope.inner();
    for (var s : typed.generated())
      inner.bind(s, Array.computed(s.name(), Expressions.kind(s.type()), expressions.dims(s.type(), new Build(), scope)));
    return Counting.of(Stream.concat(body.stream(), typed.generate().stream()).toList(), expressions, inner, steps,
        slots);
  }
}
