package ppl.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import ppl.runtime.Posterior;

/// From what a result was made: enough to make it again.
///
/// @param version   of ppl
/// @param model     path of the model
/// @param text      the model's text
/// @param data      files with data
/// @param constants set on the command line
public record Manifest(String version, Path model, String text, List<DataFile> data, Map<String, String> constants) {
  /// As JSON; hashes are SHA-256.
  public String json(Posterior posterior) throws IOException {
    var hashes = new java.util.ArrayList<String>();
    for (var file : data) hashes.add(hash(file.path()));
    return Results.json(out -> {
      out.writeStartObject();
      out.writeStringProperty("ppl", version);
      out.writeStringProperty("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
      out.writeStringProperty("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
      out.writeName("model").writeStartObject();
      out.writeStringProperty("file", model.toString());
      out.writeStringProperty("sha256", hash(text.getBytes(StandardCharsets.UTF_8)));
      out.writeEndObject();
      out.writeName("data").writeStartArray();
      for (int i = 0; i < data.size(); i++) {
        out.writeStartObject();
        data.get(i).name().ifPresent(n -> out.writeStringProperty("name", n));
        out.writeStringProperty("file", data.get(i).toString());
        out.writeStringProperty("sha256", hashes.get(i));
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeName("constants").writeStartObject();
      constants.forEach(out::writeStringProperty);
      out.writeEndObject();
      out.writeStringProperty("method", posterior.method());
      out.writeNumberProperty("seed", posterior.seed());
      out.writeName("settings").writeStartObject();
      posterior.settings().forEach(out::writeStringProperty);
      out.writeEndObject();
      out.writeBooleanProperty("interrupted", posterior.interrupted());
      out.writeEndObject();
    });
  }

  private static String hash(Path file) throws IOException {
    var digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
