package ppl.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Looks ahead in a JSON file how many values an array has, before they are read one by one: room for many is made once
/// then. Commas are counted, between the brackets and outside of texts.
final class Ahead {
  private static final int WINDOW = 1 << 16;

  private Ahead() {}

  /// How many values the array that begins at byte `at` has at most: as many, unless some arrays in it are empty. Empty where
  /// none begins there, or its end is not found.
  static OptionalLong values(Path file, long at) throws IOException {
    var bytes = new byte[WINDOW];
    long commas = 0;
    int depth = 0;
    boolean text = false;
    boolean escaped = false;
    try (var channel = FileChannel.open(file)) {
      int n;
      for (long from = at; (n = channel.read(ByteBuffer.wrap(bytes), from)) > 0; from += n) {
        if (from == at && bytes[0] != '[') return OptionalLong.empty();
        for (int i = 0; i < n; i++) {
          byte b = bytes[i];
          if (text) {
            if (escaped) escaped = false;
            else if (b == '\\') escaped = true;
            else if (b == '"') text = false;
          } else if (b == ',') commas++;
          else if (b == '"') text = true;
          else if (b == '[') depth++;
          else if (b == ']' && --depth == 0) return OptionalLong.of(commas + 1);
        }
      }
    }
    return OptionalLong.empty();
  }
}
