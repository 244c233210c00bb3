package ppl.io;

import java.util.List;
import java.util.Optional;
import ppl.runtime.Dataset;
import ppl.runtime.Schema;
import ppl.source.Diagnostics;
import ppl.source.Suggest;

/// Turns the values of a file into those of a slot, in the model's order, and says what is wrong with each.
///
/// @param extents of the slot; as many elements as `from` has
record Convert(Located from, List<Integer> extents, Levels levels, Diagnostics diagnostics) {
  /// The column, or empty if some values cannot stand.
  Optional<Dataset.Column> column() {
    var slot = from.slot();
    int[] dims = extents.stream().mapToInt(Integer::intValue).toArray();
    int size = Shapes.product(extents);
    var missing = missing(size);
    if (missing.isPresent() && !slot.missing()) return Optional.empty();
    Optional<? extends Object> values = switch (slot.element()) {
      case Schema.Element.Real() -> reals(size);
      case Schema.Element.Int() -> wholes(size);
      case Schema.Element.Level(var factor) -> codes(size, factor);
    };
    return values.map(v -> new Dataset.Column(v, dims, missing, from::origin));
  }

  private boolean gap(int i) {
    var cells = from.grid().cells();
    return from.slot().element() instanceof Schema.Element.Level ? cells.isGap(i) : cells.isMissingNumber(i);
  }

  private Optional<boolean[]> missing(int size) {
    var trouble = gaps();
    boolean[] gaps = new boolean[size];
    boolean any = false;
    for (int i = 0; i < size; i++) {
      int at = from.source(i);
      if (!gap(at)) continue;
      any = gaps[i] = true;
      if (!from.slot().missing()) trouble.add(from.place(at), Trouble.MISSING);
    }
    trouble.report(from.slot(), from.file(), diagnostics);
    return any ? Optional.of(gaps) : Optional.empty();
  }

  private Trouble gaps() {
    if (from.slot().element() instanceof Schema.Element.Level)
      return new Trouble("E0711", "and a factor has a label in every row", "missing")
          .help("drop these rows, or give them a label of their own");
    return new Trouble("E0711", "and only data that are modelled by `~` may have gaps", "missing")
        .help("drop these rows, or give `%s` a distribution so that its gaps become unknowns".formatted(from.slot().name()));
  }

  private Optional<double[]> reals(int size) {
    var cells = from.grid().cells();
    var texts = texts();
    var infinite = new Trouble("E0710", "which is not a finite number", "that are not finite numbers");
    boolean direct = from.order().length == 0 && !cells.anyText();
    double[] out = direct ? cells.numbers() : new double[size];
    for (int i = 0; i < size; i++) {
      int at = from.source(i);
      if (gap(at)) out[i] = Double.NaN;
      else if (cells.isText(at)) texts.add(from.place(at), cells.show(at));
      else {
        out[i] = cells.number(at);
        if (!Double.isFinite(out[i])) infinite.add(from.place(at), cells.show(at));
      }
    }
    return sound(texts, infinite) ? Optional.of(out) : Optional.empty();
  }

  private Optional<int[]> wholes(int size) {
    var cells = from.grid().cells();
    var texts = texts();
    var infinite = new Trouble("E0710", "which is not a finite number", "that are not finite numbers");
    var broken = new Trouble("E0709", "which is not a whole number", "that are not whole numbers")
        .help("declare `%s` real if fractions are meant".formatted(from.slot().name()));
    var large = new Trouble("E0709", "which is too large for an int", "that are too large for an int");
    int[] out = new int[size];
    for (int i = 0; i < size; i++) {
      int at = from.source(i);
      if (gap(at)) continue;
      double x = cells.number(at);
      if (cells.isText(at)) texts.add(from.place(at), cells.show(at));
      else if (!Double.isFinite(x)) infinite.add(from.place(at), cells.show(at));
      else if (x != Math.rint(x)) broken.add(from.place(at), cells.show(at));
      else if (Math.abs(x) > Integer.MAX_VALUE) large.add(from.place(at), cells.show(at));
      else out[i] = (int) x;
    }
    return sound(texts, infinite, broken, large) ? Optional.of(out) : Optional.empty();
  }

  private Optional<int[]> codes(int size, String factor) {
    var known = levels.of(factor);
    if (known.isEmpty()) return Optional.empty();
    var cells = from.grid().cells();
    var unknown = new Trouble("E0715", "which is no level of `" + factor + "`", "that are no level of `" + factor + "`");
    Optional<String> near = Optional.empty();
    int[] out = new int[size];
    for (int i = 0; i < size; i++) {
      int at = from.source(i);
      if (gap(at)) continue;
      var label = cells.isText(at) ? cells.text(at) : cells.show(at);
      out[i] = levels.position(factor, label) + 1;
      if (out[i] > 0) continue;
      unknown.add(from.place(at), "\"" + label + "\"");
      if (near.isEmpty()) near = Suggest.closest(label, known.get()).map(l -> "did you mean \"%s\" for \"%s\"?".formatted(l, label));
    }
    unknown.help(near.orElse("the levels are " + few(known.get())));
    return sound(unknown) ? Optional.of(out) : Optional.empty();
  }

  private static String few(List<String> labels) {
    int enough = 8;
    var shown = labels.stream().limit(enough).map(l -> "\"" + l + "\"").toList();
    return String.join(", ", shown) + (labels.size() > enough ? ", … (%d in all)".formatted(labels.size()) : "");
  }

  private Trouble texts() {
    var cells = from.grid().cells();
    var trouble = new Trouble("E0708", "which is not a number", "that are not numbers");
    if (cells.words().stream().anyMatch(w -> w.matches("[-+]?\\d+,\\d+"))) trouble.help("write decimals with a point");
    else if (cells.words().stream().anyMatch(w -> Numbers.parse(w).isPresent())) trouble.help("numbers stand without quotes");
    else trouble.help("declare `%s` a factor if it holds labels".formatted(from.slot().name()));
    return trouble;
  }

  private boolean sound(Trouble... troubles) {
    boolean none = true;
    for (var trouble : troubles) {
      none &= trouble.none();
      trouble.report(from.slot(), from.file(), diagnostics);
    }
    return none;
  }
}
