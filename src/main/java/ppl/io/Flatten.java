package ppl.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Suggest;

/// Turns values given by label, or as rows, into plain arrays in the order of the levels.
record Flatten(Schema.Slot slot, String file, Levels levels, Diagnostics diagnostics) {
  Optional<Raw.Grid> grid(Raw raw) {
    return grid(raw, 0, slot.name());
  }

  private Optional<Raw.Grid> grid(Raw raw, int dim, String path) {
    return switch (raw) {
      case Raw.Grid grid -> Optional.of(grid);
      case Raw.Fields(var fields) -> labelled(dim)
          ? labels(dim).flatMap(l -> byLabel(fields, l, dim, path)) : noObject(path);
      case Raw.Rows rows -> rows(rows, dim, path);
      case Raw.Ignored _ -> Optional.empty();
    };
  }

  private Optional<List<String>> labels(int dim) {
    if (dim >= slot.dims().size()) return Optional.empty();
    return slot.dims().get(dim).domain().flatMap(levels::of);
  }

  /// Whether a factor indexes dimension `dim`; its labels may be unknown, where their data are missing.
  private boolean labelled(int dim) {
    return dim < slot.dims().size() && slot.dims().get(dim).domain().isPresent();
  }

  private Optional<Raw.Grid> noObject(String path) {
    var error = Diagnostic.error("E0708", slot.span(), "%s: `%s` is an object, but `%s` is declared %s, %s", file,
        path, slot.name(), slot.declared(),
        slot.dims().isEmpty() ? "a single value" : "without a factor that gives it labels");
    diagnostics.add(slot.dims().isEmpty() ? error
        : error.help("write an array, `[1, 2, 3]`; Pandas does it by `json.dump(table.to_dict(\"list\"), file)`"));
    return Optional.empty();
  }

  private Optional<Raw.Grid> byLabel(Map<String, Raw> fields, List<String> labels, int dim, String path) {
    var factor = slot.dims().get(dim).text();
    var unknown = fields.keySet().stream().filter(k -> !labels.contains(k))
        .map(k -> Numbers.quote(k) + Suggest.closest(k, labels).map(s -> " (did you mean " + Numbers.quote(s) + "?)").orElse(""))
        .toList();
    complain("E0715", "`%s` has labels that are no level of `%s`".formatted(path, factor), unknown);
    var missing = labels.stream().filter(l -> !fields.containsKey(l)).map(l -> Numbers.quote(l)).toList();
    complain("E0717", "`%s` has no value for levels of `%s`".formatted(path, factor), missing);
    if (!unknown.isEmpty() || !missing.isEmpty()) return Optional.empty();
    var parts = new ArrayList<Raw.Grid>();
    for (var label : labels) grid(fields.get(label), dim + 1, path + "[" + label + "]").ifPresent(parts::add);
    return parts.size() == labels.size() ? Optional.of(Join.stack(slot.name(), parts)) : Optional.empty();
  }

  private Optional<Raw.Grid> rows(Raw.Rows rows, int dim, String path) {
    var columns = new ArrayList<Raw.Grid>();
    var wanted = labels(dim + 1).filter(l -> rows.columns().keySet().containsAll(l))
        .orElse(List.copyOf(rows.columns().keySet()));
    for (var name : wanted) {
      if (rows.columns().get(name) instanceof Raw.Grid grid) columns.add(grid);
    }
    rows.flaws().forEach(f -> diagnostics.add(Diagnostic.error("E0704", "%s: %s", file, f)));
    if (columns.isEmpty() || columns.stream().anyMatch(c -> c.dims().size() != 1)) return noObject(path);
    if (columns.size() == 1 && slot.dims().size() == dim + 1) return Optional.of(columns.getFirst());
    return Optional.of(Join.sideBySide(columns));
  }

  private void complain(String code, String what, List<String> items) {
    if (items.isEmpty()) return;
    int enough = 5;
    var more = items.size() > enough ? ", … and %d more".formatted(items.size() - enough) : "";
    diagnostics.add(Diagnostic.error(code, slot.span(), "%s: %s: %s%s", file, what,
        String.join(", ", items.subList(0, Math.min(enough, items.size()))), more));
  }
}
