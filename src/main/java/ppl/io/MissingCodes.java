package ppl.io;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.runtime.Dataset;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Doubts numbers by which tables of old say that a value is missing: -999, -888, 9999, -99.9, -32768, 1e20.
///
/// A column is split into what was measured and codes. Measured is all that is not written as a code; then, from the nearest on, what
/// lies no farther from it than twice its width. What is left are codes.
///
/// @param all those of the column
record MissingCodes(Located from, Dataset.Column column, Elements all, Diagnostics diagnostics) {
  private static final String CODE = "W0702";
  private static final double BEYOND_MEASURE = 1e20;
  /// Whole numbers of 16 and of 32 bits end there.
  private static final Set<Double> LIMITS = Set.of(32767.0, 32768.0, 65535.0, 2147483647.0, 2147483648.0, 4294967295.0);
  private static final double FAR = 2;
  private static final double SURELY = 99;
  private static final double LEAST = 77;
  /// Beside numbers that are all the same.
  private static final double SURELY_POSITIVE = 999;
  private static final int ENOUGH = 3;
  private static final int SHOWN = 5;
  /// More numbers than that are no codes.
  private static final int MOST_CODES = 5;

  MissingCodes(Located from, Dataset.Column column, Diagnostics diagnostics) {
    this(from, column, Elements.of(column), diagnostics);
  }

  /// Whether `v` is of the kind that stands for a missing value by itself: nines only, three digits at least, or any number of them
  /// behind a minus; the ends of whole numbers; and 1e20 and more.
  static boolean looksLikeOne(double v) {
    return Math.abs(v) >= BEYOND_MEASURE || LIMITS.contains(Math.abs(v)) || (v < 0 || v >= SURELY) && written(v, "9+");
  }

  /// Whether `v` may be one of several codes of a column, or is one if it is negative or stands there more than once: sevens and
  /// eights only, and nines that end with another digit from 6 on (refused, unknown, does not apply).
  private static boolean mayBeOne(double v) {
    return looksLikeOne(v) || Math.abs(v) >= LEAST && written(v, "7+|8+|9+[6-8]");
  }

  private static boolean written(double v, String digits) {
    if (!(Math.abs(v) >= (v < 0 ? 9 : LEAST))) return false;
    var text = Numbers.show(Math.abs(v)).replaceFirst("\\.0*$", "").replace(".", "");
    return (v < 0 || text.length() >= 3) && text.matches(digits);
  }

  /// Warns where columns hold one, of the first in full: those of a table, or of the last dimension of an array.
  void report() {
    var dims = column.dims();
    int columns = dims.length > 1 ? dims[dims.length - 1] : 1;
    var found = IntStream.range(0, columns).boxed().flatMap(k -> column(k, columns).stream()).toList();
    if (found.isEmpty()) return;
    var one = found.getFirst();
    var more = found.size() == 1 ? "" : "; there is more of this in %d other columns".formatted(found.size() - 1);
    var where = one.codes.stream().map(code -> Numbers.show(code) + " in " + places(code, one.first, columns))
        .collect(Collectors.joining(", "));
    diagnostics.add(Diagnostic.warning(CODE, from.slot().span(), "%s: `%s` is %s, and %s elsewhere%s", from.file(), from.slot().name(),
        where, one.others.words(), more).help("if %s, %s", one.codes.size() == 1 ? "this stands for a missing value" : "these stand for missing values",
            advice(one.codes.size() == 1)));
  }

  private String advice(boolean one) {
    return (from.slot().missing() ? "write NA" : one ? "leave it out" : "leave them out")
        + (one ? ": as it is, it counts as a measurement" : ": as they are, they count as measurements");
  }

  private Optional<Found> column(int first, int columns) {
    var whole = range(first, columns, _ -> true);
    // what is not measured lies outside of all that is
    if (!mayBeOne(whole.least) && !mayBeOne(whole.most)) return Optional.empty();
    var measured = range(first, columns, v -> !mayBeOne(v));
    if (measured.count < ENOUGH) return Optional.empty();
    var outside = outside(measured, first, columns);
    for (var next = nearest(outside, measured); next.isPresent() && !measured.isFar(next.get()); next = nearest(outside, measured)) {
      measured = measured.with(next.get());
      outside.remove(next.get());
    }
    if (outside.size() > MOST_CODES) return Optional.empty();
    boolean told = outside.entrySet().stream().anyMatch(e -> e.getKey() < 0 || e.getValue() > 1 || looksLikeOne(e.getKey()));
    return told ? Optional.of(new Found(first, List.copyOf(outside.keySet()), measured)) : Optional.empty();
  }

  /// The values outside of a range, each with how often it stands there.
  private TreeMap<Double, Integer> outside(Range range, int first, int columns) {
    var out = new TreeMap<Double, Integer>();
    for (int i = first; i < all.size(); i += columns)
      if (!all.isMissing(i) && range.gap(all.value(i)) > 0) out.merge(all.value(i), 1, Integer::sum);
    return out;
  }

  private static Optional<Double> nearest(TreeMap<Double, Integer> outside, Range range) {
    return Stream.of(outside.lowerKey(range.least), outside.higherKey(range.most)).filter(Objects::nonNull)
        .min(Comparator.comparingDouble(range::gap));
  }

  private String places(double code, int first, int columns) {
    var places = new ArrayList<String>();
    int count = 0;
    for (int i = first; i < all.size(); i += columns) {
      if (all.isMissing(i) || all.value(i) != code) continue;
      if (count++ < SHOWN) places.add(from.place(from.source(i)));
    }
    return String.join(", ", places) + (count > SHOWN ? ", … and %d more".formatted(count - SHOWN) : "");
  }

  /// A column of the array, and what of it is doubted.
  private record Found(int first, List<Double> codes, Range others) {}

  /// Where values lie; of more than a few the count tells that alone.
  private record Range(int count, double least, double most) {
    double gap(double v) {
      return Math.max(least - v, v - most);
    }

    Range with(double v) {
      return new Range(count + 1, Math.min(least, v), Math.max(most, v));
    }

    /// Whether a code is so far outside that it is no measurement. Small negative ones are only where all else is not negative.
    boolean isFar(double code) {
      boolean strange = code > 0 || least >= 0 || code <= -SURELY;
      boolean one = least == most;
      boolean clear = !one || code <= -SURELY || code >= SURELY_POSITIVE;
      return strange && clear && gap(code) > FAR * (one ? Math.abs(least) : most - least);
    }

    String words() {
      return least == most ? Numbers.show(least) : "from " + Numbers.show(least) + " to " + Numbers.show(most);
    }
  }

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
