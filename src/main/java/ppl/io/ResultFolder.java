package ppl.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A folder of results that is written as a whole or not at all: files go to a new folder beside it, which takes its
/// place when all of them are safe on the disk. The folder has the permissions of any new one.
public final class ResultFolder {
  /// The file that marks a folder as ours.
  public static final String MANIFEST = "manifest.json";

  private ResultFolder() {}

  /// Fills a folder.
  @FunctionalInterface
  public interface Content {
    void write(Path folder) throws IOException;
  }

  /// Why `target` may not be written, in words: it holds something that is not a result of ours, or nothing can be
  /// written where it should stand.
  public static Optional<String> objection(Path target) throws IOException {
    if (target.toString().isEmpty()) return Optional.of("the name of the folder is empty");
    var whole = target.toAbsolutePath().normalize();
    var around = Optional.ofNullable(whole.getParent()).orElse(whole);
    while (!Files.exists(around)) around = around.getParent();
    if (!Files.isDirectory(around)) return Optional.of(around + " is a file");
    if (!Files.isWritable(around)) return Optional.of("no permission to write in " + around);
    if (!hasRoom(around)) return Optional.of("no folder can be made in " + around);
    if (!Files.exists(target)) return Optional.empty();
    if (!Files.isDirectory(target)) return Optional.of(target + " is a file");
    if (Files.exists(target.resolve(MANIFEST))) return Optional.empty();
    try (var files = Files.list(target)) {
      return files.findAny().isPresent()
          ? Optional.of(target + " is not empty and holds no results of ppl") : Optional.empty();
    }
  }

  /// Whether folders can be made there: some file systems let nobody write, whatever their permissions say.
  private static boolean hasRoom(Path folder) {
    try {
      Files.delete(Files.createTempDirectory(folder, ".ppl"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Replaces `target` by what `content` writes. Where that fails `target` is as it was.
  public static void replace(Path target, Content content) throws IOException {
    var objection = objection(target);
    if (objection.isPresent()) throw new IOException(objection.get());
    var parent = target.toAbsolutePath().normalize().getParent();
    Files.createDirectories(parent);
    var room = Files.createTempDirectory(parent, "." + target.getFileName() + ".new");
    try {
      var fresh = Files.createDirectory(room.resolve("new"));
      content.write(fresh);
      sync(fresh);
      swap(fresh, target, room.resolve("old"));
    } finally {
      delete(room);
    }
  }

  private static void swap(Path fresh, Path target, Path old) throws IOException {
    if (!Files.exists(target)) {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
  }

  private static void sync(Path folder) throws IOException {
    for (var file : children(folder)) {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a text in UTF-8.
  public static void text(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
