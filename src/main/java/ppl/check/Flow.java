package ppl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// The order in which statements give and use values. Inside a loop, what earlier turns gave may be used; what later
/// turns
/// give may not.
final class Flow {
  /// All or a part of a name, given or read.
  private record Access(Symbol symbol, Region region, List<TExpr.Binder> loops, Span span) {
    boolean whole() {
      return region.dims().stream().allMatch(d -> d.equals(Region.Span1.WHOLE));
    }
  }

  private final Env env;

  private Flow(Env env) {
    this.env = env;
  }

  /// The statements, each after those that give what it uses, otherwise as written. Reports cycles.
  static List<TStmt> order(List<TStmt> body, Env env) {
    return new Flow(env).block(body, List.of());
  }

  private List<TStmt> block(List<TStmt> body, List<TExpr.Binder> loops) {
    var inner = body.stream().map(s -> inside(s, loops)).toList();
    var gives = inner.stream().map(s -> gives(s, loops)).toList();
    var reads = inner.stream().map(s -> reads(s, loops)).toList();
    var givers = new IdentityHashMap<Symbol, Set<Integer>>();
    for (int j = 0; j < inner.size(); j++)
      for (var g : gives.get(j)) givers.computeIfAbsent(g.symbol(), k -> new LinkedHashSet<>()).add(j);
    var needs = IntStream.range(0, inner.size()).mapToObj(i -> needs(i, reads.get(i), givers, gives, loops)).toList();
    return sorted(inner, needs, gives, reads);
  }

  /// The statements that give what statement `i` reads.
  private static Set<Integer> needs(int i, List<Access> reads, Map<Symbol, Set<Integer>> givers,
      List<List<Access>> gives, List<TExpr.Binder> loops) {
    var needed = new LinkedHashSet<Integer>();
    for (var r : reads)
      for (int j : givers.getOrDefault(r.symbol(), Set.of())) if (i != j
          && waits(r, gives.get(j), loops)) needed.add(j);
    return needed;
  }

  private TStmt inside(TStmt s, List<TExpr.Binder> loops) {
    return switch (s) {
      case TStmt.For(var binder, var body, var span) -> {
        var deeper = with(loops, binder);
        turns(s, loops);
        yield new TStmt.For(binder, block(body, deeper), span);
      }
      case TStmt.If(var c, var then, var otherwise, var span) ->
          new TStmt.If(c, block(then, loops), block(otherwise, loops), span);
      case TStmt.Give g -> {
        self(g, loops);
        yield g;
      }
      case TStmt.Prior p -> {
        prior(p, loops);
        yield p;
      }
      case TStmt.Observe _, TStmt.Target _ -> s;
    };
  }

  /// An element whose prior depends on that element.
  private void prior(TStmt.Prior p, List<TExpr.Binder> loops) {
    var region = Region.of(p.place().symbol().type(), p.place().subs(), loops);
    for (var r : reads(p, loops))
      if (r.symbol() == p.place().symbol() && time(r.region(), region, loops) == 0 && samePlace(r.region(), region))
        env.report(Diagnostic.error("E0234", r.span(), "the prior of `%s` depends on itself", p.place().span().text())
            .note(p.place().span(), "given here")
            .help(loops.isEmpty() ? "write a prior from other names"
                : "use an element that was given before, such as `%s[%s - 1]`", p.place().symbol(),
                loops.isEmpty() ? "" : loops.getLast().variable()));
  }

