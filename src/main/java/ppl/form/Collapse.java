package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Early;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;
import ppl.lower.Model;

/// Takes sums over data out of the log density, to be done once when data are bound: squares of linear forms with
/// coefficients of data, and data times what does not change from row to row. A normal regression then costs the same
/// for a thousand rows and a million.
///
/// A statement is replaced if all of it can be, and by both forms: which of them runs is decided when the numbers of
/// rows and of groups are known. Of other statements some summands may be taken out ([Linear]).
public final class Collapse {
  /// How often definitions within definitions are looked up.
  private static final int DEPTH = 20;
  /// More nodes than this are no linear form that is worth it.
  private static final int LARGEST = 5000;

  private final Early early;
  private final Elementwise definitions;
  private final Graph.Free free = new Graph.Free();
  /// Arrays that live within statements.
  private final Set<Array> local = Collections.newSetFromMap(new IdentityHashMap<>());

  private Collapse(Early early, Elementwise definitions) {
    this.early = early;
    this.definitions = definitions;
  }

  /// The same model, of the same log density up to rounding.
  public static Model of(Model model) {
    var blocks = model.steps().stream().map(Model.Step::block).toList();
    var all = new Stmt.Block(List.of(), blocks.stream().<Stmt>flatMap(b -> b.statements().stream()).toList());
    Set<Array> arrays = Stmts.writes(all);
    arrays.removeIf(a -> a.role() != Array.Role.COMPUTED);
    var early = Early.of(new Stmt.Block(List.copyOf(arrays), all.statements()), Set.of());
    var defining = model.steps().stream().filter(s -> !(s instanceof Model.Step.Constrain)).map(Model.Step::block).toList();
    var collapse = new Collapse(early, Elementwise.of(defining));
    return model.with(model.steps().stream().map(collapse::step).toList());
  }

  private Model.Step step(Model.Step step) {
    return switch (step) {
      case Model.Step.Density d -> new Model.Step.Density(block(d.block()), d.span());
      case Model.Step.Constrain c -> c;
      case Model.Step.Values v -> v;
      case Model.Step.Draws d -> d;
    };
  }

  private Stmt.Block block(Stmt.Block block) {
    return Build.block(b -> {
      block.arrays().forEach(b::declare);
      for (var s : block.statements())
        statement(s).or(() -> new Linear(early, this::inlined).of(s)).ifPresentOrElse(b::add, () -> b.add(s));
    });
  }

  /// What stands for a statement; empty if it stays.
  private Optional<Stmt> statement(Stmt s) {
    local.addAll(Stmts.declared(s));
    var leaves = new ArrayList<Piece>();
    if (!leaves(s, List.of(), List.of(), leaves)) return Optional.empty();
    var late = leaves.stream().filter(l -> !isData(l)).toList();
    if (late.isEmpty()) return Optional.empty();
    var groups = new Build();
    var groupings = new Groupings(groups);
    var reductions = new ArrayList<Reduction>();
    var known = new ArrayList<Piece>();
    for (var leaf : leaves) {
      var pieces = Piece.of(leaf, early, free);
      if (pieces.isEmpty()) return Optional.empty();
      for (var p : pieces.get())
        if (isData(p)) known.add(p);
        else {
          var r = reduction(p, groupings);
          if (r.isEmpty()) return Optional.empty();
          reductions.add(r.get());
        }
    }
    var worth = Stream.concat(known.stream().map(Piece::isSound), reductions.stream().map(Reduction::worth))
        .reduce(integer(1), (x, y) -> and(x, y));
    if (worth instanceof Expr.Int(int never) && never == 0) return Optional.empty();
    return Optional.of(Build.block(b -> {
      groups.block().arrays().forEach(b::declare);
      groups.block().statements().forEach(b::add);
      var collapsed = b.array("collapsed", Kind.INT, List.of());
      b.add(new Stmt.Set(collapsed, List.of(), worth));
      var prepare = reductions.stream().flatMap(r -> r.prepare().stream()).toList();
      var quick = Stream.concat(known.stream().map(Piece::statement), reductions.stream().map(Reduction::late)).toList();
      if (!prepare.isEmpty()) b.add(new Stmt.If(collapsed.read(), block(prepare), Stmt.Block.EMPTY));
      b.add(new Stmt.If(collapsed.read(), block(quick), block(leaves.stream().map(Piece::statement).toList())));
    }));
  }

