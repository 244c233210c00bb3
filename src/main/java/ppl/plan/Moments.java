package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import ppl.form.Bound;
import ppl.form.Term;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.lower.Model;
import ppl.runtime.Block;
import ppl.runtime.Statistic;

/// The moments of one block, in the layout of [Block.Shape]. Pairs get their places as they are asked for.
final class Moments {
  /// Positions of two values, or probabilities, over ranges.
  private record Pairs(List<Term.Range> ranges, List<Expr> guards, Expr row, Expr column, Expr offset) {}

  private final Model model;
  private final Structure.Closed block;
  private final Optional<Batch> batch;
  private final Array array;
  private final List<Pairs> pairs = new ArrayList<>();
  private final List<Bound> bounds = new ArrayList<>();
  private Expr pairCount = integer(0);

  /// @param batch the batch of rows whose moments these are; empty for those of all
  Moments(Model model, Structure.Closed block, Optional<Batch> batch) {
    this.model = model;
    this.block = block;
    this.batch = batch;
    this.array = new Array("moments(" + block.unknowns().getFirst().name() + ")", Kind.REAL,
        List.of(integer(Integer.MAX_VALUE)), Array.Role.ARGUMENT);
  }

  List<Array> unknowns() {
    return block.unknowns();
  }

  /// Stands for the block's moments; subscripts are places.
  Array array() {
    return array;
  }

  private List<Expr> dims(Array unknown) {
    return batch.map(b -> b.dims(unknown)).orElse(unknown.dims());
  }

  private List<Expr> at(Array unknown, List<Expr> at) {
    return batch.map(b -> b.at(unknown, at)).orElse(at);
  }

  void within(Bound bound) {
    bounds.add(bound);
  }

  /// Number of values.
  Expr values() {
    return unknowns().stream().map(a -> Build.count(dims(a))).reduce(integer(0), (a, b) -> add(a, b));
  }

  private Expr start(Array unknown) {
    Expr at = integer(0);
    for (var a : unknowns()) {
      if (a == unknown) return at;
      at = add(at, Build.count(dims(a)));
    }
    throw new IllegalStateException(unknown + " is not in the block");
  }

  private Array only() {
    return unknowns().getFirst();
  }

  private Expr categories() {
    return unknown().discrete().orElseThrow().count().orElseThrow();
  }

  private Expr lowest() {
    return unknown().discrete().orElseThrow().lower().orElseThrow();
  }

  private Model.Unknown unknown() {
    return model.unknowns().stream().filter(u -> u.array() == only()).findFirst().orElseThrow();
  }

  /// Number of values without pairs.
  private Expr singles() {
    return switch (block.family()) {
      case Structure.Gaussian g -> mul(integer(2), values());
      case Structure.Discrete d -> mul(values(), categories());
      case Structure.Independent f -> {
        Expr n = integer(0);
        for (var s : f.statistics()) n = add(n, width(f, s));
        yield n;
      }
    };
  }

  Expr size() {
    return add(singles(), pairCount);
  }

  private int eventRank(Structure.Independent f) {
    return switch (f.space()) {
      case SCALAR, POLYA_GAMMA -> 0;
      case SIMPLEX -> 1;
      case COVARIANCE -> 2;
    };
  }

  private Expr events(Structure.Independent f) {
    return Build.count(dims(only()).subList(0, only().rank() - eventRank(f)));
  }

  /// Number of a statistic's moments, of all events.
  private Expr width(Structure.Independent f, Statistic s) {
    return s instanceof Statistic.LogDeterminant ? events(f) : Build.count(dims(only()));
  }

  /// The moment of one statistic, or of two that are multiplied.
  Expr moment(Term term, List<Term.Stat> product) {
    return switch (product.size()) {
      case 1 -> array.read(place(product.getFirst()));
      case 2 -> array.read(pair(term, product.get(0), product.get(1)));
      default -> throw new NoLayout("more than two statistics of " + only());
    };
  }

  private Expr place(Term.Stat s) {
    return switch (block.family()) {
      case Structure.Gaussian g -> {
        var at = value(s);
        yield s.statistic().equals(Statistic.SQUARE) ? add(values(), at) : at;
      }
      case Structure.Discrete d -> value(s);
      case Structure.Independent f -> {
        Expr offset = integer(0);
        for (var other : f.statistics()) {
          if (other.equals(s.statistic())) break;
          offset = add(offset, width(f, other));
        }
        if (!f.statistics().contains(s.statistic())) throw new IllegalStateException(s.statistic() + " of " + only());
        yield add(offset, Assemble.flat(at(s.unknown(), s.at()), dims(s.unknown()).subList(0, s.at().size())));
      }
    };
  }

  /// The place of a value among the values, or of a probability among the probabilities.
  private Expr value(Term.Stat s) {
    var x = s.unknown();
    var at = at(x, s.at());
    if (!(block.family() instanceof Structure.Discrete)) return add(start(x), Assemble.flat(at, dims(x)));
    var element = Assemble.flat(at.subList(0, x.rank()), dims(x));
    return add(mul(element, categories()), at.getLast());
  }

