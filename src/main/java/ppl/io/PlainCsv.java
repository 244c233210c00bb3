package ppl.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import ppl.runtime.Narrow;

/// Reads the rows of a table as most are: UTF-8, each row a line with as many fields as the header, numbers where they
/// are wanted, quotes only around fields. Lines are counted first, so that each column is allocated once; then pieces of the
/// file are read side by side, each into its places, so that the number of threads is not seen in the outcome. Of anything
/// else it makes nothing: [CsvData] reads that, and says what is wrong.
final class PlainCsv {
  /// Bytes that a thread reads at once.
  static final int PIECE = 1 << 20;

  private final Pieces pieces;
  private final char separator;
  private final PlainColumn[] columns;
  private final PlainRows[] parts;
  private final int[] first;

  private PlainCsv(Pieces pieces, char separator, Field[] fields, int[] first) {
    this.pieces = pieces;
    this.separator = separator;
    this.first = first;
    int rows = first[first.length - 1];
    parts = new PlainRows[first.length - 1];
    columns = PlainColumn.of(fields, rows, parts.length);
  }

  /// What was read: of columns that nothing is wanted of, nothing.
  record Columns(int rows, List<Cells> cells) {}

  /// The columns; empty if the table is not plain.
  ///
  /// @param from  where the first row begins
  /// @param piece how many bytes a thread reads at once
  static Optional<Columns> read(Path file, char separator, Field[] fields, long from, int piece) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var pieces = new Pieces(channel, from, end(channel, from), piece);
      var first = new int[pieces.count() + 1];
      if (!each(pieces.count(), (i, window) -> {
        first[i + 1] = pieces.lines(i, window);
        return true;
      })) return Optional.empty();
      for (int i = 0; i < pieces.count(); i++) first[i + 1] = Math.addExact(first[i + 1], first[i]);
      var table = new PlainCsv(pieces, separator, fields, first);
      return each(pieces.count(), table::part) ? Optional.of(table.columns()) : Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /// Where the last line ends: lines without anything after it are none.
  private static long end(FileChannel file, long from) throws IOException {
    var one = ByteBuffer.allocate(1);
    long end = file.size();
    for (; end > from; end--) {
      file.read(one.clear(), end - 1);
      if (one.get(0) != '\n' && one.get(0) != '\r') return end;
    }
    return end;
  }

  @FunctionalInterface
  private interface Work {
    boolean on(int piece, Pieces.Window window) throws IOException;
  }

  /// Does all pieces on as many threads as are idle; whether all went well.
  private static boolean each(int count, Work work) {
    var next = new AtomicInteger();
    var well = new AtomicBoolean(true);
    int threads = Math.min(count, Runtime.getRuntime().availableProcessors());
    IntStream.range(0, threads).parallel().forEach(_ -> {
      var window = new Pieces.Window();
      try {
        for (int i = next.getAndIncrement(); i < count && well.get(); i = next.getAndIncrement())
          if (!work.on(i, window)) well.set(false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return well.get();
  }

  private boolean part(int i, Pieces.Window window) throws IOException {
    pieces.read(i, window);
    var rows = new PlainRows(window.bytes, separator, columns, i, first[i], first[i + 1]);
    parts[i] = rows;
    return (window.isAscii() || PlainRows.isText(window.bytes, window.start, window.end)) && rows.read(window.start, window.end);
  }

  private Columns columns() {
    return new Columns(first[first.length - 1], IntStream.range(0, columns.length).mapToObj(c -> switch (columns[c]) {
      case PlainColumn.Reals(var values, int at, int step) -> Cells.numbers(Growing.of(values, at, step), gaps(c));
      case PlainColumn.Beside(var values, int at, int step) -> Cells.numbers(Growing.of(values, at, step), gaps(c));
      case PlainColumn.Wholes(var pieces) -> Cells.numbers(Growing.of(Narrow.joined(pieces)), gaps(c));
      case PlainColumn.Codes(var values) -> Cells.texts(values, words(c, values), gaps(c));
      case PlainColumn.Nothing() -> new Cells();
    }).toList());
  }

  private BitSet gaps(int column) {
    var all = new BitSet();
    for (int i = 0; i < parts.length; i++) {
      int from = first[i];
      parts[i].gaps(column).stream().forEach(row -> all.set(from + row));
    }
    return all;
  }

  /// The texts of all pieces in the order of their first appearance; makes the codes those of all.
  private List<String> words(int column, int[] codes) {
    var all = new HashMap<String, Integer>();
    var words = new ArrayList<String>();
    for (int i = 0; i < parts.length; i++) {
      var own = parts[i].labels(column).words();
      var places = new int[Math.max(1, own.size())];
      for (int w = 0; w < own.size(); w++) {
        places[w] = all.computeIfAbsent(own.get(w), word -> {
          words.add(word);
          return words.size() - 1;
        });
      }
      for (int row = first[i]; row < first[i + 1]; row++) codes[row] = places[codes[row]];
    }
    return words;
  }
}
