package ppl.lower;

import static ppl.ir.Exprs.apply;
import static ppl.ir.Exprs.integer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Prim;
import ppl.ir.Unit;
import ppl.runtime.Kernel;
import ppl.runtime.Rule;
import ppl.runtime.Schema;
import ppl.source.Span;
import ppl.typed.Dim;
import ppl.typed.Domain;
import ppl.typed.Mentions;
import ppl.typed.Size;
import ppl.typed.SizeCheck;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Type;
import ppl.typed.Typed;

/// What data a typed model wants. Sizes and limits are rules over data bound before.
public final class Schemas {
  private static final Support.Between UNBOUNDED =
      new Support.Between(Optional.empty(), Optional.empty(), false);

  private final Typed typed;
  private final Slots slots = new Slots();
  private final Scope scope = Scope.global();
  private final Expressions expressions = new Expressions(slots, scope, List.of());
  private final Map<Symbol, Schema.Slot> bySymbol = new LinkedHashMap<>();
  private final Set<Symbol> modelled = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Function<Unit, Kernel> kernels;
  private final Map<Schema.Slot, Formulas> formulas = new LinkedHashMap<>();

  private Schemas(Typed typed, Function<Unit, Kernel> kernels) {
    this.typed = typed;
    this.kernels = kernels;
  }

  /// The schema, the slot of each data name, and what the schema's rules compute.
  ///
  /// @param formulas of each slot
  /// @param checks   of each of the model's checks, two scalars
  public record Described(
      Schema schema, Map<Symbol, Schema.Slot> slots, Map<Schema.Slot, Formulas> formulas, List<Formula> checks) {}

  /// What a slot's rules compute: its extents as scalars, and its bounds.
  public record Formulas(Formula extents, Optional<Formula> lower, Optional<Formula> upper) {}

  /// @param kernels what runs the rules
  public static Described of(Typed typed, Function<Unit, Kernel> kernels) {
    return new Schemas(typed, kernels).describe();
  }

  private Described describe() {
    typed.body().forEach(this::observed);
    var left = new ArrayList<>(typed.data());
    while (!left.isEmpty()) {
      var next = left.stream().filter(this::sizesKnown).findFirst().orElseThrow();
      left.remove(next);
      scope.bind(next, slots.add(next.name(), Expressions.kind(next.type()),
          expressions.dims(next.type(), new Build(), scope), new Slots.Source.Column(next)));
    }
    for (var s : typed.data()) slot(s);
    var tables = typed.tables().stream().map(t -> new Schema.Table(t.name(), t.by().map(Domain::name),
        t.columns().stream().map(bySymbol::get).toList(), t.rows().span())).toList();
    var factors = typed.domains().stream()
        .flatMap(d -> d instanceof Domain.Factor f ? Stream.of(f) : Stream.empty())
        .map(f -> new Schema.Factor(f.name(), f.levels(), f.span())).toList();
    var checks = typed.checks().stream().map(this::check).toList();
    return new Described(new Schema(List.copyOf(bySymbol.values()), tables, factors), bySymbol, formulas, checks);
  }

  /// Two numbers that are equal where a check holds.
  private Formula check(SizeCheck c) {
    return switch (c.must()) {
      case EQUAL -> sizes(List.of(c.left(), c.right()), c.span());
      case EXIST -> {
        var b = new Build();
        var n = expressions.size(c.left(), b, scope);
        yield Formula.of(b, List.of(Arr.of(n), Arr.of(apply(Prim.IMAX, n, integer(0)))), slots);
      }
    };
  }

  private boolean sizesKnown(Symbol s) {
    var known = new boolean[] {true};
    s.type().dims().forEach(d -> Mentions.of(d.size(), x -> known[0] &= scope.knows(x)));
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

  private void slot(Symbol s) {
    var element = switch (s.type().scalar()) {
      case Type.Scalar.Int() -> new Schema.Element.Int();
      case Type.Scalar.Real() -> new Schema.Element.Real();
      case Type.Scalar.Level(var domain) -> new Schema.Element.Level(domain.name());
    };
    var sizes = sizes(s.type().dims().stream().map(Dim::size).toList(), s.span());
    var between = s.support() instanceof Support.Between given ? given : UNBOUNDED;
    var lower = between.lower().map(e -> formula(List.of(e)));
    var upper = between.upper().map(e -> formula(List.of(e)));
    var limits = new Schema.Limits(limit(between.lower(), lower), limit(between.upper(), upper), between.strictLower());
    var shape = s.support() instanceof Support.Shaped(var named) ? Optional.of(named.word()) : Optional.<String>empty();
    boolean missing = s.type().level().isEmpty() && modelled.contains(s);
    var slot = new Schema.Slot(s.name(), declared(s), element, extents(s.type().dims(), sizes), limits,
        shape, missing, s.table().map(this::tableName), s.span());
    bySymbol.put(s, slot);
    formulas.put(slot, new Formulas(sizes, lower, upper));
  }

  private String tableName(Domain rows) {
    return typed.tables().stream().filter(t -> t.rows() == rows && t.columns().stream().anyMatch(c -> c.table().isPresent()))
        .findFirst().map(Typed.Table::name).orElse(rows.name());
  }

  /// The declaration as the user wrote it.
  private static String declared(Symbol s) {
    return s.type().toString();
  }

  private List<Schema.Extent> extents(List<Dim> dims, Formula sizes) {
    return IntStream.range(0, dims.size()).mapToObj(i -> {
      var d = dims.get(i);
      return new Schema.Extent(d.toString(), d.domain().map(Domain::name), free(d.size()),
          data -> (int) values(sizes, data).get(i).elements()[0]);
    }).toList();
  }

  private static Optional<String> free(Size size) {
    if (size.terms().size() != 1) return Optional.empty();
    var term = size.terms().values().iterator().next();
    return term.coefficient() == 1 && term.atoms().size() == 1
        && term.atoms().getFirst() instanceof Size.Atom.Scalar(var symbol) ? Optional.of(symbol.name()) : Optional.empty();
  }

  private Optional<Schema.Limit> limit(Optional<TExpr> bound, Optional<Formula> formula) {
    return bound.flatMap(e -> formula.map(f -> new Schema.Limit(text(e), data -> values(f, data).getFirst())));
  }

  /// A bound as messages show it: words such as `positive` stand for a number.
  private static String text(TExpr bound) {
    if (!(bound instanceof TExpr.Num(var value, _, _))) return bound.span().text();
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : String.valueOf(value);
  }

  private List<Rule.Value> values(Formula formula, Schema.Lookup data) {
    return formula.rule(() -> kernels.apply(formula.unit()), bySymbol).of(data);
  }

  private Formula sizes(List<Size> sizes, Span span) {
    return formula(sizes.stream().map(n -> (TExpr) new TExpr.SizeOf(n, span)).toList());
  }

  private Formula formula(List<TExpr> values) {
    var b = new Build();
    return Formula.of(b, values.stream().map(e -> expressions.lower(e, b, scope)).toList(), slots);
  }
}
