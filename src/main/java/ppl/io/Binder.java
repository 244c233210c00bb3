package ppl.io;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.runtime.Dataset;
import ppl.runtime.Narrow;
import ppl.runtime.OffHeap;
import ppl.runtime.Schema;
import ppl.runtime.SizeException;
import ppl.runtime.SubscriptException;
import ppl.runtime.TooLargeException;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Fits data to a schema.
///
/// Every fault is reported, not only the first; values that depend on faulty ones are then left unchecked.
public final class Binder {
  private final Schema schema;
  private final Gathered data;
  private final Levels levels;
  private final Diagnostics diagnostics;
  private final Map<String, Frame> frames = new HashMap<>();
  private final Map<Schema.Slot, Dataset.Column> columns = new LinkedHashMap<>();
  private final Map<Schema.Slot, double[]> reals = new HashMap<>();
  private final Set<Schema.Slot> tried = new HashSet<>();

  private Binder(Schema schema, Gathered data, Diagnostics diagnostics) {
    this.schema = schema;
    this.data = data;
    this.levels = Levels.of(schema, data);
    this.diagnostics = diagnostics;
  }

  /// Fits `data` to `schema`; empty if there was an error.
  public static Optional<Dataset> bind(Schema schema, GivenData data, Diagnostics diagnostics) {
    return new Binder(schema, data.gathered(), diagnostics).dataset();
  }

  /// What a fault in other data leaves unknown.
  private static final class Unbound extends RuntimeException {
    Unbound() {
      super(null, null, false, false);
    }
  }

  /// A size that these data make impossible.
  private static final class Impossible extends RuntimeException {
    private final transient Diagnostic diagnostic;

    Impossible(Diagnostic diagnostic) {
      super(null, null, false, false);
      this.diagnostic = diagnostic;
    }
  }

  private Optional<Dataset> dataset() {
    new Absent(schema, data, diagnostics).report();
    for (var table : schema.tables()) {
      var given = data.tables().get(table.name());
      if (given != null) frames.put(table.name(), Frame.of(table, given, levels, diagnostics));
    }
    schema.slots().forEach(this::once);
    if (diagnostics.hasErrors() || columns.size() < schema.slots().size()) return Optional.empty();
    var sizes = new LinkedHashMap<String, Integer>();
    levels.all().forEach((factor, labels) -> sizes.put(factor, labels.size()));
    frames.forEach((table, frame) -> sizes.put(table, frame.rows()));
    var labels = new LinkedHashMap<>(levels.all());
    for (var table : schema.tables())
      table.by().flatMap(levels::of).ifPresent(l -> labels.put(table.name(), l));
    return Optional.of(new Dataset(columns, labels, sizes, List.copyOf(data.files())));
  }

  /// Binds a slot, unless that was tried before: sizes and limits may come from data declared later.
  private void once(Schema.Slot slot) {
    try {
      if (tried.add(slot)) locate(slot).ifPresent(this::bind);
    } catch (TooLargeException e) {
      diagnostics.add(Diagnostic.error("E0902", slot.span(), "`%s` does not fit into memory: %s", slot.name(), e.getMessage()));
    }
  }

  private Optional<Located> locate(Schema.Slot slot) {
    var table = slot.table().map(t -> data.tables().getOrDefault(t, Map.of()));
    var given = Optional.ofNullable(table.orElse(data.single()).get(slot.name()));
    return given.flatMap(g -> new Flatten(slot, g.file(), levels, diagnostics).grid(g.raw())
        .flatMap(grid -> located(slot, grid, g)));
  }

  private Optional<Located> located(Schema.Slot slot, Raw.Grid grid, Gathered.Given given) {
    for (var flaw : grid.flaws())
      diagnostics.add(Diagnostic.error("E0704", slot.span(), "%s: %s", given.file(), flaw));
    if (!grid.flaws().isEmpty()) return Optional.empty();
    var frame = slot.table().flatMap(t -> Optional.ofNullable(frames.get(t)));
    boolean rows = frame.isPresent() && !(given.raw() instanceof Raw.Fields);
    int[] order = rows && !grid.dims().isEmpty() ? frame.get().order() : new int[0];
    return Optional.of(new Located(slot, grid, given.file(), rows, order));
  }

  private void bind(Located found) {
    var slot = found.slot();
    boolean sound = slot.table().map(t -> frames.get(t).sound()).orElse(true);
    var extents = found.dims();
    try {
      var wanted = slot.dims().stream().map(e -> count(slot, e)).toList();
      if (wanted.stream().anyMatch(n -> n < 0)) negative(found, wanted);
      else if (sound && !new Fit(slot, wanted, diagnostics).accepts(found)) return;
      else if (sound) extents = wanted;
    } catch (Impossible e) {
      diagnostics.add(e.diagnostic);
      return;
    } catch (Unbound e) {
      if (slot.dims().size() != found.dims().size()) return;
    }
    new Convert(found, extents, levels, diagnostics).column()
        .filter(c -> holds(found, c.column()) && c.sound()).ifPresent(c -> {
          columns.put(slot, c.column());
          if (!(slot.element() instanceof Schema.Element.Level)) new MissingCodes(found, c.column(), diagnostics).report();
        });
  }

  private int count(Schema.Slot slot, Schema.Extent extent) {
    try {
      return extent.count().of(lookup);
    } catch (SubscriptException | SizeException | ArithmeticException e) {
      throw new Impossible(Diagnostic.error("E0712", slot.span(), "`%s` is declared %s, but %s cannot be had: %s",
          slot.name(), slot.declared(), extent.text(), e.getMessage()));
    }
  }

  private void negative(Located found, List<Integer> wanted) {
    int d = java.util.stream.IntStream.range(0, wanted.size()).filter(i -> wanted.get(i) < 0).findFirst().orElseThrow();
    var slot = found.slot();
    diagnostics.add(Diagnostic.error("E0712", slot.span(), "%s: `%s` is declared %s, but %s is %d", found.file(), slot.name(),
        slot.declared(), slot.dims().get(d).text(), wanted.get(d)).help("a size is 0 or more"));
  }

  private boolean holds(Located found, Dataset.Column column) {
    try {
      return new InSupport(found, column, lookup, diagnostics).holds();
    } catch (SubscriptException | SizeException | ArithmeticException e) {
      diagnostics.add(Diagnostic.error("E0713", found.slot().span(), "the bounds of `%s` cannot be had: %s",
          found.slot().name(), e.getMessage()));
      return false;
    } catch (Unbound e) {
      return true;
    }
  }

  private final Schema.Lookup lookup = new Schema.Lookup() {
    @Override
    public double[] values(Schema.Slot slot) {
      once(slot);
      var column = columns.get(slot);
      if (column == null) throw new Unbound();
      return switch (column.values()) {
        case double[] values -> values;
        case OffHeap matrix -> matrix.array();
        case Object values -> reals.computeIfAbsent(slot, _ -> Narrow.reals(values));
      };
    }

    @Override
    public int size(String domain) {
      var frame = Optional.ofNullable(frames.get(domain)).filter(Frame::sound);
      return frame.map(Frame::rows).or(() -> levels.of(domain).map(List::size)).orElseThrow(Unbound::new);
    }

    @Override
    public int position(String factor, String label) {
      if (levels.of(factor).isEmpty()) throw new Unbound();
      return levels.position(factor, label) + 1;
    }
  };
}
