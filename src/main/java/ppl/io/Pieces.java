package ppl.io;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/// The lines of a file in pieces of about the same size, which threads can read side by side. A line belongs to the piece
/// that it begins in; the last may lack its end.
///
/// @param from where the first line begins
/// @param to   where the last ends
/// @param size bytes of a piece
record Pieces(FileChannel file, long from, long to, int size) {
  private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ENDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;

  int count() {
    return Math.toIntExact((to - from + size - 1) / size);
  }

  /// How many lines belong to piece `i`.
  int lines(int i, Window window) throws IOException {
    long at = start(i);
    long end = start(i + 1);
    // The ends of lines before their beginnings: of the first line of all there is none.
    window.read(file, i == 0 ? at : at - 1, end - 1);
    return ends(window.bytes, window.length) + (i == 0 ? 1 : 0);
  }

  private long start(int i) {
    return Math.min(to, from + (long) i * size);
  }

  private static int ends(byte[] bytes, int length) {
    int count = 0;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      long x = (long) WORD.get(bytes, i) ^ ENDS;
      count += Long.bitCount(~((x & LOW) + LOW | x | LOW));
    }
    for (; i < length; i++) if (bytes[i] == '\n') count++;
    return count;
  }

  /// Reads the lines of piece `i` into a window, an end after each.
  void read(int i, Window window) throws IOException {
    long begin = i == 0 ? from : start(i) - 1;
    long end = start(i + 1);
    int over = 1 << 12;
    do {
      window.read(file, begin, Math.min(to, end + over));
      over *= 4;
    } while (!window.frame(i == 0, (int) (end - begin), begin + window.length == to));
  }

  /// What one thread has read.
  static final class Window {
    byte[] bytes = {};
    private int length;
    /// Where the first line begins.
    int start;
    /// Where the end of the last line is past.
    int end;

    void read(FileChannel file, long from, long to) throws IOException {
      length = Math.toIntExact(to - from);
      if (bytes.length < length + 1) bytes = new byte[length + length / 8 + 1];
      var into = ByteBuffer.wrap(bytes, 0, length);
      while (into.hasRemaining()) if (file.read(into, from + into.position()) < 0) throw new EOFException("it became shorter");
    }

    /// Whether the last line that begins before `limit` is all there.
    private boolean frame(boolean first, int limit, boolean last) {
      start = first ? 0 : after(0);
      if (start >= limit) {
        start = end = 0;
        return true;
      }
      end = after(limit - 1);
      if (end <= length) return true;
      if (!last) return false;
      bytes[length] = '\n';
      return true;
    }

    /// Past the first end of a line at `i` or later; beyond the bytes where there is none.
    private int after(int i) {
      while (i < length && bytes[i] != '\n') i++;
      return i + 1;
    }

    boolean isAscii() {
      long all = 0;
      int i = start;
      for (; i + 8 <= end; i += 8) all |= (long) WORD.get(bytes, i);
      for (; i < end; i++) all |= bytes[i];
      return (all & ~LOW) == 0;
    }
  }
}
