package ppl.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import ppl.ast.Stmt;
import ppl.source.Span;
import ppl.typed.DistDef;
import ppl.typed.Domain;
import ppl.typed.FunDef;

/// What one file declares at top level beside values: categories and tables, functions, distributions.
final class Globals {
  /// A function, checked when it is first wanted.
  record Fun(Stmt.Fun ast, Lazy<FunDef> def, Used used) {}

  /// A distribution, checked when it is first wanted.
  record Dist(Stmt.Dist ast, Lazy<DistDef> def, Used used) {}

  /// Whether a name was mentioned.
  static final class Used {
    private boolean used;

    void mark() {
      used = true;
    }

    boolean used() {
      return used;
    }
  }

  private final boolean library;
  private final Map<String, Domain> domains = new LinkedHashMap<>();
  private final Map<String, Entry> columns = new LinkedHashMap<>();
  private final Map<String, Span> tables = new LinkedHashMap<>();
  private final Map<String, Fun> functions = new LinkedHashMap<>();
  private final Map<String, Dist> distributions = new LinkedHashMap<>();

  private final Map<String, Span> elsewhere = new LinkedHashMap<>();

  /// @param library whether the file is imported, and declares neither data nor unknowns
  Globals(boolean library) {
    this.library = library;
  }

  boolean library() {
    return library;
  }

  /// Constants of imported files, which only these see.
  Map<String, Span> elsewhere() {
    return elsewhere;
  }

  Map<String, Domain> domains() {
    return domains;
  }

  /// Tables by name.
  Map<String, Span> tables() {
    return tables;
  }

  /// Columns by `table.column`.
  Map<String, Entry> columns() {
    return columns;
  }

  Map<String, Fun> functions() {
    return functions;
  }

  Map<String, Dist> distributions() {
    return distributions;
  }

  Optional<Domain> domain(String name) {
    return Optional.ofNullable(domains.get(name));
  }
}
