package ppl.ir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Questions about statements, and their reconstruction.
public final class Stmts {
  private Stmts() {}

  /// The statements that stand directly inside.
  public static List<Stmt> children(Stmt statement) {
    return switch (statement) {
      case Stmt.For s -> List.of(s.body());
      case Stmt.If s -> List.of(s.then(), s.otherwise());
      case Stmt.Block s -> s.statements();
      case Stmt.Set s -> List.of();
      case Stmt.Add s -> List.of();
      case Stmt.Fill s -> List.of();
      case Stmt.Call s -> List.of();
      case Stmt.Draw s -> List.of();
    };
  }

  /// The statement and all inside it, in order of appearance.
  public static void walk(Stmt statement, Consumer<Stmt> visit) {
    visit.accept(statement);
    for (var c : children(statement)) walk(c, visit);
  }

  /// The arrays that the statement itself writes.
  public static List<Array> written(Stmt statement) {
    return switch (statement) {
      case Stmt.Set s -> List.of(s.array());
      case Stmt.Add s -> List.of(s.array());
      case Stmt.Fill s -> List.of(s.array());
      case Stmt.Draw s -> List.of(s.array());
      case Stmt.Call s -> s.outputs();
      case Stmt.For s -> List.of();
      case Stmt.If s -> List.of();
      case Stmt.Block s -> List.of();
    };
  }

  /// The expressions that stand in the statement itself.
  public static List<Expr> expressions(Stmt statement) {
    return switch (statement) {
      case Stmt.Set s -> plus(s.at(), s.value());
      case Stmt.Add s -> plus(s.at(), s.value());
      case Stmt.Fill s -> List.of(s.value());
      case Stmt.Draw s -> Stream.concat(s.at().stream(), s.args().stream()).toList();
      case Stmt.Call s -> s.sizes();
      case Stmt.For s -> List.of(s.from(), s.to());
      case Stmt.If s -> List.of(s.condition());
      case Stmt.Block s -> extents(s);
    };
  }

  /// Extents that depend on where the block stands.
  private static List<Expr> extents(Stmt.Block block) {
    return block.arrays().stream().filter(Array::varies).flatMap(a -> a.dims().stream()).toList();
  }

  /// All arrays that a statement or anything in it writes, those declared in it too.
  public static Set<Array> allWritten(Stmt statement) {
    var all = arraySet();
    walk(statement, s -> all.addAll(written(s)));
    return all;
  }

  /// All arrays that a statement or anything in it writes, those declared in it left out.
  public static Set<Array> writes(Stmt statement) {
    var all = allWritten(statement);
    all.removeAll(declared(statement));
    return all;
  }

  /// All arrays that a statement or anything in it reads.
  public static Set<Array> reads(Stmt statement) {
    var all = arraySet();
    each(statement, (s, e) -> {
      Graph.reads(e, all);
      if (s instanceof Stmt.Call c) all.addAll(c.inputs());
      for (var a : written(s)) if (a.varies()) all.addAll(Graph.reads(a.dims()));
    });
    for (var a : List.copyOf(all)) if (a.varies()) all.addAll(Graph.reads(a.dims()));
    return all;
  }

  /// Whether the statement or anything in it reads or writes the array.
  public static boolean touches(Stmt statement, Array array) {
    return allWritten(statement).contains(array) || reads(statement).contains(array);
  }

  /// All arrays declared in a statement.
  public static Set<Array> declared(Stmt statement) {
    var all = arraySet();
    walk(statement, s -> {
      if (s instanceof Stmt.Block b) all.addAll(b.arrays());
    });
    return all;
  }

