package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.lib.Function;
import ppl.typed.Dim;
import ppl.typed.Doubt;
import ppl.typed.FunDef;
import ppl.typed.Mentions;
import ppl.typed.Size;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Type;

/// Typed expressions to delayed arrays. An element rule is pure; whatever needs statements is stored in the build.
final class Expressions {
  private final Slots slots;
  private final Scope globals;
  private final Map<Symbol, Model.Discrete> discrete = new IdentityHashMap<>();
  private final Map<Symbol, Barren> barren = new IdentityHashMap<>();

  private final Map<TExpr, Doubt> doubts = new IdentityHashMap<>();

  private final Optional<Probing> tests;

  /// @param globals what functions see: data and constants
  /// @param doubts  arguments of distributions that are tested
  Expressions(Slots slots, Scope globals, List<Doubt> doubts) {
    this.slots = slots;
    this.globals = globals;
    doubts.forEach(d -> this.doubts.merge(d.argument(), d, (a, b) -> a.uncertain() ? b : a));
    this.tests = Optional.empty();
  }

  private Expressions(Expressions of, Probing tests) {
    this.slots = of.slots;
    this.globals = of.globals;
    this.discrete.putAll(of.discrete);
    this.barren.putAll(of.barren);
    this.doubts.putAll(of.doubts);
    this.tests = Optional.of(tests);
  }

  /// The same, which on its way has tested what functions of distributions are called with.
  Expressions testing(Probing probing) {
    return new Expressions(this, probing);
  }

  Optional<Probing> tests() {
    return tests;
  }

  /// Whether an argument of a distribution has to be tested.
  Optional<Doubt> doubt(TExpr argument) {
    return Optional.ofNullable(doubts.get(argument));
  }

  Expr scalar(TExpr e, Build b, Scope scope) {
    return lower(e, b, scope).scalar();
  }

  Arr lower(TExpr e, Build b, Scope scope) {
    return switch (e) {
      case TExpr.Num(var value, var type, var span) -> Arr.of(type.isReal() ? real(value) : integer((int) value));
      case TExpr.Ref(var symbol, var span) -> scope.get(symbol);
      case TExpr.Label(var text, var type, var span) -> Arr.of(slots.position(type.level().orElseThrow(), text, Optional.empty()));
      case TExpr.SizeOf(var size, var span) -> Arr.of(size(size, b, scope));
      case TExpr.Apply(var function, var args, var type, var span) -> {
        var lowered = args.stream().map(a -> lower(a, b, scope)).toList();
        symmetric(function, args, lowered, b);
        yield function.lowering().of(b, lowered);
      }
      case TExpr.CallFun c -> call(c, b, scope);
      case TExpr.Select(var condition, var yes, var no, var type, var span) -> {
        var parts = Stream.of(condition, yes, no).map(a -> lower(a, b, scope)).toList();
        var kind = kind(type);
        yield new Arr(kind, dims(type, b, scope), at -> select(
            stretched(parts.get(0), at), as(kind, stretched(parts.get(1), at)), as(kind, stretched(parts.get(2), at))));
      }
      case TExpr.Index(var base, var subs, var type, var span) -> {
        var whole = lower(base, b, scope);
        yield subscripts(subs, whole.dims(), b, scope).of(whole);
      }
      case TExpr.Range(var from, var to, var type, var span) -> {
        var start = scalar(from, b, scope);
        yield new Arr(Kind.INT, List.of(length(start, scalar(to, b, scope))), at -> add(start, at.getFirst()));
      }
      case TExpr.ArrayLit(var elements, var type, var span) -> literal(elements, type, b, scope);
      case TExpr.Comprehension(var binders, var body, var type, var span) ->
          comprehension(binders, body, type, b, scope);
      case TExpr.Reduce(var function, var binders, var body, var type, var span) -> function.lowering().of(b,
          List.of(comprehension(binders, body, body.type().family(dims(binders)), b, scope)));
      case TExpr.OfDist o -> new Laws(this).function(o, b, scope);
    };
  }

  /// Tests a matrix that data decide and of which one triangle is read.
  private void symmetric(Function function, List<TExpr> args, List<Arr> lowered, Build b) {
    var wanted = tests.flatMap(_ -> function.reads());
    if (wanted.isEmpty() || doubt(args.getFirst()).filter(d -> !d.uncertain()).isEmpty()) return;
    tests.get().symmetric(function.name(), wanted.get(), args.getFirst().span().text(), lowered.getFirst(), b);
  }

  /// Element `at` of a broadcast array: its dimensions are the last of `at`.
  static Expr stretched(Arr a, List<Expr> at) {
    return a.at(at.subList(at.size() - a.rank(), at.size()));
  }