  private Expr pair(Term term, Term.Stat a, Term.Stat b) {
    var row = value(a);
    var column = value(b);
    var free = new Graph.Free();
    var wanted = new HashSet<Index>(free.of(row));
    wanted.addAll(free.of(column));
    var ranges = new ArrayList<Term.Range>();
    for (var r : term.ranges().reversed())
      if (wanted.contains(r.index())) {
        refuseRows(r);
        ranges.addFirst(r);
        if (!free.of(r.from()).isEmpty() || !free.of(r.to()).isEmpty())
          throw new NoLayout("pairs over ranges that depend on one another");
      }
    var guards = term.guards().stream().filter(g -> wanted.containsAll(free.of(g))).toList();
    var offset = pairCount;
    Expr place = integer(0);
    Expr count = integer(1);
    for (var r : ranges) {
      place = add(mul(place, extent(r)), position(r));
      count = mul(count, extent(r));
    }
    pairs.add(new Pairs(ranges, guards, row, column, offset));
    pairCount = add(pairCount, count);
    return add(add(singles(), offset), place);
  }

  /// Pairs of values that rows share, another pair in each row, would be as many as rows.
  private void refuseRows(Term.Range r) {
    if (batch.filter(b -> b.isRow(r) && !b.rows().axes().containsKey(only())).isPresent())
      throw new Rowwise.Refused("values of `" + only().name() + "` meet in other pairs in each row");
  }

  private Expr position(Term.Range r) {
    return batch.filter(b -> b.isRow(r)).map(b -> b.position(r)).orElseGet(() -> sub(var(r.index()), r.from()));
  }

  private Expr extent(Term.Range r) {
    if (batch.isPresent() && batch.get().isRow(r)) return batch.get().extent(r);
    return apply(Prim.IMAX, sub(r.to(), r.from()), integer(0));
  }

  /// What `ClosedKernel.extents` says of a block.
  List<Expr> extents() {
    var all = new ArrayList<Expr>(List.of(pairCount));
    switch (block.family()) {
      case Structure.Gaussian g -> all.addAll(List.of(integer(0), integer(0), integer(0), integer(0)));
      case Structure.Discrete d -> all.addAll(List.of(integer(0), integer(0), lowest(), categories()));
      case Structure.Independent f -> {
        all.add(events(f));
        all.add(f.space().isNumber() ? integer(1) : only().dims().getLast());
        all.addAll(List.of(integer(0), integer(0)));
      }
    }
    for (var a : unknowns()) all.add(Build.count(dims(a)));
    return all;
  }

  private boolean isScalar() {
    return block.family() instanceof Structure.Independent f && f.space().isNumber();
  }

  Expr layoutSize() {
    return add(isScalar() ? mul(integer(2), values()) : integer(0), mul(integer(2), pairCount));
  }

  /// Writes what `ClosedKernel.layout` says, from `offset`.
  void layout(Build b, Array out, Expr offset) {
    if (isScalar()) bounds(b, out, offset);
    for (var p : pairs) {
      Expr place = p.offset;
      Expr inner = integer(0);
      for (var r : p.ranges) inner = add(mul(inner, extent(r)), position(r));
      var at = add(add(offset, place), inner);
      b.add(ClosedForm.nest(p.ranges, p.guards, new Stmt.Block(List.of(), List.of(
          new Stmt.Add(out, List.of(at), toReal(p.row)),
          new Stmt.Add(out, List.of(add(at, pairCount)), toReal(p.column))))));
    }
  }

  private void bounds(Build b, Array out, Expr offset) {
    switch (unknown().range()) {
      case Model.Range.Scalars s -> {
        b.add(s.block());
        end(b, out, offset, s.lower(), false);
        end(b, out, add(offset, values()), s.upper(), true);
      }
      case Model.Range.PolyaGamma(Array shape, var block) -> {
        b.add(block);
        end(b, out, offset, shape, false);
        b.loops(Arr.of(shape).indices("i"), shape.dims(), at -> new Stmt.Add(out,
            List.of(add(add(offset, values()), Assemble.flat(at, shape.dims()))), real(Double.POSITIVE_INFINITY)));
      }
      case Model.Range.Whole _, Model.Range.Simplex _, Model.Range.Covariance _, Model.Range.Restricted _ ->
          throw new IllegalStateException("bounds of " + only());
    }
  }

  /// The tightest of the unknown's own bounds and of those that data say.
  private void end(Build b, Array out, Expr offset, Array own, boolean upper) {
    var indices = Arr.of(own).indices("i");
    batch.ifPresent(x -> x.loop(only(), indices));
    b.loops(indices, own.dims(), at -> {
      Expr end = own.read(at);
      for (var bound : bounds)
        if (bound.upper() == upper) {
          Expr here = integer(1);
          for (int d = 0; d < at.size(); d++) here = and(here, eq(at.get(d), bound.at().get(d)));
          for (var g : bound.guards()) here = and(g, here);
          var none = real(upper ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
          Expr all = select(here, bound.value(), none);
          for (var r : bound.ranges().reversed())
            all = new Expr.Reduce(upper ? Expr.Reducer.MIN : Expr.Reducer.MAX, r.index(), r.from(), r.to(), all);
          end = apply(upper ? Prim.FMIN : Prim.FMAX, end, all);
        }
      return new Stmt.Add(out, List.of(add(offset, Assemble.flat(at(only(), at), dims(only())))), end);
    });
  }
}
