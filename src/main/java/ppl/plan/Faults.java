package ppl.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.BrokenRule;
import ppl.ir.Differentiate;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.ir.Prune;
import ppl.ir.Stage;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.lower.Examination;
import ppl.lower.Model;
import ppl.lower.Probe;
import ppl.lower.Wording;
import ppl.runtime.Dataset;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.Symbol;

/// Where the log density of a model with certain data is no number or zero, statement by statement in the reference
/// interpreter, so that it can be said of which element and why.
///
/// @param examined the model and what has to hold
/// @param columns  the slot of each data name
/// @param data     what is bound
public record Faults(Examination examined, Map<Symbol, Schema.Slot> columns, Dataset data, Object[] slots) {
  private static final int ENOUGH = 5;

  /// What was found of one statement.
  private static final class Found {
    private final Probe.Statement statement;
    private final List<String> events = new ArrayList<>();
    private String first = "";
    private Optional<Diagnostic.Note> declared = Optional.empty();
    private Optional<String> help = Optional.empty();
    private String last = "";
    private int count;
    /// Whether it explains what else is wrong with the statement.
    private boolean cause;

    Found(Probe.Statement statement) {
      this.statement = statement;
    }
  }

  /// Ends an interpretation.
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super(null, null, false, false);
    }
  }

  private Interpreter interpreter() {
    var interpreter = new Interpreter(RandomGenerator.of("L64X128MixRandom"));
    var all = examined.model().slots();
    for (int i = 0; i < slots.length; i++)
      interpreter.bind(all.get(i).array(), Interpreted.values(all.get(i).array(), slots[i]));
    return interpreter;
  }

  /// Unknowns without a value at any position: they are summed out.
  private Set<Array> discrete() {
    var all = Collections.<Array>newSetFromMap(new IdentityHashMap<>());
    examined.model().unknowns().stream().filter(u -> u.discrete().isPresent()).forEach(u -> all.add(u.array()));
    return all;
  }

  /// Everything in one block.
  private Stmt.Block whole() {
    var arrays = new ArrayList<Array>();
    var statements = new ArrayList<Stmt>();
    all().keySet().forEach(a -> statements.add(new Stmt.Fill(a, Exprs.ZERO)));
    Stream.of(examined.model().steps().stream().map(Model.Step::block), Stream.of(examined.model().generate()),
        statements().map(Probe.Statement::block)).flatMap(s -> s).forEach(b -> {
          arrays.addAll(b.arrays());
          statements.addAll(b.statements());
        });
    return Assemble.owning(arrays, statements);
  }

  /// All faults that the data alone decide, whatever the unknowns are.
  public List<Diagnostic> ofData() {
    var faults = all();
    var whole = whole();
    var early = Collections.<Array>newSetFromMap(new IdentityHashMap<>());
    early.addAll(faults.keySet());
    var late = Stage.late(whole, Set.of(), discrete());
    early.removeAll(late);
    var interpreter = interpreter();
    var found = new ArrayList<Found>();
    interpreter.watch(early, a -> note(known(faults.get(a), late), owner(a), found, interpreter));
    try {
      interpreter.run(Prune.to(early, whole));
    } catch (BrokenRule | ArithmeticException e) {
      // A subscript outside its array, or division by 0: the audit says where.
    }
    return found.stream().filter(f -> f.cause || found.stream().noneMatch(o -> o.cause && o.statement.span().equals(f.statement.span()))).map(f -> {
      var error = Diagnostic.error("E0724", f.statement.span(), "%s%s", f.first, more(f));
      var noted = f.declared.map(n -> error.note(n.span(), "%s", n.message())).orElse(error);
      return indicator(f.statement).or(() -> f.help).map(noted::help).orElse(noted);
    }).toList();
  }

  /// What to say where a limit is 0 or 1 in all rows: it says whether something was cut off, not where.
  private Optional<String> indicator(Probe.Statement statement) {
    return statement.probes().stream().flatMap(p -> p.must() instanceof Probe.Must.Argue(var a) && a.none().isPresent()
        ? a.of().filter(this::isIndicator).map(s -> "`%s` is 0 or 1 in all these data, and a limit is the value where it lies: write `%s = %s == 1 ? %s : %s`"
            .formatted(s, a.name(), s, p.event().text(), a.none().get())
            + " if 1 says that the value is beyond " + p.event().text()).stream()
        : Stream.empty()).findFirst();
  }

  private boolean isIndicator(Symbol s) {
    if (!columns.containsKey(s)) return false;
    var values = data.lookup().values(columns.get(s));
    return values.length > 1 && Arrays.stream(values).allMatch(v -> v == 0 || v == 1);
  }

  /// Without the value of an event that unknowns decide: a density that data alone decide may be one of an unknown.
  private static Probe known(Probe probe, Set<Array> late) {
    return probe.must() instanceof Probe.Must.Finite(var density, var value, var arguments, var within)
        ? new Probe(probe.fault(), probe.event(), new Probe.Must.Finite(density, value.filter(v -> isKnown(v, late)),
            arguments.stream().filter(a -> isKnown(a.value(), late)).toList(), within))
        : probe;
  }

  private static boolean isKnown(Arr value, Set<Array> late) {
    return !Graph.dependsOn(value.at(value.indices("i").stream().map(i -> Exprs.var(i)).toList()), late);
  }

  private Map<Array, Probe> all() {
    var all = new IdentityHashMap<Array, Probe>();
    statements().forEach(s -> s.probes().forEach(p -> all.put(p.fault(), p)));
    return all;
  }

  /// Those that add to the log density, and those that only have to have a meaning, in the order of the text.
  private Stream<Probe.Statement> statements() {
    return Stream.concat(examined.statements().stream(), examined.model().audit().tests().stream())
        .sorted(Comparator.comparing(s -> s.span().start()));
  }

  private Probe.Statement owner(Array fault) {
    return statements().filter(s -> s.probes().stream().anyMatch(p -> p.fault() == fault)).findFirst()
        .orElseThrow();
  }

  /// The first fault of an event explains the others.
  private void note(Probe probe, Probe.Statement of, List<Found> all, Interpreter now) {
    if (all.isEmpty() || all.getLast().statement != of) all.add(new Found(of));
    var found = all.getLast();
    var event = alike(probe) ? "" : name(probe.event(), now);
    if (found.count > 0 && (event.equals(found.last) || found.last.isEmpty())) return;
    found.last = event;
    if (found.count++ == 0) {
      found.first = text(probe, event, now);
      found.declared = declared(probe);
      found.cause = probe.must() instanceof Probe.Must.Symmetric;
      found.help = new Wording(now::evaluate).help(probe.must());
    }
    else if (found.count <= ENOUGH) found.events.add(event);
  }

  /// Whether it is about what all events of the statement have in common.
  private static boolean alike(Probe probe) {
    return probe.must() instanceof Probe.Must.Argue(var a) && a.alike();
  }

  /// Where the name stands whose value is at fault.
  private static Optional<Diagnostic.Note> declared(Probe probe) {
    return probe.must() instanceof Probe.Must.Argue(var a)
        ? a.of().map(s -> new Diagnostic.Note(s.span(), "`" + s.name() + "` is declared here")) : Optional.empty();
  }

  private static String more(Found found) {
    if (found.count < 2) return "";
    var rest = found.count > ENOUGH ? ", .." : "";
    return "; also " + (found.count == 2 ? "" : found.count - 1 + " others: ") + String.join(", ", found.events) + rest;
  }

  /// The first statement whose log density or gradient is not finite at the coordinates `q`.
  public Optional<Diagnostic> at(double[] q) {
    var interpreter = interpreter();
    interpreter.bind(examined.model().position(), q);
    try {
      var vague = discrete();
      if (!vague.isEmpty()) vague = Stage.late(whole(), Set.of(examined.model().position()), vague);
      var open = vague;
      return values(interpreter, open).or(() -> statements(interpreter, open)
          .or(() -> open.isEmpty() ? gradient(q) : Optional.empty()).map(d -> source(d, interpreter, open)));
    } catch (Broken e) {
      return Optional.of(failed(e.span, e.getMessage()));
    }
  }

  /// What a statement came upon that cannot be, such as a subscript outside its array.
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Span span;

    Broken(Span span, String message) {
      super(message, null, false, false);
      this.span = span;
    }
  }

  private static double run(Interpreter interpreter, Stmt.Block block, Span span) {
    try {
      return interpreter.run(block);
    } catch (BrokenRule | ArithmeticException e) {
      throw new Broken(span, e.getMessage());
    }
  }

  /// Runs what gives values, and tests that unknowns can be had from their coordinates.
  ///
  /// @param open what depends on discrete unknowns, and is left alone
  private Optional<Diagnostic> values(Interpreter interpreter, Set<Array> open) {
    declare(interpreter);
    for (var step : examined.model().steps()) {
      if (step instanceof Model.Step.Density) continue;
      double jacobian = run(interpreter, closed(step.block(), open), step.span());
      if (step instanceof Model.Step.Constrain(var unknown, var block, var span) && !Double.isFinite(jacobian))
        return Optional.of(failed(span, "`%s` cannot be had from its coordinates there: the log Jacobian is %s"
            .formatted(unknown.name(), Wording.number(jacobian))));
    }
    return Optional.empty();
  }

  /// The part of a block that does not depend on discrete unknowns.
  private static Stmt.Block closed(Stmt.Block block, Set<Array> open) {
    if (Collections.disjoint(Stmts.reads(block), open)) return block;
    var wanted = Stmts.writes(block);
    wanted.removeAll(open);
    return Prune.to(wanted, block);
  }

  /// Notes the first deterministic quantity that is not finite.
  private Diagnostic source(Diagnostic fault, Interpreter now, Set<Array> open) {
    for (var step : examined.model().steps()) {
      if (!(step instanceof Model.Step.Values)) continue;
      var known = Stmts.writes(step.block());
      known.removeAll(open);
      for (var a : known)
        for (double x : now.values(a))
          if (!Double.isFinite(x)) return fault.note(step.span(), "`%s` is %s", a.name(), Wording.number(x));
    }
    return fault;
  }

  private Optional<Diagnostic> statements(Interpreter interpreter, Set<Array> open) {
    var faults = all();
    for (var statement : examined.statements()) {
      var found = new ArrayList<Diagnostic>();
      interpreter.watch(faults.keySet(), a -> {
        var fault = faults.get(a);
        var error = failed(statement.span(), text(fault, name(fault.event(), interpreter), interpreter));
        found.add(new Wording(interpreter::evaluate).help(fault.must()).map(error::help).orElse(error));
        throw new Enough();
      });
      var fills = statement.probes().stream().<Stmt>map(p -> new Stmt.Fill(p.fault(), Exprs.ZERO)).toList();
      interpreter.run(new Stmt.Block(statement.probes().stream().map(Probe::fault).toList(), fills));
      try {
        run(interpreter, closed(statement.block(), open), statement.span());
      } catch (Enough e) {
        return Optional.of(found.getFirst());
      }
    }
    return Optional.empty();
  }

  /// The first density whose gradient is not finite, if densities are.
  private Optional<Diagnostic> gradient(double[] q) {
    var model = examined.model();
    var gradient = new Array("gradient", Kind.REAL, model.position().dims(), Array.Role.ARGUMENT);
    for (var step : model.steps()) {
      if (!(step instanceof Model.Step.Density)) continue;
      var arrays = new ArrayList<Array>();
      var statements = new ArrayList<Stmt>();
      for (var s : model.steps()) {
        if (s != step && s instanceof Model.Step.Density) continue;
        arrays.addAll(s.block().arrays());
        statements.addAll(s.block().statements());
      }
      var alone = Prune.to(Set.of(Array.TARGET), Assemble.owning(arrays, statements));
      var g = new double[q.length];
      interpreter().bind(model.position(), q).bind(gradient, g)
          .run(Differentiate.gradient(alone, Map.of(model.position(), gradient)));
      for (double x : g)
        if (!Double.isFinite(x)) return Optional.of(
            failed(step.span(), "the log density of this statement is finite, but its gradient is not"));
    }
    return Optional.empty();
  }

  private static Diagnostic failed(Span span, String what) {
    return Diagnostic.error("E0901", span, "no start was found: %s", what)
        .help("at no start that was tried are the log density and its gradient finite; this is the first of them");
  }

  /// Declares what steps write for each other.
  private void declare(Interpreter interpreter) {
    var blocks = examined.model().steps().stream().map(Model.Step::block).toList();
    var own = Collections.<Array>newSetFromMap(new IdentityHashMap<>());
    blocks.forEach(b -> own.addAll(b.arrays()));
    var shared = Assemble.owning(blocks.stream().flatMap(b -> b.arrays().stream()).toList(),
        blocks.stream().<Stmt>flatMap(b -> b.statements().stream()).toList()).arrays();
    interpreter.run(new Stmt.Block(shared.stream().filter(a -> !own.contains(a)).toList(), List.of()));
  }

  private String text(Probe probe, String event, Interpreter now) {
    var place = alike(probe) ? "" : place(probe.event(), now).map(p -> p + ": ").orElse("");
    return place + new Wording(now::evaluate).fault(probe.must(), event);
  }

  /// Where an observed element stands in its file.
  private Optional<String> place(Probe.Event event, Interpreter now) {
    return event.symbol().filter(columns::containsKey).map(s -> data.columns().get(columns.get(s))).map(column -> {
      int flat = 0;
      for (int d = 0; d < column.dims().length; d++)
        flat = flat * column.dims()[d] + event.at().get(d).map(e -> (int) now.evaluate(e)).orElse(0);
      return column.place().apply(flat);
    }).filter(p -> !p.isEmpty());
  }

  private String name(Probe.Event event, Interpreter now) {
    var parts = new ArrayList<String>();
    for (int d = 0; d < event.at().size(); d++) {
      int dimension = d;
      parts.add(event.at().get(d).map(e -> label(event, dimension, (int) now.evaluate(e))).orElse(""));
    }
    while (!parts.isEmpty() && parts.getLast().isEmpty()) parts.removeLast();
    if (parts.isEmpty()) return "`" + event.text() + "`";
    var subscripts = parts.stream().collect(Collectors.joining(", ", "[", "]"));
    return event.symbol().isPresent() ? "`" + event.text() + subscripts + "`" : "`" + event.text() + "`" + subscripts;
  }

  private String label(Probe.Event event, int dimension, int at) {
    var labels = event.symbol().flatMap(s -> s.type().dims().get(dimension).domain())
        .map(domain -> data.levels().get(domain.name()));
    return labels.filter(l -> at < l.size()).map(l -> l.get(at)).orElseGet(() -> String.valueOf(at + 1));
  }
}
