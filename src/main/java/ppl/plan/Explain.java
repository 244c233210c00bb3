package ppl.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Printer;
import ppl.ir.Stmt;
import ppl.lower.Model;
import ppl.source.Span;
import ppl.typed.Symbol;
import ppl.typed.TStmt;
import ppl.typed.Typed;
import ppl.typed.TypedPrinter;

/// What the compiler made of a model, in words.
public final class Explain {
  private Explain() {}

  /// A page for people: data, unknowns with their priors and coordinates, and what each statement became.
  public static String page(Typed typed, Model model) {
    var s = new StringBuilder();
    s.append(typed.name()).append('\n');
    if (!typed.doc().isBlank()) s.append(typed.doc().strip()).append('\n');
    section(s, "Data", typed.data().stream().map(Explain::data).toList());
    section(s, Section.constants(typed.definitions()));
    section(s, Section.functions(typed.definitions()));
    section(s, Section.distributions(typed.definitions()));
    section(s, "Unknowns", model.unknowns().stream().map(u -> unknown(u, typed)).toList());
    section(s, "Given by =", typed.deterministic().stream().map(d -> Section.line(d.name(), d.type().toString())).toList());
    section(s, Section.generated(typed));
    section(s, "Steps of one evaluation", model.steps().stream().map(Explain::step).toList());
    return s.toString();
  }

  /// The steps of a model in index notation.
  public static String steps(Model model) {
    return model.steps().stream()
        .map(step -> "// " + title(step) + ": " + firstLine(step.span()) + "\n" + Printer.print(step.block()))
        .collect(Collectors.joining("\n"));
  }

  private static void section(StringBuilder s, Section section) {
    section(s, section.title(), section.lines());
  }

  private static void section(StringBuilder s, String title, List<String> lines) {
    if (lines.isEmpty()) return;
    s.append('\n').append(title).append('\n');
    lines.forEach(l -> s.append("  ").append(l).append('\n'));
  }

  private static String data(Symbol d) {
    var name = d.table().map(t -> t.name() + "." + d.name()).orElse(d.name());
    return Section.line(name, d.type() + TypedPrinter.support(d.support()));
  }

  private static String unknown(Model.Unknown u, Typed typed) {
    if (u.discrete().flatMap(Model.Discrete::gaps).isPresent())
      return Section.line(u.symbol().name(), "missing values of data (" + u.transform() + ")");
    var prior = priorsOf(u.symbol(), typed.body()).orElse("flat on its support");
    return Section.line(u.symbol().name(), u.symbol().type() + TypedPrinter.support(u.symbol().support()) + " ~ " + prior
        + "  (" + coordinates(u) + u.constant().map(c -> "; " + c).orElse("") + ")");
  }

  private static String coordinates(Model.Unknown u) {
    if (u.discrete().isPresent()) return u.transform();
    boolean single = u.range() instanceof Model.Range.Scalars;
    var how = single ? u.transform() : "constrained as " + u.transform();
    return u.size() instanceof Expr.Int(int n) ? n + (n == 1 ? " coordinate, " : " coordinates, ") + how
        : single ? "one coordinate an element, " + how : how;
  }

  /// What stands right of `~` for a name.
  static Optional<String> priorsOf(Symbol symbol, List<TStmt> statements) {
    var found = new ArrayList<String>();
    statements.forEach(s -> priors(s, symbol, found));
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", found));
  }

  private static void priors(TStmt s, Symbol symbol, List<String> found) {
    switch (s) {
      case TStmt.Prior(var place, var dist, var span) -> {
        if (place.symbol() == symbol) found.add(dist.span().text().replaceAll("\\s+", " "));
      }
      case TStmt.For f -> f.body().forEach(x -> priors(x, symbol, found));
      case TStmt.If i -> {
        i.then().forEach(x -> priors(x, symbol, found));
        i.otherwise().forEach(x -> priors(x, symbol, found));
      }
      case TStmt.Give g -> {}
      case TStmt.Observe o -> {}
      case TStmt.Target t -> {}
    }
  }

  private static String step(Model.Step step) {
    var shapes = new ArrayList<String>();
    loops(step.block(), shapes);
    var shape = shapes.isEmpty() ? "" : "  [" + String.join(", ", shapes) + "]";
    return "%-10s line %-4d %s%s".formatted(title(step), line(step.span()), firstLine(step.span()), shape);
  }

  private static String title(Model.Step step) {
    return switch (step) {
      case Model.Step.Constrain c -> "unknown";
      case Model.Step.Values v -> "value";
      case Model.Step.Density d -> "density";
      case Model.Step.Draws d -> "drawn";
    };
  }

  /// The outermost loops: plates, whose iterations are independent, and recurrences.
  private static void loops(Stmt s, List<String> found) {
    switch (s) {
      case Stmt.Block(var arrays, var statements) -> statements.forEach(x -> loops(x, found));
      case Stmt.For f -> found.add((f.independent() ? "plate over " : "recurrence over ") + extent(f));
      case Stmt.If(var c, var then, var otherwise) -> {
        loops(then, found);
        loops(otherwise, found);
      }
      case Stmt.Set x -> {}
      case Stmt.Add x -> {}
      case Stmt.Fill x -> {}
      case Stmt.Draw x -> {}
      case Stmt.Call(var op, var in, var out, var sizes) -> found.add(op.name());
    }
  }

  /// Ranges as in the language: both ends are meant.
  private static String extent(Stmt.For f) {
    var text = new MathText();
    var to = text.of(f.to());
    return f.from() instanceof Expr.Int(int v) && v == 0 ? to : text.of(Exprs.add(f.from(), Exprs.integer(1))) + ".." + to;
  }

  private static int line(Span span) {
    return span.source().line(span.start());
  }

  private static String firstLine(Span span) {
    var text = span.text().strip();
    int end = text.indexOf('\n');
    return (end < 0 ? text : text.substring(0, end) + " ..").replaceAll(" +", " ");
  }
}
