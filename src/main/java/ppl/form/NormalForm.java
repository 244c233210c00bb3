package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.lower.Model;
import ppl.source.Span;

/// The log joint density of a model as sums of products of statistics of its unknowns. Jacobians are left out: the
/// density is with respect to the unknowns themselves.
///
/// Coefficients and guards read data, and deterministic arrays of the model's [Model.Step.Values] steps that follow
/// from data alone; one of negative infinity says that the density is 0 there. Opaque factors read also unknowns, other deterministic arrays, and what `prelude` computes.
///
/// @param terms   they add up to the log joint
/// @param bounds  where the density is 0: the terms say nothing of these
/// @param prepare computes from data alone, once, what coefficients read beside data
/// @param prelude computes from data, unknowns and deterministic arrays what opaque factors read
public record NormalForm(List<Term> terms, List<Bound> bounds, Stmt.Block prepare, Stmt.Block prelude) {
  public NormalForm {
    terms = List.copyOf(terms);
    bounds = List.copyOf(bounds);
  }

  public static NormalForm of(Model model) {
    return new Maker(model, a -> true).make();
  }

  /// The log joint as a function of `unknowns`, all others given: these count as data, also in coefficients.
  public static NormalForm given(Model model, Collection<Array> unknowns) {
    return new Maker(model, unknowns::contains).make();
  }

  private static final class Maker {
    private final Model model;
    private final Facts facts;
    private final Definitions definitions;
    private final Normaliser normaliser;
    private final List<Term> terms = new ArrayList<>();
    private final List<Bound> bounds = new ArrayList<>();
    private final List<Stmt> prelude = new ArrayList<>();

    Maker(Model model, Predicate<Array> unknowns) {
      this.model = model;
      this.facts = Facts.of(model, Stmt.Block.EMPTY, unknowns);
      this.definitions = new Definitions(facts);
      this.normaliser = new Normaliser(facts, definitions);
    }

    NormalForm make() {
      for (var step : model.steps())
        switch (step) {
          case Model.Step.Constrain c -> {}
          case Model.Step.Values v -> definitions.walk(v.block(), List.of(), (frames, e) -> {});
          case Model.Step.Density d -> density(d);
          case Model.Step.Draws d -> {}
        }
      var read = Graph.reads(terms.stream().flatMap(t -> expressions(t)).toList());
      var before = new ArrayList<>(normaliser.matrices().prelude(read));
      before.addAll(prelude);
      return new NormalForm(terms, bounds, new Stmt.Block(List.of(), normaliser.matrices().prepare(read)),
          new Stmt.Block(List.of(), before));
    }

    private static Stream<Expr> expressions(Term t) {
      return Stream.concat(Stream.of(t.coefficient()), t.factors().stream().flatMap(f -> switch (f) {
        case Term.Opaque(Expr value, String why) -> Stream.of(value);
        case Term.Stat s -> Stream.of();
      }));
    }

    private void density(Model.Step.Density step) {
      int before = terms.size();
      var reasons = new ArrayList<String>();
      definitions.walk(step.block(), List.of(), (frames, e) -> {
        var local = Graph.reads(List.of(e)).stream().filter(definitions::isLocal).findFirst();
        local.ifPresent(a -> reasons.add(definitions.why(a)));
        if (reasons.isEmpty()) for (var summand : summands(e)) summand(frames, summand, step.span(), reasons);
      });
      var mine = terms.subList(before, terms.size());
      if (reasons.isEmpty()) needless(mine).ifPresent(reasons::add);
      if (reasons.isEmpty()) return;
      terms.subList(before, terms.size()).clear();
      var hoisted = Hoist.of(step.block());
      prelude.add(hoisted.block());
      for (var part : hoisted.parts()) term(part.frames(), part.value(), reasons.getFirst(), step.span());
    }

    /// Why a statement is better left as it is: matrices of unknowns were taken apart, but nothing is closed by it.
    private Optional<String> needless(List<Term> terms) {
      var opaque = terms.stream().filter(t -> Graph.reads(expressions(t).toList()).stream().anyMatch(normaliser.matrices()::isOpaque)).toList();
      if (opaque.isEmpty() || opaque.stream().anyMatch(t -> t.factors().size() > 1)) return Optional.empty();
      return opaque.getFirst().factors().stream().map(f -> ((Term.Opaque) f).why()).findFirst();
    }

