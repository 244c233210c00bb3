package ppl.io;

import java.util.Optional;
import java.util.stream.IntStream;
import ppl.runtime.Dataset;
import ppl.runtime.Schema;
import ppl.source.Diagnostics;

/// Checks values against the limits and the shape restriction of their declaration.
///
/// @param all those of the column
record InSupport(Located from, Dataset.Column column, Elements all, Schema.Lookup lookup, Diagnostics diagnostics) {
  InSupport(Located from, Dataset.Column column, Schema.Lookup lookup, Diagnostics diagnostics) {
    this(from, column, Elements.of(column), lookup, diagnostics);
  }

  /// Whether all values lie where they should.
  boolean holds() {
    var limits = from.slot().limits();
    boolean within = limits.lower().map(l -> lower(l, limits.strictLower())).orElse(true)
        & limits.upper().map(this::upper).orElse(true);
    return within && from.slot().shape().map(this::shape).orElse(true);
  }

  private boolean lower(Schema.Limit limit, boolean strict) {
    var what = (strict ? "not above " : "below ") + limit.text();
    var trouble = new Trouble("E0713", "which is " + what, "that are " + what);
    return scan(limit, trouble, (x, bound) -> strict ? x > bound : x >= bound);
  }

  private boolean upper(Schema.Limit limit) {
    var trouble = new Trouble("E0713", "which is above " + limit.text(), "that are above " + limit.text());
    return scan(limit, trouble, (x, bound) -> x <= bound);
  }

  @FunctionalInterface
  private interface Within {
    boolean holds(double value, double bound);
  }

  private boolean scan(Schema.Limit limit, Trouble trouble, Within within) {
    int size = all.size();
    if (size == 0) return true;
    var bounds = limit.bound().of(lookup);
    int[] index = new int[column.dims().length];
    boolean[] gaps = column.missing().orElseGet(() -> new boolean[0]);
    boolean literal = Numbers.parse(limit.text()).isPresent();
    for (int i = 0; i < size; i++, advance(index)) {
      if (gaps.length > 0 && gaps[i]) continue;
      double bound = bounds.at(index);
      if (within.holds(all.value(i), bound)) continue;
      trouble.add(from.place(from.source(i)),
          Numbers.show(all.value(i)) + (literal ? "" : " (%s = %s)".formatted(limit.text(), Numbers.show(bound))));
    }
    advice(limit, trouble);
    trouble.report(from.slot(), from.file(), diagnostics);
    return trouble.none();
  }

  /// Numbers that count from 0, percentages, and codes for missing values.
  private void advice(Schema.Limit limit, Trouble trouble) {
    if (trouble.none()) return;
    var spread = IntStream.range(0, all.size()).filter(i -> !all.isMissing(i)).mapToDouble(all::value).summaryStatistics();
    var limits = from.slot().limits();
    boolean whole = from.slot().element() instanceof Schema.Element.Int;
    if (whole && limits.lower().filter(l -> l == limit && l.text().equals("1")).isPresent() && spread.getMin() == 0)
      trouble.help("numbers of groups and indices start at 1: add 1 to each if these start at 0");
    else if (!whole && limits.upper().filter(u -> u == limit && u.text().equals("1")).isPresent()
        && isPercent(spread.getMax()))
      trouble.help("if these are percentages, write fractions: divide them by 100");
    else if (limits.lower().filter(l -> l == limit).isPresent() && MissingCodes.looksLikeOne(spread.getMin()))
      trouble.help("if this stands for a missing value, " + (from.slot().missing() ? "write NA" : "leave it out"));
  }

  private static boolean isPercent(double most) {
    return most > 2 && most <= 100;
  }

  private void advance(int[] index) {
    for (int d = index.length - 1; d >= 0; d--) {
      if (++index[d] < column.dims()[d]) return;
      index[d] = 0;
    }
  }

  private boolean shape(String word) {
    var restriction = Restriction.of(word);
    int rank = restriction.rank();
    int[] dims = column.dims();
    int n = dims[dims.length - 1];
    int event = rank == 1 ? n : n * dims[dims.length - 2];
    var trouble = new Trouble("E0714", "not " + restriction.words(), "that are not " + restriction.words());
    for (int at = 0; event > 0 && at < all.size(); at += event) {
      double[] own = new double[event];
      boolean whole = true;
      for (int i = 0; i < event; i++) {
        own[i] = all.value(at + i);
        whole &= !all.isMissing(at + i);
      }
      int start = at;
      Optional<String> fault = whole ? restriction.fault(own, n) : Optional.empty();
      fault.ifPresent(f -> trouble.add(from.place(from.source(start), rank), f));
    }
    trouble.report(from.slot(), from.file(), diagnostics);
    return trouble.none();
  }
}
