package ppl.form;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.lower.Model;

/// What can be told of a model's arrays: which depend on unknowns, and where unknowns lie.
public final class Facts {
  private final Map<Array, Model.Unknown> unknowns = new HashMap<>();
  private final Set<Array> roots = new HashSet<>();
  private final Set<Array> dependent = new HashSet<>();
  private final Map<Array, Set<Array>> sources = new HashMap<>();
  private final Map<Expr, Boolean> known = new IdentityHashMap<>();

  private Facts() {}

  public static Facts of(Model model) {
    return of(model, Stmt.Block.EMPTY);
  }

  /// @param more statements that the model's terms rely on: the prelude of its normal form
  public static Facts of(Model model, Stmt more) {
    return of(model, more, a -> true);
  }

  /// @param wanted which unknowns count as such; others are as good as data
  static Facts of(Model model, Stmt more, Predicate<Array> wanted) {
    var facts = new Facts();
    for (var u : model.unknowns()) facts.unknowns.put(u.array(), u);
    facts.roots.addAll(facts.unknowns.keySet());
    for (var step : model.steps()) if (step instanceof Model.Step.Constrain c) facts.constrained(c);
    facts.roots.removeIf(wanted.negate());
    for (var a : facts.roots) facts.sources.put(a, Set.of(a));
    facts.dependent.addAll(facts.roots);
    for (int before = -1; before != facts.size(); ) {
      before = facts.size();
      for (var step : model.steps()) if (!(step instanceof Model.Step.Constrain)) Stmts.walk(step.block(), facts::spread);
      Stmts.walk(more, facts::spread);
    }
    return facts;
  }

  /// Missing data have values like unknowns.
  private void constrained(Model.Step.Constrain step) {
    if (roots.stream().noneMatch(a -> unknowns.containsKey(a) && unknowns.get(a).symbol() == step.unknown()))
      roots.addAll(Stmts.writes(step.block()).stream().filter(a -> a.role() == Array.Role.COMPUTED).toList());
  }

  private int size() {
    return sources.values().stream().mapToInt(Set::size).sum();
  }

  private void spread(Stmt s) {
    var from = new HashSet<Array>();
    for (var a : reads(s)) from.addAll(sources.getOrDefault(a, Set.of()));
    if (from.isEmpty()) return;
    for (var a : Stmts.written(s))
      if (a.role() == Array.Role.COMPUTED && !roots.contains(a)) {
        dependent.add(a);
        sources.computeIfAbsent(a, k -> new HashSet<>()).addAll(from);
      }
  }

  private static Set<Array> reads(Stmt s) {
    var all = new HashSet<>(Graph.reads(Stmts.expressions(s)));
    if (s instanceof Stmt.Call c) all.addAll(c.inputs());
    return all;
  }

  /// Whether `e` follows from data and indices alone.
  boolean isKnown(Expr e) {
    var found = known.get(e);
    if (found != null) return found;
    for (var node : Graph.nodes(List.of(e))) {
      if (known.containsKey(node)) continue;
      boolean ok = !(node instanceof Expr.Read(Array a, var at) && dependent.contains(a));
      for (var c : node.children()) ok &= known.get(c);
      known.put(node, ok);
    }
    return known.get(e);
  }

  /// Makes an array known that stands for a function of `e`.
  void symbol(Array a, Expr e) {
    dependent.add(a);
    sources.put(a, unknowns(e));
  }

  boolean isKnown(List<Expr> all) {
    return all.stream().allMatch(this::isKnown);
  }

  boolean isUnknown(Array a) {
    return roots.contains(a);
  }

  boolean isDiscrete(Array a) {
    return roots.contains(a) && a.kind() == Kind.INT;
  }

  boolean dependsOnUnknowns(Array a) {
    return dependent.contains(a);
  }

  Optional<Model.Unknown> unknown(Array a) {
    return Optional.ofNullable(unknowns.get(a));
  }

  /// The unknowns that `e` depends on, by way of deterministic values too.
  public Set<Array> unknowns(Expr e) {
    return Graph.reads(List.of(e)).stream().flatMap(a -> sources.getOrDefault(a, Set.of()).stream())
        .collect(Collectors.toSet());
  }

  /// Names of unknowns for people.
  String names(Expr e) {
    return unknowns(e).stream().map(a -> "`" + a.name() + "`").sorted().collect(Collectors.joining(", "));
  }

