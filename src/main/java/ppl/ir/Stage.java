package ppl.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes out of a block what depends on data alone, to be computed once when data are bound: whole arrays, terms of the
/// target, and dear parts of expressions, which become arrays over the loops that they stand in.
public final class Stage {
  /// @param prepare  statements over data alone
  /// @param prepared the arrays that `prepare` writes
  /// @param partial  those of which it may leave elements out, which `rest` reads behind choices alone
  /// @param rest     what remains, of the same value up to rounding
  public record Staged(Stmt.Block prepare, List<Array> prepared, Set<Array> partial, Stmt.Block rest) {}

  private final Early early;
  private final List<Array> prepared = new ArrayList<>();
  private final List<Stmt> prepare = new ArrayList<>();
  /// Data-only terms of the target are added up here.
  private final Array constant = Array.computed("constant", Kind.REAL, List.of());

  private Stage(Early early) {
    this.early = early;
  }

  /// Splits `block`, given the arrays beside data that are known at binding.
  public static Staged of(Stmt.Block block, Set<Array> known) {
    var flat = Prune.of(new Interner().intern(block));
    var stage = new Stage(Early.of(flat, known));
    return stage.split(flat);
  }

  /// The arrays that `block` writes from arguments, from random draws or from `uncertain`, these among them; arguments
  /// that are `known` do not count.
  public static Set<Array> late(Stmt.Block block, Set<Array> known, Set<Array> uncertain) {
    return Early.late(block, known, uncertain);
  }

  private Staged split(Stmt.Block block) {
    prepared.addAll(block.arrays().stream().filter(early::of).toList());
    var moved = Set.copyOf(prepared);
    var late = new ArrayList<Stmt>();
    for (var s : block.statements()) {
      Stmts.restrict(s, early::of).map(Rename::of).ifPresent(prepare::add);
      Stmts.restrict(s, a -> !moved.contains(a)).flatMap(x -> late(x, Frames.NONE)).ifPresent(late::add);
    }
    if (prepared.contains(constant)) late.add(0, new Stmt.Add(Array.TARGET, List.of(), constant.read()));
    var rest = Prune.of(new Stmt.Block(block.arrays().stream().filter(a -> !moved.contains(a)).toList(), late));
    var all = new Stmt.Block(List.of(), prepare);
    var assigned = Assigned.after(all);
    var partial = prepared.stream().filter(a -> !assigned.isWhole(a)).collect(Collectors.toSet());
    return new Staged(Fuse.of(Prune.of(all)), prepared, partial, rest);
  }

  private Optional<Stmt> late(Stmt statement, Frames frames) {
    return switch (statement) {
      case Stmt.Set(Array a, var at, Expr value) -> Optional.of(new Stmt.Set(a, at, cheaper(value, frames)));
      case Stmt.Add(Array a, var at, Expr value) when a == Array.TARGET ->
          lateTerms(value, frames).map(e -> new Stmt.Add(a, at, cheaper(e, frames)));
      case Stmt.Add(Array a, var at, Expr value) -> Optional.of(new Stmt.Add(a, at, cheaper(value, frames)));
      case Stmt.Fill f -> Optional.of(f);
      case Stmt.Call c -> Optional.of(c);
      case Stmt.Draw d -> Optional.of(new Stmt.Draw(
          d.sampler(), d.array(), d.at(), d.args().stream().map(x -> cheaper(x, frames)).toList()));
      case Stmt.For f -> Optional.of(
          f.with(late(f.body(), frames.in(new Frames.Loop(f.index(), f.from(), f.to())))));
      case Stmt.If i -> Optional.of(new Stmt.If(i.condition(),
          late(i.then(), frames.in(new Frames.Guard(i.condition()))),
          late(i.otherwise(), frames.in(new Frames.Guard(Exprs.not(i.condition()))))));
      case Stmt.Block b -> Optional.of(late(b, frames));
    };
  }

  private Stmt.Block late(Stmt.Block b, Frames frames) {
    return new Stmt.Block(b.arrays(), b.statements().stream().flatMap(s -> late(s, frames).stream()).toList());
  }

  /// The terms of the target that depend on more than data; the others go to the constant. What is the same in all turns
  /// of a loop is multiplied by their number: to add it up would round in the same direction each time.
  private Optional<Expr> lateTerms(Expr value, Frames frames) {
    var parts = Terms.of(value, early);
    if (parts.early().isEmpty()) return Optional.of(value);
    var over = frames.needed(parts.early().get(), early);
    var turns = frames.loops().filter(l -> !over.contains(l.index()))
        .map(l -> Exprs.toReal(Exprs.sub(l.to(), l.from()))).reduce(Exprs.ONE, Exprs::mul);
    var add = new Stmt.Add(constant, List.of(), Exprs.mul(turns, parts.early().get()));
    var nest = frames.around(add, Stmt.Block.EMPTY, over, early);
    if (nest.isEmpty()) return Optional.of(value);
    if (!prepared.contains(constant)) {
      prepared.add(constant);
      prepare.add(new Stmt.Fill(constant, Exprs.ZERO));
    }
    prepare.add(Rename.of(nest.get()));
    return parts.late();
  }

  private Expr cheaper(Expr value, Frames frames) {
    return new Hoist(early, this::store).apply(value, frames);
  }

  /// An array over those loops that `e` depends on, and its element for this iteration.
  private Optional<Expr> store(Expr e, Frames frames) {
    var over = new HashSet<>(early.indices(e));
    var loops = frames.loops().filter(l -> over.contains(l.index())).toList();
    if (loops.size() < over.size() || loops.size() > 2) return Optional.empty();
    if (!loops.stream().allMatch(this::isPlain)) return Optional.empty();
    var dims = loops.stream().map(l -> atLeastZero(Exprs.sub(l.to(), l.from()))).toList();
    var at = loops.stream().map(l -> Exprs.sub(Exprs.var(l.index()), l.from())).toList();
    var a = Array.computed("prepared" + prepared.size(), Kind.REAL, dims);
    var zero = new Stmt.Block(List.of(), List.of(new Stmt.Set(a, at, Exprs.ZERO)));
    return frames.around(new Stmt.Set(a, at, e), zero, over, early).map(nest -> {
      prepared.add(a);
      prepare.add(Rename.of(nest));
      return a.read(at);
    });
  }

  /// Whether a loop's bounds are extents: whole numbers over data scalars.
  private boolean isPlain(Frames.Loop l) {
    return Stream.of(l.from(), l.to()).allMatch(e -> early.indices(e).isEmpty()
        && Graph.reads(List.of(e)).stream().allMatch(a -> a.role() == Array.Role.DATA && a.rank() == 0));
  }

  private static Expr atLeastZero(Expr e) {
    return e instanceof Expr.Apply ? Exprs.apply(Prim.IMAX, e, Exprs.integer(0)) : e;
  }
}
