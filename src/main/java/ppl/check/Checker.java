package ppl.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.ast.Ast;
import ppl.ast.Expr;
import ppl.ast.Stmt;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Suggest;
import ppl.typed.Defined;
import ppl.typed.Symbol;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// Finds out what every name of a model is, and everything that is wrong with it before data are seen.
public final class Checker {
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  private final Env env;
  private final Imports imports;
  private final Ast ast;
  private final DataNames data;
  private final List<Entry> learned = new ArrayList<>();

  private Checker(Ast ast, Env env, Imports imports) {
    this.ast = ast;
    this.imports = imports;
    this.env = env;
    this.data = new DataNames(env);
  }

  /// The checked model. All errors of the file come in one run (codes `E02..`, warnings `W02..`); only a model without
  /// any is told what is not supported (`E05..`).
  ///
  /// @param sets values of constants that override those of the text
  public static Optional<Typed> check(Ast ast, Map<String, String> sets, ImportLoader imports, Diagnostics out) {
    var found = new Diagnostics();
    var env = new Env(Env.Shared.of(found, sets), new Globals(false), Scope.top(), new ArrayList<>());
    var imported = new Imports(env, imports);
    imported.into(ast);
    var typed = new Checker(ast, env, imported).check(found);
    var told = out.all().stream().map(Diagnostic::span).filter(Optional::isPresent).collect(Collectors.toSet());
    var missing = found.all().stream().anyMatch(d -> d.code().equals("E0250"));
    found.all().stream().filter(d -> !(missing && isUnknownCall(d)) && !isDoubtful(d, ast))
        .filter(d -> !out.improve(d) && !told.contains(d.span()))
        .sorted(Comparator.comparing(d -> d.span().map(s -> s.source() == ast.source() ? s.start() : -1).orElse(-1)))
        .forEach(out::add);
    return out.hasErrors() ? Optional.empty() : typed;
  }

  /// A function or distribution that may be in a file that could not be read.
  private static boolean isUnknownCall(Diagnostic d) {
    return d.code().equals("E0207") || d.code().equals("E0208");
  }

  /// Whether what is said follows from a part of the text that was not read as it stands: it is said of such a part, or of
  /// a name in one. What is legal and probably not meant is not said of such a text at all.
  private static boolean isDoubtful(Diagnostic d, Ast ast) {
    var guessed = Stream.of(ast.misread(), ast.unread()).flatMap(List::stream).toList();
    if (guessed.isEmpty() || d.span().isEmpty() || d.span().get().source() != ast.source()) return false;
    var at = d.span().get();
    boolean inside = Stream.concat(Stream.of(at), d.notes().stream().map(Diagnostic.Note::span))
        .anyMatch(p -> guessed.stream().anyMatch(s -> s.start() <= p.start() && p.end() <= s.end()));
    return !d.isError() || inside || ast.unread().stream().flatMap(s -> WORD.matcher(s.text()).results())
        .anyMatch(m -> WORD.matcher(at.text()).results().anyMatch(w -> w.group().equals(m.group())));
  }

  /// Notes the names that blocks give for themselves, as far as no other statement declares them.
  private void locals(Stmt s) {
    var inside = s instanceof Stmt.For f ? f.body()
        : s instanceof Stmt.If i ? Stream.concat(i.then().stream(), i.otherwise().stream().flatMap(List::stream)).toList() : List.<Stmt>of();
    for (var x : inside) {
      if (x instanceof Stmt.Assign a && a.place() instanceof Expr.Ref(var name)) env.shared().locals().putIfAbsent(name.text(), name.span());
      locals(x);
    }
  }

  private Optional<Typed> check(Diagnostics out) {
    var statements = ast.statements();
    statements.forEach(s -> {
      if (s instanceof Stmt.Generate g) g.body().forEach(b -> env.shared().later().addAll(names(b)));
    });
    statements.forEach(this::locals);
    data.declare(statements);
    learn(statements);
    data.expose();
    Blocks.enter(statements, env);
    for (var name : Mentioned.order(statements)) env.scope().here(name).ifPresent(Entry::value);
    var all = new Statements(env);
    var body = all.all(statements);
    statements.forEach(this::initial);
    env.globals().functions().values().forEach(f -> f.def().get());
    env.globals().distributions().values().forEach(d -> d.def().get());
    var generated = generate(statements);
    guide(statements);
    sets();
    var symbols = symbols(statements);
    Given.check(body, symbols, env);
    Given.check(Flow.order(generated.body(), env), generated.symbols(), env);
    body = Flow.order(body, env);
    var typed = new Typed(name(), doc(), List.copyOf(new java.util.LinkedHashSet<>(env.globals().domains().values())),
        data.tables(), data.symbols(),
        symbols.stream().filter(s -> s.role() == Symbol.Role.UNKNOWN || s.role() == Symbol.Role.LEARNED).toList(),
        symbols.stream().filter(s -> s.role() == Symbol.Role.DETERMINISTIC).toList(), body,
            Flow.order(generated.body(), env), generated.symbols(),
        env.checks().stream().filter(c -> Finish.isGlobal(c) && Outnumbered.isOpen(c, data.symbols())).distinct().toList(), List.of(), defined());
    var doubts = Finish.check(typed, env);
    if (!out.hasErrors()) env.shared().refusals().forEach(r -> env.report(r.error()));
    return out.hasErrors() ? Optional.empty() : Optional.of(typed.doubting(doubts));
  }

  private String name() {
    var file = ast.source().name();
    var base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    return base.endsWith(".ppl") ? base.substring(0, base.length() - 4) : base;
  }

