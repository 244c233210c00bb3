package ppl.ir;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Back-propagation through one expression: statements that add to adjoint arrays, given the expression's adjoint.
///
/// The adjoint of a node is an expression as long as its users stand beside it; what flows out of a loop or a branch
/// goes through a local scalar. Every node is propagated once. What is used only in branches is propagated only if
/// its adjoint is not 0, so that no derivative is taken where the value was not.
final class Backprop {
  private final Activity activity;
  private final Function<Array, Array> adjoint;
  private final Region.Plan plan;
  private final Map<Expr, Expr> direct = new IdentityHashMap<>();
  private final Map<Expr, Array> accumulators = new IdentityHashMap<>();
  private final Map<Region, Work> work = new IdentityHashMap<>();

  /// A region's block under construction, what flows out of it, and the names of the loop variables in it.
  private record Work(Build build, Map<Expr, Expr> out, Subst subst) {}

  private Backprop(Expr root, Activity activity, Function<Array, Array> adjoint) {
    this.activity = activity;
    this.adjoint = adjoint;
    this.plan = new Region.Plan(root, activity, activity.free());
  }

  /// Adds to `build` what the adjoint `seed` of `root` adds to the adjoints of the arrays that it reads.
  static void run(Expr root, Expr seed, Activity activity, Function<Array, Array> adjoint, Build build) {
    if (!activity.of(root)) return;
    var b = new Backprop(root, activity, adjoint);
    b.work.put(b.plan.whole, new Work(build, new LinkedHashMap<>(), Subst.indices(Map.of())));
    b.contribute(b.plan.whole, root, seed);
    b.process(b.plan.whole);
  }

  private void process(Region region) {
    for (var e : region.nodes) {
      var g = adjointOf(e);
      if (!plan.guarded(e)) propagate(e, g, region);
      else {
        var guard = open(plan.inside(e, Region.Reason.GUARD), region);
        propagate(e, g, guard);
        process(guard);
        branch(region, Exprs.eq(g, Exprs.ZERO), Optional.empty(), Optional.of(guard));
      }
    }
  }

  private Expr adjointOf(Expr e) {
    var g = direct.getOrDefault(e, Exprs.ZERO);
    var accumulator = accumulators.get(e);
    return accumulator == null ? g : Exprs.add(accumulator.read(), g);
  }

  private void propagate(Expr e, Expr g, Region region) {
    var w = work.get(region);
    switch (e) {
      case Expr.Read(Array a, var at) -> w.build.add(new Stmt.Add(adjoint.apply(a), w.subst.apply(at), g));
      case Expr.Apply(Prim p, var args) -> {
        var partials = p.partials().of(w.subst.apply(args), w.subst.apply(e));
        var slopes = new LinkedHashMap<Expr, Expr>();
        for (int i = 0; i < args.size(); i++)
          if (activity.of(args.get(i))) slopes.merge(args.get(i), partials.get(i), Exprs::add);
        slopes.forEach((x, slope) -> contribute(region, x, Exprs.mul(g, slope)));
      }
      case Expr.Select s -> select(s, g, region);
      case Expr.Reduce r -> reduce(r, g, region);
      case Expr.Int n -> throw inactive();
      case Expr.Real x -> throw inactive();
      case Expr.Var i -> throw inactive();
    }
  }

  private static IllegalStateException inactive() {
    return new IllegalStateException("a constant carries no derivative");
  }

  private void contribute(Region from, Expr to, Expr g) {
    var sums = plan.home(to) == from ? direct : work.get(from).out;
    sums.merge(to, g, Exprs::add);
  }

  private Region open(Region region, Region parent) {
    return open(region, work.get(parent).subst);
  }

  private Region open(Region region, Subst subst) {
    work.put(region, new Work(new Build(), new LinkedHashMap<>(), subst));
    return region;
  }

  private void select(Expr.Select s, Expr g, Region region) {
    var yes = half(s.yes(), g, plan.inside(s, Region.Reason.YES), region);
    var no = half(s.no(), g, plan.inside(s, Region.Reason.NO), region);
    branch(region, work.get(region).subst.apply(s.condition()), yes, no);
  }

  private Optional<Region> half(Expr e, Expr g, Region half, Region parent) {
    if (!activity.of(e)) return Optional.empty();
    open(half, parent);
    contribute(half, e, g);
    process(half);
    return Optional.of(half);
  }

