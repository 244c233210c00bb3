package ppl.io;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import ppl.runtime.Dataset;
import ppl.runtime.Narrow;
import ppl.runtime.OffHeap;
import ppl.runtime.Schema;
import ppl.source.Diagnostics;
import ppl.source.Suggest;

/// Turns the values of a file into those of a slot, in the model's order, and says what is wrong with each.
///
/// @param extents of the slot; as many elements as `from` has
record Convert(Located from, List<Integer> extents, Levels levels, Diagnostics diagnostics) {
  /// What became of the values.
  ///
  /// @param column with those that cannot stand among the missing ones
  /// @param sound  whether all can stand
  record Converted(Dataset.Column column, boolean sound) {}

  /// The column, or empty if nothing of it can be told.
  Optional<Converted> column() {
    int[] dims = extents.stream().mapToInt(Integer::intValue).toArray();
    int size = Shapes.product(extents);
    var slot = from.slot();
    var gaps = new BitSet();
    boolean filled = filled(size, gaps);
    var bad = new BitSet();
    Optional<? extends Object> values = switch (slot.element()) {
      case Schema.Element.Real() -> Optional.of(beside(dims).map(Object.class::cast).orElseGet(() -> reals(size, bad)));
      case Schema.Element.Int() -> Optional.of(wholes(size, bad));
      case Schema.Element.Level(var factor) -> codes(size, factor, bad).map(Narrow::ofMany);
    };
    boolean sound = filled && bad.isEmpty();
    gaps.or(bad);
    var missing = gaps.isEmpty() ? Optional.<boolean[]>empty() : Optional.of(flags(gaps, size));
    return values.map(v -> new Converted(new Dataset.Column(v, dims, missing, from.origins()), sound));
  }

  private static boolean[] flags(BitSet set, int size) {
    var flags = new boolean[size];
    set.stream().forEach(i -> flags[i] = true);
    return flags;
  }

  private boolean gap(int i) {
    var cells = from.grid().cells();
    return from.slot().element() instanceof Schema.Element.Level ? cells.isGap(i) : cells.isMissingNumber(i);
  }

  /// Notes the gaps; whether there may be some if there are.
  private boolean filled(int size, BitSet gaps) {
    var cells = from.grid().cells();
    if (from.slot().element() instanceof Schema.Element.Level ? !cells.anyGap() : !cells.anyMissingNumber()) return true;
    var trouble = gaps();
    for (int i = 0; i < size; i++) {
      int at = from.source(i);
      if (!gap(at)) continue;
      gaps.set(i);
      if (!from.slot().missing()) trouble.add(from.place(at), Trouble.MISSING);
    }
    trouble.report(from.slot(), from.file(), diagnostics);
    return trouble.none();
  }

  private Trouble gaps() {
    var drop = from.rows() ? "drop these rows" : "leave these elements out";
    if (from.slot().dims().isEmpty()) return new Trouble("E0711", "and a single value is needed", "missing").help("write it");
    return switch (from.slot().element()) {
      case Schema.Element.Level(var factor) -> new Trouble("E0711", "and a factor has a label in every row", "missing")
          .help(drop + ", or give them a label of their own");
      case Schema.Element.Int() -> new Trouble("E0711", "and no `~` says how `%s` comes about".formatted(from.slot().name()), "missing")
              .help(drop + ", or give `%s` a distribution so that its gaps are summed out".formatted(from.slot().name()));
      case Schema.Element.Real() ->
          new Trouble("E0711", "and only real data whose name stands left of `~` may have gaps", "missing")
              .help(drop + ", or give `%s` a distribution so that its gaps become unknowns".formatted(from.slot().name()));
    };
  }

  /// The matrix as it stands beside the heap, if it does and nothing is wrong with it.
  private Optional<OffHeap> beside(int[] dims) {
    var cells = from.grid().cells();
    if (dims.length != 2 || !isDirect() || cells.anyGap()) return Optional.empty();
    return cells.offHeap().filter(Convert::allFinite).map(m -> {
      m.layOut(dims[1]);
      return m;
    });
  }

  private static boolean allFinite(OffHeap x) {
    for (int i = 0; i < x.size(); i++) if (!Double.isFinite(x.at(i))) return false;
    return true;
  }