    private void term(List<Definitions.Frame> frames, Expr value, String why, Span span) {
      add(frames, Monomial.of(ONE, new Atom.Power(value, 1, false, why)), span);
    }

    /// The summands on the outside, so that bounds are seen.
    private static List<Expr> summands(Expr e) {
      if (e instanceof Expr.Apply(Prim p, var args) && p == Prim.ADD) {
        var all = new ArrayList<>(summands(args.get(0)));
        all.addAll(summands(args.get(1)));
        if (all.stream().anyMatch(NormalForm::isBound)) return all;
      }
      return List.of(e);
    }

    private void summand(List<Definitions.Frame> frames, Expr e, Span span, List<String> reasons) {
      if (isBound(e) && !facts.isKnown(((Expr.Select) e).condition())) {
        var s = (Expr.Select) e;
        var found = new Bounds(facts, frames, span).of(s.condition());
        if (found.isPresent()) {
          bounds.addAll(found.get().bounds());
          for (var c : found.get().known()) summand(frames, select(c, ZERO, s.no()), span, reasons);
          summand(frames, s.yes(), span, reasons);
          return;
        }
        if (!(s.yes() instanceof Expr.Real)) {
          summand(frames, s.yes(), span, reasons);
          summand(frames, select(s.condition(), ZERO, s.no()), span, reasons);
          return;
        }
      }
      for (var m : normaliser.of(e).monomials()) {
        left(m).ifPresent(reasons::add);
        if (reasons.isEmpty()) add(frames, m, span);
      }
    }

    /// Why a monomial cannot be said outside of its statement: what is left of factored matrices.
    private Optional<String> left(Monomial m) {
      for (var a : m.atoms())
        switch (a) {
          case Atom.Stat s -> {}
          case Atom.Power p -> {
            if (Graph.reads(List.of(p.base())).stream().anyMatch(x -> definitions.calls().matrix(x).isPresent())) return Optional.of(p.why());
          }
          case Atom.Element(var symbol, var at) -> {
            return Optional.of("a Cholesky factor of a matrix with " + facts.names(symbol.read(at)));
          }
          case Atom.LogDiagonal(var symbol, var at) -> {
            return Optional.of("a Cholesky factor of a matrix");
          }
        }
      return Optional.empty();
    }

    private void add(List<Definitions.Frame> frames, Monomial m, Span span) {
      var around = Definitions.Around.of(frames);
      var ranges = around.ranges();
      var guards = around.guards();
      ranges.addAll(m.ranges());
      guards.addAll(m.guards());
      if (m.coefficient() instanceof Expr.Real(double v) && v == 0) return;
      var own = new Monomial(ranges, guards, m.coefficient(), m.atoms()).renamed();
      terms.add(new Term(own.ranges(), own.guards(), own.coefficient(), factors(own), span));
    }

    private List<Term.Factor> factors(Monomial m) {
      var factors = new ArrayList<Term.Factor>();
      Optional<Expr> opaque = Optional.empty();
      Optional<String> why = Optional.empty();
      for (var a : m.atoms())
        switch (a) {
          case Atom.Stat(var unknown, var statistic, var at) -> factors.add(new Term.Stat(unknown, statistic, at));
          case Atom.Power p -> {
            var value = normaliser.algebra().value(p);
            opaque = Optional.of(opaque.map(o -> mul(o, value)).orElse(value));
            why = why.or(() -> Optional.of(p.why()));
          }
          case Atom.Element e -> throw new IllegalStateException("an element of a factor");
          case Atom.LogDiagonal l -> throw new IllegalStateException("a diagonal of a factor");
        }
      if (opaque.isPresent()) factors.add(new Term.Opaque(opaque.get(), why.orElseThrow()));
      return factors;
    }
  }

  static boolean isBound(Expr e) {
    return e instanceof Expr.Select s && s.no() instanceof Expr.Real(double v) && v == Double.NEGATIVE_INFINITY;
  }
}
