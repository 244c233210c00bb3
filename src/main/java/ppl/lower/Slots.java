package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.runtime.Input;
import ppl.runtime.Schema;
import ppl.source.Span;
import ppl.typed.Domain;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TExpr;

/// The arrays that are bound before a run, in slot order: data, and what is known of factors and tables.
public final class Slots {
  private final List<Slot> all = new ArrayList<>();
  private final Map<Domain, Array> sizes = new IdentityHashMap<>();
  private final Map<Domain, Map<Use, Array>> positions = new IdentityHashMap<>();

  /// A label that levels are compared with, or one that picks elements.
  private record Use(String label, boolean picks) {}

  /// One slot and what goes into it.
  public record Slot(Array array, Source source) {
    /// Whether its values are declared to be at least 0.
    public boolean isNonnegative() {
      return source instanceof Source.Column(var symbol)
          && symbol.support() instanceof Support.Between(var lower, var upper, boolean strict)
          && lower.filter(l -> l instanceof TExpr.Num n && n.value() >= 0).isPresent();
    }
  }

  /// Where a slot's value comes from.
  public sealed interface Source {
    /// The values of a data name or column.
    record Column(Symbol symbol) implements Source {}

    /// The number of levels or rows.
    record SizeOf(Domain domain) implements Source {}

    /// The position of a level from 1.
    ///
    /// @param picked where the label first picks elements; empty where levels are only compared with it
    record Position(Domain domain, String label, Optional<Span> picked) implements Source {}

    /// For each element of a column its position from 1 among the missing ones, or 0.
    record MissingMap(Symbol symbol) implements Source {}

    /// How many values a column misses.
    record MissingCount(Symbol symbol) implements Source {}

    /// The same without the compiler's structures.
    default Input input(Map<Symbol, Schema.Slot> columns) {
      return switch (this) {
        case Column(var symbol) -> new Input.Column(columns.get(symbol));
        case SizeOf(var domain) -> new Input.SizeOf(domain.name());
        case Position(var domain, var label, var picked) -> new Input.Position(domain.name(), label, picked);
        case MissingMap(var symbol) -> new Input.Gaps(columns.get(symbol));
        case MissingCount(var symbol) -> new Input.GapCount(columns.get(symbol));
      };
    }
  }

  Array add(String name, Kind kind, List<Expr> dims, Source source) {
    return add(name, kind, dims, Array.Form.USUAL, source);
  }

  Array add(String name, Kind kind, List<Expr> dims, Array.Form form, Source source) {
    var array = Array.data(name, kind, dims, form);
    all.add(new Slot(array, source));
    return array;
  }

  Expr size(Domain domain) {
    if (domain instanceof Domain.Factor f && f.levels().isPresent()) return integer(f.levels().get().size());
    return sizes.computeIfAbsent(domain, d -> add(length(d), Kind.INT, List.of(), new Source.SizeOf(d)))
        .read();
  }

  /// As the language writes it.
  private static String length(Domain domain) {
    return switch (domain) {
      case Domain.Factor f -> "levels(" + f.name() + ")";
      case Domain.Rows r -> "size(" + r.name() + ")";
    };
  }

  /// The position of a level from 1; 0 where there is none, unless the label picks elements.
  Expr position(Domain domain, String label, Optional<Span> picked) {
    if (domain instanceof Domain.Factor f && f.levels().isPresent()) return integer(f.levels().get().indexOf(label) + 1);
    return positions.computeIfAbsent(domain, d -> new HashMap<>()).computeIfAbsent(new Use(label, picked.isPresent()), _ ->
        add(domain.name() + "[" + label + "]", Kind.INT, List.of(), new Source.Position(domain, label, picked))).read();
  }

  List<Slot> all() {
    return List.copyOf(all);
  }
}