  private double[] reals(int size, BitSet bad) {
    var cells = from.grid().cells();
    var texts = texts();
    var infinite = new Trouble("E0710", "which is not a finite number", "that are not finite numbers");
    var large = new Trouble("E0710", "which is larger than any number that can be held",
        "that are larger than any number that can be held").help("the largest is about 1.8e308: write it in another unit, or its log");
    double[] out = isDirect() ? cells.numbers() : new double[size];
    if (isDirect() && !cells.anyGap() && allFinite(out)) return out;
    for (int i = 0; i < size; i++) {
      int at = from.source(i);
      if (gap(at)) out[i] = Double.NaN;
      else if (cells.isText(at)) fault(Numbers.tooLarge(cells.text(at)) ? large : texts, at, i, bad);
      else {
        out[i] = cells.number(at);
        if (!Double.isFinite(out[i])) fault(infinite, at, i, bad);
      }
    }
    report(texts, advised(infinite, bad), large);
    return out;
  }

  /// What to do about NaN, and about infinities.
  private Trouble advised(Trouble infinite, BitSet bad) {
    boolean missing = bad.stream().map(from::source).anyMatch(i -> !from.grid().cells().isText(i) && Double.isNaN(from.grid().cells().number(i)));
    return infinite.help(missing ? "a value that is missing is written `NA` in CSV and `null` in JSON"
        : "no data are infinite: leave these out, or give the largest value that could be observed and say so by `censored`");
  }

  /// Whether the file holds plain numbers, in the order that is wanted.
  private boolean isDirect() {
    return from.order().length == 0 && !from.grid().cells().anyText();
  }

  private static boolean allFinite(double[] x) {
    for (double v : x) if (!Double.isFinite(v)) return false;
    return true;
  }

  private Object wholes(int size, BitSet bad) {
    var cells = from.grid().cells();
    var held = isDirect() ? cells.wholes() : Optional.empty();
    if (held.isPresent()) return held.get();
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
      if (cells.isText(at)) fault(Numbers.tooLarge(cells.text(at)) ? large : texts, at, i, bad);
      else if (!Double.isFinite(x)) fault(infinite, at, i, bad);
      else if (x != Math.rint(x)) fault(broken, at, i, bad);
      else if (Math.abs(x) > Integer.MAX_VALUE) fault(large, at, i, bad);
      else out[i] = (int) x;
    }
    report(texts, advised(infinite, bad), broken, large);
    return Narrow.ofMany(out);
  }

  private Optional<int[]> codes(int size, String factor, BitSet bad) {
    var known = levels.of(factor);
    if (known.isEmpty()) return Optional.empty();
    var cells = from.grid().cells();
    var unknown = new Trouble("E0715", "which is no level of `" + factor + "`", "that are no level of `" + factor + "`");
    Optional<String> near = Optional.empty();
    int[] out = new int[size];
    int[] positions = cells.words().stream().mapToInt(w -> levels.position(factor, w) + 1).toArray();
    for (int i = 0; i < size; i++) {
      int at = from.source(i);
      if (gap(at)) continue;
      out[i] = cells.isText(at) ? positions[cells.code(at)] : levels.position(factor, cells.show(at)) + 1;
      if (out[i] > 0) continue;
      var label = cells.isText(at) ? cells.text(at) : cells.show(at);
      unknown.add(from.place(at), Numbers.quote(label));
      bad.set(i);
      if (near.isEmpty()) near = Suggest.closest(label, known.get()).map(l -> "did you mean %s for %s?".formatted(Numbers.quote(l), Numbers.quote(label)));
    }
    unknown.help(near.orElse("the levels are " + few(known.get())));
    report(unknown);
    return Optional.of(out);
  }

  private static String few(List<String> labels) {
    int enough = 8;
    var shown = labels.stream().limit(enough).map(Numbers::quote).toList();
    return String.join(", ", shown) + (labels.size() > enough ? ", … (%d in all)".formatted(labels.size()) : "");
  }

  private Trouble texts() {
    var cells = from.grid().cells();
    boolean mixed = IntStream.range(0, cells.size()).anyMatch(i -> !cells.isText(i) && !cells.isGap(i));
    return new Trouble("E0708", "which is text and not a number", "that are text and not numbers")
        .help(from.slot().dims().isEmpty() ? "write a number" : new TextAdvice(from.slot().name(), cells.words(), mixed).text());
  }

  private void fault(Trouble trouble, int at, int i, BitSet bad) {
    trouble.add(from.place(at), from.grid().cells().show(at));
    bad.set(i);
  }

  private void report(Trouble... troubles) {
    for (var trouble : troubles) trouble.report(from.slot(), from.file(), diagnostics);
  }
}