  /// A part that is made of itself.
  private void self(TStmt.Give g, List<TExpr.Binder> loops) {
    if (g.place().symbol().role() == Symbol.Role.LOCAL && g.place().subs().isEmpty()) return;
    var mine = new Access(g.place().symbol(), Region.of(g.place().symbol().type(), g.place().subs(), loops), loops,
        g.place().span());
    for (var r : reads(g, loops))
      if (r.symbol() == mine.symbol() && r.whole() && mine.region().dims().size() > 0
          && !mine.whole()) env.report(all(r, mine));
      else if (r.symbol() == mine.symbol() && time(r.region(), mine.region(), loops) == 0
          && samePlace(r.region(), mine.region()))
        env.report(Diagnostic.error("E0234", r.span(), "`%s` is used to give itself", r.span().text())
            .note(mine.span(), "given here").help(loops.isEmpty() ? "a name is given once, from other names"
                : "use an element that was given before, such as `%s[%s - 1]`",
                mine.symbol(), loops.isEmpty() ? "" : loops.getLast().variable()));
      else if (r.symbol() == mine.symbol() && time(r.region(), mine.region(), loops) == 0
          && r.region().meets(mine.region()))
        env.report(Diagnostic.error("E0234", r.span(), "`%s` is used to give a part of itself", r.span().text())
            .note(mine.span(), "given here, all at once")
            .help("give one element after the other, in a loop that uses the one before"));
  }

  private static Diagnostic all(Access read, Access given) {
    return Diagnostic.error("E0234", read.span(), "all of `%s` is used while one of its elements is given",
        read.symbol())
        .note(given.span(), "given here").help("use the elements that were given before, `%s[..]`", read.symbol());
  }

  private static boolean samePlace(Region a, Region b) {
    return a.dims().equals(b.dims()) && a.dims().stream().noneMatch(d -> d instanceof Region.Span1.Some);
  }

  /// Values of later turns of the loop `s`, used in earlier ones.
  private void turns(TStmt s, List<TExpr.Binder> outside) {
    var loops = with(outside, ((TStmt.For) s).binder());
    var body = ((TStmt.For) s).body();
    var gives = body.stream().flatMap(x -> gives(x, loops).stream()).filter(g -> !isOwn(g.symbol(), s)).toList();
    for (var r : body.stream().flatMap(x -> reads(x, loops).stream()).toList())
      for (var g : gives)
        if (g.symbol() == r.symbol() && r.whole() && !g.whole()
            && !(body.size() == 1 && body.getFirst() instanceof TStmt.Give)) env.report(all(r, g));
        else if (g.symbol() == r.symbol() && g.loops().containsAll(loops) && !r.region().apart(g.region())
            && later(r, g, loops))
          env.report(Diagnostic.error("E0234", r.span(), "`%s` is not given yet when this turn of the loop uses it",
              r.span().text())
              .note(g.span(), "given here, in a later turn")
                  .help("loops run upwards; to go downwards count the index down, as in `x[T + 1 - t]`"));
  }

  /// Whether every turn of a loop has a name of its own.
  private static boolean isOwn(Symbol name, TStmt loop) {
    return name.role() == Symbol.Role.LOCAL && name.span().source().equals(loop.span().source())
        && loop.span().start() <= name.span().start() && name.span().end() <= loop.span().end();
  }

  private static boolean later(Access read, Access give, List<TExpr.Binder> loops) {
    return time(read.region(), give.region(), loops.subList(loops.size() - 1, loops.size())) == 1
        && time(read.region(), give.region(), loops.subList(0, loops.size() - 1)) == 0;
  }

  /// When what is read was given: -1 in an earlier turn, 0 in this one, 1 in a later one, 2 if that cannot be told.
  private static int time(Region read, Region given, List<TExpr.Binder> loops) {
    for (var loop : loops) {
      int t = time(read, given, loop.variable());
      if (t != 0) return t;
    }
    return 0;
  }

  private static int time(Region read, Region given, Symbol loop) {
    for (int d = 0; d < given.dims().size(); d++) {
      if (given.dims().get(d) instanceof Region.Span1.All(var with) && with.filter(w -> w == loop).isPresent())
        return read.dims().get(d).equals(given.dims().get(d)) ? 0 : 2;
      if (!(given.dims().get(d) instanceof Region.Span1.Run g) || g.with().filter(w -> w == loop).isEmpty()) continue;
      if (!(read.dims().get(d) instanceof Region.Span1.Run r) || r.with().filter(w -> w == loop).isEmpty()) return 2;
      if (r.falling() != g.falling()) return 2;
      var earlier = g.falling() ? g.ahead().minus(r.ahead()) : r.ahead().minus(g.ahead());
      return Region.sign(earlier).orElse(2);
    }
    return 0;
  }

