package ppl.io;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text files in UTF-8, or in UTF-16 where a byte order mark says so. Bytes that are no text are an error, not a
/// replacement character.
final class TextFile {
  private static final int TAIL = 4096;

  private TextFile() {}

  /// The characters, without a byte order mark.
  static BufferedReader open(Path file) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(3);
    var charset = skipMark(in);
    var decoder = charset.newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
    return new BufferedReader(new InputStreamReader(in, decoder), 1 << 16);
  }

  private static Charset skipMark(BufferedInputStream in) throws IOException {
    int a = in.read();
    int b = in.read();
    int c = in.read();
    if (a == 0xEF && b == 0xBB && c == 0xBF) return StandardCharsets.UTF_8;
    in.reset();
    if (a == 0xFE && b == 0xFF || a == 0xFF && b == 0xFE) {
      in.skipNBytes(2);
      return a == 0xFE ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    return StandardCharsets.UTF_8;
  }

  /// The number of the first line with bytes that are no UTF-8, from 1.
  static long badLine(Path file) throws IOException {
    long line = 1;
    var bytes = new ByteArrayOutputStream();
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        bytes.write(b);
        if (b != '\n') continue;
        if (!isText(bytes.toByteArray())) return line;
        bytes.reset();
        line++;
      }
    }
    return line;
  }

  private static boolean isText(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// How many quotes the file ends with, line ends after them left out.
  static int quotesAtEnd(Path file) throws IOException {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(TAIL, in.length());
      var tail = new byte[length];
      in.seek(in.length() - length);
      in.readFully(tail);
      return quotesAtEnd(new String(tail, StandardCharsets.ISO_8859_1));
    }
  }

  /// How many quotes `text` ends with, line ends after them left out.
  static int quotesAtEnd(CharSequence text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) end--;
    int from = end;
    while (from > 0 && text.charAt(from - 1) == '"') from--;
    return end - from;
  }
}
