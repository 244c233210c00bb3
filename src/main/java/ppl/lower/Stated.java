package ppl.lower;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import ppl.typed.Symbol;
import ppl.typed.TStmt;

/// What statements say of each name, in their order: nobody has to go through all of them for the sake of one name.
final class Stated {
  private final Map<Symbol, List<TStmt.Prior>> priors = new IdentityHashMap<>();
  private final Map<Symbol, List<TStmt.Observe>> observations = new IdentityHashMap<>();
  private final Map<Symbol, List<TStmt>> statements = new IdentityHashMap<>();

  Stated(List<TStmt> body) {
    for (var s : body) {
      Names.priors(s, p -> add(p.place().symbol(), p, priors, s));
      Names.observations(s, o -> Statements.observed(o.left()).ifPresent(symbol -> add(symbol, o, observations, s)));
    }
  }

  private <T> void add(Symbol symbol, T said, Map<Symbol, List<T>> all, TStmt in) {
    all.computeIfAbsent(symbol, _ -> new ArrayList<>()).add(said);
    var places = statements.computeIfAbsent(symbol, _ -> new ArrayList<>());
    if (places.isEmpty() || places.getLast() != in) places.add(in);
  }

  List<TStmt.Prior> priors(Symbol s) {
    return priors.getOrDefault(s, List.of());
  }

  /// What observes the name or elements of it.
  List<TStmt.Observe> observations(Symbol s) {
    return observations.getOrDefault(s, List.of());
  }

  /// The statements that hold those, none of them inside another.
  List<TStmt> statements(Symbol s) {
    return statements.getOrDefault(s, List.of());
  }
}
