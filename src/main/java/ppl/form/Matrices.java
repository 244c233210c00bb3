package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.runtime.Statistic;

/// The rules for factored matrices. For A = L L':
/// sum_r L[a, r] L[b, r] = A[a, b], sum_r L^-1[r, a] L^-1[r, b] = A^-1[a, b], sum_r log L[r, r] = log det A / 2;
/// and what inverse and determinant are where A is a multiple of an unknown covariance matrix, of the inverse of one,
/// of data, or diagonal.
final class Matrices {
  private final Facts facts;
  private final Algebra algebra;
  private final Calls calls;
  private final Normaliser normaliser;
  private final Map<Array, Sum> resolved = new HashMap<>();
  private final Map<Array, Stmt> prepare = new LinkedHashMap<>();
  private final Map<Array, Stmt> prelude = new LinkedHashMap<>();
  private final Map<Key, Array> computed = new HashMap<>();
  private final Index row = new Index("i");
  private final Index column = new Index("j");
  private final List<Index> parameters = new ArrayList<>();

  Matrices(Facts facts, Algebra algebra, Calls calls, Normaliser normaliser) {
    this.facts = facts;
    this.algebra = algebra;
    this.calls = calls;
    this.normaliser = normaliser;
  }

  /// Statements over data that compute what coefficients read, of `wanted`.
  List<Stmt> prepare(Set<Array> wanted) {
    return prepare.keySet().stream().filter(wanted::contains).map(prepare::get).toList();
  }

  /// Statements over unknowns that compute what opaque factors read, of `wanted`.
  List<Stmt> prelude(Set<Array> wanted) {
    return prelude.keySet().stream().filter(wanted::contains).map(prelude::get).toList();
  }

  /// Whether an array is computed from unknowns here.
  boolean isOpaque(Array a) {
    return prelude.containsKey(a);
  }

  /// Two matrices of one key have equal elements.
  private record Key(Expr element, Expr size, List<Expr> parameters, boolean isFactor, boolean isDefinite, boolean inverse) {}

  /// A read of a symbol; empty if nothing is known of it.
  Optional<Sum> read(Matrix m, Array symbol, List<Expr> at) {
    if (symbol == m.factor() || symbol == m.factorInverse()) return Optional.of(Algebra.of(new Atom.Element(symbol, at)));
    var found = resolved.get(symbol);
    if (found == null) {
      boolean inverse = symbol == m.inverse();
      found = resolve(m, inverse).orElseGet(() -> opaque(m, symbol, inverse));
      resolved.put(symbol, found);
    }
    return Optional.of(at(m, found, at));
  }

  private Sum at(Matrix m, Sum s, List<Expr> at) {
    var values = new HashMap<Index, Expr>();
    int n = m.parameters().size();
    for (int i = 0; i < n; i++) values.put(m.parameters().get(i).index(), at.get(i));
    if (at.size() > n) {
      values.put(m.row(), at.get(n));
      values.put(m.column(), at.get(n + 1));
    }
    var all = Sum.ZERO;
    for (var x : s.monomials()) all = algebra.add(all, new Sum(List.of(algebra.intern(x.with(values).renamed()))));
    return all;
  }

  // Contraction

  /// One rule applied to a monomial, if one fits.
  Optional<Sum> contract(Monomial m) {
    for (var r : m.ranges()) {
      if (!(r.from() instanceof Expr.Int(int from) && from == 0)) continue;
      var users = m.atoms().stream().filter(a -> uses(a, r.index())).toList();
      if (users.isEmpty() || usedElsewhere(m, r)) continue;
      var rest = new ArrayList<>(m.atoms());
      Optional<Sum> by = switch (users.getFirst()) {
        case Atom.Element x -> {
          if (users.size() != 2 || !(users.get(1) instanceof Atom.Element y)) yield Optional.empty();
          rest.remove(x);
          rest.remove(y);
          yield pair(x, y, r);
        }
        case Atom.LogDiagonal x -> {
          if (users.size() != 1) yield Optional.empty();
          rest.remove(x);
          yield diagonal(x, r);
        }
        case Atom.Stat s -> Optional.empty();
        case Atom.Power p -> Optional.empty();
      };
      if (by.isEmpty()) continue;
      var ranges = new ArrayList<>(m.ranges());
      ranges.remove(r);
      var left = new Monomial(ranges, m.guards(), m.coefficient(), rest);
      return Optional.of(new Sum(algebra.products(new Sum(List.of(left)), by.get())));
    }
    return Optional.empty();
  }

