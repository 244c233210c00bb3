package ppl.io;

import java.util.ArrayList;
import java.util.List;

/// Takes nested arrays event by event, keeps their values flat, and finds out whether they are rectangular.
final class Nested {
  private static final int ENOUGH = 5;

  private final Cells cells = new Cells();
  private final List<Integer> extents = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private final List<String> flaws = new ArrayList<>();
  private final String name;
  private int leaf = -1;
  private int flawCount;
  /// Depth of an array that was found wrong, inside of which nothing more is said; -1 outside.
  private int quietFrom = -1;

  /// @param name what messages call the array
  Nested(String name) {
    this.name = name;
  }

  void begin() {
    if (leaf >= 0 && counts.size() >= leaf && quietFrom < 0) {
      flaw("an array where other elements are single values", true);
      quietFrom = counts.size();
    }
    count();
    counts.add(0);
  }

  void end() {
    int depth = counts.size();
    int n = counts.removeLast();
    if (quietFrom >= 0) {
      if (counts.size() == quietFrom) quietFrom = -1;
      return;
    }
    if (n == 0 && leaf < 0) leaf = depth;
    while (extents.size() < depth) extents.add(-1);
    int known = extents.get(depth - 1);
    if (known < 0) extents.set(depth - 1, n);
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
    return counts.size();
  }

  Raw.Grid grid() {
    if (flawCount > ENOUGH) flaws.add("… and %d more like this".formatted(flawCount - ENOUGH));
    return new Raw.Grid(cells, leaf < 0 ? List.of() : List.copyOf(extents.subList(0, leaf)), List.copyOf(flaws));
  }

  private void place() {
    if (leaf < 0) leaf = counts.size();
    else if (leaf != counts.size() && quietFrom < 0) flaw("a single value where other elements are arrays", true);
    count();
  }

  private void count() {
    if (!counts.isEmpty()) counts.set(counts.size() - 1, counts.getLast() + 1);
  }

  private void flaw(String what, boolean next) {
    if (++flawCount > ENOUGH) return;
    var path = new ArrayList<String>();
    for (int d = 0; d < counts.size(); d++)
      path.add(String.valueOf(counts.get(d) + (next && d == counts.size() - 1 ? 1 : 0)));
    flaws.add(name + (path.isEmpty() ? "" : "[" + String.join(",", path) + "]") + " is " + what);
  }
}
