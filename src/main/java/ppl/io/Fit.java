package ppl.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Compares the shape of an array with the declared one.
record Fit(Schema.Slot slot, List<Integer> wanted, Diagnostics diagnostics) {
  /// Whether the shape is as declared. Anything else has been reported.
  boolean accepts(Located found) {
    var dims = found.dims();
    if (dims.equals(wanted)) return true;
    if (dims.isEmpty() && wanted.equals(List.of(1)) || emptied(dims)) return true;
    diagnostics.add(error(found, dims));
    return false;
  }

  /// An array without elements may end at the first extent of 0.
  private boolean emptied(List<Integer> dims) {
    return !dims.isEmpty() && dims.getLast() == 0 && dims.size() <= wanted.size()
        && dims.equals(wanted.subList(0, dims.size()));
  }

  private Diagnostic error(Located found, List<Integer> dims) {
    var file = found.file();
    var has = dims.isEmpty() ? "is a single value" : "has " + Shapes.show(dims) + (dims.size() > 1 ? " values" : "");
    if (Shapes.permuted(dims, wanted) && !found.rows())
      return Diagnostic.error("E0712", slot.span(), "%s: `%s` is %s, but %s wants %s; it looks transposed", file,
          slot.name(), Shapes.show(dims), slot.declared(), extents()).help("write it as %s", layout());
    if (wanted.isEmpty())
      return Diagnostic.error("E0712", slot.span(), "%s: `%s` %s, but %s is a single value", file, slot.name(), has,
          slot.declared());
    var error = Diagnostic.error("E0712", slot.span(), "%s: `%s` %s, but %s wants %s", file, slot.name(), has,
        slot.declared(), extents());
    return advice(found, dims).map(error::help).orElse(error);
  }

  /// Brackets too many, and an array that is written as a text.
  private Optional<String> advice(Located found, List<Integer> dims) {
    var cells = found.grid().cells();
    if (dims.isEmpty() && cells.size() == 1 && cells.isText(0))
      return Optional.of("it is the text %s: an array has no quotes around it, and commas between its elements, `[1, 2, 3]`"
          .formatted(Numbers.quote(cells.text(0))));
    boolean nested = dims.size() > wanted.size() && dims.stream().filter(n -> n != 1).toList().equals(wanted);
    return nested ? Optional.of("write it with one pair of brackets for each dimension: " + layout()) : Optional.empty();
  }

  private String extents() {
    var parts = new ArrayList<String>();
    for (int d = 0; d < wanted.size(); d++) {
      var text = slot.dims().get(d).text();
      int n = wanted.get(d);
      parts.add(text.equals(String.valueOf(n)) ? text : text + " = " + n);
    }
    return String.join(" by ", parts);
  }

  private String layout() {
    var sizes = wanted.stream().map(String::valueOf).toList();
    return Stream.concat(Stream.of("an array of " + sizes.getFirst()), sizes.stream().skip(1))
        .collect(Collectors.joining(" arrays of ")) + " numbers";
  }
}
