package ppl.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Files that are no text, by their first bytes.
final class Signature {
  private static final Map<String, String> KNOWN = Map.of(
      "504b0304", "it is a zip archive, such as a workbook of Excel: save the sheet as CSV in UTF-8",
      "d0cf11e0", "it is a workbook or document of Office: save the sheet as CSV in UTF-8",
      "1f8b", "it is compressed: unpack it first",
      "50415231", "it is a Parquet file: write it as CSV or JSON",
      "89484446", "it is an HDF5 file: write what the model needs as JSON",
      "934e554d5059", "it is an array of NumPy: write it as JSON, `json.dump({\"x\": x.tolist()}, file)`",
      "53514c697465", "it is a database: write the table as CSV");

  private Signature() {}

  /// What such a file is, and what to do.
  static Optional<String> of(Path file) throws IOException {
    var hex = new StringBuilder();
    try (var in = Files.newInputStream(file)) {
      for (byte b : Arrays.copyOf(in.readNBytes(6), 6)) hex.append("%02x".formatted(b));
    }
    return KNOWN.entrySet().stream().filter(e -> hex.indexOf(e.getKey()) == 0).map(Map.Entry::getValue).findFirst();
  }
}
