package ppl.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ast.Ast;
import ppl.ast.Expr;
import ppl.ast.Stmt;
import ppl.source.Diagnostic;
import ppl.source.Span;

/// Brings the functions and distributions of a file and of those that it imports into sight.
final class Imports {
  /// @param env     what functions of the file see
  /// @param imports keys of the files that it imports, with the place
  private record File(Ast ast, Env env, Map<String, Span> imports, Map<String, Span> own) {}

  private final Env main;
  private final ImportLoader loader;
  private final Map<String, File> files = new LinkedHashMap<>();
  /// What the model itself names: `--set` means that, not a constant of an imported file.
  private final Set<String> own = new HashSet<>();

  Imports(Env main, ImportLoader loader) {
    this.main = main;
    this.loader = loader;
  }

  void into(Ast ast) {
    Checker.named(ast.statements()).forEach(own::add);
    load(ast.source().name(), ast, main);
    files.values().forEach(this::merge);
  }

  /// What imported files name: constants, which their functions use.
  Stream<Entry.Value> values() {
    return files.values().stream().filter(f -> f.env() != main)
        .flatMap(f -> Checker.named(f.ast().statements()).flatMap(n -> f.env().scope().here(n).stream()))
        .flatMap(e -> e.value().stream());
  }

  private void load(String key, Ast ast, Env env) {
    var file = new File(ast, env, new LinkedHashMap<>(), new LinkedHashMap<>());
    files.put(key, file);
    var definitions = new UserDefinitions(env);
    for (var s : ast.statements())
      switch (s) {
        case Stmt.Import i -> follow(i, file);
        case Stmt.Fun f -> {
          if (isNew(f.name(), file)) env.globals().functions().put(f.name().text(), new Globals.Fun(f,
              new Lazy<>(() -> definitions.function(f), () ->
                  env.report(Diagnostic.error("E0243", f.name().span(), "`%s` calls itself, at once or through others",
                  f.name())
                  .help("functions are not recursive; go on from the element before in a loop"))), new Globals.Used()));
        }
        case Stmt.Dist d -> {
          if (isNew(d.name(), file)) env.globals().distributions().put(d.name().text(), new Globals.Dist(d,
              new Lazy<>(() -> definitions.distribution(d),
                  () -> env.report(Diagnostic.error("E0243", d.name().span(), "`%s` is defined by itself", d.name()))),
              new Globals.Used()));
        }
        case Stmt.Assign _, Stmt.Data _, Stmt.Table _, Stmt.Declare _, Stmt.Target _, Stmt.Learn _, Stmt.Sample _, Stmt.For _,
            Stmt.If _, Stmt.Return _, Stmt.Generate _, Stmt.Guide _ -> {}
      }
    if (env != main) stray(ast, env);
    if (env != main) Blocks.enter(ast.statements().stream().filter(s -> s instanceof Stmt.Assign).toList(), env);
  }

  private boolean isNew(ppl.ast.Name name, File file) {
    var before = file.own().putIfAbsent(name.text(), name.span());
    if (before == null) return true;
    file.env().report(Diagnostic.error("E0202", name.span(), "`%s` is defined twice", name)
        .note(before, "it is defined here"));
    return false;
  }

  /// A model that is imported is one mistake, however many statements it has.
  private static void stray(Ast ast, Env env) {
    ast.statements().stream().filter(s -> !isOfLibraries(s)).findFirst().ifPresent(s -> env.report(Diagnostic.error("E0250", s.span(),
        "an imported file holds functions, distributions and constants, nothing else")));
  }

  private static boolean isOfLibraries(Stmt s) {
    return switch (s) {
      case Stmt.Import _, Stmt.Fun _, Stmt.Dist _, Stmt.Assign _ -> true;
      case Stmt.Data _, Stmt.Table _, Stmt.Declare _, Stmt.Target _, Stmt.Learn _, Stmt.Sample _, Stmt.For _, Stmt.If _,
          Stmt.Return _, Stmt.Generate _, Stmt.Guide _ -> false;
    };
  }

  private void follow(Stmt.Import i, File from) {
    switch (loader.load(from.ast().source(), i.path().value())) {
      case ImportLoader.Loaded.Missing(var reason) ->
          from.env().report(Diagnostic.error("E0250", i.path().span(), "cannot import \"%s\": %s", i.path().value(),
              reason)
              .help("the path is relative to the file that imports"));
      case ImportLoader.Loaded.Broken() -> {}
      case ImportLoader.Loaded.File(var key, var ast) -> {
        from.imports().put(key, i.span());
        if (!files.containsKey(key))
          load(key, ast, new Env(main.shared().fixing(own), new Globals(true), Scope.top(), new ArrayList<>()));
      }
    }
  }

  /// What a file reaches by imports is in its sight; one name has one meaning.
  private void merge(File file) {
    for (var key : reached(file)) {
      var other = files.get(key);
      if (other == file) continue;
      for (var s : other.ast().statements())
        if (s instanceof Stmt.Assign a && a.place() instanceof Expr.Ref(var name)) file.env().globals().elsewhere().put(name.text(), name.span());
      var place = file.imports().values().iterator().next();
      for (var name : other.own().keySet()) {
        var mine = file.own().get(name);
        var foreign = other.own().get(name);
        if (mine != null && mine != foreign) clash(file, name, mine, foreign, place);
        else {
          file.own().put(name, foreign);
          var fun = other.env().globals().functions().get(name);
          if (fun != null) file.env().globals().functions().put(name, fun);
          var dist = other.env().globals().distributions().get(name);
          if (dist != null) file.env().globals().distributions().put(name, dist);
        }
      }
    }
  }

  private static void clash(File file, String name, Span mine, Span foreign, Span place) {
    var here = mine.source() == file.ast().source() ? mine : place;
    file.env().report(Diagnostic.error("E0251", here, "`%s` is defined in more than one file", name)
        .note(foreign, "it is defined here too")
        .help("rename one of them"));
  }

  private Set<String> reached(File file) {
    var all = new LinkedHashSet<String>();
    var open = new ArrayList<>(file.imports().keySet());
    while (!open.isEmpty()) {
      var key = open.removeFirst();
      if (all.add(key)) open.addAll(files.get(key).imports().keySet());
    }
    return all;
  }
}
