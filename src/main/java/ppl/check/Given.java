package ppl.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.source.Diagnostic;
import ppl.typed.Size;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// Every name, every element is given once. What depends on data is left to the time when they are bound.
final class Given {
  /// One statement that gives.
  ///
  /// @param path the branches of `if` that it is in: the `if` and whether its first branch
  private record Giving(TStmt.Place place, Region region, List<TExpr.Binder> loops, List<Branch> path) {
    boolean excludes(Giving that) {
      return path.stream().anyMatch(b -> that.path.stream().anyMatch(c -> b.choice() == c.choice()
          && b.first() != c.first()));
    }

    boolean whole() {
      return place.subs().isEmpty();
    }
  }

  private record Branch(TStmt.If choice, boolean first) {}

  private final Map<Symbol, List<Giving>> bySymbol = new IdentityHashMap<>();
  private final Env env;

  private Given(Env env) {
    this.env = env;
  }

  /// @param symbols names of the whole file, which must be given
  static void check(List<TStmt> body, List<Symbol> symbols, Env env) {
    var given = new Given(env);
    given.all(body, List.of(), List.of());
    for (var s : symbols) given.check(s);
  }

  private void all(List<TStmt> body, List<TExpr.Binder> loops, List<Branch> path) {
    for (var s : body)
      switch (s) {
        case TStmt.Give g -> add(g.place(), loops, path);
        case TStmt.Prior p -> add(p.place(), loops, path);
        case TStmt.For f -> all(f.body(), with(loops, f.binder()), path);
        case TStmt.If i -> {
          all(i.then(), loops, with(path, new Branch(i, true)));
          all(i.otherwise(), loops, with(path, new Branch(i, false)));
        }
        case TStmt.Observe o -> {}
        case TStmt.Target t -> {}
      }
  }

  private static <T> List<T> with(List<T> list, T more) {
    var all = new ArrayList<>(list);
    all.add(more);
    return all;
  }

  private void add(TStmt.Place p, List<TExpr.Binder> loops, List<Branch> path) {
    bySymbol.computeIfAbsent(p.symbol(), k -> new ArrayList<>())
        .add(new Giving(p, Region.of(p.symbol().type(), p.subs(), loops), loops, path));
  }

  private void check(Symbol s) {
    var all = bySymbol.getOrDefault(s, List.of());
    boolean reported = false;
    for (int i = 0; i < all.size() && !reported; i++) {
      reported = everyTurn(s, all.get(i));
      for (int j = 0; j < i && !reported; j++) reported = twice(s, all.get(j), all.get(i));
    }
    if (!reported && !all.isEmpty()) gap(s, all);
  }

  /// A place in a loop that is the same in every turn.
  private boolean everyTurn(Symbol s, Giving g) {
    if (!g.path().isEmpty()) return false;
    for (var loop : g.loops()) {
      boolean moves = g.place().subs().stream().anyMatch(sub -> {
        var used = new boolean[1];
        ppl.typed.Mentions.of(new TStmt.Place(s, List.of(sub), s.type(), g.place().span()),
            x -> used[0] |= x == loop.variable());
        return used[0];
      });
      if (moves || loop.from() instanceof TExpr.Num a && loop.to() instanceof TExpr.Num b
          && a.value() == b.value()) continue;
      env.report(Diagnostic.error("E0230", g.place().span(), "%s is given again in every turn of the loop over `%s`",
          text(g.place()), loop.variable())
          .note(loop.variable().span(), "the loop").help(g.whole()
              ? "declare an array, `" + s.name() + " : real[..]`, and give one element a turn; to add up write `sum("
                  + loop.variable() + " in .. : ..)`"
              : "let an index move with `" + loop.variable() + "`"));
      return true;
    }
    return false;
  }

  private boolean twice(Symbol s, Giving a, Giving b) {
    if (a.excludes(b) || !a.region().meets(b.region())) return false;
    var what = a.whole() && b.whole() ? "`" + s.name() + "` is given twice"
        : a.whole() || b.whole() ? "`" + s.name() + "` is given as a whole, and a part of it again"
        : "elements of `" + s.name() + "` are given twice: " + text(a.place()) + " and " + text(b.place()) + " overlap";
    env.report(Diagnostic.error("E0230", b.place().span(), "%s", what).note(a.place().span(), "it is given here")
        .help("every element is given exactly once"));
    return true;
  }

  private static String text(TStmt.Place p) {
    return "`" + p.span().text() + "`";
  }

  /// Elements that nothing gives, where one dimension tells it.
  private void gap(Symbol s, List<Giving> all) {
    if (all.stream().anyMatch(g -> g.whole() || !g.path().isEmpty())) return;
    for (int d = 0; d < s.type().rank(); d++) {
      int dim = d;
      var spans = all.stream().map(g -> g.region().dims().get(dim)).toList();
      if (!spans.stream().allMatch(r -> r instanceof Region.Span1.Run)) continue;
      if (!comparable(spans.stream().map(r -> ((Region.Span1.Run) r).first()).toList())) continue;
      var runs = spans.stream().map(r -> (Region.Span1.Run) r)
          .sorted(Comparator.comparing(Region.Span1.Run::first, Given::order)).toList();
      var missing = missing(runs, s.type().dims().get(d).size());
      if (missing.isEmpty()) continue;
      var at = s.type().rank() == 1 ? "[" + missing.get() + "]"
          : ", index " + missing.get() + " of dimension " + (d + 1) + ",";
      env.report(Diagnostic.error("E0231", s.span(), "`%s%s` is never given", s.name(), at)
          .note(all.getFirst().place().span(), "other elements are given here"));
      return;
    }
  }

  private static boolean comparable(List<Size> sizes) {
    return sizes.stream().allMatch(a -> sizes.stream().allMatch(b -> Region.sign(a.minus(b)).isPresent()));
  }

  private static int order(Size a, Size b) {
    return Region.sign(a.minus(b)).orElse(0);
  }

  /// The first index that is surely missing.
  private static Optional<String> missing(List<Region.Span1.Run> runs, Size size) {
    var next = Size.of(1);
    for (var r : runs) {
      var gap = r.first().minus(next);
      if (gap.constant().isEmpty()) return Optional.empty();
      if (gap.constant().getAsInt() > 0) return Optional.of(next.toString());
      var end = r.last().plus(Size.of(1));
      var further = Region.sign(end.minus(next));
      if (further.isEmpty()) return Optional.empty();
      if (further.get() > 0) next = end;
    }
    var rest = size.plus(Size.of(1)).minus(next);
    return rest.constant().isPresent() && rest.constant().getAsInt() > 0 ? Optional.of(next.toString())
        : Optional.empty();
  }
}
