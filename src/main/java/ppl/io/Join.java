package ppl.io;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Builds arrays from parts.
final class Join {
  private Join() {}

  /// Columns side by side: element `[row, i, j]` from the column with subscripts `i, j`.
  static Raw.Grid columns(String name, Map<List<Integer>, Raw.Grid> parts) {
    var extents = new ArrayList<Integer>();
    int rank = parts.keySet().iterator().next().size();
    boolean regular = parts.keySet().stream().allMatch(k -> k.size() == rank);
    for (int d = 0; regular && d < rank; d++) {
      int at = d;
      extents.add(parts.keySet().stream().mapToInt(k -> k.get(at)).max().orElse(0));
    }
    int width = regular ? Shapes.product(extents) : -1;
    if (width != parts.size())
      return flawed("the columns of `%s` are not numbered without gaps".formatted(name));
    var order = new ArrayList<Raw.Grid>();
    for (int i = 0; i < width; i++) {
      var index = new ArrayList<Integer>();
      for (int x : Shapes.unravel(extents, i)) index.add(x + 1);
      if (!parts.containsKey(index)) return flawed("there is no column `%s` with subscripts %s".formatted(name, index));
      order.add(parts.get(index));
    }
    var flat = sideBySide(order);
    extents.addFirst(flat.dims().getFirst());
    return new Raw.Grid(flat.cells(), List.copyOf(extents), flat.flaws());
  }

  /// Columns of one length as the columns of a matrix.
  static Raw.Grid sideBySide(Collection<Raw.Grid> columns) {
    int rows = columns.stream().mapToInt(c -> c.dims().getFirst()).max().orElse(0);
    if (columns.stream().anyMatch(c -> c.dims().getFirst() < rows)) return flawed("its columns differ in length");
    return new Raw.Grid(Cells.rows(columns.stream().map(Raw.Grid::cells).toList()), List.of(rows, columns.size()), List.of());
  }

  /// Equal parts one after another along a new first dimension.
  static Raw.Grid stack(String name, List<Raw.Grid> parts) {
    if (parts.isEmpty()) return new Raw.Grid(new Cells(), List.of(0), List.of());
    var dims = parts.getFirst().dims();
    var cells = new Cells();
    for (var part : parts) {
      if (!part.flaws().isEmpty()) return part;
      if (!part.dims().equals(dims)) return flawed("the parts of `%s` differ in shape".formatted(name));
      for (int i = 0; i < part.cells().size(); i++) cells.copy(part.cells(), i);
    }
    var all = new ArrayList<>(dims);
    all.addFirst(parts.size());
    return new Raw.Grid(cells, List.copyOf(all), List.of());
  }

  static Raw.Grid flawed(String flaw) {
    return new Raw.Grid(new Cells(), List.of(), List.of(flaw));
  }
}