  private String doc() {
    return "";
  }

  private void learn(List<Stmt> statements) {
    for (var s : statements)
      if (s instanceof Stmt.Learn l) {
        var entry = new Entry(l.name().text(), l.name().span(), false, env.shared().resolving(),
            () -> Types.read(l.type(), env).map(t ->
            Entry.Value.of(new Symbol(l.name().text(), Symbol.Role.LEARNED, t.type(), t.support(), Optional.empty(),
                l.doc(), l.name().span()))));
        if (env.scope().here(l.name().text()).isPresent())
          env.report(Diagnostic.error("E0202", l.name().span(), "`%s` is declared twice", l.name()));
        else env.scope().put(entry);
        if (learned.isEmpty()) env.refuse(Diagnostic.error("E0503", l.span(), "`learn` is not supported yet")
            .help("give `%s` a prior: `%s : %s ~ ..`", l.name(), l.name(), l.type().span().text()));
        learned.add(entry);
      }
  }

  /// The first value of a learned name.
  private void initial(Stmt s) {
    if (!(s instanceof Stmt.Learn l) || l.initial().isEmpty()) return;
    if (l.initial().get() instanceof ppl.ast.Expr.Call c && List.of("glorot", "he", "zeros")
        .contains(c.function().text())) return;
    var value = new Expressions(env).check(l.initial().get());
    var symbol = env.scope().find(l.name().text()).flatMap(Entry::value);
    if (value.isPresent() && symbol.isPresent()) new Definitions(env)
        .fits(symbol.get().symbol().type(), value.get(), l.name());
  }

  private record Generated(List<TStmt> body, List<Symbol> symbols) {}

  private Generated generate(List<Stmt> statements) {
    var inside = statements.stream().filter(s -> s instanceof Stmt.Generate)
        .flatMap(s -> ((Stmt.Generate) s).body().stream()).toList();
    var inner = Blocks.enter(inside, env.inner(Scope.Kind.GENERATE));
    var body = new Statements(inner).all(inside);
    return new Generated(body, symbols(inside, inner.scope(), Symbol.Role.GENERATED));
  }

  private void guide(List<Stmt> statements) {
    for (var s : statements)
      if (s instanceof Stmt.Guide g) {
        new Guides(env).check(g);
        env.refuse(Diagnostic.error("E0504", g.span(), "a `guide` of one's own is not supported yet")
            .help("without it the families of the engines are used"));
      }
  }

  /// The constants of the model, then those of imported files.
  private Stream<Entry.Value> constants() {
    var own = named(ast.statements()).flatMap(n -> env.scope().here(n).flatMap(Entry::value).stream());
    return Stream.concat(own, imports.values()).filter(v -> v.symbol().role() == Symbol.Role.CONSTANT);
  }

  private Defined defined() {
    return new Defined(
        constants().flatMap(v -> v.inline().stream().flatMap(e -> Constants.value(e).stream().boxed())
            .map(x -> new Defined.Constant(v.symbol(), x))).toList(),
        env.globals().functions().values().stream().flatMap(f -> f.def().get().stream()).toList(),
        env.globals().distributions().values().stream().flatMap(d -> d.def().get().stream()).toList());
  }

  /// Constants that the user set and that are none.
  private void sets() {
    var constants = constants().map(v -> v.symbol().name()).distinct().toList();
    env.shared().sets().keySet().stream().filter(k -> !constants.contains(k)).forEach(k -> {
      var entry = env.scope().here(k).flatMap(Entry::value);
      var error = Diagnostic.error("E0252", entry.isPresent() ? "`" + k + "` is not a constant"
          : "the model has no constant `" + k + "`");
      env.report(entry.filter(v -> v.symbol().role() == Symbol.Role.DATA).isPresent()
          ? error.help("it is data: give it in a data file")
          : Suggest.help(k, constants).map(error::help)
              .orElse(error.help("constants are numbers given at top level, `K = 4`")));
    });
  }

  /// The names that statements at top level give or declare.
  static Stream<String> named(List<Stmt> statements) {
    return statements.stream().flatMap(s -> names(s).stream());
  }

  private List<Symbol> symbols(List<Stmt> statements) {
    var all = new ArrayList<Symbol>();
    for (var s : statements)
      for (var n : names(s)) env.scope().here(n).flatMap(Entry::value).map(Entry.Value::symbol)
          .filter(x -> !all.contains(x)).ifPresent(all::add);
    return all;
  }

  private static List<Symbol> symbols(List<Stmt> statements, Scope scope, Symbol.Role role) {
    return statements.stream().flatMap(s -> names(s).stream()).distinct()
        .flatMap(n -> scope.here(n).flatMap(Entry::value).stream())
        .map(Entry.Value::symbol).filter(s -> s.role() == role).toList();
  }

  /// The names that a statement declares.
  static List<String> names(Stmt s) {
    return switch (s) {
      case Stmt.Declare d -> List.of(d.name().text());
      case Stmt.Learn l -> List.of(l.name().text());
      case Stmt.Assign a -> a.place() instanceof ppl.ast.Expr.Ref(var name) ? List.of(name.text()) : List.of();
      case Stmt.Data _, Stmt.Table _, Stmt.Sample _, Stmt.For _, Stmt.If _, Stmt.Target _, Stmt.Fun _, Stmt.Dist _,
          Stmt.Return _,
          Stmt.Generate _, Stmt.Guide _, Stmt.Import _ -> List.of();
    };
  }
}