  private Optional<Sum> pair(Atom.Element x, Atom.Element y, Term.Range r) {
    if (x.symbol() != y.symbol()) return Optional.empty();
    var m = calls.matrix(x.symbol()).orElseThrow();
    int n = m.parameters().size();
    if (algebra.intern(m.size()) != r.to() || !x.at().subList(0, n).equals(y.at().subList(0, n))) return Optional.empty();
    boolean factor = x.symbol() == m.factor();
    int bound = factor ? n + 1 : n;
    int open = factor ? n : n + 1;
    if (!isVar(x.at().get(bound), r.index()) || !isVar(y.at().get(bound), r.index())) return Optional.empty();
    var at = new ArrayList<>(x.at().subList(0, n));
    at.add(x.at().get(open));
    at.add(y.at().get(open));
    if (at.stream().anyMatch(e -> free(e).contains(r.index()))) return Optional.empty();
    if (!factor) return read(m, m.inverse(), at);
    if (m.isFactor()) return Optional.empty();
    var element = facts.isKnown(m.element()) ? Algebra.constant(m.element()) : normaliser.of(m.element());
    return Optional.of(at(m, element, at));
  }

  private Optional<Sum> diagonal(Atom.LogDiagonal x, Term.Range r) {
    var m = calls.matrix(x.symbol()).orElseThrow();
    if (algebra.intern(m.size()) != r.to() || !isVar(x.at().getLast(), r.index())) return Optional.empty();
    var at = x.at().subList(0, x.at().size() - 1);
    if (at.stream().anyMatch(e -> free(e).contains(r.index()))) return Optional.empty();
    return read(m, m.logDeterminant(), at).map(s -> algebra.scale(real(0.5), s));
  }

  private static boolean isVar(Expr e, Index i) {
    return e instanceof Expr.Var(Index j) && j == i;
  }

  private static Set<Index> free(Expr e) {
    return new Graph.Free().of(e);
  }

  private static boolean uses(Atom a, Index i) {
    return switch (a) {
      case Atom.Stat s -> s.at().stream().anyMatch(e -> free(e).contains(i));
      case Atom.Power p -> free(p.base()).contains(i);
      case Atom.Element e -> e.at().stream().anyMatch(x -> free(x).contains(i));
      case Atom.LogDiagonal l -> l.at().stream().anyMatch(x -> free(x).contains(i));
    };
  }

  private static boolean usedElsewhere(Monomial m, Term.Range r) {
    var all = new ArrayList<>(m.guards());
    all.add(m.coefficient());
    for (var o : m.ranges()) if (o != r) all.addAll(List.of(o.from(), o.to()));
    return all.stream().anyMatch(e -> free(e).contains(r.index()));
  }

  // Inverses and determinants

  /// The inverse at row and column, or the log determinant.
  private Optional<Sum> resolve(Matrix m, boolean inverse) {
    if (facts.isKnown(m.element())) return Optional.of(known(m, m.element(), inverse));
    if (m.isFactor()) return Optional.empty();
    var s = normaliser.of(m.element());
    if (s.size() != 1) return Optional.empty();
    var one = s.monomials().getFirst();
    if (!one.ranges().isEmpty()) return Optional.empty();
    if (!one.guards().isEmpty()) return one.guards().size() == 1 && isDiagonal(one.guards().getFirst(), m) ? diagonal(m, one, inverse) : Optional.empty();
    var entry = one.atoms().stream().filter(a -> uses(a, m.row()) || uses(a, m.column())).toList();
    var scale = new ArrayList<>(one.atoms());
    scale.removeAll(entry);
    if (entry.isEmpty()) {
      var c = Monomial.of(ONE, scale.toArray(Atom[]::new));
      return scaled(m, c, known(m, one.coefficient(), inverse), inverse);
    }
    if (entry.size() > 1 || free(one.coefficient()).contains(m.row()) || free(one.coefficient()).contains(m.column())
        || !(entry.getFirst() instanceof Atom.Stat(var unknown, var statistic, var at))
        || !facts.isCovariance(unknown) || at.size() < 2) return Optional.empty();
    int n = at.size() - 2;
    var lead = at.subList(0, n);
    boolean straight = isVar(at.get(n), m.row()) && isVar(at.get(n + 1), m.column());
    boolean transposed = isVar(at.get(n), m.column()) && isVar(at.get(n + 1), m.row());
    if (!straight && !transposed || lead.stream().anyMatch(e -> free(e).contains(m.row()) || free(e).contains(m.column())))
      return Optional.empty();
    var c = Monomial.of(one.coefficient(), scale.toArray(Atom[]::new));
    return switch (statistic) {
      case Statistic.Power(double p) when p == 1 -> scaled(m, c, of(unknown, inverse, 1, lead, at), inverse);
      case Statistic.Inverse i -> scaled(m, c, of(unknown, inverse, -1, lead, at), inverse);
      case Statistic.Power _, Statistic.Log _, Statistic.Log1m _, Statistic.Indicator _, Statistic.LogDeterminant _ -> Optional.empty();
    };
  }

