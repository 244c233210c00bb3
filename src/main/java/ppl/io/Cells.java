package ppl.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A growing sequence of values as files hold them: numbers, texts and gaps. Eight bytes a value; equal texts are
/// kept once.
final class Cells {
  private double[] values = new double[16];
  private int size;
  private final BitSet gaps = new BitSet();
  private final BitSet texts = new BitSet();
  private final List<String> words = new ArrayList<>();
  private final Map<String, Integer> codes = new HashMap<>();

  void add(double value) {
    if (size == values.length) values = Arrays.copyOf(values, size + (size >> 1));
    values[size++] = value;
  }

  void text(String text) {
    texts.set(size);
    add(codes.computeIfAbsent(text, t -> {
      words.add(t);
      return words.size() - 1;
    }));
  }

  void gap() {
    gaps.set(size);
    add(Double.NaN);
  }

  /// Appends the last value again: a filler that brings no fault of its own.
  void repeat() {
    if (size == 0) gap();
    else copy(this, size - 1);
  }

  /// Appends a copy of one value of `that`.
  void copy(Cells that, int i) {
    if (that.isGap(i)) gap();
    else if (that.isText(i)) text(that.text(i));
    else add(that.values[i]);
  }

  int size() {
    return size;
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

  boolean anyText() {
    return !texts.isEmpty();
  }

  /// The number at `i`; NaN for a gap. Meaningless for a text.
  double number(int i) {
    return values[i];
  }

  String text(int i) {
    return words.get((int) values[i]);
  }

  /// The different texts, in the order of their first appearance.
  List<String> words() {
    return List.copyOf(words);
  }

  /// All numbers, for cells without texts: the array itself where it is full, so that columns are not held twice.
  double[] numbers() {
    return values.length == size ? values : Arrays.copyOf(values, size);
  }

  /// The value as a message shows it.
  String show(int i) {
    if (isGap(i)) return "missing";
    return isText(i) ? Numbers.quote(text(i)) : Numbers.show(values[i]);
  }
}
