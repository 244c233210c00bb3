package ppl.check;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ppl.typed.FunDef;
import ppl.typed.Parts;
import ppl.typed.Symbol;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// The statements that give a name its value, by a definition or by a distribution, in parts or whole.
final class GivenBy {
  private final Map<Symbol, List<TStmt>> statements = new IdentityHashMap<>();
  private final Map<FunDef, Set<Symbol>> locals = new IdentityHashMap<>();

  GivenBy(Typed typed) {
    Stream.of(typed.body(), typed.generate()).flatMap(List::stream).forEach(this::add);
  }

  private void add(TStmt s) {
    if (s instanceof TStmt.Give g) add(g.place().symbol(), g);
    if (s instanceof TStmt.Prior p) add(p.place().symbol(), p);
    Parts.statements(s).forEach(this::add);
  }

  private void add(Symbol symbol, TStmt s) {
    statements.computeIfAbsent(symbol, _ -> new ArrayList<>()).add(s);
  }

  /// The names that a function gives for itself, from now on known with their statements. Their values are those of one call.
  Set<Symbol> locals(FunDef f) {
    return locals.computeIfAbsent(f, _ -> {
      f.lets().forEach(this::add);
      var own = new LinkedHashSet<Symbol>();
      f.lets().forEach(s -> own(s, own));
      return own;
    });
  }

  private static void own(TStmt s, Set<Symbol> own) {
    if (s instanceof TStmt.Give g) own.add(g.place().symbol());
    Parts.statements(s).forEach(x -> own(x, own));
  }

  List<TStmt> of(Symbol s) {
    return statements.getOrDefault(s, List.of());
  }
}
