package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Interpreter;
import ppl.runtime.Schema;
import ppl.typed.Dim;
import ppl.typed.Domain;
import ppl.typed.Size;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Type;
import ppl.typed.Typed;

/// What data a typed model wants. Sizes and limits are evaluated by the reference interpreter.
public final class Schemas {
  private final Typed typed;
  private final Slots slots = new Slots();
  private final Scope scope = Scope.global();
  private final Expressions expressions = new Expressions(slots, scope);
  private final Map<Symbol, Schema.Slot> bySymbol = new LinkedHashMap<>();
  private final Set<Symbol> modelled = Collections.newSetFromMap(new IdentityHashMap<>());

  private Schemas(Typed typed) {
    this.typed = typed;
  }

  /// The schema, with the slot of each data name, and the value of a size once data are known.
  public record Described(Schema schema, Map<Symbol, Schema.Slot> slots, SizeOf size) {}

  /// The value of a size over bound data.
  @FunctionalInterface
  public interface SizeOf {
    int of(Size size, Schema.Lookup data);
  }

  public static Described of(Typed typed) {
    return new Schemas(typed).describe();
  }

  private Described describe() {
    typed.body().forEach(this::observed);
    for (var s : typed.data()) {
      var slot = slot(s);
      bySymbol.put(s, slot);
    }
    var left = new java.util.ArrayList<>(typed.data());
    while (!left.isEmpty()) {
      var next = left.stream().filter(this::sizesKnown).findFirst().orElseThrow();
      left.remove(next);
      scope.bind(next, slots.add(next.name(), Expressions.kind(next.type()),
          expressions.dims(next.type(), new Build(), scope), new Slots.Source.Column(next)));
    }
    var tables = typed.tables().stream().map(t -> new Schema.Table(t.name(), t.by().map(Domain::name),
        t.columns().stream().map(bySymbol::get).toList(), t.rows().span())).toList();
    var factors = typed.domains().stream()
        .flatMap(d -> d instanceof Domain.Factor f ? java.util.stream.Stream.of(f) : java.util.stream.Stream.empty())
        .map(f -> new Schema.Factor(f.name(), f.levels(), f.span())).toList();
    return new Described(new Schema(List.copyOf(bySymbol.values()), tables, factors), bySymbol, this::count);
  }

  private boolean sizesKnown(Symbol s) {
    var known = new boolean[] {true};
    s.type().dims().forEach(d -> Names.uses(new TExpr.SizeOf(d.size(), s.span()), x -> known[0] &= scope.knows(x)));
    return known[0];
  }

  private void observed(TStmt s) {
    switch (s) {
      case TStmt.Observe(TExpr.Ref(var symbol, var a), var dist, var span) -> modelled.add(symbol);
      case TStmt.Observe(TExpr.Index(TExpr.Ref(var symbol, var a), var subs, var type, var b), var dist, var span) ->
          modelled.add(symbol);
      case TStmt.Observe o -> {}
      case TStmt.For f -> f.body().forEach(this::observed);
      case TStmt.If i -> {
        i.then().forEach(this::observed);
        i.otherwise().forEach(this::observed);
      }
      case TStmt.Give g -> {}
      case TStmt.Prior p -> {}
      case TStmt.Target t -> {}
    }
  }

  private Schema.Slot slot(Symbol s) {
    var element = switch (s.type().scalar()) {
      case Type.Scalar.Int() -> new Schema.Element.Int();
      case Type.Scalar.Real() -> new Schema.Element.Real();
      case Type.Scalar.Level(var domain) -> new Schema.Element.Level(domain.name());
    };
    var limits = s.support() instanceof Support.Between(var lower, var upper, var strict)
        ? new Schema.Limits(lower.map(this::limit), upper.map(this::limit), strict)
        : Schema.Limits.NONE;
    var shape = s.support() instanceof Support.Shaped(var named) ? Optional.of(named.word()) : Optional.<String>empty();
    boolean missing = s.type().isReal() && modelled.contains(s);
    return new Schema.Slot(s.name(), declared(s), element, s.type().dims().stream().map(this::extent).toList(), limits,
        shape, missing, s.table().map(this::tableName), s.span());
  }

  private String tableName(Domain rows) {
    return typed.tables().stream().filter(t -> t.rows() == rows && t.columns().stream().anyMatch(c -> c.table().isPresent()))
        .findFirst().map(Typed.Table::name).orElse(rows.name());
  }

  /// The declaration as the user wrote it.
  private static String declared(Symbol s) {
    return s.type().toString();
  }

  private Schema.Extent extent(Dim d) {
    return new Schema.Extent(d.toString(), d.domain().map(Domain::name), free(d.size()), data -> count(d.size(), data));
  }

  private static Optional<String> free(Size size) {
    if (size.terms().size() != 1) return Optional.empty();
    var term = size.terms().values().iterator().next();
    return term.coefficient() == 1 && term.atoms().size() == 1
        && term.atoms().getFirst() instanceof Size.Atom.Scalar(var symbol) ? Optional.of(symbol.name()) : Optional.empty();
  }

  private int count(Size size, Schema.Lookup data) {
    long sum = 0;
    for (var term : size.terms().values()) {
      long product = term.coefficient();
      for (var atom : term.atoms())
        product = Math.multiplyExact(product, switch (atom) {
          case Size.Atom.Scalar(var symbol) -> (long) data.values(bySymbol.get(symbol))[0];
          case Size.Atom.Of(var domain) -> size(domain, data);
          case Size.Atom.Opaque(var value, var text) -> (long) evaluate(value, new int[0], data);
        });
      sum = Math.addExact(sum, product);
    }
    return Math.toIntExact(sum);
  }

  private static int size(Domain domain, Schema.Lookup data) {
    return domain instanceof Domain.Factor f && f.levels().isPresent() ? f.levels().get().size() : data.size(domain.name());
  }

  private Schema.Limit limit(TExpr bound) {
    return new Schema.Limit(bound.span().text(), (data, index) -> evaluate(bound, index, data));
  }

  /// The value of an expression over data, at the element `index` of what it stretches over.
  private double evaluate(TExpr e, int[] index, Schema.Lookup data) {
    var b = new Build();
    var value = expressions.lower(e, b, scope);
    var at = java.util.Arrays.stream(index, index.length - value.rank(), index.length).mapToObj(i -> (Expr) integer(i)).toList();
    var element = value.at(at);
    var interpreter = new Interpreter(RandomGenerator.of("L64X128MixRandom"));
    Set<Array> bound = Collections.newSetFromMap(new IdentityHashMap<>());
    var block = b.block();
    var needed = new java.util.ArrayList<Array>();
    DeadCode.readsOf(block, needed::add);
    DeadCode.reads(element, needed::add);
    while (!needed.isEmpty()) {
      var array = needed.removeLast();
      if (array.role() != Array.Role.DATA || !bound.add(array)) continue;
      array.dims().forEach(d -> DeadCode.reads(d, needed::add));
    }
    for (var slot : slots.all())
      if (bound.contains(slot.array())) interpreter.bind(slot.array(), switch (slot.source()) {
        case Slots.Source.Column(var symbol) -> data.values(bySymbol.get(symbol));
        case Slots.Source.SizeOf(var domain) -> new double[] {size(domain, data)};
        case Slots.Source.Position p -> throw new IllegalStateException("a label in a bound");
        case Slots.Source.MissingMap m -> throw new IllegalStateException("missing values in a bound");
        case Slots.Source.MissingCount m -> throw new IllegalStateException("missing values in a bound");
      });
    interpreter.run(block);
    return interpreter.evaluate(element);
  }
}
