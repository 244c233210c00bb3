package ppl.io;

import static de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Reads one CSV file (RFC 4180): a header, then rows. Comma, semicolon or tab, whichever the header has most of.
final class CsvData {
  private CsvData() {}

  /// The file's content.
  ///
  /// @param wants given the header, what to keep of a column
  /// @throws Unreadable if it is no CSV
  static Raw.Rows read(Path file, Function<List<String>, Function<String, Field>> wants)
      throws IOException, Unreadable {
    var first = FirstLine.of(file);
    var other = first.otherSeparator(wants);
    if (other.isPresent()) throw new Unreadable("E0703", "the first line, `%s`, is separated by %s: separate fields by commas, "
        .formatted(first.text().strip(), other.get()) + "semicolons or tabs");
    var plain = plain(file, first.separator(), wants, PlainCsv.PIECE);
    return plain.isPresent() ? plain.get() : careful(file, first.separator(), wants);
  }

  /// Reads field by field, whatever they are.
  static Raw.Rows careful(Path file, char separator, Function<List<String>, Function<String, Field>> wants)
      throws IOException, Unreadable {
    var handler = new Handler(wants);
    try (var csv = reader(separator, handler, TextFile.open(file))) {
      for (var _ : csv) {
        if (handler.problem.isPresent()) throw new Unreadable("E0703", handler.problem.get());
      }
    } catch (CsvParseException e) {
      throw new Unreadable("E0703", "this is not CSV: " + e.getMessage().lines().findFirst().orElse(""));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) throw noText(file);
      throw e.getCause();
    } catch (CharacterCodingException e) {
      throw noText(file);
    }
    if (handler.header.isEmpty()) throw new Unreadable("E0702", "it is empty");
    if (handler.opensQuote(file)) throw new Unreadable("E0703",
        "line %d: a field begins with a quote that is never closed".formatted(handler.line));
    return handler.rows();
  }

  private static CsvReader<Boolean> reader(char separator, Handler handler, Reader text) {
    return CsvReader.builder().fieldSeparator(separator).skipEmptyLines(false)
        .extraFieldStrategy(IGNORE).missingFieldStrategy(IGNORE).build(handler, text);
  }

  /// The content of a file in which nothing is out of the ordinary.
  ///
  /// @param piece how many bytes a thread reads at once
  static Optional<Raw.Rows> plain(Path file, char separator, Function<List<String>, Function<String, Field>> wants, int piece)
      throws IOException {
    var first = PlainHeader.of(file);
    if (first.isEmpty()) return Optional.empty();
    var handler = new Handler(wants);
    reader(separator, handler, new StringReader(first.get().text())).forEach(_ -> {});
    if (handler.header.isEmpty() || handler.problem.isPresent()) return Optional.empty();
    return PlainCsv.read(file, separator, handler.wanted, first.get().end(), piece).map(handler::rows);
  }

  private static Unreadable noText(Path file) throws IOException {
    return new Unreadable("E0703", "line %d: these bytes are no UTF-8; save the file as UTF-8".formatted(TextFile.badLine(file)));
  }

  /// Sorts fields into columns as the parser meets them, without a string for each.
  private static final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
    private static final int ENOUGH = 5;

    private final Function<List<String>, Function<String, Field>> wants;
    private final List<String> header = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private Optional<String> problem = Optional.empty();
    private Cells[] columns = {};
    private Want[] kinds = {};
    private Field[] wanted = {};
    private long line;
    /// How many quotes the last field ends with where it is closed; -1 where it began with none.
    private int quotes = -1;
    private boolean inHeader = true;
    private boolean blank;
    private int blanks;
    private int fields;
    private int count;
    private int ragged;
    private int shortest = Integer.MAX_VALUE;
    private int longest;

    Handler(Function<List<String>, Function<String, Field>> wants) {
      this.wants = wants;
    }

    @Override
    protected void handleBegin(long line) {
      this.line = line;
      fields = 0;
      blank = false;
    }

    @Override
    protected void handleEmpty() {
      blank = true;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      fields = index + 1;
      quotes = quoted ? expectedQuotes(buffer, offset, length) : -1;
      if (inHeader) header.add(new String(buffer, offset, length).strip());
      if (inHeader || index < columns.length && kinds[index] != Want.NOTHING) damaged(index, buffer, offset, length);
      if (inHeader) return;
      if (index == 0) flushBlanks();
      if (index < columns.length && kinds[index] != Want.NOTHING) cell(index, buffer, offset, length, quoted);
    }

    /// Bytes of value 0 are no text; a file that is full of them is one in UTF-16.
    private void damaged(int index, char[] buffer, int offset, int length) {
      for (int i = offset; i < offset + length && problem.isEmpty(); i++)
        if (buffer[i] == 0) problem = Optional.of("line %d, column %d%s: there is a byte of value 0 in this field, and no text has one: the file is "
            .formatted(line, index + 1, inHeader ? "" : ", `" + header.get(index) + "`") + "damaged, or no UTF-8");
    }

    private static int expectedQuotes(char[] buffer, int offset, int length) {
      int end = TextFile.quotesAtEnd(CharBuffer.wrap(buffer, offset, length));
      return end == length ? 2 * end + 2 : 2 * end + 1;
    }

    /// Whether the last field begins with a quote that the file does not close.
    boolean opensQuote(Path file) throws IOException {
      return quotes >= 0 && TextFile.quotesAtEnd(file) != quotes;
    }

    private void flushBlanks() {
      for (; blanks > 0; blanks--, count++) columns[0].gap();
    }

    private void cell(int index, char[] buffer, int offset, int length, boolean quoted) {
      if (!quoted) {
        while (length > 0 && buffer[offset] <= ' ' && buffer[offset] > 0) {
          offset++;
          length--;
        }
        while (length > 0 && buffer[offset + length - 1] <= ' ' && buffer[offset + length - 1] > 0) length--;
      }
      var to = columns[index];
      if (length == 0 || !quoted && isGap(buffer, offset, length)) {
        to.gap();
        return;
      }
      if (kinds[index] != Want.LABELS) {
        var number = Numbers.parse(buffer, offset, length);
        if (number.isPresent()) {
          to.add(number.getAsDouble());
          return;
        }
      }
      to.text(new String(buffer, offset, length));
    }

    private static boolean isGap(char[] b, int i, int length) {
      if (length == 2) return b[i] == 'N' && b[i + 1] == 'A';
      return length == 4 && (b[i] == 'n' || b[i] == 'N') && new String(b, i, 4).equalsIgnoreCase("null");
    }

    @Override
    protected Boolean buildRecord() {
      if (inHeader) {
        if (!blank) begin();
      } else if (blank) {
        // In a table of one column an empty line is an empty cell, unless nothing follows.
        if (columns.length == 1) blanks++;
      } else {
        end();
      }
      return true;
    }

    private void begin() {
      inHeader = false;
      if (problem.isPresent()) return;
      twice().ifPresent(h -> problem = Optional.of(Numbers.parse(h).isPresent()
          ? "the first line must hold the names of the columns; it has the number " + h + " twice"
          : "columns %s are called `%s`: one name, one column".formatted(columns(h), h)));
      if (header.stream().allMatch(h -> Numbers.parse(h).isPresent()))
        problem = Optional.of("the first line has only numbers; it must hold the names of the columns");
      var want = wants.apply(List.copyOf(header));
      columns = new Cells[header.size()];
      kinds = new Want[header.size()];
      wanted = new Field[header.size()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = new Cells();
        wanted[i] = want.apply(header.get(i));
        kinds[i] = wanted[i].want();
      }
      if (problem.isEmpty() && Stream.of(kinds).allMatch(k -> k == Want.NOTHING)
          && header.stream().anyMatch(h -> h.matches("(#|sep=|<).*") || Numbers.parse(h).isPresent()))
        problem = Optional.of("the first line must hold the names of the columns; it is `%s`%s".formatted(String.join(", ", header),
            header.getFirst().matches("(#|sep=).*") ? ": remove what stands before them" : ""));
    }

    private Optional<String> twice() {
      var seen = new HashSet<String>();
      return header.stream().filter(h -> !h.isEmpty() && !seen.add(h)).findFirst();
    }

    /// As in "1 and 4".
    private String columns(String name) {
      var places = IntStream.range(0, header.size()).filter(i -> header.get(i).equals(name)).mapToObj(i -> "" + (i + 1)).toList();
      return String.join(", ", places.subList(0, places.size() - 1)) + " and " + places.getLast();
    }

    private void end() {
      count++;
      longest = Math.max(longest, fields);
      shortest = Math.min(shortest, fields);
      if (fields == columns.length) return;
      if (++ragged <= ENOUGH)
        flaws.add("row %d has %d field%s, the header has %d".formatted(count, fields, fields == 1 ? "" : "s", columns.length));
      for (int i = fields; i < columns.length; i++) if (kinds[i] != Want.NOTHING) columns[i].repeat();
    }

    /// What all rows have that the header has not.
    private Optional<String> uniform() {
      int named = columns.length;
      if (ragged < count || count < 2 || shortest < longest || longest <= named) return Optional.empty();
      var all = "every row has %d fields, the header has %d".formatted(longest, named);
      if (longest == named + 1)
        return Optional.of(all + ": a first column without a name, such as the row names of R, needs one too: `row,"
            + String.join(",", header) + "`; or there are commas in decimals, which have a point");
      return Optional.of(longest == 2 * named ? all + ": write decimals with a point, or separate the fields by semicolons" : all);
    }

    /// A table whose columns have been read by other means.
    Raw.Rows rows(PlainCsv.Columns read) {
      columns = read.cells().toArray(Cells[]::new);
      count = read.rows();
      return rows();
    }

    private Raw.Rows rows() {
      uniform().ifPresent(u -> {
        flaws.clear();
        flaws.add(u);
      });
      if (flaws.size() > 1 && ragged > ENOUGH) flaws.add("… and %d more rows like this".formatted(ragged - ENOUGH));
      var out = new LinkedHashMap<String, Raw>();
      for (int i = 0; i < columns.length; i++) {
        boolean kept = kinds[i] != Want.NOTHING;
        if (kept || !header.get(i).isEmpty())
          out.put(header.get(i), kept ? new Raw.Grid(columns[i], List.of(count), List.of()) : new Raw.Ignored());
      }
      return new Raw.Rows(count, out, List.copyOf(flaws));
    }
  }
}