  private static Stmt.Block block(List<Stmt> statements) {
    return new Stmt.Block(List.of(), statements);
  }

  private boolean isData(Piece p) {
    return p.factors().exponents().keySet().stream().allMatch(early::of);
  }

  private Optional<Reduction> reduction(Piece p, Groupings groupings) {
    var rows = p.rows(early, free);
    var square = p.factors().exponents().keySet().stream().filter(f -> !early.of(f) && !rows.isFree(f)).findFirst();
    if (square.isEmpty()) return Reduced.of(p, List.of(), early, free).flatMap(r -> Totals.of(r, groupings));
    return Feature.of(square.get(), rows, free).flatMap(f -> Reduced.of(p, f, early, free))
        .flatMap(r -> Squares.of(r, groupings));
  }

  /// Collects what a statement adds to the log density; false if it does anything else that stays.
  private boolean leaves(Stmt s, List<Term.Range> loops, List<Expr> guards, List<Piece> found) {
    return switch (s) {
      case Stmt.Add(Array a, var at, Expr value) -> a == Array.TARGET && leaf(value, loops, guards, found);
      case Stmt.For f -> early.of(f.from()) && early.of(f.to()) && leaves(f.body(), Stream.concat(
          loops.stream(), Stream.of(new Term.Range(f.index(), f.from(), f.to()))).toList(), guards, found);
      case Stmt.If i -> early.of(i.condition()) && leaves(i.then(), loops, Piece.plus(guards, i.condition()), found)
          && leaves(i.otherwise(), loops, Piece.plus(guards, not(i.condition())), found);
      case Stmt.Block b -> b.statements().stream().allMatch(x -> leaves(x, loops, guards, found));
      case Stmt.Set x -> local.contains(x.array()) && definitions.of(x.array()).isPresent();
      case Stmt.Fill x -> false;
      case Stmt.Call x -> false;
      case Stmt.Draw x -> false;
    };
  }

  private boolean leaf(Expr value, List<Term.Range> loops, List<Expr> guards, List<Piece> found) {
    var written = inlined(value, loops);
    if (written.isEmpty()) return false;
    found.add(Piece.of(loops, guards, written.get()));
    return true;
  }

  /// `value` with definitions in place of arrays that live within the statement, and of those that are read row by row;
  /// empty if some have none.
  private Optional<Expr> inlined(Expr value, List<Term.Range> loops) {
    var e = value;
    for (int n = 0; n < DEPTH; n++) {
      var wanted = wanted(e, loops);
      if (wanted.isEmpty()) return Optional.of(e);
      if (wanted.stream().anyMatch(a -> definitions.of(a).isEmpty()) || Graph.size(e) > LARGEST) return Optional.empty();
      e = Subst.of(Map.of(), a -> wanted.contains(a) ? definitions.of(a) : Optional.empty()).apply(e);
    }
    return Optional.empty();
  }

  private Set<Array> wanted(Expr e, List<Term.Range> loops) {
    var indices = loops.stream().map(Term.Range::index).toList();
    var wanted = new LinkedHashSet<Array>();
    for (var x : Graph.nodes(List.of(e)))
      if (x instanceof Expr.Read(Array a, var at) && !early.of(x) && (local.contains(a) || definitions.of(a).isPresent()
          && at.stream().anyMatch(s -> s instanceof Expr.Var(Index i) && indices.contains(i)))) wanted.add(a);
    return wanted;
  }
}
