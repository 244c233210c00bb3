package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.lower.Model;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Span;

/// Sums out discrete unknowns: a model whose densities read none of them, with the same density of all others, and
/// with steps that draw them given these.
///
/// Variable elimination (Koller and Friedman 2009, *Probabilistic Graphical Models*, chapter 9) on factors in index
/// notation, so that the work of one family of elements is a loop.
public final class SumOut {
  /// More terms than this in one evaluation are refused.
  public static final double MOST = 1e9;

  private final Model model;
  private final Diagnostics diagnostics;
  private final Map<Array, Variable> variables = new LinkedHashMap<>();
  private final List<Factor> factors = new ArrayList<>();
  private final List<Elimination> done = new ArrayList<>();
  private final List<Model.Step> densities = new ArrayList<>();
  private final List<Model.Sum> sums = new ArrayList<>();
  private final Map<Array, String> words = new IdentityHashMap<>();

  private SumOut(Model model, Diagnostics diagnostics) {
    this.model = model;
    this.diagnostics = diagnostics;
  }

  /// The model without discrete unknowns; empty where `diagnostics` has errors.
  public static Optional<Model> of(Model model, Diagnostics diagnostics) {
    if (model.unknowns().stream().allMatch(u -> u.discrete().isEmpty())) return Optional.of(model);
    return new SumOut(model, diagnostics).run();
  }

  private Optional<Model> run() {
    for (var u : model.unknowns()) u.discrete().ifPresent(d -> variable(u, d));
    if (diagnostics.hasErrors()) return Optional.empty();
    var given = Given.of(model);
    var found = Factors.of(model, given);
    for (var step : model.steps())
      if (step instanceof Model.Step.Constrain c && given.isLate(c.block())) bounds(c);
    found.troubles().forEach(this::refuse);
    if (diagnostics.hasErrors()) return Optional.empty();
    densities.addAll(found.rest());
    for (var f : found.factors()) {
      var b = new Build();
      factors.add(Potentials.table(b, f, variables));
      if (!b.isEmpty()) densities.add(new Model.Step.Density(b.block(), f.span()));
    }
    var open = new ArrayList<>(variables.values());
    while (!open.isEmpty()) {
      var next = next(open);
      if (next.isEmpty()) return Optional.empty();
      eliminate(next.get());
      open.removeAll(next.get().elimination().group().variables());
    }
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(result(given));
  }

  private void variable(Model.Unknown u, Model.Discrete d) {
    if (d.lower().isPresent() && d.count().isPresent())
      variables.put(u.array(), new Variable(u, d.lower().get(), d.count().get()));
    else
      diagnostics.add(infinite(u, d.gaps().isPresent()));
  }

  private static Diagnostic infinite(Model.Unknown u, boolean missing) {
    var name = u.symbol();
    return missing
        ? Diagnostic.error("E0501", name.span(),
            "missing values of `%s` may be any of infinitely many as far as is known before inference", name)
            .help("declare bounds, as in `data %s : int(0..100)`", name)
        : Diagnostic.error("E0501", name.span(),
            "`%s` may take infinitely many values as far as is known before inference, so it cannot be summed out", name)
            .help("declare bounds, as in `%s : int(0..100)`: its prior is then normalised within them", name);
  }

  private void bounds(Model.Step.Constrain c) {
    diagnostics.add(Diagnostic.error("E0501", c.unknown().span(),
        "where `%s` may lie depends on a discrete unknown, which therefore cannot be summed out", c.unknown())
        .help("declare bounds that do not: the density still may depend on it"));
  }

  private void refuse(Factors.Trouble t) {
    var variable = variables.get(t.unknown());
    var name = variable.unknown().symbol();
    var error = Diagnostic.error("E0501", name.span(), "the discrete unknown `%s` cannot be summed out", name)
        .note(t.span(), "%s", t.why());
    diagnostics.add(t.many() ? error.help("%s", together(variable)) : error);
  }