  /// Of an unknown covariance matrix, or (`power` -1) of its inverse.
  private static Sum of(Array unknown, boolean inverse, int power, List<Expr> lead, List<Expr> at) {
    if (inverse) return Algebra.of(new Atom.Stat(unknown, power == 1 ? new Statistic.Inverse() : Statistic.VALUE, at));
    return new Sum(List.of(Monomial.of(real(power), new Atom.Stat(unknown, new Statistic.LogDeterminant(), lead))));
  }

  /// Of c times a matrix: its inverse over c, or its log determinant and that of c as often as there are rows.
  private Optional<Sum> scaled(Matrix m, Monomial c, Sum of, boolean inverse) {
    if (inverse) return normaliser.powers().powerOfMonomial(c, -1).map(r -> new Sum(algebra.products(new Sum(List.of(r)), of)));
    return normaliser.logarithms().logOfMonomial(c).map(l -> algebra.add(algebra.scale(toReal(m.size()), l), of));
  }

  private static boolean isDiagonal(Expr guard, Matrix m) {
    return guard instanceof Expr.Apply(Prim p, var args) && p == Prim.IEQ
        && (isVar(args.get(0), m.row()) && isVar(args.get(1), m.column())
            || isVar(args.get(0), m.column()) && isVar(args.get(1), m.row()));
  }

  private Optional<Sum> diagonal(Matrix m, Monomial one, boolean inverse) {
    var d = algebra.intern(new Monomial(List.of(), List.of(), one.coefficient(), one.atoms()).with(Map.of(m.column(), Exprs.var(m.row()))));
    if (inverse) return normaliser.powers().powerOfMonomial(d, -1).map(r ->
        algebra.when(algebra.intern(one.guards().getFirst()), new Sum(List.of(algebra.intern(r)))));
    return normaliser.logarithms().logOfMonomial(d).map(l -> algebra.over(new Term.Range(m.row(), integer(0), m.size()), l));
  }

  // Matrices as a whole

  /// Of a matrix that follows from data, computed once for all values of its parameters.
  private Sum known(Matrix m, Expr element, boolean inverse) {
    return Algebra.constant(read(m, element, inverse, prepare));
  }

  /// Of any other matrix, computed from the values of unknowns; the symbol itself, which nothing computes, where its
  /// elements are said by other symbols.
  private Sum opaque(Matrix m, Array symbol, boolean inverse) {
    var why = (inverse ? "the inverse of a matrix with " : "the determinant of a matrix with ") + facts.names(m.element());
    boolean nested = Graph.reads(List.of(m.element())).stream().anyMatch(a -> calls.matrix(a).isPresent());
    var value = nested ? algebra.intern(symbol.read(own(m, inverse))) : read(m, m.element(), inverse, prelude);
    return Algebra.of(new Atom.Power(value, 1, false, why));
  }

  /// The subscripts of a symbol of `m` for its own index variables.
  private static List<Expr> own(Matrix m, boolean inverse) {
    var at = new ArrayList<Expr>();
    for (var p : m.parameters()) at.add(Exprs.var(p.index()));
    if (inverse) at.addAll(List.of(Exprs.var(m.row()), Exprs.var(m.column())));
    return at;
  }