  static Kind kind(Type type) {
    return type.isReal() ? Kind.REAL : Kind.INT;
  }

  static Expr as(Kind kind, Expr e) {
    return kind == Kind.REAL ? toReal(e) : e;
  }

  /// How many numbers `from..to` holds; none where `to` is smaller.
  static Expr length(Expr from, Expr to) {
    var n = add(sub(to, from), integer(1));
    if (from instanceof Expr.Int(int f) && f == 1 || n instanceof Expr.Int(int c) && c >= 0) return n;
    return select(lt(n, integer(0)), integer(0), n);
  }

  List<Expr> dims(Type type, Build b, Scope scope) {
    return type.dims().stream().map(d -> size(d.size(), b, scope)).toList();
  }

  private static List<Dim> dims(List<TExpr.Binder> binders) {
    return binders.stream().map(x -> Dim.of(Size.of(0))).toList();
  }

  Expr size(Size size, Build b, Scope scope) {
    Expr sum = integer(0);
    for (var term : size.terms().values()) {
      Expr product = integer(Math.toIntExact(term.coefficient()));
      for (var atom : term.atoms())
        product = multiplied(product, switch (atom) {
          case Size.Atom.Scalar(var symbol) -> scope.get(symbol).scalar();
          case Size.Atom.Of(var domain) -> slots.size(domain);
          case Size.Atom.Opaque(var value, var text) -> scalar(value, b, scope);
        });
      sum = added(sum, product);
    }
    return sum;
  }

  Subscripts subscripts(List<TExpr.Sub> subs, List<Expr> dims, Build b, Scope scope) {
    var picks = new ArrayList<Subscripts.Pick>();
    for (int d = 0; d < dims.size(); d++) {
      var sub = d < subs.size() ? subs.get(d) : new TExpr.Sub.All();
      picks.add(switch (sub) {
        case TExpr.Sub.All() -> new Subscripts.Pick.Run(integer(0), dims.get(d));
        case TExpr.Sub.Slice(var from, var to) -> {
          var start = scalar(from, b, scope);
          yield new Subscripts.Pick.Run(sub(start, integer(1)), length(start, scalar(to, b, scope)));
        }
        case TExpr.Sub.At(TExpr.Label(var text, var type, var span)) -> new Subscripts.Pick.One(
            sub(slots.position(type.level().orElseThrow(), text, Optional.of(span)), integer(1)));
        case TExpr.Sub.At(var index) -> index.type().isScalar()
            ? new Subscripts.Pick.One(sub(scalar(index, b, scope), integer(1)))
            : new Subscripts.Pick.Paired(lower(index, b, scope));
      });
    }
    return Subscripts.of(picks);
  }

