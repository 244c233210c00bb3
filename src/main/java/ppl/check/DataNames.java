package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ast.Name;
import ppl.ast.Stmt;
import ppl.ast.TypeExpr;
import ppl.source.Diagnostic;
import ppl.source.Suggest;
import ppl.typed.Dim;
import ppl.typed.Domain;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.Type;
import ppl.typed.Typed;

/// Declares factors, tables and data.
final class DataNames {
  private final Env env;
  private final List<Entry> slots = new ArrayList<>();
  private final List<PendingTable> tables = new ArrayList<>();

  private record PendingTable(Stmt.Table ast, Domain rows, Optional<Domain.Factor> by, List<Entry> columns) {}

  DataNames(Env env) {
    this.env = env;
  }

  void declare(List<Stmt> statements) {
    for (var s : statements)
      switch (s) {
        case Stmt.Data d when Types.isFactor(d.type()) -> factor(d.name(), d.type());
        case Stmt.Table t -> {
          t.columns().stream().filter(c -> Types.isFactor(c.type())).forEach(c -> factor(c.name(), c.type()));
        }
        default -> {}
      }
    for (var s : statements) if (s instanceof Stmt.Table t && t.by().isEmpty()) rows(t);
    for (var s : statements)
      switch (s) {
        case Stmt.Data d -> data(d);
        case Stmt.Table t -> table(t);
        default -> {}
      }
  }

  /// A factor may be a column of several tables: it is one set of levels.
  private void factor(Name name, TypeExpr type) {
    var levels = Types.levels(type, env);
    var before = env.globals().domain(name.text());
    if (before.isEmpty()) {
      env.globals().domains().put(name.text(), new Domain.Factor(name.text(), levels, name.span()));
      return;
    }
    if (before.get() instanceof Domain.Factor f && (levels.isEmpty() || levels.equals(f.levels()))) return;
    if (before.get() instanceof Domain.Factor f && f.levels().isEmpty()) {
      env.report(Diagnostic.error("E0260", type.span(),
          "the levels of `%s` are listed in one of its columns and not in another", name)
          .note(f.span(), "here they are not"));
      return;
    }
    env.report(Diagnostic.error("E0260", type.span(), "`%s` is declared with other levels before", name)
        .note(before.get().span(), "here"));
  }

  private void rows(Stmt.Table t) {
    var before = env.globals().domain(t.name().text());
    if (before.isPresent()) {
      env.report(Diagnostic.error("E0202", t.name().span(), "`%s` is declared twice", t.name())
          .note(before.get().span(), "it is declared here"));
      return;
    }
    env.globals().domains().put(t.name().text(), new Domain.Rows(t.name().text(), t.name().span()));
  }

  private void data(Stmt.Data d) {
    var entry = new Entry(d.name().text(), d.name().span(), false, env.shared().resolving(),
        () -> slot(d.name(), d.type(), d.doc(), Optional.empty()));
    if (put(entry)) slots.add(entry);
  }

  private boolean put(Entry e) {
    var before = env.scope().here(e.name());
    if (before.isPresent()) {
      env.report(Diagnostic.error("E0202", e.span(), "`%s` is declared twice", e.name())
          .note(before.get().span(), "it is declared here")
          .help("give the second one another name"));
      return false;
    }
    env.scope().put(e);
    return true;
  }

  private Optional<Entry.Value> slot(Name name, TypeExpr type, String doc, Optional<Domain> rows) {
    var lead = rows.map(r -> List.of(Dim.of(r))).orElse(List.of());
    if (Types.isFactor(type)) {
      var domain = env.globals().domain(name.text());
      var dims = Types.dims(type, env);
      if (domain.isEmpty() || dims.isEmpty()) return Optional.empty();
      var t = Type.level(domain.get()).with(dims.get()).family(lead);
      return Optional.of(Entry.Value.of(new Symbol(name.text(), Symbol.Role.DATA, t, Support.ALL, rows, doc,
          name.span())));
    }
    return Types.read(type, env).map(t -> Entry.Value.of(
        new Symbol(name.text(), Symbol.Role.DATA, t.type().family(lead), t.support(), rows, doc, name.span())));
  }

  private void table(Stmt.Table t) {
    Optional<Domain.Factor> by = Optional.empty();
    Domain rows;
    if (t.by().isPresent()) {
      var domain = env.globals().domain(t.by().get().text());
      if (!(domain.orElse(null) instanceof Domain.Factor f)) {
        env.report(unknownFactor(t.by().get()));
        t.columns().forEach(c -> env.shared().undeclared().add(c.name().text()));
        return;
      }
      by = Optional.of(f);
      rows = f;
      if (env.globals().domains().putIfAbsent(t.name().text(), f) != null) {
        env.report(Diagnostic.error("E0202", t.name().span(), "`%s` is declared twice", t.name()));
        return;
      }
    } else rows = env.globals().domain(t.name().text()).orElseThrow();
    if (env.globals().tables().putIfAbsent(t.name().text(), t.name().span()) != null) return;
    if (t.columns().isEmpty()) env.report(Diagnostic.error("E0260", t.span(), "table `%s` has no columns", t.name()));
    var columns = new ArrayList<Entry>();
    for (var c : t.columns()) column(t, c, rows).ifPresent(columns::add);
    tables.add(new PendingTable(t, rows, by, columns));
  }

  private Diagnostic unknownFactor(Name by) {
    var factors = env.globals().domains().values().stream().filter(d -> d instanceof Domain.Factor).map(Domain::name)
        .toList();
    var error = Diagnostic.error("E0260", by.span(), "`%s` is not a factor", by);
    return Suggest.help(by.text(), factors).map(error::help)
        .orElse(error.help("a table `by` something has one row per level of a column declared `factor`"));
  }

  private Optional<Entry> column(Stmt.Table t, Stmt.Column c, Domain rows) {
    var full = t.name() + "." + c.name();
    if (env.globals().columns().containsKey(full)) {
      env.report(Diagnostic.error("E0202", c.name().span(), "table `%s` has two columns `%s`", t.name(), c.name()));
      return Optional.empty();
    }
    var entry = new Entry(c.name().text(), c.name().span(), false, env.shared().resolving(),
        () -> slot(c.name(), c.type(), c.doc(), Optional.of(rows)));
    env.globals().columns().put(full, entry);
    slots.add(entry);
    return Optional.of(entry);
  }

  /// Columns whose name is unique can be mentioned without their table.
  void expose() {
    var columns = env.globals().columns();
    columns.forEach((full, entry) -> {
      boolean unique = columns.values().stream().filter(e -> e.name().equals(entry.name())).count() == 1;
      var before = env.scope().here(entry.name());
      if (unique && before.isEmpty()) env.scope().put(entry);
    });
  }

  List<Symbol> symbols() {
    return slots.stream().map(Entry::value).flatMap(Optional::stream).map(Entry.Value::symbol).toList();
  }

  List<Typed.Table> tables() {
    return tables.stream().map(t -> new Typed.Table(t.ast().name().text(), t.rows(), t.by(),
        t.columns().stream().map(Entry::value).flatMap(Optional::stream).map(Entry.Value::symbol).toList())).toList();
  }
}
