package ppl.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import ppl.runtime.Dataset;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Doubts numbers by which tables of old say that a value is missing: -999, 9999, -99.9, 1e20.
///
/// A number counts as such if it is written in nines, or is larger than any measurement, and lies farther from all other
/// values of its column than these lie from each other, twice.
///
/// @param all those of the column
record MissingCodes(Located from, Dataset.Column column, Elements all, Diagnostics diagnostics) {
  private static final String CODE = "W0702";
  private static final double BEYOND_MEASURE = 1e20;
  private static final double FAR = 2;
  private static final double SURELY = -99;
  private static final int ENOUGH = 3;
  private static final int SHOWN = 5;

  MissingCodes(Located from, Dataset.Column column, Diagnostics diagnostics) {
    this(from, column, Elements.of(column), diagnostics);
  }

  /// Whether `v` is of the kind that stands for a missing value: nines only, three digits at least, or any number of them
  /// behind a minus, and 1e20 and more.
  static boolean looksLikeOne(double v) {
    if (Math.abs(v) >= BEYOND_MEASURE) return true;
    var digits = Numbers.show(Math.abs(v)).replaceFirst("\\.0*$", "").replace(".", "");
    return digits.matches("9+") && Math.abs(v) >= (v < 0 ? 9 : 99) && digits.length() >= (v < 0 ? 1 : 3);
  }

  /// Warns where columns hold one, of the first in full: those of a table, or of the last dimension of an array.
  void report() {
    var dims = column.dims();
    int columns = dims.length > 1 ? dims[dims.length - 1] : 1;
    var found = IntStream.range(0, columns).boxed().flatMap(k -> column(k, columns).stream()).toList();
    if (found.isEmpty()) return;
    var one = found.getFirst();
    var more = found.size() == 1 ? "" : "; there is more of this in %d other columns".formatted(found.size() - 1);
    diagnostics.add(Diagnostic.warning(CODE, from.slot().span(), "%s: `%s` is %s in %s, and from %s to %s elsewhere%s", from.file(),
        from.slot().name(), Numbers.show(one.code), places(one, columns), Numbers.show(one.others.least),
        Numbers.show(one.others.most), more).help(from.slot().missing()
            ? "if this stands for a missing value, write NA: as it is, it counts as a measurement"
            : "if this stands for a missing value, leave it out: as it is, it counts as a measurement"));
  }

  private Optional<Found> column(int first, int columns) {
    var whole = range(first, columns, _ -> true);
    for (double code : List.of(whole.least, whole.most)) {
      if (whole.count < ENOUGH || !looksLikeOne(code)) continue;
      var others = range(first, columns, v -> v > whole.least && v < whole.most || !looksLikeOne(v));
      double gap = code < others.least ? others.least - code : code - others.most;
      boolean strange = code > 0 || others.least >= 0 || code <= SURELY;
      if (strange && others.count >= ENOUGH && others.most > others.least && gap > FAR * (others.most - others.least))
        return Optional.of(new Found(first, code, others));
    }
    return Optional.empty();
  }

  private String places(Found found, int columns) {
    var places = new ArrayList<String>();
    int count = 0;
    for (int i = found.first; i < all.size(); i += columns) {
      if (all.isMissing(i) || all.value(i) != found.code) continue;
      if (count++ < SHOWN) places.add(from.place(from.source(i)));
    }
    return String.join(", ", places) + (count > SHOWN ? ", … and %d more".formatted(count - SHOWN) : "");
  }

  /// A column of the array, and what of it is doubted.
  private record Found(int first, double code, Range others) {}

  /// Where values lie; of more than a few the count tells that alone.
  private record Range(int count, double least, double most) {}

  private Range range(int first, int columns, DoublePredicate counts) {
    int count = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    int size = all.size();
    for (int i = first; i < size; i += columns) {
      double v = all.value(i);
      if (v >= least && v <= most && count >= ENOUGH || all.isMissing(i) || !counts.test(v)) continue;
      count++;
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    return new Range(count, least, most);
  }
}
