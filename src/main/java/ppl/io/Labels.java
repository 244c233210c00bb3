package ppl.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Different texts in the order of their first appearance, found by their bytes.
final class Labels {
  private final List<byte[]> words = new ArrayList<>();
  private int[] table = new int[64];

  /// The place of the text among the [#words], from 0.
  int code(byte[] bytes, int from, int to) {
    int at = slot(hash(bytes, from, to));
    for (; table[at] != 0; at = at + 1 & table.length - 1) {
      var word = words.get(table[at] - 1);
      if (Arrays.equals(word, 0, word.length, bytes, from, to)) return table[at] - 1;
    }
    words.add(Arrays.copyOfRange(bytes, from, to));
    table[at] = words.size();
    if (2 * words.size() > table.length) grow();
    return words.size() - 1;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) hash = 31 * hash + bytes[i];
    return hash;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 15) * 0x9E3779B1 >>> Integer.numberOfLeadingZeros(table.length - 1);
  }

  private void grow() {
    table = new int[2 * table.length];
    for (int w = 0; w < words.size(); w++) {
      int at = slot(hash(words.get(w), 0, words.get(w).length));
      while (table[at] != 0) at = at + 1 & table.length - 1;
      table[at] = w + 1;
    }
  }

  List<String> words() {
    return words.stream().map(w -> new String(w, StandardCharsets.UTF_8)).toList();
  }
}