  /// The part of a statement that writes arrays of a kind; loops and branches may be left empty.
  public static Optional<Stmt> restrict(Stmt statement, Predicate<Array> arrays) {
    return switch (statement) {
      case Stmt.For f -> Optional.of(f.with(restrict(f.body(), arrays)));
      case Stmt.If i ->
          Optional.of(new Stmt.If(i.condition(), restrict(i.then(), arrays), restrict(i.otherwise(), arrays)));
      case Stmt.Block b -> Optional.of(restrict(b, arrays));
      case Stmt.Set s -> writer(s, arrays);
      case Stmt.Add s -> writer(s, arrays);
      case Stmt.Fill s -> writer(s, arrays);
      case Stmt.Call s -> writer(s, arrays);
      case Stmt.Draw s -> writer(s, arrays);
    };
  }

  private static Stmt.Block restrict(Stmt.Block b, Predicate<Array> arrays) {
    return new Stmt.Block(b.arrays(), b.statements().stream().flatMap(s -> restrict(s, arrays).stream()).toList());
  }

  private static Optional<Stmt> writer(Stmt s, Predicate<Array> arrays) {
    return Optional.of(s).filter(x -> written(x).stream().anyMatch(arrays));
  }

  /// The same statement with other blocks directly inside; a block is itself replaced.
  public static Stmt within(Stmt statement, UnaryOperator<Stmt.Block> f) {
    return switch (statement) {
      case Stmt.For s -> s.with(f.apply(s.body()));
      case Stmt.If s -> new Stmt.If(s.condition(), f.apply(s.then()), f.apply(s.otherwise()));
      case Stmt.Block s -> f.apply(s);
      case Stmt.Set s -> s;
      case Stmt.Add s -> s;
      case Stmt.Fill s -> s;
      case Stmt.Call s -> s;
      case Stmt.Draw s -> s;
    };
  }

  /// What is left when there is no further step.
  static Stmt.Block settled(Stmt.Block block, Function<Stmt.Block, Optional<Stmt.Block>> step) {
    var current = block;
    for (var next = step.apply(current); next.isPresent(); next = step.apply(current)) current = next.get();
    return current;
  }

  /// The same statement with other expressions for the same values: extents stay as they are. Where variables of loops
  /// around are replaced, the copy is one of [Rename].
  public static Stmt map(Stmt statement, UnaryOperator<Expr> f) {
    return switch (statement) {
      case Stmt.Set(Array a, var at, Expr value) -> new Stmt.Set(a, map(at, f), f.apply(value));
      case Stmt.Add(Array a, var at, Expr value) -> new Stmt.Add(a, map(at, f), f.apply(value));
      case Stmt.Fill(Array a, Expr value) -> new Stmt.Fill(a, f.apply(value));
      case Stmt.For s -> new Stmt.For(
          s.index(), f.apply(s.from()), f.apply(s.to()), s.reverse(), s.independent(), map(s.body(), f));
      case Stmt.If s -> new Stmt.If(f.apply(s.condition()), map(s.then(), f), map(s.otherwise(), f));
      case Stmt.Call s -> new Stmt.Call(s.op(), s.inputs(), s.outputs(), map(s.sizes(), f));
      case Stmt.Draw s -> new Stmt.Draw(s.sampler(), s.array(), map(s.at(), f), map(s.args(), f));
      case Stmt.Block b -> map(b, f);
    };
  }

  public static Stmt.Block map(Stmt.Block block, UnaryOperator<Expr> f) {
    return block.map(s -> map(s, f));
  }

  private static List<Expr> map(List<Expr> all, UnaryOperator<Expr> f) {
    var mapped = new ArrayList<Expr>(all.size());
    for (var e : all) mapped.add(f.apply(e));
    return mapped;
  }

  /// In order of appearance, so that whatever is built from it is the same in every run.
  static Set<Array> arraySet() {
    return new LinkedHashSet<>();
  }

  private static void each(Stmt statement, BiConsumer<Stmt, List<Expr>> visit) {
    walk(statement, s -> visit.accept(s, expressions(s)));
  }

  private static List<Expr> plus(List<Expr> list, Expr last) {
    var all = new ArrayList<>(list);
    all.add(last);
    return all;
  }
}