  private Expr read(Matrix m, Expr element, boolean inverse, Map<Array, Stmt> into) {
    var canonical = new HashMap<Index, Expr>();
    canonical.put(m.row(), Exprs.var(row));
    canonical.put(m.column(), Exprs.var(column));
    var extents = new ArrayList<Expr>();
    for (int d = 0; d < m.parameters().size(); d++) {
      if (parameters.size() == d) parameters.add(new Index("p" + d));
      canonical.put(m.parameters().get(d).index(), Exprs.var(parameters.get(d)));
      extents.addAll(List.of(algebra.intern(m.parameters().get(d).from()), algebra.intern(m.parameters().get(d).count())));
    }
    var key = new Key(algebra.intern(ppl.ir.Subst.indices(canonical).apply(element)), algebra.intern(m.size()), extents,
        m.isFactor(), m.isDefinite(), inverse);
    var stored = computed.computeIfAbsent(key, k -> compute(m, element, inverse, into));
    var at = new ArrayList<Expr>();
    for (var p : m.parameters()) at.add(sub(Exprs.var(p.index()), p.from()));
    if (inverse) {
      at.add(Exprs.var(m.row()));
      at.add(Exprs.var(m.column()));
    }
    return algebra.intern(stored.read(at));
  }

  private Array compute(Matrix m, Expr element, boolean inverse, Map<Array, Stmt> into) {
    var lead = m.parameters().stream().map(Matrix.Parameter::count).toList();
    var dims = new ArrayList<>(lead);
    if (inverse) dims.addAll(List.of(m.size(), m.size()));
    var out = Array.computed(name(m, element, inverse), Kind.REAL, dims);
    if (!facts.isKnown(element)) facts.symbol(out, element);
    var indices = m.parameters().stream().map(p -> new Index(p.index().name())).toList();
    into.put(out, Build.block(b -> b.loops(indices, lead, at -> Build.block(inner -> {
      var square = List.of(m.size(), m.size());
      var matrix = inner.array("matrix", Kind.REAL, square);
      fill(inner, matrix, square, List.of(), (i, j) -> {
        var values = new HashMap<Index, Expr>(Map.of(m.row(), i, m.column(), j));
        for (int d = 0; d < at.size(); d++)
          values.put(m.parameters().get(d).index(), add(at.get(d), m.parameters().get(d).from()));
        return ppl.ir.Subst.indices(values).apply(element);
      });
      if (m.isFactor()) store(inner, out, square, at, matrix, inverse);
      else if (m.isDefinite()) store(inner, out, square, at, ArrayOps.cholesky(inner, matrix), inverse);
      else if (!inverse) inner.add(new Stmt.Set(out, at, ArrayOps.logDeterminant(inner, matrix)));
      else {
        var inv = ArrayOps.inverse(inner, matrix);
        fill(inner, out, square, at, (i, j) -> inv.read(i, j));
      }
    }))));
    return out;
  }

  private static String name(Matrix m, Expr element, boolean inverse) {
    if (element instanceof Expr.Read(Array a, var at)) {
      var x = m.isFactor() ? "(" + a.name() + " " + a.name() + "')" : a.name();
      return inverse ? x + "^-1" : "log det " + x;
    }
    return inverse ? "inverse" : "log_det";
  }

  /// From a Cholesky factor.
  private static void store(Build b, Array out, List<Expr> square, List<Expr> at, Array factor, boolean inverse) {
    if (!inverse) {
      b.add(new Stmt.Set(out, at, ArrayOps.logDeterminantSpd(factor)));
      return;
    }
    var identity = b.array("identity", Kind.REAL, square);
    fill(b, identity, square, List.of(), (i, j) -> toReal(eq(i, j)));
    var inv = ArrayOps.solveSpd(b, factor, identity);
    fill(b, out, square, at, (i, j) -> inv.read(i, j));
  }

  private static void fill(Build b, Array out, List<Expr> dims, List<Expr> lead, BiFunction<Expr, Expr, Expr> f) {
    b.loops(List.of(new Index("i"), new Index("j")), dims, ij -> {
      var at = new ArrayList<>(lead);
      at.addAll(ij);
      return new Stmt.Set(out, at, f.apply(ij.get(0), ij.get(1)));
    });
  }
}
