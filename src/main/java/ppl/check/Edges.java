package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.source.Diagnostic;
import ppl.typed.Parts;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// Ends of observed distributions that unknowns decide: beyond the data there is no density, which gradients do not see. One that
/// is an unknown by itself has closed forms; several, and what is computed, are left to samplers.
record Edges(Dependence dependence, Env env) {
  private static final String CODE = "W0215";

  /// @param upper whether values lie below it
  private record Edge(TExpr at, boolean upper) {}

  static void check(Typed typed, Dependence dependence, Env env) {
    typed.body().forEach(s -> new Edges(dependence, env).statement(s));
  }

  /// Whether the ends of a law have their warning.
  static boolean told(TDist.Named n, Env env) {
    return env.shared().out().all().stream().anyMatch(d -> d.code().equals(CODE) && d.span().equals(Optional.of(n.span())));
  }

  private void statement(TStmt s) {
    if (s instanceof TStmt.Observe(var left, TDist.Named n, var span)) root(left).ifPresent(y -> observed(y, n));
    Parts.statements(s).forEach(this::statement);
  }

  private void observed(Symbol y, TDist.Named n) {
    var open = edges(n).stream().filter(e -> dependence.unknown(e.at()).isPresent() && !isGuarded(e)).toList();
    boolean several = open.stream().anyMatch(e -> root(e.at()).filter(s -> !s.type().isScalar()).isPresent());
    boolean computed = open.stream().anyMatch(e -> root(e.at()).filter(s -> s.role() == Symbol.Role.UNKNOWN).isEmpty());
    if (open.size() < 2 && !computed) return;
    env.report(Diagnostic.warning(CODE, n.span(), "the density of `%s` ends at %s: gradients do not see such an edge, and samplers run over it", y,
        open.stream().map(e -> "`" + e.at().span().text() + "`").collect(Collectors.joining(" and ")))
        .help(several && !computed ? "bound each end by its own data where it is declared, as a single one is by `real(upper = min(" + y + "))`" : computed ? "make the ends unknowns that the data bound, `low : real(upper = min(%1$s)) ~ ..` and `high : real(lower = max(%1$s)) ~ ..`"
            .formatted(y) : "declare " + open.stream().map(e -> declaration(e, y)).collect(Collectors.joining(" and "))));
  }

  private static String declaration(Edge e, Symbol y) {
    return "`" + Wrong.declaration(root(e.at()).orElseThrow(), e.upper() ? "real(lower = max(" + y + "))" : "real(upper = min(" + y + "))") + " ~ ..`";
  }

  private static List<Edge> edges(TDist.Named n) {
    var support = n.form().support(n.distribution().shape());
    var all = new ArrayList<Edge>();
    for (int i = 0; i < n.args().size(); i++) {
      var p = n.form().parameters().get(i);
      if (!n.args().get(i).type().isReal()) continue;
      if (Arguments.isBy(support.lower(), p)) all.add(new Edge(n.args().get(i), false));
      if (Arguments.isBy(support.upper(), p)) all.add(new Edge(n.args().get(i), true));
    }
    return all;
  }

  /// Whether the unknown is declared to be where data are not beyond it.
  private boolean isGuarded(Edge e) {
    return root(e.at()).filter(s -> s.support() instanceof Support.Between b
        && (e.upper() ? b.lower() : b.upper()).filter(x -> !(x instanceof TExpr.Num) && dependence.unknown(x).isEmpty()).isPresent()).isPresent();
  }

  private static Optional<Symbol> root(TExpr e) {
    return switch (e) {
      case TExpr.Ref r -> Optional.of(r.symbol());
      case TExpr.Index i -> root(i.base());
      default -> Optional.empty();
    };
  }
}
