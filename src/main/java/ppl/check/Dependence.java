package ppl.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.typed.FunDef;
import ppl.typed.Mentions;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// Which names need which, through all statements that give them.
final class Dependence {
  private final Map<Symbol, Set<Symbol>> needs = new IdentityHashMap<>();
  private final Optional<Dependence> around;

  private Dependence(Optional<Dependence> around) {
    this.around = around;
  }

  static Dependence of(Typed typed) {
    var d = new Dependence(Optional.empty());
    d.all(typed.body(), List.of());
    d.all(typed.generate(), List.of());
    return d;
  }

  /// The same, with what parameters and names of a function need in one call.
  Dependence inside(FunDef f, List<TExpr> args) {
    var d = new Dependence(Optional.of(this));
    d.all(f.lets(), List.of());
    for (int i = 0; i < args.size(); i++)
      Mentions.of(args.get(i), d.needs.computeIfAbsent(f.parameters().get(i), _ -> new LinkedHashSet<>())::add);
    return d;
  }

  private void all(List<TStmt> body, List<TExpr> around) {
    body.forEach(s -> one(s, around));
  }

  private void one(TStmt s, List<TExpr> around) {
    switch (s) {
      case TStmt.Give(var place, var value, var span) -> {
        var needed = needs(place, around);
        Mentions.of(value, needed::add);
      }
      case TStmt.Prior(var place, var dist, var span) -> {
        var needed = needs(place, around);
        Mentions.of(dist, needed::add);
        if (place.symbol().support() instanceof Support.Between(var lower, var upper, var strict)) {
          lower.ifPresent(e -> Mentions.of(e, needed::add));
          upper.ifPresent(e -> Mentions.of(e, needed::add));
        }
      }
      case TStmt.For(var binder, var body, var span) -> all(body, with(around, binder.from(), binder.to()));
      case TStmt.If(var condition, var then, var otherwise, var span) -> {
        all(then, with(around, condition));
        all(otherwise, with(around, condition));
      }
      case TStmt.Observe o -> {}
      case TStmt.Target t -> {}
    }
  }

  private Set<Symbol> needs(TStmt.Place place, List<TExpr> around) {
    var needed = needs.computeIfAbsent(place.symbol(), k -> new LinkedHashSet<>());
    Mentions.of(place, needed::add);
    around.forEach(e -> Mentions.of(e, needed::add));
    return needed;
  }

  private static List<TExpr> with(List<TExpr> around, TExpr... more) {
    var all = new ArrayList<>(around);
    all.addAll(List.of(more));
    return all;
  }

  /// The names that giving `s` mentions.
  Set<Symbol> direct(Symbol s) {
    return needs.containsKey(s) ? needs.get(s) : around.map(d -> d.direct(s)).orElse(Set.of());
  }

  /// The first unknown that `e` depends on, through whatever names.
  Optional<Symbol> unknown(TExpr e) {
    var open = new ArrayList<Symbol>();
    Mentions.of(e, open::add);
    return unknown(open);
  }

  Optional<Symbol> unknown(TDist d) {
    var open = new ArrayList<Symbol>();
    Mentions.of(d, open::add);
    return unknown(open);
  }

  private Optional<Symbol> unknown(List<Symbol> open) {
    Set<Symbol> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!open.isEmpty()) {
      var s = open.removeFirst();
      if (!seen.add(s)) continue;
      switch (s.role()) {
        case UNKNOWN, LEARNED -> {
          return Optional.of(s);
        }
        case DETERMINISTIC, LOCAL, GENERATED, PARAMETER -> open.addAll(direct(s));
        case DATA, CONSTANT, LOOP, SIZE -> {}
      }
    }
    return Optional.empty();
  }
}