  private static boolean waits(Access read, List<Access> gives, List<TExpr.Binder> loops) {
    return gives.stream().anyMatch(g ->
        g.symbol() == read.symbol() && !read.region().apart(g.region()) && time(read.region(), g.region(), loops) == 0);
  }

  private List<TStmt> sorted(List<TStmt> body, List<Set<Integer>> needs, List<List<Access>> gives,
      List<List<Access>> reads) {
    var waiting = needs.stream().map(Set::size).collect(Collectors.toCollection(ArrayList::new));
    var users = new HashMap<Integer, List<Integer>>();
    for (int i = 0; i < body.size(); i++) for (int j : needs.get(i)) users.computeIfAbsent(j, k -> new ArrayList<>())
        .add(i);
    var ready = new PriorityQueue<Integer>();
    for (int i = 0; i < body.size(); i++) if (waiting.get(i) == 0) ready.add(i);
    var order = new LinkedHashSet<Integer>();
    while (!ready.isEmpty()) {
      int next = ready.poll();
      order.add(next);
      for (int user : users.getOrDefault(next, List.of())) {
        waiting.set(user, waiting.get(user) - 1);
        if (waiting.get(user) == 0) ready.add(user);
      }
    }
    if (order.size() == body.size()) return order.stream().map(body::get).toList();
    cycle(body, needs, order, gives, reads);
    return body;
  }

  private void cycle(List<TStmt> body, List<Set<Integer>> needs, Set<Integer> done, List<List<Access>> gives,
      List<List<Access>> reads) {
    var path = new ArrayList<Integer>();
    int at = IntStream.range(0, body.size()).filter(i -> !done.contains(i)).findFirst().orElseThrow();
    while (!path.contains(at)) {
      path.add(at);
      int from = at;
      at = needs.get(from).stream().filter(j -> !done.contains(j)).findFirst().orElse(from);
    }
    var cycle = path.subList(path.indexOf(at), path.size());
    var steps = new ArrayList<Cycles.Step>();
    for (int k = 0; k < cycle.size(); k++) {
      int before = cycle.get((k + cycle.size() - 1) % cycle.size());
      int here = cycle.get(k);
      gives.get(here).stream().filter(g -> reads.get(before).stream().anyMatch(r -> r.symbol() == g.symbol()))
          .findFirst()
          .ifPresent(g -> steps.add(new Cycles.Step(g.symbol().name(), g.span())));
    }
    if (!steps.isEmpty()) env.report(Cycles.error(steps));
  }

  private static List<TExpr.Binder> with(List<TExpr.Binder> loops, TExpr.Binder more) {
    var all = new ArrayList<>(loops);
    all.add(more);
    return all;
  }

  private static List<Access> gives(TStmt s, List<TExpr.Binder> loops) {
    return switch (s) {
      case TStmt.Give g -> List.of(access(g.place(), loops));
      case TStmt.Prior p -> List.of(access(p.place(), loops));
      case TStmt.For f -> f.body().stream().flatMap(x -> gives(x, with(loops, f.binder())).stream()).toList();
      case TStmt.If i -> java.util.stream.Stream.concat(i.then().stream(), i.otherwise().stream())
          .flatMap(x -> gives(x, loops).stream()).toList();
      case TStmt.Observe _, TStmt.Target _ -> List.of();
    };
  }

  private static Access access(TStmt.Place p, List<TExpr.Binder> loops) {
    return new Access(p.symbol(), Region.of(p.symbol().type(), p.subs(), loops), loops, p.span());
  }

  private static List<Access> reads(TStmt s, List<TExpr.Binder> loops) {
    var found = new ArrayList<Access>();
    Reads.of(s, loops, (symbol, subs, around, span) ->
        found.add(new Access(symbol, Region.of(symbol.type(), subs, around), around, span)));
    return found;
  }
}