  /// Whether all elements of an unknown are at least 0.
  public boolean isPositive(Array a) {
    return unknown(a).map(Model.Unknown::range).filter(r -> switch (r) {
      case Model.Range.Scalars s -> every(s.block(), s.lower(), v -> v >= 0);
      case Model.Range.PolyaGamma p -> true;
      case Model.Range.Simplex s -> true;
      case Model.Range.Whole w -> false;
      case Model.Range.Covariance c -> false;
      case Model.Range.Restricted o -> false;
    }).isPresent();
  }

  /// Whether all elements of an unknown are between 0 and 1.
  boolean isUnit(Array a) {
    return isPositive(a) && unknown(a).map(Model.Unknown::range).filter(r -> switch (r) {
      case Model.Range.Scalars s -> every(s.block(), s.upper(), v -> v <= 1);
      case Model.Range.PolyaGamma p -> false;
      case Model.Range.Simplex s -> true;
      case Model.Range.Whole w -> false;
      case Model.Range.Covariance c -> false;
      case Model.Range.Restricted o -> false;
    }).isPresent();
  }

  boolean isCovariance(Array a) {
    return unknown(a).filter(u -> u.range() instanceof Model.Range.Covariance).isPresent();
  }

  /// The lowest value of an element of an unknown, and the highest, over data and indices; empty if they are not known.
  public Optional<List<Expr>> ends(Array unknown, List<Expr> at) {
    if (!(unknown(unknown).map(Model.Unknown::range).orElse(null) instanceof Model.Range.Scalars s)) return Optional.empty();
    var definitions = new Definitions(this, Set.of(s.lower(), s.upper()));
    definitions.walk(s.block(), List.of(), (frames, e) -> {});
    var both = List.of(definitions.inline(s.lower().read(at)), definitions.inline(s.upper().read(at)));
    boolean solved = Graph.reads(both).stream().noneMatch(a -> a == s.lower() || a == s.upper());
    return solved && isKnown(both) ? Optional.of(both) : Optional.empty();
  }

  /// The values of a discrete unknown.
  record Categories(Expr lower, Expr count) {}

  /// Empty if they are not known from data.
  Optional<Categories> categories(Array discrete) {
    return unknown(discrete).flatMap(Model.Unknown::discrete)
        .flatMap(d -> d.lower().flatMap(l -> d.count().map(n -> new Categories(l, n))));
  }

  /// The value that an indicator is about: its last subscript counts from the lowest value up.
  Expr category(Array discrete, List<Expr> at) {
    return Exprs.add(categories(discrete).orElseThrow().lower(), at.getLast());
  }

  private static boolean every(Stmt block, Array bound, java.util.function.DoublePredicate test) {
    var ok = new boolean[] {true};
    Stmts.walk(block, s -> {
      if (s instanceof Stmt.Set(Array a, var at, Expr value) && a == bound)
        ok[0] &= value instanceof Expr.Real(double v) && test.test(v);
    });
    return ok[0];
  }

  /// Whether `e` is plainly not negative.
  boolean isNonnegative(Expr e) {
    return switch (e) {
      case Expr.Int(int v) -> v >= 0;
      case Expr.Real(double v) -> v >= 0;
      case Expr.Var v -> false;
      case Expr.Read(Array a, var at) -> isPositive(a);
      case Expr.Select s -> isNonnegative(s.yes()) && isNonnegative(s.no());
      case Expr.Reduce r -> isNonnegative(r.body())
          && (r.reducer() == Expr.Reducer.SUM || r.reducer() == Expr.Reducer.PRODUCT);
      case Expr.Apply(Prim p, var args) -> switch (p) {
        case EXP, SQRT, ABS, COSH, HYPOT, INV_LOGIT, PHI, ERFC, LOG1P_EXP, INV_CLOGLOG, GAMMA_P, GAMMA_Q, INC_BETA,
            INC_BETA_C -> true;
        case MUL -> args.get(0) == args.get(1) || isNonnegative(args.get(0)) && isNonnegative(args.get(1));
        case ADD, DIV, FMIN -> isNonnegative(args.get(0)) && isNonnegative(args.get(1));
        case SUB -> args.get(0) instanceof Expr.Real(double one) && one >= 1
            && args.get(1) instanceof Expr.Read(Array a, var at) && isUnit(a);
        case POW, DETACH -> isNonnegative(args.get(0));
        default -> false;
      };
    };
  }
}
