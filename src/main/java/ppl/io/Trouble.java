package ppl.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Faults of one kind in the values of one data name: the first few are shown, all are counted.
final class Trouble {
  /// Stands for a value that is not there.
  static final String MISSING = "missing";

  private static final int ENOUGH = 5;

  private final String code;
  private final String one;
  private final String many;
  private final List<String> shown = new ArrayList<>();
  private String first = "";
  private int count;
  private Optional<String> help = Optional.empty();

  /// @param one  what is wrong with a value, after "is 2.5,": "which is not a whole number"
  /// @param many the same of several, after "has 13 values": "that are not whole numbers"
  Trouble(String code, String one, String many) {
    this.code = code;
    this.one = one;
    this.many = many;
  }

  /// One more fault.
  ///
  /// @param place `row 17` or `y[3]`; empty for a single value
  /// @param value as it is in the file
  void add(String place, String value) {
    if (count++ == 0) first = (place.isEmpty() ? "" : ", " + place) + "\0" + value;
    if (count <= ENOUGH) shown.add(value.equals(MISSING) ? place : place.isEmpty() ? value : value + " in " + place);
  }

  Trouble help(String text) {
    help = Optional.of(text);
    return this;
  }

  boolean none() {
    return count == 0;
  }

  void report(Schema.Slot slot, String file, Diagnostics diagnostics) {
    if (count == 0) return;
    var error = count == 1 ? single(slot, file) : several(slot, file);
    diagnostics.add(help.map(error::help).orElse(error));
  }

  private Diagnostic single(Schema.Slot slot, String file) {
    var parts = first.split("\0", 2);
    return Diagnostic.error(code, slot.span(), "%s%s: `%s` is %s, %s", file, parts[0], slot.name(), parts[1], one);
  }

  private Diagnostic several(Schema.Slot slot, String file) {
    var more = count > ENOUGH ? ", … and %d more".formatted(count - ENOUGH) : "";
    return Diagnostic.error(code, slot.span(), "%s: `%s` has %d values %s: %s%s", file, slot.name(), count, many,
        String.join(", ", shown), more);
  }
}
