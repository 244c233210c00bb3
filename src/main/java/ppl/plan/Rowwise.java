package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ppl.form.Term;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Printer;
import ppl.ir.Subst;
import ppl.lower.Model;

/// Which loops of a log joint run over rows that can be taken in batches. A plate is a loop between numbers that data
/// scalars give. Rows of another plate come along where an unknown with a value for each row of the first is read at a
/// row that data say: `theta[doc[n]]` makes word n one of document doc[n].
final class Rowwise {
  /// Rows between two numbers over data scalars.
  ///
  /// @param owner the row of the first plate that a row belongs to, over `row`; empty for the first itself
  record Plate(Expr from, Expr to, Index row, Optional<Expr> owner) {
    boolean spans(Term.Range r, Interner same) {
      return same.intern(r.from()) == from && same.intern(r.to()) == to;
    }
  }

  /// The dimension of an unknown that counts rows of a plate.
  ///
  /// @param plate its number
  record Axis(int dimension, int plate) {}

  /// Why rows cannot be taken in batches.
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why, null, false, false);
    }
  }

  private final Model model;
  private final List<Structure.Closed> closed;
  private final List<Term> terms;
  private final Interner same = new Interner();
  private final Graph.Free free = new Graph.Free();
  private final List<Plate> plates = new ArrayList<>();
  private final Map<Array, Axis> axes = new LinkedHashMap<>();
  private final Map<Index, Integer> loops = new LinkedHashMap<>();
  private final Set<Array> met = new HashSet<>();

  private Rowwise(Model model, List<Structure.Closed> closed, List<Term> terms) {
    this.model = model;
    this.closed = closed;
    this.terms = terms;
  }

  /// All plates.
  static List<Plate> candidates(List<Term> terms) {
    var same = new Interner();
    var free = new Graph.Free();
    var found = new ArrayList<Plate>();
    for (var t : terms)
      for (var r : t.ranges())
        if (isPlain(r, free) && found.stream().noneMatch(p -> p.spans(r, same)))
          found.add(new Plate(same.intern(r.from()), same.intern(r.to()), r.index(), Optional.empty()));
    return found;
  }

  /// Whether data are read along some of the plates, other than by way of `totals`.
  static boolean readsData(Model model, List<Term> terms, Set<Array> totals, List<Plate> plates) {
    var no = new HashSet<>(totals);
    model.unknowns().forEach(u -> no.add(u.array()));
    var same = new Interner();
    var free = new Graph.Free();
    // bounds that were interned elsewhere
    var own = plates.stream().map(p -> new Plate(same.intern(p.from()), same.intern(p.to()), p.row(), p.owner())).toList();
    return terms.stream().anyMatch(t -> {
      var rows = t.ranges().stream().filter(r -> own.stream().anyMatch(p -> p.spans(r, same))).map(Term.Range::index).toList();
      return Graph.nodes(expressions(t)).stream().anyMatch(e -> e instanceof Expr.Read(Array a, var at)
          && a.role() != Array.Role.ARGUMENT && !no.contains(a)
          && at.stream().anyMatch(s -> free.of(s).stream().anyMatch(rows::contains)));
    });
  }

  private static Stream<Expr> read(Term.Factor f) {
    return switch (f) {
      case Term.Opaque(Expr value, String why) -> Stream.of(value);
      case Term.Stat s -> s.at().stream();
    };
  }

  private static List<Expr> expressions(Term t) {
    return Stream.of(Stream.of(t.coefficient()), t.guards().stream(), t.factors().stream().flatMap(Rowwise::read))
        .flatMap(s -> s).toList();
  }

  private static boolean isPlain(Term.Range r, Graph.Free free) {
    return Stream.of(r.from(), r.to()).allMatch(e -> free.of(e).isEmpty()
            && Graph.reads(List.of(e)).stream().allMatch(a -> a.role() == Array.Role.DATA && a.rank() == 0))
        && !Graph.reads(List.of(r.from(), r.to())).isEmpty();
  }

  /// The rows of `first` in batches.
  ///
  /// @throws Refused where that cannot be
  static Rowwise of(Model model, List<Structure.Closed> closed, List<Term> terms, Plate first) {
    var r = new Rowwise(model, closed, terms);
    r.plates.add(new Plate(r.same.intern(first.from()), r.same.intern(first.to()), new Index("row"), Optional.empty()));
    r.grow();
    r.check();
    return r;
  }

  /// What rows of a plate are called.
  static String name(Plate plate) {
    return plate.to() instanceof Expr.Read(Array a, var at) ? a.name() : Printer.print(plate.to());
  }

  List<Plate> plates() {
    return plates;
  }

  Map<Array, Axis> axes() {
    return axes;
  }

  /// The loops over rows, each with the number of its plate.
  Map<Index, Integer> loops() {
    return loops;
  }

  /// Whether a term with rows reads some of these.
  boolean meets(List<Array> unknowns) {
    return unknowns.stream().anyMatch(met::contains);
  }

  private Optional<Term.Range> row(Term t) {
    var all = t.ranges().stream().filter(r -> plate(r).isPresent()).toList();
    if (all.size() > 1) throw new Refused("pairs of rows meet in one term");
    return all.stream().findFirst();
  }

  private Optional<Integer> plate(Term.Range r) {
    for (int p = 0; p < plates.size(); p++) if (plates.get(p).spans(r, same)) return Optional.of(p);
    return Optional.empty();
  }

  private static List<Term.Stat> statistics(Term t) {
    return t.factors().stream().flatMap(f -> f instanceof Term.Stat s ? Stream.of(s) : Stream.empty()).toList();
  }

  /// Dimensions of an unknown that count events; the others lie within one. None of data with gaps, which are unknowns and
  /// given numbers side by side.
  private int lead(Array unknown) {
    return model.unknowns().stream().filter(x -> x.array() == unknown).findFirst().map(u -> switch (u.range()) {
      case Model.Range.Scalars _, Model.Range.Whole _, Model.Range.PolyaGamma _ -> unknown.rank();
      case Model.Range.Simplex _ -> unknown.rank() - 1;
      case Model.Range.Covariance _ -> unknown.rank() - 2;
      case Model.Range.Restricted _ -> 0;
    }).orElse(0);
  }

  /// Plates that come along.
  private void grow() {
    boolean more = true;
    while (more) {
      more = false;
      var along = new HashSet<List<Object>>();
      for (var t : terms)
        for (var r : row(t).stream().filter(r -> plate(r).orElseThrow() == 0).toList())
          for (var s : statistics(t))
            for (int d = 0; d < lead(s.unknown()); d++)
              if (s.at().get(d) instanceof Expr.Var(Index i) && i == r.index()) along.add(List.of(s.unknown(), d));
      for (var t : terms) {
        if (row(t).isPresent()) continue;
        for (var s : statistics(t))
          for (int d = 0; d < lead(s.unknown()); d++)
            if (along.contains(List.of(s.unknown(), d))) more |= follow(t, s.at().get(d));
      }
    }
  }

  private boolean follow(Term t, Expr owner) {
    var of = t.ranges().stream().filter(r -> free.of(owner).contains(r.index())).toList();
    if (of.size() != 1 || free.of(owner).size() != 1 || owner instanceof Expr.Var || !isPlain(of.getFirst(), free))
      return false;
    var r = of.getFirst();
    if (plate(r).isPresent()) return false;
    var row = new Index("row");
    plates.add(new Plate(same.intern(r.from()), same.intern(r.to()), row, Optional.of(renamed(owner, r.index(), row))));
    return true;
  }

  private Expr renamed(Expr owner, Index from, Index to) {
    return same.intern(Subst.indices(Map.of(from, var(to))).apply(owner));
  }

  private void check() {
    for (var t : terms) row(t).ifPresent(r -> check(t, r));
    for (var t : terms) for (var s : statistics(t)) everywhere(t, s);
    for (var c : closed) {
      var mine = c.unknowns().stream().filter(axes::containsKey).toList();
      if (mine.isEmpty() || mine.size() == c.unknowns().size()) continue;
      var other = c.unknowns().stream().filter(u -> !axes.containsKey(u)).findFirst().orElseThrow();
      throw new Refused("`%s`, which has a value for each row, is in one block with `%s`; --factorize %s takes it out"
          .formatted(mine.getFirst().name(), other.name(), mine.getFirst().name()));
    }
  }

  private void check(Term t, Term.Range r) {
    int plate = plate(r).orElseThrow();
    loops.put(r.index(), plate);
    for (var f : t.factors())
      switch (f) {
        case Term.Stat s -> {
          met.add(s.unknown());
          for (int d = 0; d < s.at().size(); d++) subscript(s, d, r, plate);
        }
        case Term.Opaque(Expr value, String why) -> opaque(value, r);
      }
  }

  private void subscript(Term.Stat s, int d, Term.Range r, int plate) {
    var e = s.at().get(d);
    if (!free.of(e).contains(r.index())) return;
    var owner = plates.get(plate).owner();
    if (e instanceof Expr.Var) place(s.unknown(), d, plate);
    else if (owner.isPresent() && renamed(e, r.index(), plates.get(plate).row()) == owner.get()) place(s.unknown(), d, 0);
  }

  private void place(Array unknown, int d, int plate) {
    var p = plates.get(plate);
    boolean whole = p.from() instanceof Expr.Int(int zero) && zero == 0 && d < lead(unknown)
        && same.intern(unknown.dims().get(d)) == p.to();
    var axis = new Axis(d, plate);
    if (!whole || axes.containsKey(unknown) && !axes.get(unknown).equals(axis))
      throw new Refused("`" + unknown.name() + "` does not have one value for each row");
    if (closed.stream().noneMatch(c -> c.unknowns().contains(unknown)))
      throw new Refused("`" + unknown.name() + "` has a value for each row, and no closed form");
    axes.put(unknown, axis);
  }

  private void opaque(Expr value, Term.Range r) {
    for (var e : Graph.nodes(List.of(value)))
      if (e instanceof Expr.Read(Array a, var at) && model.unknowns().stream().anyMatch(u -> u.array() == a)
          && at.stream().anyMatch(s -> s instanceof Expr.Var(Index i) && i == r.index()))
        throw new Refused("`" + a.name() + "` has a value for each row, and no closed form");
  }

  /// What has a value for each row must be read at that row alone.
  private void everywhere(Term t, Term.Stat s) {
    var axis = axes.get(s.unknown());
    if (axis == null) return;
    var e = s.at().get(axis.dimension());
    boolean own = row(t).filter(r -> {
      int plate = plate(r).orElseThrow();
      if (plate == axis.plate()) return e instanceof Expr.Var(Index i) && i == r.index();
      return axis.plate() == 0 && plates.get(plate).owner()
          .filter(o -> renamed(e, r.index(), plates.get(plate).row()) == o).isPresent();
    }).isPresent();
    if (!own) throw new Refused("rows depend on one another by `" + s.unknown().name() + "`");
  }
}