  /// The ways out where all elements would have to be summed over together.
  private static String together(Variable v) {
    var few = "a few elements can have names of their own: all their values are tried together";
    boolean binary = v.lower() instanceof Expr.Int(int low) && low == 0 && v.count() instanceof Expr.Int(int n) && n == 2;
    return binary ? "if each element switches a coefficient on, let the prior of the coefficient say it, where the sum is over one element: "
        + "`b ~ mixture([1 - p, p], Normal(0, 0.05), Normal(0, 1))` for spike and slab; " + few : few;
  }

  private Optional<Attempt.Done> next(List<Variable> open) {
    var singles = open.stream().map(v -> Attempt.plates(v, factors)).toList();
    var best = singles.stream().filter(Attempt.Done.class::isInstance).map(Attempt.Done.class::cast)
        .min(Comparator.comparingInt(d -> d.elimination().outside().size()));
    if (best.isPresent()) return best;
    for (var v : open)
      if (Attempt.chain(v, open, factors) instanceof Attempt.Done d) return Optional.of(d);
    var why = open.stream().map(v -> Attempt.chain(v, open, factors)).map(a -> (Attempt.Failed) a).findFirst().orElseThrow();
    var names = open.stream().map(v -> "`" + v + "`").collect(Collectors.joining(" and "));
    diagnostics.add(Diagnostic.error("E0501", open.getFirst().unknown().symbol().span(),
        "%s cannot be summed out: elements depend on each other in no order that a sum could follow", names)
        .note(why.span(), "%s", why.why())
        .help("elements may depend on the one before them, and on those of other unknowns at the same place"));
    return Optional.empty();
  }

  private void eliminate(Attempt.Done next) {
    var e = next.elimination();
    factors.removeAll(next.used());
    done.add(e);
    e.group().variables().forEach(v -> words.put(v.array(), e.words()));
    var others = e.outside().isEmpty() ? "" : " for every value of " + Group.names(e.outside());
    var sum = new Model.Sum("summing out " + e.group() + others, cost(e), span(e));
    if (sum.terms() instanceof Expr.Real(double terms)) tooMany(sum, terms).ifPresent(diagnostics::add);
    else sums.add(sum);
    var b = new Build();
    next.before().forEach(b::add);
    if (e.outside().isEmpty())
      Nest.over(b, e.loops(), false, (inner, where) -> e.add(inner, new Place(where, Map.of())));
    else factors.add(new Factor(e.loops(), List.of(), e.outside(), new Body.Message(e), span(e)).absorbed());
    if (!b.isEmpty()) densities.add(new Model.Step.Density(b.block(), span(e)));
  }

  /// What is said of a sum of so many terms, if they are too many.
  public static Optional<Diagnostic> tooMany(Model.Sum sum, double terms) {
    return terms <= MOST ? Optional.empty() : Optional.of(Diagnostic.error("E0501", sum.span(),
        "%s takes %.2g terms in each evaluation", sum.what(), terms).help("narrower bounds leave fewer values to sum over"));
  }

  private Expr cost(Elimination e) {
    var cost = e.cost();
    for (var s : e.outside()) cost = mul(cost, toReal(variables.get(s.unknown()).count()));
    return cost;
  }

  private static Span span(Elimination e) {
    return e.group().variables().getFirst().unknown().symbol().span();
  }

  private Model result(Given given) {
    var steps = new ArrayList<>(given.early());
    steps.addAll(densities);
    for (var e : done.reversed()) steps.add(new Model.Step.Draws(Build.block(e::draw), span(e)));
    steps.addAll(given.late());
    var unknowns = model.unknowns().stream().map(u -> words.containsKey(u.array())
        ? new Model.Unknown(u.symbol(), u.array(), words.get(u.array()), u.offset(), u.size(), u.constant(), u.discrete(),
            u.range())
        : u).toList();
    return new Model(model.name(), model.slots(), model.position(), model.missing(), unknowns, steps, model.outputs(),
        model.generate(), model.generated(), model.replicates(), model.priors(), model.audit().costing(sums));
  }
}
