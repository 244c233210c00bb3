package ppl.io;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.runtime.OffHeap;

/// A growing sequence of values as files hold them: numbers, texts and gaps. Equal texts are kept once.
final class Cells {
  private final Growing values;
  private final BitSet gaps;
  private final BitSet texts = new BitSet();
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> codes = new HashMap<>();

  Cells() {
    this(new Growing(), new BitSet());
  }

  /// Of which so many are to come, most of them reals.
  Cells(long most) {
    this(Growing.upTo(most), new BitSet());
  }

  private Cells(Growing values, BitSet gaps) {
    this.values = values;
    this.gaps = gaps;
  }

  /// Numbers that are all there.
  ///
  /// @param gaps where there are none
  static Cells numbers(Growing values, BitSet gaps) {
    return new Cells(values, gaps);
  }

  /// Texts that are all there.
  ///
  /// @param codes of each its place among `words`
  /// @param gaps  where there are none
  static Cells texts(int[] codes, List<String> words, BitSet gaps) {
    var out = new Cells(Growing.of(codes), gaps);
    out.texts.set(0, codes.length);
    out.texts.andNot(gaps);
    for (var word : words) out.code(word);
    return out;
  }

  /// Columns of one length as the rows of a matrix.
  static Cells rows(List<Cells> columns) {
    int width = columns.size();
    if (columns.stream().allMatch(c -> c.texts.isEmpty() && c.values.isReal())) {
      var gaps = new BitSet();
      for (int k = 0; k < width; k++) {
        int column = k;
        columns.get(k).gaps.stream().forEach(row -> gaps.set(row * width + column));
      }
      return new Cells(Growing.rows(columns.stream().map(c -> c.values).toList()), gaps);
    }
    var cells = new Cells();
    for (int row = 0; row < columns.getFirst().size(); row++) for (var column : columns) cells.copy(column, row);
    return cells;
  }

  void add(double value) {
    values.add(value);
  }

  void text(String text) {
    texts.set(size());
    add(code(text));
  }

  private int code(String text) {
    return codes.computeIfAbsent(text, t -> {
      words.add(t);
      return words.size() - 1;
    });
  }

  void gap() {
    gaps.set(size());
    add(0);
  }

  /// Appends the last value again: a filler that brings no fault of its own.
  void repeat() {
    if (size() == 0) gap();
    else copy(this, size() - 1);
  }

  /// Appends a copy of one value of `that`.
  void copy(Cells that, int i) {
    if (that.isGap(i)) gap();
    else if (that.isText(i)) text(that.text(i));
    else add(that.values.at(i));
  }

  int size() {
    return values.size();
  }

  boolean isGap(int i) {
    return gaps.get(i);
  }

  boolean isText(int i) {
    return texts.get(i);
  }

  /// Whether a number is wanted and none is there: a gap, or the word that statisticians write for one.
  boolean isMissingNumber(int i) {
    return gaps.get(i) || texts.get(i) && text(i).equals("NA");
  }

  boolean anyMissingNumber() {
    if (!gaps.isEmpty()) return true;
    return codes.containsKey("NA") && texts.stream().anyMatch(this::isMissingNumber);
  }

  boolean anyGap() {
    return !gaps.isEmpty();
  }

  boolean anyText() {
    return !texts.isEmpty();
  }

  /// The number at `i`. Meaningless for a gap or a text.
  double number(int i) {
    return values.at(i);
  }

  String text(int i) {
    return words.get(code(i));
  }

  /// Where the text at `i` stands among [#words].
  int code(int i) {
    return (int) values.at(i);
  }

  /// The different texts, in the order of their first appearance.
  List<String> words() {
    return List.copyOf(words);
  }

  /// The matrix beside the heap that holds all numbers, if one does.
  Optional<OffHeap> offHeap() {
    return values.offHeap();
  }

  /// All numbers, for cells without texts, 0 for gaps: the array that holds them.
  double[] numbers() {
    return values.reals();
  }

  /// All numbers, for cells without texts, 0 for gaps: the array that holds them ([ppl.runtime.Narrow]); empty where one is no int.
  Optional<Object> wholes() {
    return values.wholes();
  }

  /// The value as a message shows it.
  String show(int i) {
    if (isGap(i)) return "missing";
    return isText(i) ? Numbers.quote(text(i)) : Numbers.show(values.at(i));
  }
}