  /// Two finished regions of which one is wanted: expressions if nothing is stated in them, else an if.
  private void branch(Region region, Expr condition, Optional<Region> yes, Optional<Region> no) {
    boolean stated = yes.map(this::stated).orElse(false) || no.map(this::stated).orElse(false);
    if (stated) work.get(region).build.add(new Stmt.If(condition, close(yes), close(no)));
    else {
      var left = yes.map(r -> work.get(r).out).orElse(Map.of());
      var right = no.map(r -> work.get(r).out).orElse(Map.of());
      left.forEach((e, g) ->
          contribute(region, e, Exprs.select(condition, g, right.getOrDefault(e, Exprs.ZERO))));
      right.forEach((e, g) -> {
        if (!left.containsKey(e)) contribute(region, e, Exprs.select(condition, Exprs.ZERO, g));
      });
    }
  }

  private boolean stated(Region region) {
    return !work.get(region).build.isEmpty();
  }

  private Stmt.Block close(Optional<Region> region) {
    return region.map(this::close).orElse(Stmt.Block.EMPTY);
  }

  private Stmt.Block close(Region region) {
    var w = work.get(region);
    w.out.forEach((e, g) -> w.build.add(new Stmt.Add(accumulator(e), List.of(), g)));
    return w.build.block();
  }

  private Array accumulator(Expr e) {
    return accumulators.computeIfAbsent(e, x -> {
      var build = work.get(plan.home(e)).build;
      var a = build.array("d", Kind.REAL, List.of());
      build.add(new Stmt.Fill(a, Exprs.ZERO));
      return a;
    });
  }

  private void reduce(Expr.Reduce r, Expr g, Region region) {
    var w = work.get(region);
    var body = plan.inside(r, Region.Reason.REDUCTION);
    var k = new Index(r.index().name());
    open(body, w.subst.within(r.index(), k));
    var element = work.get(body).subst.apply(r.body());
    var value = w.subst.apply((Expr) r);
    switch (r.reducer()) {
      case SUM -> contribute(body, r.body(), g);
      case PRODUCT -> contribute(body, r.body(), Exprs.mul(g, others(r, w, element, value)));
      case MAX, MIN -> {
        first(r, g, region, k, element, value);
        return;
      }
    }
    process(body);
    w.build.add(loop(r, k, w, true, close(body)));
  }

  private static Stmt loop(Expr.Reduce r, Index k, Work w, boolean independent, Stmt.Block body) {
    return new Stmt.For(k, w.subst.apply(r.from()), w.subst.apply(r.to()), false, independent, body);
  }

  /// The product of the other factors. Where a factor is 0 it cannot be divided out; then the product of all factors
  /// that are not 0 serves, if there is one such factor only.
  private static Expr others(Expr.Reduce r, Work w, Expr element, Expr value) {
    var product = stored(w, "product", value);
    var from = w.subst.apply(r.from());
    var to = w.subst.apply(r.to());
    var j = new Index("j");
    var x = w.subst.within(r.index(), j).apply(r.body());
    var zero = Exprs.eq(x, Exprs.ZERO);
    var zeros = Simplify.reduce(Expr.Reducer.SUM, j, from, to, Exprs.select(zero, Exprs.integer(1), Exprs.integer(0)));
    var i = new Index("j");
    var rest = Subst.indices(Map.of(j, Exprs.var(i))).apply(Exprs.select(zero, Exprs.ONE, x));
    var nonzero = Simplify.reduce(Expr.Reducer.PRODUCT, i, from, to, rest);
    var without = stored(w, "others", Exprs.select(Exprs.eq(product, Exprs.ZERO),
        Exprs.select(Exprs.eq(zeros, Exprs.integer(1)), nonzero, Exprs.ZERO), Exprs.ZERO));
    return Exprs.select(Exprs.eq(element, Exprs.ZERO), without, Exprs.div(product, element));
  }

  private static Expr stored(Work w, String name, Expr value) {
    var a = w.build.array(name, Kind.REAL, List.of());
    w.build.add(new Stmt.Set(a, List.of(), value));
    return a.read();
  }

  /// The adjoint of a maximum or minimum goes to the first element that attains it.
  private void first(Expr.Reduce r, Expr g, Region region, Index k, Expr element, Expr value) {
    var w = work.get(region);
    var extreme = stored(w, "extreme", value);
    var found = w.build.array("found", Kind.REAL, List.of());
    w.build.add(new Stmt.Fill(found, Exprs.ZERO));
    var body = plan.inside(r, Region.Reason.REDUCTION);
    work.get(body).build.add(new Stmt.Add(found, List.of(), Exprs.ONE));
    contribute(body, r.body(), g);
    process(body);
    var hit = Exprs.and(Exprs.eq(element, extreme), Exprs.eq(found.read(), Exprs.ZERO));
    var test = new Stmt.If(hit, close(body), Stmt.Block.EMPTY);
    w.build.add(loop(r, k, w, false, new Stmt.Block(List.of(), List.of(test))));
  }
}
