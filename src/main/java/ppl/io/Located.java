package ppl.io;

import java.util.List;
import java.util.function.IntFunction;
import ppl.runtime.Schema;

/// Values of one slot and how to say where each stands.
///
/// @param grid  the values, in the order of the file
/// @param rows  whether the first dimension is the rows of a table
/// @param order for each leading index the row of the file that holds it; empty where that is the order of the file
record Located(Schema.Slot slot, Raw.Grid grid, String file, boolean rows, int[] order) {
  /// The place of the value at `flat` in the file: `row 17`, `y[3]`.
  String place(int flat) {
    var dims = grid.dims();
    if (!rows) return dims.isEmpty() ? "" : slot.name() + Shapes.subscript(dims, flat);
    int width = Math.max(1, Shapes.product(dims.subList(1, dims.size())));
    var rest = Shapes.subscript(dims.subList(1, dims.size()), flat % width);
    return "row " + (flat / width + 1) + (rest.isEmpty() ? "" : ", " + slot.name() + rest);
  }

  /// The place of an event: `rank` trailing dimensions that belong together, of which `flat` is an element.
  String place(int flat, int rank) {
    var dims = grid.dims();
    int event = Shapes.product(dims.subList(dims.size() - rank, dims.size()));
    var outer = new Raw.Grid(grid.cells(), dims.subList(0, dims.size() - rank), List.of());
    return new Located(slot, outer, file, rows, order).place(flat / event);
  }

  /// For the element that comes at a place in the model's order its file, and its row there; holds no values.
  IntFunction<String> origins() {
    var name = file;
    if (!rows) return _ -> name;
    var from = order;
    int inFile = Math.max(1, Shapes.product(grid.dims().subList(1, grid.dims().size())));
    int inOrder = order.length == 0 ? inFile : grid.cells().size() / grid.dims().getFirst();
    return flat -> name + ", row " + ((from.length == 0 ? flat : source(from, inOrder, flat)) / inFile + 1);
  }

  /// Where the file holds the element that comes at `flat` in the model's order.
  int source(int flat) {
    if (order.length == 0) return flat;
    return source(order, grid.cells().size() / grid.dims().getFirst(), flat);
  }

  private static int source(int[] order, int width, int flat) {
    return order[flat / width] * width + flat % width;
  }

  List<Integer> dims() {
    if (order.length == 0) return grid.dims();
    var dims = new java.util.ArrayList<>(grid.dims());
    dims.set(0, order.length);
    return dims;
  }
}
