package ppl.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are there as a whole or not at all: what is written stands beside them until it is complete.
public final class WholeFile {
  /// Writes what belongs in a file.
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /// Replaces `file`. Where that fails it is as it was, and nothing is left beside it.
  public static void write(Path file, Content content) throws IOException {
    if (Files.isDirectory(file)) throw new IOException(file + " is a folder");
    var folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) throw new IOException("there is no folder " + folder);
    var fresh = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    try {
      try (var out = new BufferedOutputStream(Files.newOutputStream(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE))) {
        content.write(out);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