  private Arr literal(List<TExpr> elements, Type type, Build b, Scope scope) {
    var kind = kind(type);
    var parts = elements.stream().map(a -> lower(a, b, scope)).toList();
    if (parts.size() == 1)
      return new Arr(kind, dims(type, b, scope), at -> as(kind, parts.getFirst().at(at.subList(1, at.size()))));
    var inner = parts.isEmpty() ? List.<Expr>of() : parts.getFirst().dims();
    var dims = Stream.concat(Stream.of((Expr) integer(parts.size())), inner.stream()).toList();
    var stored = b.array("list", kind, dims);
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      Expr position = integer(i);
      b.loops(part.indices("j"), inner, at ->
          new Stmt.Set(stored, Stream.concat(Stream.of(position), at.stream()).toList(), as(kind, part.at(at))));
    }
    return new Arr(kind, dims, at -> at.getFirst() instanceof Expr.Int(int i) && i >= 0 && i < parts.size()
        ? as(kind, parts.get(i).at(at.subList(1, at.size())))
        : stored.read(at));
  }

  private Arr comprehension(List<TExpr.Binder> binders, TExpr body, Type type, Build b, Scope scope) {
    var from = new ArrayList<Expr>();
    var dims = new ArrayList<Expr>();
    for (var x : binders) {
      var start = scalar(x.from(), b, scope);
      from.add(start);
      dims.add(length(start, scalar(x.to(), b, scope)));
    }
    BiFunction<Build, List<Expr>, Arr> at = (inner, where) -> {
      var s = scope.inner();
      for (int d = 0; d < binders.size(); d++)
        s.bind(binders.get(d).variable(), Arr.of(add(from.get(d), where.get(d))));
      return lower(body, inner, s);
    };
    return family(kind(type), dims, body.type().rank(), b, at);
  }

  /// The array whose sub-array at leading subscripts is what `element` makes there: delayed where that needs no
  /// statements, else stored.
  static Arr family(Kind kind, List<Expr> lead, int rank, Build b, BiFunction<Build, List<Expr>, Arr> element) {
    var indices = IntStream.range(0, lead.size()).mapToObj(d -> new Index("i")).toList();
    List<Expr> where = indices.stream().map(i -> (Expr) var(i)).toList();
    var trial = new Build();
    var probe = element.apply(trial, where);
    var dims = Stream.concat(lead.stream(), probe.dims().stream()).toList();
    if (probe.rank() != rank) throw new IllegalStateException("element of rank " + probe.rank() + ", not " + rank);
    if (trial.isEmpty())
      return new Arr(kind, dims, at -> as(kind,
          element.apply(new Build(), at.subList(0, lead.size())).at(at.subList(lead.size(), at.size()))));
    var stored = b.array("family", kind, dims);
    trial.fill(stored, where, new Arr(kind, probe.dims(), at -> as(kind, probe.at(at))));
    nest(b, indices, lead, trial.block());
    return Arr.of(stored);
  }

  /// Independent loops over `block`, outermost first.
  static void nest(Build b, List<Index> indices, List<Expr> dims, Stmt.Block block) {
    var body = block;
    for (int d = indices.size() - 1; d > 0; d--) {
      var inner = new Build();
      Invariants.loop(inner, indices.get(d), integer(0), dims.get(d), true, body);
      body = inner.block();
    }
    if (indices.isEmpty()) {
      block.arrays().forEach(b::declare);
      block.statements().forEach(b::add);
    } else Invariants.loop(b, indices.getFirst(), integer(0), dims.getFirst(), true, body);
  }

  private Arr call(TExpr.CallFun c, Build b, Scope scope) {
    var args = c.args().stream().map(a -> lower(a, b, scope)).toList();
    var sizes = c.sizes().stream().map(s -> size(s, b, scope)).toList();
    if (!c.stretched()) return inline(c.function(), shared(args, b), sizes, b);
    return family(kind(c.type()), dims(c.type(), b, scope), 0, b, (inner, at) -> inline(
        c.function(), args.stream().map(a -> Arr.of(stretched(a, at))).toList(), sizes, inner));
  }

  /// Array arguments that are costly to compute again are stored first.
  static List<Arr> shared(List<Arr> args, Build b) {
    return args.stream().map(a -> store("argument", a, b)).toList();
  }

  /// `a`, stored if it is an array whose elements cost something.
  static Arr store(String name, Arr a, Build b) {
    return a.rank() == 0 || !a.isFixed() || Cost.of(a) <= 2 ? a : Arr.of(b.store(name, a));
  }

  /// The result of a user function.
  Arr inline(FunDef f, List<Arr> args, List<Expr> sizes, Build b) {
    var scope = globals.inner();
    for (int i = 0; i < sizes.size(); i++) scope.bind(f.sizes().get(i), Arr.of(sizes.get(i)));
    for (int i = 0; i < args.size(); i++) {
      var symbol = f.parameters().get(i);
      var kind = kind(symbol.type());
      var arg = args.get(i);
      scope.bind(symbol, arg.kind() == kind ? arg : new Arr(kind, arg.dims(), at -> as(kind, arg.at(at))));
    }
    var used = new HashSet<Symbol>();
    Mentions.of(f.result(), used::add);
    new Statements(this, Statements.Part.VALUES).all(f.lets(), used, b, scope);
    var result = lower(f.result(), b, scope);
    var kind = kind(f.result().type());
    return result.kind() == kind ? result : new Arr(kind, result.dims(), at -> as(kind, result.at(at)));
  }

  /// Where the values of a discrete unknown lie, if that has been found.
  Optional<Model.Discrete> discrete(Symbol unknown) {
    return Optional.ofNullable(discrete.get(unknown));
  }

  /// The missing values of a data name, if nothing depends on them.
  Optional<Barren> barren(Symbol data) {
    return Optional.ofNullable(barren.get(data));
  }

  void found(Barren b) {
    barren.put(b.symbol(), b);
  }

  void found(Symbol unknown, Model.Discrete where) {
    discrete.put(unknown, where);
  }

  Scope globals() {
    return globals;
  }

  Slots slots() {
    return slots;
  }

  /// The array of statements' results that a loop or block gives, declared by its block.
  Array declare(TStmt.Place place, Build b, Scope scope) {
    var symbol = place.symbol();
    var array = b.array(symbol.name(), kind(symbol.type()), dims(symbol.type(), b, scope));
    scope.bind(symbol, Arr.of(array));
    return array;
  }

}
