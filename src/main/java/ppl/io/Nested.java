package ppl.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes nested arrays event by event, keeps their values flat, and finds out whether they are rectangular.
final class Nested {
  private static final int ENOUGH = 5;

  private final Cells cells;
  private final List<Integer> extents = new ArrayList<>();
  /// How many elements the arrays that are open have so far, outermost first.
  private int[] counts = new int[4];
  private int depth;
  private final List<String> flaws = new ArrayList<>();
  private final String name;
  private int leaf = -1;
  private int flawCount;
  /// Depth of an array that was found wrong, inside of which nothing more is said; -1 outside.
  private int quietFrom = -1;

  /// @param name what messages call the array
  Nested(String name) {
    this(name, new Cells());
  }

  /// @param cells what takes the values
  Nested(String name, Cells cells) {
    this.name = name;
    this.cells = cells;
  }

  void begin() {
    if (leaf >= 0 && depth >= leaf && quietFrom < 0) {
      flaw("an array where other elements are single values", true);
      quietFrom = depth;
    }
    count();
    if (depth == counts.length) counts = Arrays.copyOf(counts, 2 * depth);
    counts[depth++] = 0;
  }

  void end() {
    int n = counts[--depth];
    if (quietFrom >= 0) {
      if (depth == quietFrom) quietFrom = -1;
      return;
    }
    if (n == 0 && leaf < 0) leaf = depth + 1;
    while (extents.size() <= depth) extents.add(-1);
    int known = extents.get(depth);
    if (known < 0) extents.set(depth, n);
    else if (known != n) flaw("%d long where others before it are %d long".formatted(n, known), false);
  }

  void number(double value) {
    place();
    cells.add(value);
  }

  void text(String text) {
    place();
    cells.text(text);
  }

  void gap() {
    place();
    cells.gap();
  }

  /// An element where there should be one, of which nothing more is said.
  void filler() {
    place();
    cells.repeat();
  }

  /// Something that is neither a value nor an array.
  void alien(String what) {
    flaw(what + " where a value is expected", true);
    count();
  }

  int depth() {
    return depth;
  }

  Raw.Grid grid() {
    if (flawCount > ENOUGH) flaws.add("… and %d more like this".formatted(flawCount - ENOUGH));
    return new Raw.Grid(cells, leaf < 0 ? List.of() : List.copyOf(extents.subList(0, leaf)), List.copyOf(flaws));
  }

  private void place() {
    if (leaf < 0) leaf = depth;
    else if (leaf != depth && quietFrom < 0) flaw("a single value where other elements are arrays", true);
    count();
  }

  private void count() {
    if (depth > 0) counts[depth - 1]++;
  }

  private void flaw(String what, boolean next) {
    if (++flawCount > ENOUGH) return;
    var path = new ArrayList<String>();
    for (int d = 0; d < depth; d++) path.add(String.valueOf(counts[d] + (next && d == depth - 1 ? 1 : 0)));
    flaws.add(name + (path.isEmpty() ? "" : "[" + String.join(",", path) + "]") + " is " + what);
  }
}
